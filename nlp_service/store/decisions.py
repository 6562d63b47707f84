"""What people decided about a project's requests, the oldest first: the status in every later run comes from here."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, insert, select, update

from nlp_service.domain import RequestStatus, StatusChange
from nlp_service.store.ids import new_id, timestamp
from nlp_service.store.runs import StoredFinding, get_request, requests_of
from nlp_service.store.tables import decisions, requests


def decide(connection: Connection, request: StoredFinding, status: RequestStatus, *, note: str = "") -> StoredFinding:
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
    return get_request(connection, request.id, run_id=request.run_id)


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
    return {request["id"]: frozenset(request.get("segment_ids", ())) for request in requests_of(connection, run_id)}


def _of_project(project_id: str) -> Any:
    return select(decisions).where(decisions.c.project_id == project_id).order_by(decisions.c.id)
