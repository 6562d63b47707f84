"""The queue that carries job ids to workers: huey on a SQLite file of its own.

It delivers at most once and knows only ids: what is to be done, and whether it still is, stands in the jobs table.
"""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from huey import SqliteHuey, crontab
from huey.consumer import Consumer
from huey.registry import Message

FILENAME = "queue.sqlite3"
STOP_WITHIN_S = 30.0
"""Seconds that a worker gets to come to the end of its batch."""

POLL_S = (0.05, 0.5)
"""Seconds between two looks at an empty queue: at first, at most."""

RESCUE_EXPIRES_S = 50
"""A look for lost jobs that waited this long behind a job is out of date: the next one is due."""


class Queue:
    """An open queue; what comes out of it is given to `run`, and once a minute `rescue` is called with the queue."""

    def __init__(
        self,
        path: Path,
        *,
        run: Callable[[str], None],
        rescue: "Callable[[Queue], None]",
        immediate: bool = False,
    ) -> None:
        self._huey = SqliteHuey(
            "nlp_service",
            filename=str(path),
            results=False,
            immediate=immediate,
            serializer=_JsonMessages(),
            timeout=30,
        )

        def run_job(job_id: str) -> None:
            run(job_id)

        def rescue_jobs() -> None:
            rescue(self)

        self._deliver = self._huey.task()(run_job)
        self._huey.periodic_task(crontab(), expires=RESCUE_EXPIRES_S)(rescue_jobs)

    def put(self, job_id: str) -> None:
        """Hand the id to a worker; in immediate mode, run the job before coming back."""
        self._deliver(job_id)

    def job_ids(self) -> frozenset[str]:
        """The ids that no worker took yet."""
        return frozenset(task.args[0] for task in self._huey.pending() if task.args)

    def n_messages(self) -> int:
        """How many messages wait, those that call for a rescue included."""
        return int(self._huey.pending_count())

    def start(self) -> Callable[[], None]:
        """Work through the queue in one thread from now on; call what comes out to stop it."""
        consumer = _ThreadConsumer(
            self._huey,
            workers=1,
            worker_type="thread",
            initial_delay=POLL_S[0],
            max_delay=POLL_S[1],
            shutdown_timeout=STOP_WITHIN_S,
        )
        consumer.start()

        def stop() -> None:
            consumer.stop(graceful=True)

        return stop

    def close(self) -> None:
        """Close the file."""
        self._huey.storage.close()


class _ThreadConsumer(Consumer):  # type: ignore[misc]
    """A consumer that leaves the signals of the process to the process."""

    def _set_signal_handlers(self) -> None:
        pass


class _JsonMessages:
    """Messages as JSON, because huey would pickle them and unpickling runs what the file says."""

    def serialize(self, message: Any) -> bytes:
        return json.dumps(message, default=datetime.isoformat).encode()

    def deserialize(self, data: bytes) -> Any:
        message = Message(*json.loads(data))
        expires_at = message.expires_resolved
        return message._replace(
            args=tuple(message.args), expires_resolved=expires_at and datetime.fromisoformat(expires_at)
        )
