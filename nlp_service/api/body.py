"""The bytes of a request to JSON, strictly: what is wrong is said with the place where it is wrong."""

import json
from typing import Any, NoReturn

from flask import Request

from nlp_service.errors import Fault, InvalidRequest, UnsupportedMediaType

PROBLEM = "application/problem+json"


class ApiRequest(Request):
    """A request whose `get_json` never guesses: UTF-8 only, JSON only, an object only."""

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        """The JSON object of the body; an empty body without a content type is an empty object.

        Raises:
            UnsupportedMediaType: the content type is not JSON.
            InvalidRequest: the bytes are not UTF-8, not JSON, or not an object.
        """
        content = self.get_data(cache=True)
        if not content and not self.content_type:
            return {}
        if not self.is_json:
            raise UnsupportedMediaType("Send the body as application/json, encoded in UTF-8.")
        value = parse_json(content)
        if not isinstance(value, dict):
            raise invalid("The body must be a JSON object.", code="not_an_object")
        return value


def parse_json(content: bytes) -> Any:
    """The value of a JSON text; the faults name the offset, never the text.

    Raises:
        InvalidRequest: the bytes are not UTF-8 or not JSON.
    """
    text = decode(content)
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
        if "\\ud" in text or "\\uD" in text:
            json.dumps(value, ensure_ascii=False).encode()
        return value
    except UnicodeEncodeError:
        raise invalid("The JSON has half of a surrogate pair: send both halves.", code="broken_json") from None
    except json.JSONDecodeError as error:
        message = f"The JSON is broken at offset {error.pos} (line {error.lineno}, column {error.colno})."
        raise invalid(message, code="broken_json") from None
    except RecursionError:
        raise invalid("The JSON is nested too deeply.", code="broken_json") from None
    except ValueError:
        raise invalid("The JSON has a number that is out of range.", code="broken_json") from None


def decode(content: bytes) -> str:
    """The bytes as UTF-8 text, without a byte order mark.

    Raises:
        InvalidRequest: the bytes are not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"The body is not UTF-8: the byte at offset {error.start} does not fit. Encode it in UTF-8."
        raise invalid(message, code="invalid_utf8") from None


def invalid(message: str, *, code: str, pointer: str = "") -> InvalidRequest:
    """An error about one thing, whose sentence is also the detail."""
    return InvalidRequest(message, faults=[Fault(pointer=pointer, code=code, message=message)])


def _refuse_constant(_: str) -> NoReturn:
    raise invalid("NaN and Infinity are not JSON: send null or leave the field out.", code="broken_json")
