"""Every error the service raises on purpose: a stable code, an HTTP status, and a sentence that says what to do.

ServiceError
├── InvalidRequest          invalid_request        400
│   ├── PurposeRequired     purpose_required       400
│   └── UnsupportedLanguage unsupported_language   400
├── Unauthorized            unauthorized           401
├── Forbidden               forbidden              403
├── NotFound                not_found              404
├── Conflict                conflict               409
├── TextTooLong             text_too_long          413
├── BatchTooLarge           batch_too_large        413
├── UnsupportedMediaType    unsupported_media_type 415
├── UnreadableFile          unreadable_file        422
├── IdempotencyMismatch     idempotency_mismatch   422
├── RateLimited             rate_limited           429
└── NotReady                not_ready              503
    ├── ModelMissing
    ├── ModelCorrupt
    └── NoAnswer
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with an input: a JSON pointer to it, a code, and a sentence."""

    pointer: str
    code: str
    message: str


class ServiceError(Exception):
    """The root: `detail` is a sentence for the person who sent the input, and never quotes customer text."""

    code = "internal_error"
    status = 500
    title = "The service failed"

    def __init__(self, detail: str, *, faults: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.faults = tuple(faults)


class InvalidRequest(ServiceError):
    code, status, title = "invalid_request", 400, "The request is not valid"


class PurposeRequired(InvalidRequest):
    code, title = "purpose_required", "A project needs a purpose"


class UnsupportedLanguage(InvalidRequest):
    code, title = "unsupported_language", "The language is not supported"


class Unauthorized(ServiceError):
    code, status, title = "unauthorized", 401, "A valid key is needed"


class Forbidden(ServiceError):
    code, status, title = "forbidden", 403, "The key does not allow this"


class NotFound(ServiceError):
    code, status, title = "not_found", 404, "There is no such thing"


class Conflict(ServiceError):
    code, status, title = "conflict", 409, "This conflicts with what is there"


class TextTooLong(ServiceError):
    code, status, title = "text_too_long", 413, "The text is too long"


class BatchTooLarge(ServiceError):
    code, status, title = "batch_too_large", 413, "The batch is too large"


class UnsupportedMediaType(ServiceError):
    code, status, title = "unsupported_media_type", 415, "This kind of content is not accepted here"


class UnreadableFile(ServiceError):
    code, status, title = "unreadable_file", 422, "The file cannot be read"


class IdempotencyMismatch(ServiceError):
    code, status, title = "idempotency_mismatch", 422, "The idempotency key was used for another request"


class RateLimited(ServiceError):
    code, status, title = "rate_limited", 429, "Too many requests"


class NotReady(ServiceError):
    code, status, title = "not_ready", 503, "The service is not ready"


class ModelMissing(NotReady):
    title = "A model is missing"


class ModelCorrupt(NotReady):
    title = "A model file is damaged"


class NoAnswer(NotReady):
    title = "A language model gave no answer"
