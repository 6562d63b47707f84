"""Files and records into a project, and runs over them; each is a job."""

from typing import Any

from flask import Response, jsonify
from flask_openapi.blueprint import APIBlueprint

from nlp_service.api import languages
from nlp_service.api.auth import scope
from nlp_service.api.current import context, find_project, service
from nlp_service.api.documentation import SECURITY, UPLOAD_BODY, problems
from nlp_service.api.idempotency import idempotent
from nlp_service.api.jobs import accepted, job_json
from nlp_service.api.replies import JobReply, PreviewReply
from nlp_service.api.schemas import ProjectPath, RunRequest, UploadFields
from nlp_service.api.uploads import Received, receive
from nlp_service.jobs.tasks import submit
from nlp_service.store import jobs, uploads
from nlp_service.store.jobs import Job, JobKind
from nlp_service.store.projects import Project

blueprint = APIBlueprint(
    "records",
    __name__,
    url_prefix="/v1",
    abp_tags=[{"name": "Projects", "description": "Records, and why they are kept."}],
    abp_security=SECURITY,
    abp_responses={202: JobReply, **problems(400, 401, 403, 404, 409, 413, 415, 422, 503)},
)


@blueprint.post("/projects/<project_id>/records", request_body=UPLOAD_BODY, responses={200: PreviewReply})
@scope("write")
@idempotent
def post_records(path: ProjectPath, query: UploadFields) -> Response:
    """Stores the records of a file, a JSON array or JSON lines; known ones are updated, and a preview stores nothing"""
    return _upload(find_project(path.project_id), query, kind="ingest")


@blueprint.post("/projects/<project_id>/batches", request_body=UPLOAD_BODY)
@scope("write")
@idempotent
def post_batch(path: ProjectPath, query: UploadFields) -> Response:
    """Stores the records and runs over the project, in one job"""
    return _upload(find_project(path.project_id), query, kind="batch")


@blueprint.post("/projects/<project_id>/runs")
@scope("write")
@idempotent
def post_run(path: ProjectPath, body: RunRequest) -> Response:
    """Finds themes and requests in the stored records"""
    project = find_project(path.project_id)
    context()
    payload = {
        "language": languages.forced(body.language, pointer="/language"),
        "wished_themes": body.wished_themes,
    }
    with service().store.write() as connection:
        job = jobs.create(connection, project.id, "run", payload)
    return accepted(_queue(job))


def start_upload(project: Project, received: Received, *, kind: JobKind) -> Job:
    """The job that stores what was received, and for a batch runs over the project, already queued."""
    context()
    with service().store.write() as connection:
        payload: dict[str, Any] = {
            "upload_id": uploads.save(connection, project.id, received.upload, file=received.file),
            **received.how,
        }
        if kind == "batch":
            payload["wished_themes"] = received.fields.wished_themes
        job = jobs.create(connection, project.id, kind, payload)
    return _queue(job)


def rerun(project_id: str) -> Job:
    """A job that runs over the project as its last one did, already queued."""
    context()
    with service().store.write() as connection:
        last = jobs.latest(connection, project_id, ("run", "batch"))
        kept = {name: last.payload.get(name) for name in ("language", "wished_themes")} if last else {}
        job = jobs.create(connection, project_id, "run", kept)
    return _queue(job)


def _upload(project: Project, query: UploadFields, *, kind: JobKind) -> Response:
    received = receive(query)
    if received.fields.preview:
        return jsonify(received.preview)
    job = start_upload(project, received, kind=kind)
    return accepted(job, {**job_json(job), "upload": received.summary})


def _queue(job: Job) -> Job:
    submit(context(), job.id)
    with service().store.read() as connection:
        return jobs.get(connection, job.id)
