"""/v1/projects: what customers' words are collected for."""

from typing import Any

from flask import Response, jsonify
from flask_openapi.blueprint import APIBlueprint

from nlp_service.api.auth import scope
from nlp_service.api.current import caller, find_project, page_json, service
from nlp_service.api.documentation import SECURITY, problems
from nlp_service.api.idempotency import idempotent
from nlp_service.api.replies import PageReply, ProjectReply
from nlp_service.api.schemas import PageQuery, ProjectCreate, ProjectPatch, ProjectPath
from nlp_service.errors import Forbidden
from nlp_service.store import projects, runs
from nlp_service.store.projects import Project

blueprint = APIBlueprint(
    "projects",
    __name__,
    url_prefix="/v1",
    abp_tags=[{"name": "Projects", "description": "Records, and why they are kept."}],
    abp_security=SECURITY,
    abp_responses=problems(400, 401, 403),
)


@blueprint.post("/projects", responses={201: ProjectReply, **problems(409, 413, 415, 422)})
@scope("write")
@idempotent
def post_project(body: ProjectCreate) -> Response:
    """A new project"""
    if caller().project_id is not None:
        raise Forbidden("This key belongs to one project: use a key without a project to make another.")
    with service().store.write() as connection:
        project = projects.create(connection, **body.model_dump())
    response = jsonify(project_json(project))
    response.status_code = 201
    response.headers["Location"] = f"/v1/projects/{project.id}"
    return response


@blueprint.get("/projects", responses={200: PageReply})
@scope("read")
def list_projects(query: PageQuery) -> dict[str, Any]:
    """The projects, the oldest first"""
    own = caller().project_id
    if own is not None:
        return page_json([project_json(find_project(own))], None)
    with service().store.read() as connection:
        page = projects.page(connection, limit=query.limit, cursor=query.cursor)
    return page_json([project_json(project) for project in page.items], page.next_cursor)


@blueprint.get("/projects/<project_id>", responses={200: ProjectReply, **problems(404)})
@scope("read")
def get_project(path: ProjectPath) -> dict[str, Any]:
    """One project"""
    return project_json(find_project(path.project_id))


@blueprint.patch("/projects/<project_id>", responses={200: ProjectReply, **problems(404, 413, 415)})
@scope("write")
def patch_project(path: ProjectPath, body: ProjectPatch) -> dict[str, Any]:
    """The project with the given fields changed"""
    project = find_project(path.project_id)
    changes = body.model_dump(exclude_unset=True)
    with service().store.write() as connection:
        return project_json(projects.update(connection, project.id, **changes))


@blueprint.delete("/projects/<project_id>", responses={204: None, **problems(404)})
@scope("admin")
def delete_project(path: ProjectPath) -> tuple[str, int]:
    """Removes the project with its records, runs, jobs and keys"""
    project = find_project(path.project_id)
    with service().store.write() as connection:
        projects.delete(connection, project.id)
    return "", 204


@blueprint.get("/projects/<project_id>/runs", responses={200: PageReply, **problems(404)})
@scope("read")
def list_runs(path: ProjectPath) -> dict[str, Any]:
    """The runs of the project, the newest first"""
    project = find_project(path.project_id)
    with service().store.read() as connection:
        found = runs.list_runs(connection, project.id)
    names = ("id", "project_id", "purpose", "created_at", "finished_at")
    return page_json([{name: getattr(run, name) for name in names} for run in found], None)


def project_json(project: Project) -> dict[str, Any]:
    """The project as API.md has it."""
    return {
        "id": project.id,
        "name": project.name,
        "purpose": project.purpose,
        "owner": project.owner,
        "retention_days": project.retention_days,
        "pii_mode": project.pii_mode,
        "glossary": dict(project.glossary),
        "created_at": project.created_at,
    }
