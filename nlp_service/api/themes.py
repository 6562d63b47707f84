"""/v1/themes: what people change about themes, in force in every later run until it is undone."""

from dataclasses import asdict
from typing import Any

from flask import Response, jsonify
from flask_openapi.blueprint import APIBlueprint

from nlp_service.api.auth import scope
from nlp_service.api.body import invalid
from nlp_service.api.current import caller, context, find_project, find_run, page_json, service
from nlp_service.api.documentation import SECURITY, problems
from nlp_service.api.idempotency import idempotent
from nlp_service.api.jobs import accepted, job_json
from nlp_service.api.records import rerun
from nlp_service.api.replies import PageReply, ThemeEditReply
from nlp_service.api.schemas import EditUndo, ProjectPath, ThemePatch, ThemePath, ThemesMerge, ThemeSplit
from nlp_service.domain import EditKind, ThemeEdit
from nlp_service.store import runs, theme_edits
from nlp_service.store.ids import new_id
from nlp_service.store.runs import StoredFinding

Item = dict[str, Any]

blueprint = APIBlueprint(
    "themes",
    __name__,
    url_prefix="/v1",
    abp_tags=[{"name": "Themes", "description": "Rename, lock, move, merge, split, and undo."}],
    abp_security=SECURITY,
    abp_responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
)


@blueprint.patch("/themes/<theme_id>", responses={200: ThemeEditReply, 202: ThemeEditReply})
@scope("write")
def patch_theme(path: ThemePath, body: ThemePatch) -> Response:
    """Renames the theme at once, or locks it or moves segments into it, which a new run carries out"""
    given = [name for name in ("label", "locked", "segment_ids") if getattr(body, name) is not None]
    if len(given) != 1:
        raise invalid("Send exactly one of `label`, `locked` and `segment_ids`.", code="one_of")
    theme = _find(path.theme_id, body.run_id)
    if not body.label:
        context()  # A new run cannot be made without it: say so before anything is changed.
    with service().store.write() as connection:
        if body.label:
            edit = theme_edits.add(connection, theme.project_id, "rename", theme.id, label=body.label)
            renamed = runs.rename_theme(connection, theme, body.label)
            return jsonify({**edit_json(edit), "theme": renamed.payload})
        members = runs.theme_members(connection, theme.run_id)
        if body.segment_ids:
            _check_known(body.segment_ids, runs.segment_ids(connection, theme.run_id))
        bound = body.segment_ids or sorted(members.get(theme.id, frozenset()))
        kind: EditKind = "move" if body.segment_ids else "lock"
        given_up = {name: own for name, own in members.items() if kind == "move" and not own.isdisjoint(bound)}
        edit = theme_edits.add(connection, theme.project_id, kind, theme.id, members={**given_up, theme.id: bound})
    return _running(edit, theme.project_id)


@blueprint.post("/themes/merge", responses={202: ThemeEditReply})
@scope("write")
@idempotent
def merge_themes(body: ThemesMerge) -> Response:
    """Makes several themes one; a new run carries it out"""
    into = body.into or body.theme_ids[0]
    if into not in body.theme_ids or len(set(body.theme_ids)) < 2:
        raise invalid("Name at least two themes, `into` among them.", code="bad_themes", pointer="/theme_ids")
    themes = [_find(theme_id, body.run_id) for theme_id in body.theme_ids]
    if len({theme.run_id for theme in themes}) > 1:
        raise invalid(
            "The themes are of different runs: name the run with `run_id`.", code="bad_themes", pointer="/theme_ids"
        )
    context()
    with service().store.write() as connection:
        members = runs.theme_members(connection, themes[0].run_id)
        own = {theme.id: members.get(theme.id, frozenset()) for theme in themes}
        label = next(runs.found_label(theme) for theme in themes if theme.id == into)
        edit = theme_edits.add(connection, themes[0].project_id, "merge", into, members=own, label=label)
    return _running(edit, themes[0].project_id)


@blueprint.post("/themes/split", responses={202: ThemeEditReply})
@scope("write")
@idempotent
def split_theme(body: ThemeSplit) -> Response:
    """Makes some segments of a theme one of their own; a new run carries it out"""
    theme = _find(body.theme_id, body.run_id)
    context()
    with service().store.write() as connection:
        own = runs.theme_members(connection, theme.run_id).get(theme.id, frozenset())
        _check_known(body.segment_ids, own)
        if len(set(body.segment_ids)) == len(own):
            raise invalid(
                "These are all segments of the theme: leave some in it.", code="whole_theme", pointer="/segment_ids"
            )
        new = new_id("thm")
        members = {new: body.segment_ids, theme.id: own}
        edit = theme_edits.add(connection, theme.project_id, "split", new, members=members, label=body.label)
    return _running(edit, theme.project_id)


@blueprint.post("/themes/undo", responses={202: ThemeEditReply})
@scope("write")
@idempotent
def undo_edit(body: EditUndo) -> Response:
    """Takes an edit back, by default the project's newest; a new run carries it out"""
    project = find_project(body.project_id)
    context()
    with service().store.write() as connection:
        edit = theme_edits.undo(connection, project.id, body.edit_id)
    return _running(edit, project.id)


@blueprint.get("/projects/<project_id>/theme-edits", responses={200: PageReply})
@scope("read")
def list_edits(path: ProjectPath) -> Item:
    """Every edit of the project's themes, the oldest first, undone ones too"""
    project = find_project(path.project_id)
    with service().store.read() as connection:
        return page_json([edit_json(edit) for edit in theme_edits.log(connection, project.id)], None)


def edit_json(edit: ThemeEdit) -> Item:
    """The edit with the number of segments in place of their ids."""
    return {
        **asdict(edit),
        "label": dict(edit.label),
        "members": {name: len(ids) for name, ids in edit.members.items()},
    }


def _find(theme_id: str, run_id: str | None) -> StoredFinding:
    """The theme in the run, or in the newest run that the caller may see.

    Raises:
        NotFound: there is none.
    """
    if run_id is not None:
        find_run(run_id)
    with service().store.read() as connection:
        return runs.get_theme(connection, theme_id, run_id=run_id, project_id=caller().project_id)


def _check_known(segment_ids: list[str], known: frozenset[str]) -> None:
    unknown = sum(segment_id not in known for segment_id in set(segment_ids))
    if unknown:
        message = f"{unknown} of the segments are not there to take: name those of the run."
        raise invalid(message, code="unknown_segments", pointer="/segment_ids")


def _running(edit: ThemeEdit, project_id: str) -> Response:
    job = rerun(project_id)
    return accepted(job, {**edit_json(edit), "job": job_json(job)})
