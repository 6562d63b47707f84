"""GET /v1/languages: which languages the service knows, and what was measured in each."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask_openapi.blueprint import APIBlueprint

from nlp_service.api.auth import scope
from nlp_service.api.current import settings
from nlp_service.api.documentation import SECURITY, problems
from nlp_service.api.replies import LanguagesReply
from nlp_service.errors import Fault, UnsupportedLanguage
from nlp_service.text.languages import LANGUAGES

Row = dict[str, Any]

blueprint = APIBlueprint(
    "languages",
    __name__,
    url_prefix="/v1",
    abp_tags=[{"name": "About", "description": "What this service knows and allows."}],
    abp_security=SECURITY,
    abp_responses=problems(401, 403),
)


@blueprint.get("/languages", responses={200: LanguagesReply})
@scope("read")
def get_languages() -> Row:
    """The languages, the support of each and the figures behind it"""
    data = [
        {
            "code": info.code,
            "name": info.name,
            "native_name": info.native_name,
            "script": info.script,
            "direction": info.direction,
            "support": support(info.code),
            "figures": [row for row in _rows() if row.get("lang") == info.code],
        }
        for info in LANGUAGES.values()
    ]
    return {"data": data, "measured_at": _scorecard(_path()).get("measured_at")}


def support(code: str) -> str:
    """`full` where sentiment was measured on texts written in the language, `partial` where not, else `none`."""
    if code not in LANGUAGES:
        return "none"
    return "full" if any(_is_native_sentiment(row, code) for row in _rows()) else "partial"


def forced(tag: str, *, pointer: str) -> str | None:
    """The language that the sender wants, None for `auto`; regions and scripts in the tag do not matter.

    Raises:
        UnsupportedLanguage: the service does not know it.
    """
    if tag == "auto":
        return None
    code = tag.replace("_", "-").split("-")[0].lower()
    if code not in LANGUAGES:
        message = "This language code is not known: /v1/languages lists them; `auto` identifies the language."
        raise UnsupportedLanguage(
            message, faults=[Fault(pointer=pointer, code="unsupported_language", message=message)]
        )
    return code


def _is_native_sentiment(row: Row, code: str) -> bool:
    native = row.get("native", True) and not row.get("translated", False)
    return row.get("task") == "sentiment" and row.get("lang") == code and bool(native)


def _path() -> Path:
    return settings().models_dir / "scorecard.json"


def _rows() -> Sequence[Row]:
    rows: Sequence[Row] = _scorecard(_path())["rows"]
    return rows


@lru_cache(maxsize=8)
def _scorecard(path: Path) -> Row:
    """The scorecard as `{"rows": […]}`; the file may also be a list of rows, or not be there."""
    if not path.is_file():
        return {"rows": []}
    content = json.loads(path.read_text(encoding="utf-8"))
    return {"rows": content} if isinstance(content, list) else {"rows": [], **content}
