"""Table rows → records: title and text joined, replies as an agent's turn, duplicates merged, dates read one way."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nlp_service.domain import Kind, Record, Role, Turn
from nlp_service.ingest.cells import is_no_answer, language_of, rating_of
from nlp_service.ingest.columns import assign_columns, listed, other_text_columns
from nlp_service.ingest.contents import Contents, Source, record_id
from nlp_service.ingest.dates import Order, decide_order, parse_date
from nlp_service.ingest.decode import clean, repair
from nlp_service.ingest.headers import header_key
from nlp_service.ingest.tables import Table

CUSTOMER, AGENT = "customer", "agent"
_LINKED_ID = re.compile(r"[?&#:/]reviewid=([^&#\s]+)", re.IGNORECASE)
_ELLIPSIS = re.compile(r"(?:\.{3}|…).*$", re.DOTALL)
_MOST_CLASHES = 0.05
_WHERE_PEOPLE_ARE = frozenset({"ip address", "ipaddress", "ipaddr", "location latitude", "location longitude"})
"""Headers of columns that are dropped: they tell where a person is and nothing of what was said."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A record on its way, with what decides whether another row is the same one."""

    record: Record
    created: str
    updated: str


def records_of(source: Source, table: Table) -> Contents:
    """The records of a table; rows without text and repeated rows are counted, other columns become metadata.

    Raises:
        UnreadableFile: there is no text column.
    """
    taken = assign_columns(table, text_column=source.text_column)
    kind = source.kind_or("reviews")
    dates = [row[taken["date"]] for row in table.rows] if "date" in taken else []
    order = decide_order([raw for raw in dates if raw.strip()])
    skipped: Counter[str] = Counter()
    items = []
    for number, row in zip(table.numbers, table.rows, strict=True):
        reading = _Row(
            source=source,
            kind=kind,
            header=table.header,
            taken=taken,
            order=order,
            cells=tuple(clean(repair(cell)) for cell in row),
            number=number,
        )
        text = reading.text
        if not text or is_no_answer(text):
            skipped["no_answer" if text else "no_text"] += 1
            continue
        items.append(_Item(reading.record(text), reading.cell("date"), reading.cell("updated")))
    records, notes = _distinct(items, skipped, source)
    has_replies = any(record.turns for record in records)
    speakers: dict[str, Role] = {CUSTOMER: "customer", AGENT: "agent"} if has_replies else {}
    return Contents(
        format=table.format,
        encoding=table.encoding,
        kind=kind,
        columns={role: table.header[place] for role, place in taken.items()},
        speakers=speakers,
        records=tuple(records),
        skipped=dict(skipped),
        warnings=(*table.warnings, *notes, *_warnings(table, taken, records, order)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row with the roles of its columns."""

    source: Source
    kind: Kind
    header: Sequence[str]
    taken: Mapping[str, int]
    order: Order | None
    cells: Sequence[str]
    number: int

    def cell(self, role: str) -> str:
        """The cell of a role, empty where there is no such column."""
        place = self.taken.get(role)
        return "" if place is None else self.cells[place]

    @property
    def text(self) -> str:
        """Title and text, one below the other; the title left out where it only repeats how the text starts."""
        title, text = self.cell("title"), self.cell("text")
        if not text or is_no_answer(text):
            return title or text
        return text if not title or repeats_start(title, text) else f"{title}\n{text}"

    def record(self, text: str) -> Record:
        """The record of this row."""
        external_id = _external_id(self.cell("id"))
        raw_date = self.cell("date")
        occurred_at = parse_date(raw_date, self.order)
        turns, whole = _with_reply(text, self.cell("reply"))
        return Record(
            id=record_id(self.source.filename, external_id or str(self.number), whole),
            text=whole,
            kind=self.kind,
            source=self.source.filename,
            external_id=external_id,
            language=self.source.language or language_of(self.cell("language")),
            author=self.cell("author") or None,
            rating=rating_of(self.cell("rating")),
            occurred_at=occurred_at,
            channel=self.cell("channel") or None,
            metadata=self._metadata(text, keep_date=occurred_at is None),
            turns=turns,
        )

    def _metadata(self, text: str, *, keep_date: bool) -> dict[str, str]:
        used = {"text", "rating", "author", "channel", "language", "reply", "id"} | (set() if keep_date else {"date"})
        used |= {"title"} if text.startswith(self.cell("title")) else set()
        places = {self.taken[role] for role in used if role in self.taken}
        if rating_of(self.cell("rating")) is None:
            places.discard(self.taken.get("rating", -1))
        places |= {place for place, name in enumerate(self.header) if header_key(name) in _WHERE_PEOPLE_ARE}
        pairs = ((name, self.cells[place]) for place, name in enumerate(self.header) if place not in places)
        return {name.removeprefix("metadata."): value for name, value in pairs if value}


def repeats_start(title: str, text: str) -> bool:
    """Whether a title is only the start of the text, whole or cut off with dots."""
    start = " ".join(_ELLIPSIS.sub("", title[:500]).split()).casefold()
    return bool(start) and " ".join(text[: 2 * len(title) + 80].split()).casefold().startswith(start)


def _external_id(cell: str) -> str | None:
    if "://" in cell:
        match = _LINKED_ID.search(cell)
        return match.group(1) if match else None
    return cell or None


def _with_reply(text: str, reply: str) -> tuple[tuple[Turn, ...], str]:
    if not reply:
        return (), text
    whole = f"{text}\n{reply}"
    customer = Turn(index=0, speaker=CUSTOMER, role="customer", start=0, end=len(text))
    return (customer, Turn(index=1, speaker=AGENT, role="agent", start=len(text) + 1, end=len(whole))), whole


def _distinct(items: Sequence[_Item], skipped: Counter[str], source: Source) -> tuple[list[Record], list[str]]:
    """One record for each thing sent: rows with one id are merged where they say the same, or one is a later edit.

    Rows with one id and different words are kept apart: the id may name a person or a product.
    """
    kept: dict[tuple[str, ...], _Item] = {}
    n_same, n_clashing = 0, 0
    for place, item in enumerate(items):
        key = _identity(item, place)
        earlier = kept.get(key)
        if earlier is None:
            kept[key] = item
        elif _is_same(earlier, item):
            n_same += 1
            kept[key] = max(earlier, item, key=lambda one: one.updated)
        else:
            n_clashing += 1
            kept[(*key, str(place))] = _without_id(item, place, source)
    notes = []
    if n_same:
        skipped["duplicate"] += n_same
        notes.append(f"Rows that repeat an earlier row were merged with it: {n_same}.")
    if n_clashing:
        notes.append(f"Rows that share an id with another row but say something else were kept apart: {n_clashing}.")
    records = [item.record for item in kept.values()]
    if n_clashing > max(1, _MOST_CLASHES * len(items)):
        records = [_anonymous(record, place, source) for place, record in enumerate(records)]
    return records, notes


def _identity(item: _Item, place: int) -> tuple[str, ...]:
    record = item.record
    if record.external_id is not None:
        return ("id", record.external_id)
    if record.author or item.created:
        return ("text", record.text, record.author or "", item.created)
    return ("row", str(place))


def _is_same(earlier: _Item, item: _Item) -> bool:
    if earlier.record.text == item.record.text:
        return True
    return bool(item.created) and bool(item.updated) and earlier.created == item.created


def _without_id(item: _Item, place: int, source: Source) -> _Item:
    return replace(item, record=_anonymous(item.record, place, source))


def _anonymous(record: Record, place: int, source: Source) -> Record:
    if record.external_id is None:
        return record
    metadata = {**record.metadata, "id": record.external_id}
    return replace(
        record, id=record_id(source.filename, f"row {place}", record.text), external_id=None, metadata=metadata
    )


def _warnings(table: Table, taken: Mapping[str, int], records: Sequence[Record], order: Order | None) -> list[str]:
    notes = []
    if "date" in taken:
        header = table.header[taken["date"]]
        n_open = sum(record.occurred_at is None and bool(record.metadata.get(header)) for record in records)
        if n_open:
            reason = "day and month cannot be told apart" if order is None else "they have no known shape"
            notes.append(f"Dates in “{header[:60]}” left as they are, in the metadata: {n_open}, because {reason}.")
    others = other_text_columns(table, taken)
    if others:
        notes.append(f"Only “{table.header[taken['text']][:60]}” was read as text; also long: {listed(others)}.")
    return notes
