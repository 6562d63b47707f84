"""Every error as RFC 9457 problem JSON for programs, or as a page for people; nothing internal leaves the service."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, NoReturn

from flask import Flask, Response, current_app, g, jsonify, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from nlp_service import errors
from nlp_service.api.body import PROBLEM
from nlp_service.errors import Fault, ServiceError
from nlp_service.ops.logs import describe, get_log

API_PREFIXES = ("/v1/", "/healthz", "/readyz")
MAX_FAULTS = 100

ErrorPage = Callable[[ServiceError], tuple[str, int]]

_SENTENCES = {
    "invalid_request": "The request could not be read: check its syntax and its headers.",
    "not_found": "There is nothing at this address: /v1/openapi.json lists what there is.",
    "batch_too_large": "The body is larger than allowed: /v1/models shows the limits; send larger sets as a job.",
    "unsupported_media_type": "This content type is not accepted here: /v1/openapi.json says which are.",
    "rate_limited": "Too many requests: wait before the next one.",
}
_CODES = {
    400: "invalid_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "batch_too_large",
    415: "unsupported_media_type",
    429: "rate_limited",
}


def register_problems(app: Flask, *, page: ErrorPage) -> None:
    """Answers every error of the app: problem JSON below the API's paths, `page` elsewhere."""

    def reply(error: ServiceError) -> Response:
        if request.path.startswith(API_PREFIXES) or request.path == "/v1":
            response = problem_response(error)
        else:
            response = current_app.make_response(page(error))
        response.headers.update(_headers(error))
        return response

    def on_http(error: HTTPException) -> Response:
        if error.response is not None or (error.code or 500) < HTTPStatus.BAD_REQUEST:
            return current_app.make_response(error.get_response())
        response = reply(_from_http(error))
        allow = dict(error.get_headers()).get("Allow")
        if allow:
            response.headers["Allow"] = allow
        return response

    def on_crash(error: Exception) -> Response:
        get_log().error("request_crashed", route=str(request.url_rule), **describe(error))
        detail = (
            "Something broke on our side. Give the request id to whoever runs the service: the log names the place."
        )
        return reply(ServiceError(detail))

    app.register_error_handler(ServiceError, reply)
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(Exception, on_crash)


def problem_response(error: ServiceError) -> Response:
    """The error as an `application/problem+json` response."""
    response = jsonify(problem_document(error))
    response.status_code, response.content_type = error.status, PROBLEM
    return response


def problem_document(error: ServiceError) -> dict[str, Any]:
    """The members of RFC 9457, with the code, the request id and the list of faults."""
    return {
        "type": f"/v1/problems/{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "code": error.code,
        "request_id": g.get("request_id", ""),
        "errors": [{"pointer": f.pointer, "code": f.code, "message": f.message} for f in error.faults],
    }


def refuse_validation(error: ValidationError) -> NoReturn:
    """Turns what Pydantic found into one of our errors; called by flask-openapi.

    Raises:
        InvalidRequest: always.
    """
    faults = [_fault(item["type"], item["loc"], item["msg"]) for item in error.errors(include_input=False)]
    code = errors.PurposeRequired if any(_misses_purpose(fault) for fault in faults) else errors.InvalidRequest
    first = faults[0]
    detail = f"{first.pointer}: {first.message}" if first.pointer else first.message
    raise code(detail, faults=faults[:MAX_FAULTS])


def error_classes() -> Sequence[type[ServiceError]]:
    """The classes of the error tree, one a code, in the order of their codes."""
    by_code: dict[str, type[ServiceError]] = {}
    pending: list[type[ServiceError]] = [ServiceError]
    while pending:
        kind = pending.pop(0)
        by_code.setdefault(kind.code, kind)
        pending.extend(kind.__subclasses__())
    return [by_code[code] for code in sorted(by_code)]


def _fault(kind: str, location: Sequence[str | int], message: str) -> Fault:
    pointer = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in location)
    if kind == "extra_forbidden":
        return Fault(pointer=pointer, code="unknown_field", message="This field is not known: correct or remove it.")
    if kind == "missing":
        return Fault(pointer=pointer, code="missing", message="This field is required.")
    return Fault(pointer=pointer, code=kind, message=message.removeprefix("Value error, ").rstrip(".") + ".")


def _misses_purpose(fault: Fault) -> bool:
    return fault.pointer == "/purpose" and fault.code in {"missing", "string_too_short", "string_type"}


def _from_http(error: HTTPException) -> ServiceError:
    status = error.code or 500
    code = _CODES.get(status, (error.name or "error").lower().replace(" ", "_"))
    ours = ServiceError(_SENTENCES.get(code, f"{error.name}."))
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        ours.detail = f"{request.method} is not possible at this address: see the Allow header."
    ours.code, ours.status = code, status
    ours.title = next((kind.title for kind in error_classes() if kind.code == code), error.name or "Error")
    return ours


def _headers(error: ServiceError) -> dict[str, str]:
    headers = {}
    if isinstance(error, errors.Unauthorized):
        headers["WWW-Authenticate"] = 'Bearer realm="nlp_service"'
    if isinstance(error, errors.NotReady | errors.RateLimited):
        headers["Retry-After"] = "2"
    if isinstance(error, errors.Conflict) and any(fault.code == "still_running" for fault in error.faults):
        headers["Retry-After"] = "1"
    return headers
