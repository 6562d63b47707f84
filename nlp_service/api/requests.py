"""/v1/requests: what people decide about feature requests, in force in every later run; and requests for issue trackers."""

from typing import Any

from flask import Response
from flask_openapi.blueprint import APIBlueprint

from nlp_service.api.auth import scope
from nlp_service.api.current import caller, find_run, service
from nlp_service.api.documentation import SECURITY, problems
from nlp_service.api.replies import RequestReply
from nlp_service.api.schemas import ExportQuery, RequestPatch, RequestPath, RunPath
from nlp_service.export.tracker import tracker_csv
from nlp_service.store import decisions, deliveries, runs

Item = dict[str, Any]

blueprint = APIBlueprint(
    "requests",
    __name__,
    url_prefix="/v1",
    abp_tags=[{"name": "Requests", "description": "What customers ask for, and what became of it."}],
    abp_security=SECURITY,
    abp_responses=problems(400, 401, 403, 404),
)


@blueprint.patch("/requests/<request_id>", responses={200: RequestReply, **problems(413, 415)})
@scope("write")
def patch_request(path: RequestPath, body: RequestPatch) -> Item:
    """Sets the request's status; `tell` names those who asked and may be told"""
    if body.run_id is not None:
        find_run(body.run_id)
    with service().store.write() as connection:
        found = runs.get_request(connection, path.request_id, run_id=body.run_id, project_id=caller().project_id)
        return decisions.decide(connection, found, body.status, note=body.note).payload


@blueprint.get(
    "/runs/<run_id>/requests.csv", responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
)
@scope("read")
def get_requests_csv(path: RunPath, query: ExportQuery) -> Response:
    """The feature requests as a file that issue trackers import; the run's lineage notes who took it and when"""
    run = find_run(path.run_id)
    with service().store.read() as connection:
        items = list(runs.requests_of(connection, run.id))
    with service().store.write() as connection:
        deliveries.add(
            connection, run.id, export="requests.csv", recipient=caller().owner, destination=query.destination
        )
    name = f"requests_{run.id}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(tracker_csv(items), mimetype="text/csv", headers=headers)
