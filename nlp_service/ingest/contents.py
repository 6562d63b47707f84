"""What was found in a file, and the file on its way to a reader."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

from nlp_service.domain import Kind, Record, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The records of one file and how they were understood.

    `columns` is role → header, `speakers` is speaker → role, `skipped` is reason → how many rows or messages.
    """

    format: str
    encoding: str | None
    kind: Kind
    columns: Mapping[str, str] = field(default_factory=dict)
    speakers: Mapping[str, Role] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One decoded file and how the sender wants it read; `text` has LF line ends and is empty for a spreadsheet."""

    filename: str
    content: bytes
    text: str = ""
    encoding: str | None = None
    kind: Kind | Literal["auto"] = "auto"
    mapping: Mapping[str, str] = field(default_factory=dict)
    """Role → header, as the sender states it."""
    roles: Mapping[str, Role] = field(default_factory=dict)
    """Speaker → role, as the sender states it."""
    stated_encoding: str | None = None
    language: str | None = None

    def kind_or(self, default: Kind) -> Kind:
        """The kind the sender stated, else `default`."""
        return default if self.kind == "auto" else self.kind

    @property
    def suffix(self) -> str:
        """The extension in lower case, without the dot."""
        return PurePosixPath(self.filename).suffix.lower().lstrip(".")


def record_id(filename: str, key: str, text: str) -> str:
    """The same id for the same file name, external id (or row number) and text."""
    joined = "\x1f".join((filename, key, text)).encode("utf-8", "replace")
    return "rec_" + hashlib.blake2b(joined, digest_size=10).hexdigest()
