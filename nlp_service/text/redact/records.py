"""Records without the personal data in their words: the text, the turns in it, who spoke and what came along."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from hashlib import blake2b

from nlp_service.domain import UNDETERMINED, Record, Turn
from nlp_service.text.redact.findings import KINDS, Kind
from nlp_service.text.redact.masked import Masked, mark, mask

NOTE = "pii_masked"
"""The key of a record's metadata under which stands what was masked, in counts."""


def mask_record(record: Record, *, language: str | None = None, key: str = "") -> tuple[Record, Mapping[Kind, int]]:
    """The record masked, its turns slices of the masked text, and how often each kind was masked in it.

    An author or speaker who is personal data, such as a chat's telephone number, becomes the kind and a mark that is the
    same for the same name and `key`. The ids that the sender gave (`id`, `external_id`) stay: records are known by them.
    """
    language = (language or record.language or UNDETERMINED).partition("-")[0].lower()
    masked = mask(record.text, language=language)
    counts: Counter[Kind] = Counter(masked.counts)
    names = {record.author, *(turn.speaker for turn in record.turns)} - {None, ""}
    shown = {name: _name(name, language, key, counts) for name in sorted(filter(None, names))}
    metadata = {name: _value(value, language, counts) for name, value in record.metadata.items()}
    if not counts:
        return record, counts
    author = shown.get(record.author, record.author) if record.author else record.author
    turns = tuple(_turn(turn, masked, shown) for turn in record.turns)
    note = ", ".join(f"{kind} {counts[kind]}" for kind in KINDS if counts[kind])
    return replace(record, text=masked.text, author=author, turns=turns, metadata={**metadata, NOTE: note}), counts


def _turn(turn: Turn, masked: Masked, shown: Mapping[str, str]) -> Turn:
    speaker = shown.get(turn.speaker, turn.speaker)
    return replace(turn, speaker=speaker, start=masked.moved(turn.start), end=masked.moved(turn.end))


def _value(value: str, language: str, counts: "Counter[Kind]") -> str:
    masked = mask(value, language=language)
    counts.update(masked.counts)
    return masked.text


def _name(name: str, language: str, key: str, counts: "Counter[Kind]") -> str:
    """The name itself, or the kind that it is with a mark by which the person is still told from others."""
    masked = mask(name, language=language)
    if not masked.findings:
        return name
    counts.update(masked.counts)
    digest = blake2b(name.encode("utf-8", "replace"), key=key.encode()[:64], digest_size=4).hexdigest()
    return (
        f"{masked.text} {digest}"
        if masked.text != mark(masked.findings[0].kind)
        else f"[{masked.findings[0].kind} {digest}]"
    )
