"""What comes in: files, records, their turns, and the segments they are read in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from nlp_service.domain.labels import Kind, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file as it came: its bytes, the name it had, and what the sender says it is."""

    filename: str
    content: bytes
    kind: Kind | Literal["auto"] = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One speaker's stretch of a conversation: `record.text[start:end]`; times in seconds from the beginning."""

    index: int
    speaker: str
    role: Role
    start: int
    end: int
    starts_at_s: float | None = None
    ends_at_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing a customer sent: a review, an answer, a ticket, a whole chat or interview."""

    id: str
    text: str
    kind: Kind
    source: str = ""
    external_id: str | None = None
    language: str | None = None
    """The language the source claims: a hint, never a fact."""
    author: str | None = None
    rating: float | None = None
    occurred_at: str | None = None
    channel: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What a text is written in: a code, how sure we are (0 to 1), and other languages inside it."""

    code: str
    confidence: float
    mixed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A sentence or clause, the unit of analysis: `record.text[start:end] == text`."""

    id: str
    record_id: str
    start: int
    end: int
    text: str
    language: str
    turn: int | None = None
