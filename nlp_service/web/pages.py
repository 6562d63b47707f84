"""The pages: projects and an upload form, the progress of a job, the findings of a run."""

from typing import Any, BinaryIO, cast

from flask import Blueprint, g, make_response, redirect, render_template, request
from pydantic import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from nlp_service.api.auth import COOKIE, check_origin, public, scope
from nlp_service.api.current import caller, find_job, find_project, find_run, service
from nlp_service.api.jobs import ENDED
from nlp_service.api.problems import refuse_validation
from nlp_service.api.records import start_upload
from nlp_service.api.schemas import ProjectCreate, UploadFields
from nlp_service.api.uploads import Received, check_file, safe_name
from nlp_service.domain import Upload
from nlp_service.errors import Forbidden, InvalidRequest, ServiceError, Unauthorized
from nlp_service.store import jobs, keys, projects, runs
from nlp_service.store.projects import Project
from nlp_service.text.languages import LANGUAGES
from nlp_service.web.reader import address, template_values

N_PROJECTS = 100
N_ITEMS = 200
N_PASSAGES = 100
SEGMENT_FILTERS = ("theme_id", "act", "sentiment", "language")

blueprint = Blueprint("web", __name__, template_folder="templates", static_folder="static", static_url_path="/static")
blueprint.app_context_processor(template_values)


@blueprint.record
def _open_static(state: Any) -> None:
    """Style and script are for everyone, the sign-in page needs them."""
    state.app.view_functions["web.static"].__dict__["public"] = True


@blueprint.get("/")
@scope("read")
def home() -> str:
    """The projects, and a form for a new analysis"""
    with service().store.read() as connection:
        if caller().project_id is None:
            found = projects.page(connection, limit=N_PROJECTS).items
        else:
            found = (find_project(str(caller().project_id)),)
        rows = [(project, runs.list_runs(connection, project.id)) for project in found]
    text_languages = {code: info.native_name for code, info in LANGUAGES.items()}
    return render_template("home.html", rows=rows[::-1], text_languages=text_languages)


@blueprint.post("/upload")
@scope("write")
def upload() -> AnyResponse:
    """Starts an analysis of the file that was sent"""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise InvalidRequest("Choose a file first.")
    given = {name: request.form[name] for name in ("kind", "language", "text_column") if request.form.get(name)}
    fields = _validated(UploadFields, given)
    upload = Upload(filename=safe_name(file.filename), content=b"", kind=fields.kind)
    received = check_file(cast(BinaryIO, file.stream), upload, fields)
    service().context  # noqa: B018 - refuses before a project is made when the engine is not there
    job = start_upload(_project(received), received, kind="batch")
    return redirect(address(f"/jobs/{job.id}"), 303)


@blueprint.get("/jobs/<job_id>")
@scope("read")
def job(job_id: str) -> AnyResponse:
    """The progress of a job; its findings once it is done"""
    found = find_job(job_id)
    if found.state == "done" and found.result_url and found.result_url.startswith("/v1/runs/"):
        return redirect(address(found.result_url.removeprefix("/v1")), 302)
    return make_response(render_template("job.html", job=found, has_ended=found.state in ENDED))


@blueprint.post("/jobs/<job_id>/cancel")
@scope("write")
def cancel(job_id: str) -> AnyResponse:
    """Cancels a job"""
    found = find_job(job_id)
    with service().store.write() as connection:
        jobs.request_cancel(connection, found.id)
    return redirect(address(f"/jobs/{found.id}"), 303)


@blueprint.get("/runs/<run_id>")
@scope("read")
def run(run_id: str) -> str:
    """The findings of a run"""
    found = find_run(run_id)
    project = find_project(found.project_id)
    with service().store.read() as connection:
        themes = runs.page_themes(connection, found.id, limit=N_ITEMS)
        requests = runs.page_requests(connection, found.id, limit=N_ITEMS)
    return render_template(
        "run.html", run=found, project=project, summary=found.summary, themes=themes.items, requests=requests.items
    )


@blueprint.get("/runs/<run_id>/segments")
@scope("read")
def segments(run_id: str) -> str:
    """The passages behind a number"""
    found = find_run(run_id)
    filters = {name: request.args[name] for name in SEGMENT_FILTERS if request.args.get(name)}
    cursor = request.args.get("cursor") or None
    with service().store.read() as connection:
        page = runs.page_segments(connection, found.id, limit=N_PASSAGES, cursor=cursor, filters=filters)
        theme_id = filters.get("theme_id")
        theme = runs.get_theme(connection, theme_id, run_id=found.id).payload if theme_id else None
    return render_template(
        "segments.html", run=found, passages=page.items, next_cursor=page.next_cursor, theme=theme, filters=filters
    )


@blueprint.post("/sign-in")
@public
def sign_in() -> AnyResponse:
    """Keeps a key in a cookie that scripts and other sites cannot use"""
    check_origin()
    secret = request.form.get("key", "").strip()
    with service().store.read() as connection:
        key = keys.find(connection, secret) if secret.isascii() else None
    if key is None:
        raise Unauthorized("This key is not known here.")
    response = redirect(address("/"), 303)
    response.set_cookie(COOKIE, secret, httponly=True, samesite="Strict", secure=request.is_secure)
    return response


def error_page(error: ServiceError) -> tuple[str, int]:
    """The error as a page; where a key is missing, with a form for it."""
    return render_template("error.html", error=error, request_id=g.get("request_id", "")), error.status


def _project(received: Received) -> Project:
    if request.form.get("project"):
        return find_project(request.form["project"])
    if caller().project_id is not None:
        raise Forbidden("This key belongs to one project: choose it in the form.")
    name = request.form.get("name", "").strip() or received.upload.filename
    values = _validated(ProjectCreate, {"name": name, "purpose": request.form.get("purpose", "")})
    with service().store.write() as connection:
        return projects.create(connection, **values.model_dump())


def _validated(model: Any, values: dict[str, Any]) -> Any:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        refuse_validation(error)
