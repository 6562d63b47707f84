"""JSON and JSON lines → records: arrays, envelopes, known programs, and conversations of any nesting."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.columns import listed
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.delimited import numbered
from nlp_service.ingest.dialogues import dialogues_of, read_dialogues
from nlp_service.ingest.flat import flatten, table_of
from nlp_service.ingest.headers import rank_of
from nlp_service.ingest.json_formats import read_known
from nlp_service.ingest.rows import records_of
from nlp_service.ingest.segments import is_segments, read_segments
from nlp_service.ingest.surveys import is_survey, read_survey
from nlp_service.ingest.tables import Table

ENVELOPES = (
    "records", "reviews", "data", "items", "results", "documents", "rows", "entries", "responses", "features",
    "comments", "feedback", "answers", "tickets", "conversations", "entry",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A JSON value, or the values of JSON lines with the numbers of their lines and of the lines that are no JSON."""

    value: Any
    lines: tuple[int, ...] | None = None
    bad: tuple[int, ...] = ()


def read_json(source: Source) -> Contents:
    """The records of a JSON file; lines of JSON lines that are no JSON are counted and told.

    Raises:
        UnreadableFile: the JSON is broken (the message says where) or has no texts (the message lists the keys).
    """
    parsed = parse(source.text)
    contents = _read(source, parsed)
    if not parsed.bad:
        return contents
    return replace(
        contents,
        skipped={**contents.skipped, "bad_row": len(parsed.bad)},
        warnings=(*contents.warnings, bad_lines(parsed.bad)),
    )


def parse(text: str) -> Parsed:
    """The JSON value of a text, or the values of its lines.

    Raises:
        UnreadableFile: the JSON is broken or nested too deep; of JSON lines, most are.
    """
    try:
        return Parsed(value=loads(text))
    except json.JSONDecodeError as error:
        whole = error
    except (ValueError, RecursionError):
        raise UnreadableFile("The JSON is nested too deep or has a number too long to read: export it anew.") from None
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    values = [(number, line_value(line)) for number, line in lines]
    good = tuple(number for number, value in values if value is not BROKEN)
    if len(lines) < 2 or len(good) < 0.5 * len(lines):
        raise UnreadableFile(f"The JSON is broken at line {whole.lineno}, column {whole.colno}: {whole.msg}.")
    bad = tuple(number for number, value in values if value is BROKEN)
    return Parsed(value=[value for _, value in values if value is not BROKEN], lines=good, bad=bad)


BROKEN = object()
"""What stands for a line that is no JSON."""


def line_value(line: str) -> Any:
    """The value of one of JSON lines, `BROKEN` where it is none."""
    try:
        return loads(line)
    except (ValueError, RecursionError):
        return BROKEN


def bad_lines(numbers: Sequence[int]) -> str:
    """A warning about lines that are no JSON."""
    return f"Lines that are no JSON were left out ({len(numbers)}: {numbered(numbers)})."


def loads(text: str) -> Any:
    """The value of a JSON text; what JSON has no word for, as NaN, is nothing."""
    return json.loads(text, parse_constant=lambda _: None)


def check_names(source: Source, table: Table) -> None:
    """See that a table of JSON has a text, or the sender names one.

    Raises:
        UnreadableFile: no key looks like text; the keys are listed.
    """
    if "text" not in source.mapping and not any(_can_be_text(name) for name in table.header):
        raise UnreadableFile(
            f"No key of the JSON looks like text. The keys are {listed(table.header)}: name the one to read."
        )


def _read(source: Source, parsed: Parsed) -> Contents:
    known = read_known(source, parsed.value)
    if known is not None:
        return known
    found, format = _items(parsed)
    items = [item for _, item in found]
    if dialogues_of(items):
        return read_dialogues(source, items, format=format)
    table = table_of([flatten(item) for item in items], format=format, encoding=source.encoding)
    table = replace(table, numbers=tuple(number for number, _ in found))
    check_names(source, table)
    if is_segments(table):
        return read_segments(source, table)
    return read_survey(source, table) if is_survey(source, table) else records_of(source, table)


def _items(parsed: Parsed) -> tuple[Sequence[tuple[int, Any]], str]:
    """The objects and texts to read, each with its line or place, and the format."""
    value = parsed.value
    items: Sequence[Any] = value if isinstance(value, list) else _unwrapped(value)
    format = "jsonl" if parsed.lines is not None else "json"
    numbers = parsed.lines if parsed.lines is not None else range(1, len(items) + 1)
    found = [(number, item) for number, item in zip(numbers, items, strict=True) if isinstance(item, Mapping | str)]
    if not found:
        keys = listed(list(value)) if isinstance(value, Mapping) and value else "none"
        raise UnreadableFile(
            f"No records were found in the JSON. Its keys are {keys}: send a list of objects with a text."
        )
    return found, format


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


def _can_be_text(name: str) -> bool:
    return rank_of("text", name) is not None or rank_of("title", name) is not None
