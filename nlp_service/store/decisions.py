"""What people decided about a project's requests, the oldest first: the status in every later run comes from here."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from nlp_service.domain import RequestStatus, StatusChange
from nlp_service.errors import InvalidRequest, NotFound
from nlp_service.store.ids import new_id, timestamp
from nlp_service.store.tables import decisions, requests, runs

Item = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRequest:
    """A request as one run found it."""

    id: str
    run_id: str
    project_id: str
    payload: Item


def find_request(
    connection: Connection, request_id: str, *, run_id: str | None = None, project_id: str | None = None
) -> StoredRequest:
    """The request as the newest run found it, of those that the run or project given limits it to.

    Raises:
        NotFound: there is none.
        InvalidRequest: it is in several projects.
    """
    query = (
        select(requests.c.run_id, runs.c.project_id, requests.c.payload)
        .join_from(requests, runs)
        .where(requests.c.id == request_id)
        .order_by(runs.c.created_at.desc(), runs.c.id.desc())
    )
    if run_id is not None:
        query = query.where(runs.c.id == run_id)
    if project_id is not None:
        query = query.where(runs.c.project_id == project_id)
    row = connection.execute(query.limit(1)).one_or_none()
    if row is None:
        raise NotFound("There is no request with this id.")
    if connection.execute(query.where(runs.c.project_id != row.project_id).limit(1)).one_or_none():
        raise InvalidRequest("Several projects have a request with this id: name the run with `run_id`.")
    return StoredRequest(id=request_id, run_id=row.run_id, project_id=row.project_id, payload=row.payload)


def decide(connection: Connection, request: StoredRequest, status: RequestStatus, *, note: str = "") -> StoredRequest:
    """The request with its new status, from now on and in its run."""
    values = {
        "id": new_id("dec"),
        "project_id": request.project_id,
        "request_id": request.id,
        "status": status,
        "note": note,
        "segment_ids": list(request.payload.get("segment_ids", ())),
        "changed_at": timestamp(),
    }
    connection.execute(insert(decisions).values(values))
    history = [asdict(change) for change in histories(connection, request.project_id)[request.id]]
    payload = {**request.payload, "status": status, "status_history": history}
    query = update(requests).where(requests.c.run_id == request.run_id, requests.c.id == request.id)
    connection.execute(query.values(status=status, payload=payload))
    return find_request(connection, request.id, run_id=request.run_id)


def histories(connection: Connection, project_id: str) -> dict[str, tuple[StatusChange, ...]]:
    """The changes of status of each request that has any, the oldest first."""
    found: dict[str, tuple[StatusChange, ...]] = {}
    for row in connection.execute(_of_project(project_id)):
        change = StatusChange(status=row.status, note=row.note, changed_at=row.changed_at)
        found[row.request_id] = (*found.get(row.request_id, ()), change)
    return found


def members_then(connection: Connection, project_id: str) -> tuple[Mapping[str, frozenset[str]], ...]:
    """The segments of a request as they were at each decision, so that one not found for a while is known again."""
    return tuple({row.request_id: frozenset(row.segment_ids)} for row in connection.execute(_of_project(project_id)))


def members(connection: Connection, run_id: str) -> dict[str, frozenset[str]]:
    """The ids of the segments of each of the run's requests; a run of before there were decisions has none."""
    query = select(requests.c.id, requests.c.payload).where(requests.c.run_id == run_id).order_by(requests.c.position)
    return {row.id: frozenset(row.payload.get("segment_ids", ())) for row in connection.execute(query)}


def _of_project(project_id: str) -> Any:
    return select(decisions).where(decisions.c.project_id == project_id).order_by(decisions.c.id)
