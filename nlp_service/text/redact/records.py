"""Records without the personal data in their words: the text, the turns in it, who spoke and what came along."""

import hmac
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nlp_service.domain import UNDETERMINED, Record, Turn
from nlp_service.text.redact.find import may_hold
from nlp_service.text.redact.findings import EVERY_KIND, FindNames, Kind
from nlp_service.text.redact.masked import Masked, mask
from nlp_service.text.redact.names import Names

NOTE = "pii_masked"
"""The key of a record's metadata under which stands what was masked, in counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masking:
    """How personal data is taken out: its kind stands in its place if `marked`, nothing if not.

    `key` is the secret that tells people apart whose name is personal data; `language`, where it is known, settles whose
    local numbers to look for, else each record's own language does, else those of the largest countries are looked for. With
    `names`, names of people are looked for too, in the language that the text of the record is told to be in.
    """

    key: bytes
    language: str | None = None
    marked: bool = True
    names: Names | None = None

    def of(self, text: str, record: Record, names: FindNames | None) -> Masked:
        """A text of the record, masked."""
        language = _base(self.language or record.language or UNDETERMINED)
        return mask(text, language=language, marked=self.marked, names=names)

    def name_finders(self, records: Sequence[Record]) -> list[FindNames | None]:
        """What finds the names of people in each record, in order, None where none are looked for."""
        if self.names is None:
            return [None] * len(records)
        from nlp_service.text.identify import identify

        told = identify(
            [record.text for record in records],
            hints=[record.language for record in records],
            language=_base(self.language) if self.language else None,
        )
        return [self.names.within(language.code) for language in told]


def mask_records(records: Sequence[Record], how: Masking) -> tuple[list[Record], Mapping[Kind, int]]:
    """The records masked, in order, their turns slices of the masked text, and how often each kind was masked in all.

    An author or speaker who is personal data, such as a chat's telephone number, becomes the kind and a mark that is the
    same for the same name and key. The ids that the sender gave (`id`, `external_id`) stay: records are known by them. A
    text of which nothing would be left keeps the kinds, whatever was asked: a record has words.
    """
    counts: Counter[Kind] = Counter()
    masked = []
    for record, names in zip(records, how.name_finders(records), strict=True):
        if names is not None or any(may_hold(written) for written in _written(record)):
            changed, own = _masked(record, how, names)
            counts.update(own)
            masked.append(changed)
        else:
            masked.append(record)
    return masked, counts


def counted(counts: Mapping[Kind, int]) -> str:
    """The counts in words, such as `email 2, phone 1`."""
    return ", ".join(f"{kind} {counts[kind]}" for kind in EVERY_KIND if counts.get(kind))


def _written(record: Record) -> list[str]:
    speakers = [turn.speaker for turn in record.turns]
    return [record.text, record.author or "", *speakers, *record.metadata.values()]


def _base(language: str) -> str:
    return language.partition("-")[0].lower()


def _masked(record: Record, how: Masking, names: FindNames | None) -> tuple[Record, Mapping[Kind, int]]:
    text = how.of(record.text, record, names)
    if not text.text.strip():
        text = replace(how, marked=True).of(record.text, record, names)
    called = sorted({record.author or "", *(turn.speaker for turn in record.turns)})
    people = {name: how.of(name, record, names) for name in called}
    values = {name: how.of(value, record, names) for name, value in record.metadata.items()}
    counts: Counter[Kind] = Counter()
    for one in (text, *people.values(), *values.values()):
        counts.update(one.counts)
    if not counts:
        return record, counts
    shown = {name: _pseudonym(name, one, how.key) for name, one in people.items()}
    metadata = {name: value.text for name, value in values.items()}
    changed = replace(
        record,
        text=text.text,
        author=shown[record.author] if record.author else record.author,
        turns=tuple(_turn(turn, text, shown[turn.speaker]) for turn in record.turns),
        metadata={**metadata, NOTE: counted(counts)},
    )
    return changed, counts


def _turn(turn: Turn, masked: Masked, speaker: str) -> Turn:
    return replace(turn, speaker=speaker, start=masked.moved(turn.start), end=masked.moved(turn.end))


def _pseudonym(name: str, masked: Masked, key: bytes) -> str:
    """The name itself, or what is left of it with a mark by which the person is still told from others."""
    if not masked.findings:
        return name
    digest = hmac.digest(key, name.encode("utf-8", "surrogatepass"), "sha256")[:4].hex()
    return f"{masked.text} {digest}".strip()
