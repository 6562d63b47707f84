"""Runs and what they found: themes, requests and segments as the API shows them, with columns to filter by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, delete, insert, select, update

from nlp_service.errors import InvalidRequest, NotFound
from nlp_service.store.ids import new_id, timestamp
from nlp_service.store.paging import Page, fetch_page
from nlp_service.store.tables import requests, runs, segments, themes

Item = dict[str, Any]
Filters = Mapping[str, str | None]

THEME_FILTERS = frozenset({"id", "aspect"})
REQUEST_FILTERS = frozenset({"id", "theme_id", "status"})
SEGMENT_FILTERS = frozenset({"theme_id", "record_id", "act", "sentiment", "language", "unclustered"})

BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One analysis of a project's records; `summary` and `finished_at` are None until its results are there."""

    id: str
    project_id: str
    purpose: str
    summary: Item | None
    created_at: str
    finished_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFinding:
    """A theme or a request as one run found it."""

    id: str
    run_id: str
    project_id: str
    payload: Item


def create(connection: Connection, project_id: str, purpose: str, *, run_id: str | None = None) -> Run:
    """A run without results; the one that is there already where it has the given id."""
    run_id = run_id or new_id("run")
    row = connection.execute(select(runs).where(runs.c.id == run_id, runs.c.project_id == project_id)).one_or_none()
    if row is None:
        values = {"id": run_id, "project_id": project_id, "purpose": purpose, "created_at": timestamp()}
        connection.execute(insert(runs).values(values))
    return get(connection, run_id)


def save_results(
    connection: Connection,
    run_id: str,
    summary: Item,
    *,
    themes: Sequence[Item],
    requests: Sequence[Item],
    segments: Sequence[Item],
) -> None:
    """Put the results of the run in place of those it had."""
    _replace(connection, run_id, _THEMES, [_theme_row(item) for item in themes])
    _replace(connection, run_id, _REQUESTS, [_request_row(item) for item in requests])
    _replace(connection, run_id, _SEGMENTS, [_segment_row(item) for item in segments])
    connection.execute(update(runs).where(runs.c.id == run_id).values(summary=summary, finished_at=timestamp()))


def get(connection: Connection, run_id: str) -> Run:
    """The run of that id.

    Raises:
        NotFound: there is none.
    """
    row = connection.execute(select(runs).where(runs.c.id == run_id)).one_or_none()
    if row is None:
        raise NotFound("There is no run with this id.")
    return _run(row)


def list_runs(connection: Connection, project_id: str) -> tuple[Run, ...]:
    """The project's runs, the newest first."""
    return tuple(_run(row) for row in connection.execute(_newest(project_id)))


def page_themes(
    connection: Connection, run_id: str, *, limit: int = 100, cursor: str | None = None, filters: Filters | None = None
) -> Page[Item]:
    """The run's themes by rank; filters: `id`, `aspect`.

    Raises:
        InvalidRequest: the cursor, the limit or a filter is not valid.
    """
    return _page(connection, run_id, _THEMES, limit=limit, cursor=cursor, filters=_known(filters, THEME_FILTERS))


def page_requests(
    connection: Connection, run_id: str, *, limit: int = 100, cursor: str | None = None, filters: Filters | None = None
) -> Page[Item]:
    """The run's requests by rank; filters: `id`, `theme_id`, `status`.

    Raises:
        InvalidRequest: the cursor, the limit or a filter is not valid.
    """
    return _page(connection, run_id, _REQUESTS, limit=limit, cursor=cursor, filters=_known(filters, REQUEST_FILTERS))


def page_segments(
    connection: Connection, run_id: str, *, limit: int = 100, cursor: str | None = None, filters: Filters | None = None
) -> Page[Item]:
    """The run's segments in text order; filters: `theme_id` (None: in no theme), `record_id`, `act`, `sentiment`,
    `language`, `unclustered` (the reason).

    Raises:
        InvalidRequest: the cursor, the limit or a filter is not valid.
    """
    return _page(connection, run_id, _SEGMENTS, limit=limit, cursor=cursor, filters=_known(filters, SEGMENT_FILTERS))


def get_theme(
    connection: Connection, theme_id: str, *, run_id: str | None = None, project_id: str | None = None
) -> StoredFinding:
    """The theme as the newest run found it, of those that the run or project given limits it to.

    Theme ids outlive runs, so one id may be in many; projects with the same records have themes of the same ids.

    Raises:
        NotFound: there is none.
        InvalidRequest: it is in several projects.
    """
    return _newest_finding(connection, _THEMES, theme_id, run_id=run_id, project_id=project_id)


def get_request(
    connection: Connection, request_id: str, *, run_id: str | None = None, project_id: str | None = None
) -> StoredFinding:
    """The request as the newest run found it, of those that the run or project given limits it to.

    Raises:
        NotFound: there is none.
        InvalidRequest: it is in several projects.
    """
    return _newest_finding(connection, _REQUESTS, request_id, run_id=run_id, project_id=project_id)


def requests_of(connection: Connection, run_id: str) -> Iterator[Item]:
    """Every request of the run, those with the most askers first."""
    return _payloads(connection, run_id, _REQUESTS)


def latest(connection: Connection, project_id: str) -> Run | None:
    """The project's newest run with results, None where there is none."""
    row = connection.execute(_newest(project_id).where(runs.c.summary.is_not(None)).limit(1)).one_or_none()
    return _run(row) if row is not None else None


