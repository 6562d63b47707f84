"""What is the same thing sent twice: by its id, then by its words, author and time; marked, never lost without a count."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from nlp_service.domain import Record
from nlp_service.ingest.contents import record_id
from nlp_service.ingest.remembered import Remembered

DUPLICATE_OF = "duplicate_of"
"""The metadata of a repeat: the id of the record that it repeats."""
_TELLING = 40
"""Characters from which on equal words of one author or time are no chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A record on its way, where it stood, and when it was created and last edited as the source writes it."""

    record: Record
    place: str
    created: str = ""
    updated: str = ""


Found = Item | str
"""An item, or the reason why there is none."""
ReadRow = Callable[[int, Sequence[str]], Sequence[Found]]
"""The items of a row, given the number of its line and its cells."""


class Repeats:
    """Remembers every record that came by, in bounded memory, and says what a further one is to them."""

    def __init__(self) -> None:
        self.n_same = 0
        self.n_clashing = 0
        self._by_id, self._by_words, self._versions = Remembered(), Remembered(), Remembered()

    def take(self, item: Item) -> Item | None:
        """The item, marked where it repeats another; None where a newer version of it came before.

        A later edit keeps the id and so takes the place of the earlier one. Rows with one id and different words are two
        things, since the id may name a person or a product: the later one loses its id.
        """
        external_id = item.record.external_id
        key = _hash("id", external_id) if external_id is not None else 0
        known = self._by_id.get(key)
        text = _hash(item.record.text).to_bytes(8, "big")
        if external_id is None or known is None:
            return self._first(item, key, text)
        version = self._versions.get(key)
        if version is not None and version[:8] == (own := _version(item))[:8] and version != own:
            return self._first(item, key, text) if own > version else None
        if known.startswith(text):
            return self._same(replace(item, record=_without_id(item)), known)
        self.n_clashing += 1
        return replace(item, record=_without_id(item))

    def _first(self, item: Item, key: int, text: bytes) -> Item:
        known = text + bytes.fromhex(item.record.id.removeprefix("rec_"))
        if item.record.external_id is not None:
            self._by_id.set(key, known)
            if item.created and item.updated:
                self._versions.set(key, _version(item))
        words = _words_key(item)
        if words is None:
            return item
        first = self._by_words.get(words)
        if first is None:
            self._by_words.set(words, known)
            return item
        return item if first == known else self._same(item, first)

    def _same(self, item: Item, first: bytes) -> Item:
        self.n_same += 1
        metadata = {**item.record.metadata, DUPLICATE_OF: f"rec_{first[8:].hex()}"}
        return replace(item, record=replace(item.record, metadata=metadata))

    @property
    def warnings(self) -> list[str]:
        """What was found to repeat, in sentences."""
        notes = []
        if self.n_same:
            notes.append(f"Records that repeat an earlier one are marked and will not be counted again: {self.n_same}.")
        if self.n_clashing:
            notes.append(
                f"Rows that share an id with another row but say something else were kept apart: {self.n_clashing}."
            )
        return notes


def records_from(
    rows: Iterable[tuple[int, Sequence[str]]], read: ReadRow, *, repeats: Repeats, skipped: Counter[str]
) -> Iterator[Record]:
    """The records of rows, repeats marked; what gives none is counted under its reason."""
    for number, cells in rows:
        for found in read(number, cells):
            if isinstance(found, str):
                skipped[found] += 1
                continue
            item = repeats.take(found)
            if item is None:
                skipped["superseded"] += 1
            else:
                yield item.record


def newest(records: Iterable[Record], skipped: Counter[str]) -> tuple[Record, ...]:
    """The records with each edit in the place of what it edits, which is counted."""
    kept: dict[str, Record] = {}
    for record in records:
        key = f"external {record.external_id}" if record.external_id is not None else record.id
        if key in kept:
            skipped["superseded"] += 1
        kept[key] = record
    return tuple(kept.values())


def clash_share(items: Sequence[Item]) -> float:
    """The share of items whose id an earlier one has that says something else and is no edit of it."""
    repeats = Repeats()
    for item in items:
        repeats.take(item)
    return repeats.n_clashing / len(items) if items else 0.0


def _without_id(item: Item) -> Record:
    """The record with its external id among the metadata only, under an id of its own."""
    record = item.record
    if record.external_id is None:
        return record
    own = record_id(record.source, f"row {item.place}", record.text)
    return replace(record, id=own, external_id=None, metadata={**record.metadata, "id": record.external_id})


def _words_key(item: Item) -> int | None:
    record = item.record
    is_timed = ":" in item.created or item.created.isdecimal()
    if not (record.author or item.created) or (record.external_id is not None and not (record.author and item.created)):
        return None
    if len(record.text) < _TELLING and not (record.author and is_timed):
        return None
    question = record.metadata.get("question", "")
    return _hash("words", record.text, record.author or "", item.created, question)


def _version(item: Item) -> bytes:
    """A mark of the time of creation, then the time of the last edit: of one creation, they sort by edit."""
    return _hash(item.created).to_bytes(8, "big") + item.updated.encode("utf-8", "surrogatepass")


def _hash(*parts: str) -> int:
    """63 bits: of a million records, two meet by chance once in ten million files."""
    return hash(parts) & 0x7FFF_FFFF_FFFF_FFFF
