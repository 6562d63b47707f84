"""/v1/jobs: work that outlives a request, its progress and its end."""

import json
import time
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, jsonify
from flask_openapi.blueprint import APIBlueprint

from nlp_service.api.auth import scope
from nlp_service.api.current import find_job, service
from nlp_service.api.documentation import SECURITY, problems
from nlp_service.api.replies import JobReply
from nlp_service.api.schemas import JobPath
from nlp_service.errors import NotFound
from nlp_service.service import Service
from nlp_service.store import jobs
from nlp_service.store.engine import Store
from nlp_service.store.jobs import Job

ENDED = frozenset({"done", "failed", "cancelled"})
POLL_S = 0.5
KEEP_ALIVE_S = 15.0
LONGEST_STREAM_S = 600.0
"""A stream holds a web thread, so it ends after this time; the client opens another, EventSource does so by itself."""

blueprint = APIBlueprint(
    "jobs",
    __name__,
    url_prefix="/v1",
    abp_tags=[{"name": "Jobs", "description": "Work that outlives a request."}],
    abp_security=SECURITY,
    abp_responses=problems(401, 403, 404),
)


@blueprint.get("/jobs/<job_id>", responses={200: JobReply})
@scope("read")
def get_job(path: JobPath) -> Response:
    """The state and progress of a job"""
    job = find_job(path.job_id)
    response = jsonify(job_json(job))
    if job.state not in ENDED:
        response.headers["Retry-After"] = "1"
    return response


@blueprint.delete("/jobs/<job_id>", responses={202: JobReply})
@scope("write")
def delete_job(path: JobPath) -> tuple[Response, int]:
    """Cancels a job: at once while it waits, at its next checkpoint while it runs"""
    job = find_job(path.job_id)
    with service().store.write() as connection:
        job = jobs.request_cancel(connection, job.id)
    return jsonify(job_json(job)), 202


@blueprint.get(
    "/jobs/<job_id>/events",
    responses={
        200: {
            "description": "Server-sent events `progress`, then one of `done`, `failed`, `cancelled`; each is the job.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        }
    },
)
@scope("read")
def get_job_events(path: JobPath) -> Response:
    """The job as a stream of events, which ends when the job ends"""
    job = find_job(path.job_id)
    response = Response(_events(service(), job.id), mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return response


def job_json(job: Job) -> dict[str, Any]:
    """The job as API.md has it."""
    return {
        "id": job.id,
        "project_id": job.project_id,
        "kind": job.kind,
        "state": job.state,
        "progress": {"stage": job.stage, "done": job.done, "total": job.total},
        "cancel_requested": job.cancel_requested,
        "created_at": job.created_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
        "result_url": job.result_url,
        "outcome": dict(job.outcome) if job.outcome else None,
        "error": dict(job.error) if job.error else None,
    }


def accepted(job: Job, reply: Mapping[str, Any] | None = None) -> Response:
    """202 with the job, or a reply that holds it, and the address where it can be followed."""
    response = jsonify(reply or job_json(job))
    response.status_code = 202
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    response.headers["Retry-After"] = "1"
    return response


def _events(service: Service, job_id: str) -> Iterator[str]:
    """The events; where too many streams are open, one event, after which the client asks again."""
    if not service.streams.acquire(blocking=False):
        yield from _follow(service.store, job_id, longest_s=0)
        return
    try:
        yield from _follow(service.store, job_id, longest_s=LONGEST_STREAM_S)
    finally:
        service.streams.release()


def _follow(store: Store, job_id: str, *, longest_s: float) -> Iterator[str]:
    last: dict[str, Any] | None = None
    silent_since = began_at = time.monotonic()
    yield "retry: 1000\n\n"
    while True:
        try:
            with store.read() as connection:
                current = job_json(jobs.get(connection, job_id))
        except NotFound:  # Its project was deleted meanwhile.
            return
        if current != last:
            last, silent_since = current, time.monotonic()
            name = current["state"] if current["state"] in ENDED else "progress"
            yield f"event: {name}\ndata: {json.dumps(current, ensure_ascii=False)}\n\n"
        elif time.monotonic() - silent_since > KEEP_ALIVE_S:
            silent_since = time.monotonic()
            yield ": still there\n\n"
        if current["state"] in ENDED or time.monotonic() - began_at >= longest_s:
            return
        time.sleep(POLL_S)