def theme_members(connection: Connection, run_id: str) -> dict[str, frozenset[str]]:
    """The ids of the segments of each of the run's themes."""
    return _members(connection, run_id, "theme_id")


def found_members(connection: Connection, run_id: str) -> dict[str, frozenset[str]]:
    """The ids of the segments of each of the run's themes as they were found, before people's edits."""
    return _members(connection, run_id, "found_in")


def segment_ids(connection: Connection, run_id: str) -> frozenset[str]:
    """The ids of the run's segments, those in no theme too."""
    return frozenset(payload["id"] for payload in _payloads(connection, run_id, _SEGMENTS))


def rename_theme(connection: Connection, theme: StoredFinding, label: Mapping[str, str]) -> StoredFinding:
    """The theme of that run with names in some languages replaced; a language model's names give way in every language."""
    payload = {**theme.payload, "label": {**found_label(theme), **label}}
    if "found_label" in payload:
        payload["found_label"] = None
    query = update(_THEMES).where(_THEMES.c.run_id == theme.run_id, _THEMES.c.id == theme.id)
    connection.execute(query.values(payload=payload))
    return get_theme(connection, theme.id, run_id=theme.run_id)


def found_label(theme: StoredFinding) -> dict[str, str]:
    """The theme's label without what a language model has put over it."""
    label: dict[str, str] = theme.payload.get("found_label") or theme.payload["label"]
    return label


_THEMES, _REQUESTS, _SEGMENTS = themes, requests, segments  # `save_results` names its arguments so.


def _newest(project_id: str) -> Select[Any]:
    return select(runs).where(runs.c.project_id == project_id).order_by(runs.c.created_at.desc(), runs.c.id.desc())


def _members(connection: Connection, run_id: str, name: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for payload in _payloads(connection, run_id, _SEGMENTS):
        theme_id = payload.get(name, payload["theme_id"])  # A run of before there were edits has no `found_in`.
        if theme_id is not None:
            found.setdefault(theme_id, set()).add(payload["id"])
    return {theme_id: frozenset(ids) for theme_id, ids in sorted(found.items())}


def _newest_finding(
    connection: Connection, table: Table, finding_id: str, *, run_id: str | None, project_id: str | None
) -> StoredFinding:
    query = (
        select(table.c.id, table.c.run_id, runs.c.project_id, table.c.payload)
        .join_from(table, runs)
        .where(table.c.id == finding_id)
        .order_by(runs.c.created_at.desc(), runs.c.id.desc())
    )
    if run_id is not None:
        query = query.where(runs.c.id == run_id)
    if project_id is not None:
        query = query.where(runs.c.project_id == project_id)
    kind = "theme" if table is _THEMES else "request"
    row = connection.execute(query.limit(1)).one_or_none()
    if row is None:
        raise NotFound(f"There is no {kind} with this id.")
    if connection.execute(query.where(runs.c.project_id != row.project_id).limit(1)).one_or_none():
        raise InvalidRequest(f"Several projects have a {kind} with this id: name the run with `run_id`.")
    return StoredFinding(id=row.id, run_id=row.run_id, project_id=row.project_id, payload=row.payload)


def _payloads(connection: Connection, run_id: str, table: Table) -> Iterator[Item]:
    query = select(table.c.payload).where(table.c.run_id == run_id).order_by(table.c.position)
    for row in connection.execute(query):
        yield _payload(row)


def _replace(connection: Connection, run_id: str, table: Table, rows: Sequence[Item]) -> None:
    connection.execute(delete(table).where(table.c.run_id == run_id))
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        connection.execute(
            insert(table),
            [{**row, "run_id": run_id, "position": position} for position, row in enumerate(batch, start)],
        )


def _theme_row(item: Item) -> Item:
    return {"id": item["id"], "aspect": item.get("aspect"), "payload": item}


def _request_row(item: Item) -> Item:
    status = item.get("status", "open")
    return {"id": item["id"], "theme_id": item.get("theme_id"), "status": status, "payload": item}


def _segment_row(item: Item) -> Item:
    return {
        "theme_id": item.get("theme_id"),
        "record_id": item["record_id"],
        "act": item["act"],
        "sentiment": _inner(item["sentiment"], "label"),
        "language": _inner(item["language"], "code"),
        "unclustered": item.get("unclustered"),
        "payload": item,
    }


def _inner(value: str | Mapping[str, Any], name: str) -> str:
    return value if isinstance(value, str) else str(value[name])


def _known(filters: Filters | None, names: frozenset[str]) -> Filters:
    unknown = (filters or {}).keys() - names
    if unknown:
        raise InvalidRequest(f"Filter by {', '.join(sorted(names))}; not by {', '.join(sorted(unknown))}.")
    return filters or {}


def _page(
    connection: Connection, run_id: str, table: Table, *, limit: int, cursor: str | None, filters: Filters
) -> Page[Item]:
    query = select(table.c.payload).where(table.c.run_id == run_id)
    for name, wanted in filters.items():
        query = query.where(table.c[name] == wanted if wanted is not None else table.c[name].is_(None))
    return fetch_page(connection, query, _payload, order=table.c.position, limit=limit, cursor=cursor)


def _payload(row: Row[Any]) -> Item:
    payload: Item = row.payload
    return payload


def _run(row: Row[Any]) -> Run:
    return Run(
        id=row.id,
        project_id=row.project_id,
        purpose=row.purpose,
        summary=row.summary,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
