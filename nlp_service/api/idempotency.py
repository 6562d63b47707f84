"""`Idempotency-Key`: a creating request that is sent twice creates once, and the second sender gets the first reply."""

import hashlib
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Response, jsonify, request

from nlp_service.api.body import invalid
from nlp_service.api.current import caller, service
from nlp_service.errors import Conflict, Fault, IdempotencyMismatch
from nlp_service.store import idempotency
from nlp_service.store.idempotency import Begun

P = ParamSpec("P")
HEADER = "Idempotency-Key"
KEPT_HEADERS = ("Location", "Retry-After")
SAFE_KEY = re.compile(r"[\x21-\x7e]{1,255}")


def idempotent(view: Callable[P, Response]) -> Callable[P, Response]:
    """The view, answering a known key with the reply of before; a request without a key just runs."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return view(*args, **kwargs)
        if not SAFE_KEY.fullmatch(key):
            raise invalid("An Idempotency-Key has 1 to 255 visible ASCII characters.", code="bad_idempotency_key")
        with service().store.write() as connection:
            begun = idempotency.begin(connection, caller().owner, key, fingerprint())
        if begun.state != "started":
            return _known(begun)
        return _first(key, lambda: view(*args, **kwargs))

    return answer


def fingerprint() -> str:
    """The SHA-256 of what the request asks for: method, address and content, whatever the multipart boundary."""
    digest = hashlib.sha256(f"{request.method} {request.full_path}".encode("utf-8", "surrogatepass"))
    if request.mimetype == "multipart/form-data":
        for name, value in sorted(request.form.items(multi=True)):
            digest.update(json.dumps([name, value]).encode())
        for name, file in sorted(request.files.items(multi=True), key=lambda pair: pair[0]):
            digest.update(json.dumps([name, file.filename]).encode())
            file.stream.seek(0)
            stream: Any = file.stream
            digest.update(hashlib.file_digest(stream, "sha256").digest())
            file.stream.seek(0)
    else:
        digest.update(request.get_data(cache=True))
    return digest.hexdigest()


def _first(key: str, run: Callable[[], Response]) -> Response:
    try:
        response = run()
    except Exception:
        _forget(key)  # Nothing was created; the sender may correct the request under the same key.
        raise
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    body: Any = response.get_json()
    with service().store.write() as connection:
        idempotency.finish(connection, caller().owner, key, status=response.status_code, body=body, headers=headers)
    return response


def _forget(key: str) -> None:
    with service().store.write() as connection:
        idempotency.forget(connection, caller().owner, key)


def _known(begun: Begun) -> Response:
    if begun.state == "mismatch":
        raise IdempotencyMismatch("This Idempotency-Key was sent with another request: use a new key.")
    if begun.state == "running":
        message = "The request with this Idempotency-Key is still running: ask again in a second."
        raise Conflict(message, faults=[Fault(pointer="", code="still_running", message=message)])
    response = jsonify(begun.body)
    response.status_code = begun.status
    response.headers.update({**begun.headers, "Idempotent-Replayed": "true"})
    return response
