"""Bytes → records: `read` picks the reader, by the bytes first and the name second."""

from collections.abc import Mapping
from dataclasses import replace
from typing import BinaryIO, get_args

from nlp_service.domain import Role, Upload
from nlp_service.errors import InvalidRequest, UnreadableFile
from nlp_service.ingest.askers import asks_most
from nlp_service.ingest.columns import listed
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.sniff import read_source
from nlp_service.ingest.stream import RecordStream
from nlp_service.ingest.stream import read_rows as read_stream

__all__ = ["Contents", "RecordStream", "read", "read_rows"]


def read(
    upload: Upload,
    *,
    text_column: str | None = None,
    mapping: Mapping[str, str] | None = None,
    roles: Mapping[str, Role] | None = None,
    language: str | None = None,
    encoding: str | None = None,
) -> Contents:
    """What is in a file: its records, and how its format, encoding, columns and speakers were understood.

    `mapping` is role → header and wins over what the headers say; `text_column` is short for its `text`.
    `roles` is speaker → role, by the names that `Contents.speakers` has, and wins over what the names say.

    Raises:
        InvalidRequest: the mapping names a column, or `roles` a speaker, that there is not, or the encoding is none.
        UnsupportedMediaType: the format is not read; the message says what is.
        UnreadableFile: the file cannot be read, or no text is found in it; the message says what to do.
    """
    source = _source(upload, text_column=text_column, mapping=mapping, language=language, encoding=encoding)
    contents = read_source(replace(source, roles=roles or {}))
    if not contents.records:
        raise UnreadableFile("No row of this file has text: check that the right column or sheet holds it.")
    _check_roles(roles or {}, contents)
    return _hinted(contents)


def read_rows(
    file: BinaryIO,
    upload: Upload,
    *,
    text_column: str | None = None,
    mapping: Mapping[str, str] | None = None,
    language: str | None = None,
    encoding: str | None = None,
) -> RecordStream | None:
    """The records of a large file in batches, None where it has to be read whole; `upload` has its name, no bytes.

    Raises:
        InvalidRequest: the mapping names a column that there is not, or the encoding is none.
        UnreadableFile: the file cannot be read, or no text is found in it; the message says what to do.
    """
    return read_stream(
        file, _source(upload, text_column=text_column, mapping=mapping, language=language, encoding=encoding)
    )


def _source(
    upload: Upload,
    *,
    text_column: str | None,
    mapping: Mapping[str, str] | None,
    language: str | None,
    encoding: str | None,
) -> Source:
    return Source(
        filename=upload.filename,
        content=upload.content,
        kind=upload.kind,
        mapping={**(mapping or {}), **({"text": text_column} if text_column is not None else {})},
        stated_encoding=encoding,
        language=language,
    )


def _hinted(contents: Contents) -> Contents:
    """The contents with a hint who the interviewer may be, where no role is known."""
    if contents.kind != "interviews" or set(contents.speakers.values()) != {"unknown"}:
        return contents
    askers = {name for name in map(asks_most, contents.records) if name is not None}
    hints = [f"{listed([name])} asks most of the questions: if that is the interviewer, state it." for name in askers]
    return replace(contents, warnings=(*contents.warnings, *hints)) if len(askers) == 1 else contents


def _check_roles(roles: Mapping[str, Role], contents: Contents) -> None:
    """See that every stated role is one and every speaker is there.

    Raises:
        InvalidRequest: one is not; the message lists those that are.
    """
    if any(role not in get_args(Role) for role in roles.values()):
        raise InvalidRequest(f"There is no such role: give one of {listed(get_args(Role))}.")
    if any(name not in contents.speakers for name in roles):
        there = f"those of this file are {listed(list(contents.speakers))}" if contents.speakers else "it names none"
        raise InvalidRequest(f"A role is given to a speaker whom the file does not name: {there}.")
