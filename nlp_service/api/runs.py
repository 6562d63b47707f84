"""/v1/runs: what a run found, in pages."""

from collections.abc import Callable
from typing import Any

from flask_openapi.blueprint import APIBlueprint

from nlp_service.api.auth import scope
from nlp_service.api.current import find_run, page_json, service
from nlp_service.api.documentation import SECURITY, problems
from nlp_service.api.replies import LineageReply, PageReply, RunReply
from nlp_service.api.schemas import PageQuery, RequestsQuery, RunPath, SegmentsQuery, ThemesQuery
from nlp_service.errors import NotReady
from nlp_service.store import deliveries, runs
from nlp_service.store.paging import Page
from nlp_service.store.runs import Run

Item = dict[str, Any]
PARTS = ("themes", "requests", "segments", "drivers", "lineage")

blueprint = APIBlueprint(
    "runs",
    __name__,
    url_prefix="/v1",
    abp_tags=[{"name": "Runs", "description": "Themes, requests and segments, each with its evidence."}],
    abp_security=SECURITY,
    abp_responses=problems(400, 401, 403, 404),
)


@blueprint.get("/runs/<run_id>", responses={200: RunReply})
@scope("read")
def get_run(path: RunPath) -> Item:
    """The run: its summary, and where its parts are"""
    return run_json(find_run(path.run_id))


@blueprint.get("/runs/<run_id>/themes", responses={200: PageReply})
@scope("read")
def get_themes(path: RunPath, query: ThemesQuery) -> Item:
    """The themes, the most important first"""
    run = find_run(path.run_id)

    def wanted(theme: Item) -> bool:
        in_language = query.language is None or theme["languages"].get(query.language, 0) > 0
        return in_language and (query.sentiment is None or theme["sentiment"].get(query.sentiment, 0) > 0)

    return _page(query, wanted, lambda cursor: _fetch(runs.page_themes, run, query, cursor))


@blueprint.get("/runs/<run_id>/requests", responses={200: PageReply})
@scope("read")
def get_requests(path: RunPath, query: RequestsQuery) -> Item:
    """The feature requests, those with the most askers first"""
    run = find_run(path.run_id)

    def wanted(request: Item) -> bool:
        return query.language is None or request["languages"].get(query.language, 0) > 0

    filters = query.model_dump(include={"theme_id", "status"}, exclude_none=True)
    return _page(query, wanted, lambda cursor: _fetch(runs.page_requests, run, query, cursor, filters))


@blueprint.get("/runs/<run_id>/segments", responses={200: PageReply})
@scope("read")
def get_segments(path: RunPath, query: SegmentsQuery) -> Item:
    """The segments in the order of the records, each with its theme or the reason why it has none"""
    run = find_run(path.run_id)
    filters = query.model_dump(include={"language", "sentiment", "act", "theme_id"}, exclude_none=True)
    return _page(query, lambda _: True, lambda cursor: _fetch(runs.page_segments, run, query, cursor, filters))


@blueprint.get("/runs/<run_id>/drivers", responses={200: PageReply, **problems(503)})
@scope("read")
def get_drivers(path: RunPath) -> Item:
    """How ratings and scores differ where a theme is spoken of, the clearest first: associations, not causes"""
    run = find_run(path.run_id)
    if run.summary is None:
        raise NotReady("The run has not ended: its drivers are written with its results.")
    return page_json(run.summary.get("drivers", []), None)


@blueprint.get("/runs/<run_id>/lineage", responses={200: LineageReply, **problems(503)})
@scope("read")
def get_lineage(path: RunPath) -> Item:
    """Where the results came from and where they went: sources, purpose, models, settings, who took which export when"""
    run = find_run(path.run_id)
    if run.summary is None:
        raise NotReady("The run has not ended: its lineage is written with its results.")
    with service().store.read() as connection:
        delivered = deliveries.of_run(connection, run.id)
    return {**run.summary["lineage"], "run_id": run.id, "destinations": delivered}


def run_json(run: Run) -> Item:
    """The run as API.md has it; `summary` is null until the results are there."""
    return {
        "id": run.id,
        "project_id": run.project_id,
        "purpose": run.purpose,
        "created_at": run.created_at,
        "finished_at": run.finished_at,
        "summary": run.summary,
        "links": {part: f"/v1/runs/{run.id}/{part}" for part in PARTS},
    }


def _fetch(
    part: Callable[..., Page[Item]], run: Run, query: PageQuery, cursor: str | None, filters: Item | None = None
) -> Page[Item]:
    with service().store.read() as connection:
        return part(connection, run.id, limit=query.limit, cursor=cursor, filters=filters)


def _page(query: PageQuery, wanted: Callable[[Item], bool], fetch: Callable[[str | None], Page[Item]]) -> Item:
    """The first page with an item that is wanted; a filter of ours may leave a page shorter than its limit."""
    cursor = query.cursor
    while True:
        page = fetch(cursor)
        items = [item for item in page.items if wanted(item)]
        if items or page.next_cursor is None:
            return page_json(items, page.next_cursor)
        cursor = page.next_cursor
