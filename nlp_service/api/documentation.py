"""What the OpenAPI document says about every call: the errors it may answer, and how callers are known."""

from typing import Any

from flask_openapi.types import ResponseDict

from nlp_service.api.body import PROBLEM

SECURITY: list[dict[str, list[str]]] = [{"bearer": []}, {"header": []}, {}]
SECURITY_SCHEMES: dict[str, Any] = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key made with `keys create`."},
    "header": {"type": "apiKey", "in": "header", "name": "X-Api-Key", "description": "The same key."},
}
_SENTENCES = {
    400: "The request is not valid.",
    401: "A valid key is needed.",
    403: "The key does not allow this, or no key is configured and the sender is not local.",
    404: "There is no such thing, or it is another project's.",
    409: "This conflicts with what is there.",
    413: "Larger than allowed.",
    415: "This content type is not accepted.",
    422: "The file cannot be read, or the idempotency key was used for another body.",
    503: "The service is not ready.",
}


def problems(*statuses: int) -> ResponseDict:
    """The documented problem responses of these statuses."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": _SENTENCES[status], "content": {PROBLEM: {"schema": schema}}} for status in statuses
    }


_FILE = {
    "type": "object",
    "required": ["file"],
    "additionalProperties": False,
    "properties": {
        "file": {
            "type": "string",
            "format": "binary",
            "description": "Any format that the README lists.",
        },
        "kind": {"type": "string", "enum": ["auto", "reviews", "chats", "interviews"]},
        "text_column": {"type": "string"},
        "mapping": {"type": "string", "description": "A JSON object: role → header, as `text`, `rating`, `date`."},
        "encoding": {"type": "string", "description": "The file's encoding, where it is told wrong."},
        "preview": {"type": "boolean"},
        "language": {"type": "string"},
        "wished_themes": {"type": "integer", "minimum": 1, "maximum": 500},
    },
}
UPLOAD_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {"schema": _FILE},
        "application/json": {"schema": {"type": "array", "minItems": 1, "items": {"type": "object"}}},
        "application/x-ndjson": {"schema": {"type": "string"}},
    },
}
"""The body of an upload: a file in a form, an array, or lines."""
