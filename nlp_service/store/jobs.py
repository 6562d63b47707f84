"""Jobs: the truth about work that outlives a request; each change of state is one statement naming the state before.

    queued ──claim──> running ──finish──> done
      │  ^              │ │ └──fail─────> failed
      │  └───requeue────┘ └──cancel─────> cancelled
      └────request_cancel───────────────> cancelled

A claim counts `attempts` up; whoever claimed gives the number back as `attempt`, so that a worker that was taken for
dead and comes back changes nothing. However a job ends, the upload it was to read is forgotten with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, insert, select, update

from nlp_service.domain import JobState
from nlp_service.errors import NotFound
from nlp_service.store import uploads
from nlp_service.store.ids import ago, new_id, timestamp
from nlp_service.store.tables import jobs

JobKind = Literal["ingest", "run", "batch"]

MAX_ATTEMPTS = 5
"""Claims after which a job that never ended is given up: it may be what kills the workers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One piece of work; `error` is {code, detail} where it failed, `outcome` what it has to tell where it is done."""

    id: str
    project_id: str
    kind: JobKind
    state: JobState
    stage: str
    done: int
    total: int
    payload: Mapping[str, Any]
    result_url: str | None
    error: Mapping[str, str] | None
    outcome: Mapping[str, Any] | None
    attempts: int
    created_at: str
    started_at: str | None
    finished_at: str | None
    heartbeat_at: str | None
    cancel_requested: bool


def create(connection: Connection, project_id: str, kind: JobKind, payload: Mapping[str, Any]) -> Job:
    """A queued job."""
    job_id = new_id("job")
    connection.execute(
        insert(jobs).values(
            id=job_id,
            project_id=project_id,
            kind=kind,
            state="queued",
            stage="",
            done=0,
            total=0,
            payload=dict(payload),
            attempts=0,
            created_at=timestamp(),
            cancel_requested=False,
        )
    )
    return get(connection, job_id)


def get(connection: Connection, job_id: str) -> Job:
    """The job of that id.

    Raises:
        NotFound: there is none.
    """
    row = connection.execute(select(jobs).where(jobs.c.id == job_id)).one_or_none()
    if row is None:
        raise NotFound("There is no job with this id.")
    return _job(row)


def latest(connection: Connection, project_id: str, kinds: Sequence[JobKind]) -> Job | None:
    """The project's newest job of these kinds, None where there is none."""
    query = select(jobs).where(jobs.c.project_id == project_id, jobs.c.kind.in_(kinds))
    row = connection.execute(query.order_by(jobs.c.created_at.desc(), jobs.c.id.desc()).limit(1)).one_or_none()
    return _job(row) if row is not None else None


def claim(connection: Connection, job_id: str) -> Job | None:
    """The job, now running and the caller's, or None where it is not queued: taken, ended or gone."""
    now = timestamp()
    claimed = _change(
        connection,
        job_id,
        "queued",
        state="running",
        started_at=func.coalesce(jobs.c.started_at, now),
        heartbeat_at=now,
        attempts=jobs.c.attempts + 1,
    )
    return get(connection, job_id) if claimed else None


def heartbeat(
    connection: Connection, job_id: str, stage: str, done: int, total: int, *, attempt: int | None = None
) -> bool:
    """Whether to go on: False when somebody wants the job cancelled or it is no longer the caller's."""
    mine = _change(
        connection, job_id, "running", attempt=attempt, stage=stage, done=done, total=total, heartbeat_at=timestamp()
    )
    return mine and not get(connection, job_id).cancel_requested


def finish(
    connection: Connection,
    job_id: str,
    result_url: str,
    *,
    attempt: int | None = None,
    outcome: Mapping[str, Any] | None = None,
) -> bool:
    """Whether the job was the caller's to end; it is done."""
    return _end(connection, job_id, "running", attempt=attempt, state="done", result_url=result_url, outcome=outcome)


def fail(connection: Connection, job_id: str, code: str, detail: str, *, attempt: int | None = None) -> bool:
    """Whether the job was the caller's to end; it failed for the reason given, a sentence without customers' words."""
    error = {"code": code, "detail": detail}
    return _end(connection, job_id, "running", attempt=attempt, state="failed", error=error)


def cancel(connection: Connection, job_id: str, *, attempt: int | None = None) -> bool:
    """Whether the job was the caller's to end; it is cancelled."""
    return _end(connection, job_id, "running", attempt=attempt, state="cancelled")


def request_cancel(connection: Connection, job_id: str) -> Job:
    """The job after somebody asked to cancel it: at once if it was queued, soon if it is running, not if it has ended.

    Raises:
        NotFound: there is no such job.
    """
    if not _end(connection, job_id, "queued", state="cancelled", cancel_requested=True):
        _change(connection, job_id, "running", cancel_requested=True)
    return get(connection, job_id)


def requeue(connection: Connection, job_id: str, *, attempt: int, counted: bool = True) -> bool:
    """Whether the running job was put back in the queue; one that used up its attempts fails instead.

    `counted=False` is for a worker that stops in good order: its attempt does not count.
    """
    if counted and attempt >= MAX_ATTEMPTS:
        detail = f"The job stopped {attempt} times without an end. Try fewer records, or read the worker's log."
        fail(connection, job_id, "internal_error", detail, attempt=attempt)
        return False
    attempts = attempt if counted else attempt - 1
    return _change(connection, job_id, "running", attempt=attempt, state="queued", attempts=attempts)


def stale(connection: Connection, lease_s: float) -> tuple[Job, ...]:
    """The running jobs that no worker gave a sign of life for within the lease, in seconds."""
    query = select(jobs).where(jobs.c.state == "running", jobs.c.heartbeat_at < ago(lease_s)).order_by(jobs.c.id)
    return tuple(_job(row) for row in connection.execute(query))


def queued(connection: Connection) -> tuple[Job, ...]:
    """The jobs that wait for a worker, the oldest first."""
    query = select(jobs).where(jobs.c.state == "queued").order_by(jobs.c.id)
    return tuple(_job(row) for row in connection.execute(query))


def _change(
    connection: Connection, job_id: str, before: JobState, *, attempt: int | None = None, **values: Any
) -> bool:
    statement = update(jobs).where(jobs.c.id == job_id, jobs.c.state == before)
    if attempt is not None:
        statement = statement.where(jobs.c.attempts == attempt)
    return connection.execute(statement.values(values)).rowcount == 1


def _end(connection: Connection, job_id: str, before: JobState, *, attempt: int | None = None, **values: Any) -> bool:
    if not _change(connection, job_id, before, attempt=attempt, finished_at=timestamp(), **values):
        return False
    upload_id = get(connection, job_id).payload.get("upload_id")
    if upload_id is not None:
        uploads.remove(connection, upload_id)
    return True


def _job(row: Row[Any]) -> Job:
    return Job(**row._mapping)
