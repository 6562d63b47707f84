"""JSON and JSON lines → records: arrays, envelopes, Google Takeout, and conversations of any nesting."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.columns import listed
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.decode import clean
from nlp_service.ingest.dialogues import dialogues_of, read_dialogues
from nlp_service.ingest.headers import rank_of
from nlp_service.ingest.json_formats import read_known
from nlp_service.ingest.rows import records_of
from nlp_service.ingest.segments import is_segments, read_segments
from nlp_service.ingest.tables import Table

ENVELOPES = (
    "records", "reviews", "data", "items", "results", "documents", "rows", "entries", "responses", "features",
    "comments", "feedback", "answers", "tickets", "conversations", "entry",
)  # fmt: skip
_DEEPEST = 8
_MOST_KEYS = 2_000
_MOST_CELLS = 50_000_000


def read_json(source: Source) -> Contents:
    """The records of a JSON file.

    Raises:
        UnreadableFile: the JSON is broken (the message says where) or has no texts (the message lists the keys).
    """
    value, is_lines = parse(source.text)
    known = read_known(source, value)
    if known is not None:
        return known
    items, format = _items(value, is_lines=is_lines)
    if dialogues_of(items):
        return read_dialogues(source, items, format=format)
    flat = [flatten(item) for item in items]
    header = _header(flat)
    if source.text_column is None and not any(_can_be_text(name) for name in header):
        raise UnreadableFile(
            f"No key of the JSON looks like text. The keys are {listed(header)}: name the one to read."
        )
    table = Table(
        format=format,
        header=header,
        rows=tuple(tuple(row.get(name, "") for name in header) for row in flat),
        numbers=tuple(range(1, len(flat) + 1)),
        encoding=source.encoding,
    )
    return read_segments(source, table) if is_segments(table) else records_of(source, table)


def parse(text: str) -> tuple[Any, bool]:
    """The JSON value, or the list of values of JSON lines, and whether it was JSON lines.

    Raises:
        UnreadableFile: the JSON is broken or nested too deep.
    """
    try:
        return _loads(text), False
    except json.JSONDecodeError as error:
        whole = error
    except (ValueError, RecursionError):
        raise UnreadableFile("The JSON is nested too deep or has a number too long to read: export it anew.") from None
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) > 1 and _is_complete(lines[0][1]):
        return [_line(number, line) for number, line in lines], True
    raise UnreadableFile(f"The JSON is broken at line {whole.lineno}, column {whole.colno}: {whole.msg}.")


def flatten(value: Any, prefix: str = "", depth: int = 0) -> dict[str, str]:
    """Dotted name → text of each leaf; lists of plain values are joined with commas, lists of objects are left out."""
    if isinstance(value, Mapping):
        flat: dict[str, str] = {}
        for key, inner in value.items() if depth < _DEEPEST else ():
            name = clean(f"{prefix}.{key}" if prefix else str(key))
            flat.update(flatten(inner, name.removesuffix(".label"), depth + 1))
        return flat
    if isinstance(value, list):
        plain = [_scalar(one) for one in value if not isinstance(one, list | Mapping)]
        return {prefix: ", ".join(plain)} if plain else {}
    return {prefix or "text": _scalar(value)}


def _loads(text: str) -> Any:
    return json.loads(text, parse_constant=lambda _: None)


def _is_complete(line: str) -> bool:
    try:
        _loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _line(number: int, line: str) -> Any:
    try:
        return _loads(line)
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            f"Line {number} is broken JSON at column {error.colno}: {error.msg}. Nothing was read."
        ) from None
    except (ValueError, RecursionError):
        raise UnreadableFile(f"Line {number} is nested too deep or has a number too long. Nothing was read.") from None


def _scalar(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _items(value: Any, *, is_lines: bool) -> tuple[Sequence[Any], str]:
    if isinstance(value, list):
        items: Sequence[Any] = value
        format = "jsonl" if is_lines else "json"
    elif isinstance(value, Mapping) and isinstance(value.get("features"), list):
        items = [one.get("properties") if isinstance(one, Mapping) else None for one in value["features"]]
        format = "google_takeout"
    else:
        items, format = _unwrapped(value), "json"
    items = [item for item in items if isinstance(item, Mapping | str)]
    if not items:
        keys = listed(list(value)) if isinstance(value, Mapping) and value else "none"
        raise UnreadableFile(
            f"No records were found in the JSON. Its keys are {keys}: send a list of objects with a text."
        )
    return items, format


def _unwrapped(value: Any, depth: int = 0) -> Sequence[Any]:
    """The list inside an envelope, two levels down at most; an object that has a text itself is one record."""
    if not isinstance(value, Mapping):
        return []
    segments: list[Any] = value["segments"] if _has_objects(value.get("segments")) else []
    if segments and {"start", "end", "text"} <= segments[0].keys():
        return segments
    lists: list[list[Any]] = [value[key] for key in (*ENVELOPES, *value) if _has_objects(value.get(key))]
    has_text = any(isinstance(inner, str) and rank_of("text", str(key)) is not None for key, inner in value.items())
    if has_text or dialogues_of([value]):
        return [value]
    if lists:
        return lists[0]
    inside = (_unwrapped(value.get(key), depth + 1) for key in ("feed", *ENVELOPES) if depth < 2)
    return next((found for found in inside if found), [])


def _has_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _header(flat: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for row in flat:
        names.update(dict.fromkeys(row))
        if len(names) > _MOST_KEYS:
            raise UnreadableFile(
                f"The JSON has more than {_MOST_KEYS:,} different keys: send a list of objects with a text."
            )
    if len(names) * len(flat) > _MOST_CELLS:
        raise UnreadableFile("The JSON objects have too many different keys: keep the text and a few others.")
    if not names:
        raise UnreadableFile("The JSON objects are empty: send a list of objects with a text.")
    return tuple(names)


def _can_be_text(name: str) -> bool:
    return rank_of("text", name) is not None or rank_of("title", name) is not None
