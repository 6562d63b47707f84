"""When an id means the same thing in two files: always where it is unique by itself, else in files of one source."""

import re
from pathlib import PurePosixPath

_COPY = re.compile(r"(?: ?\(\d{1,3}\)| - copy| copy)+$")
_LEAST = 16
_NAMESPACED = re.compile(r"(?:gp:|R_)\S{8,}")
JSON_SOURCE = "records"
"""The source of records that are sent as JSON without a file: their ids are the sender's, and one namespace."""


def source_of(filename: str) -> str:
    """What stays of a file's name when it is downloaded anew: no case, no ending, no `(1)` of a browser."""
    name = PurePosixPath(filename.casefold())
    while name.suffix in (".gz", ".csv", ".tsv", ".xlsx", ".ods", ".json", ".jsonl", ".ndjson", ".txt", ".zip"):
        name = name.with_suffix("")
    return (_COPY.sub("", str(name)) if filename else "") or JSON_SOURCE


def is_unique(external_id: str) -> bool:
    """Whether no other thing will have this id: it has 16 characters or more, letters and digits, as a UUID has."""
    if _NAMESPACED.fullmatch(external_id):
        return True
    has_both = any(letter.isdecimal() for letter in external_id) and any(letter.isalpha() for letter in external_id)
    return len(external_id) >= _LEAST and has_both and " " not in external_id


def qualified(external_id: str, filename: str) -> str:
    """The id as it is where it is unique, else with the source that it belongs to."""
    source = source_of(filename)
    return external_id if source == JSON_SOURCE or is_unique(external_id) else f"{source}:{external_id}"
