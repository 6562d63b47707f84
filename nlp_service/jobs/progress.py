"""The lease on a running job: signs of life, progress, and the wish to stop, without cost to the work itself.

A thread writes to the database at most twice a second, and at least four times a lease even while the work says nothing
(a model that loads, a large file that is read). What the work calls only remembers a number and looks at two flags.
"""

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from nlp_service.ops.logs import describe, get_log
from nlp_service.store import jobs
from nlp_service.store.engine import Store
from nlp_service.store.jobs import Job

Progress = Callable[[str, int, int], None]
"""Called with a stage, how much of it is done, and how much there is; raises when the work is to stop."""

WRITE_EVERY_S = 0.5


class Cancelled(Exception):
    """Somebody wants the job to stop, or it is no longer ours."""


class Interrupted(Exception):
    """The worker is about to stop; the job goes back into the queue."""


class Lease:
    """Keeps a claimed job ours for as long as the block lasts."""

    def __init__(self, store: Store, job: Job, *, lease_s: float, stopping: threading.Event) -> None:
        self._store = store
        self._job = job
        self._lease_s = lease_s
        self._stopping = stopping
        self._cancelled = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=f"lease-{job.id}", daemon=True)
        self._written_at = 0.0
        self._written = self.latest = (job.stage, job.done, job.total)

    def __enter__(self) -> Self:
        self._beat()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def progress(self, stage: str, done: int, total: int) -> None:
        """Remember how far the work is.

        Raises:
            Cancelled: it is to stop for good.
            Interrupted: it is to stop for now.
        """
        self.latest = (stage, int(done), int(total))
        if self._cancelled.is_set():
            raise Cancelled
        if self._stopping.is_set():
            raise Interrupted

    def _keep(self) -> None:
        pause = min(WRITE_EVERY_S, self._lease_s / 4)
        while not self._ended.wait(pause):
            is_due = time.monotonic() - self._written_at >= self._lease_s / 4
            if is_due or self.latest != self._written:
                self._beat()

    def _beat(self) -> None:
        latest = self.latest
        try:
            with self._store.write() as connection:
                go_on = jobs.heartbeat(connection, self._job.id, *latest, attempt=self._job.attempts)
        except Exception as error:  # One sign of life may fail; the work goes on while others come.
            get_log().warning("heartbeat_failed", job_id=self._job.id, **describe(error))
            return
        self._written, self._written_at = latest, time.monotonic()
        if not go_on:
            self._cancelled.set()
