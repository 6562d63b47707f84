"""Table rows → records: title and text joined, replies as an agent's turn, repeats marked, dates read one way."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nlp_service.domain import Kind, Record, Role, Turn
from nlp_service.ingest.cells import is_no_answer, language_of, rating_of
from nlp_service.ingest.columns import assign_columns, listed, other_text_columns
from nlp_service.ingest.contents import Contents, Source, record_id
from nlp_service.ingest.dates import Order, date_in, decide_order
from nlp_service.ingest.decode import clean_cells
from nlp_service.ingest.headers import header_key
from nlp_service.ingest.repeats import Found, Item, Repeats, clash_share, newest, records_from
from nlp_service.ingest.tables import Table
from nlp_service.ingest.turns import turns_of

CUSTOMER, AGENT = "customer", "agent"
REPLIED: Mapping[str, Role] = {CUSTOMER: "customer", AGENT: "agent"}
_LINKED_ID = re.compile(r"[?&#:/]reviewid=([^&#\s]+)", re.IGNORECASE)
_ELLIPSIS = re.compile(r"(?:\.{3}|…).*$", re.DOTALL)
_TRANSLATED = re.compile(
    r"\s*\((?:Translated by Google|Von Google übersetzt|Traduit par Google|Traducido por Google|Traduzido pelo Google|"
    r"Google tarafından çevrildi|ترجمه شده توسط Google|ترجمة Google|Tradotto da Google|Vertaald door Google)\)\s*"
)
_ORIGINAL = re.compile(r"\s*\((?:Original|Originale|Orijinal|متن اصلی|النص الأصلي|Origineel)\)\s*")
_MOST_CLASHES = 0.05
WHERE_PEOPLE_ARE = frozenset(
    {
        "ip address", "ipaddress", "ipaddr", "ip", "location latitude", "location longitude", "latitude", "longitude",
    }
)  # fmt: skip
"""Headers of columns that are dropped: they tell where a person is and nothing of what was said."""


@dataclass(frozen=True, kw_only=True)
class ReviewRows:
    """How to read the rows of a table that has one text a row: which column is what, and how its dates are written."""

    source: Source
    table: Table
    taken: Mapping[str, int]
    order: Order | None
    kind: Kind

    def __call__(self, number: int, cells: Sequence[str]) -> Sequence[Found]:
        """The item of a row, or why there is none."""
        cells = clean_cells(cells)
        text, translation = original_of(self._text(cells))
        if not text or is_no_answer(text):
            return ("no_answer" if text else "no_text",)
        record = self._record(number, cells, text)
        if translation:
            record = replace(record, metadata={**record.metadata, "translation": translation})
        return (
            Item(
                record=record,
                place=str(number),
                created=self._cell(cells, "date"),
                updated=self._cell(cells, "updated"),
            ),
        )

    def n_open_dates(self, records: Sequence[Record]) -> int:
        """How many of the records have a date that could not be read."""
        if "date" not in self.taken:
            return 0
        header = self.table.header[self.taken["date"]]
        return sum(record.occurred_at is None and bool(record.metadata.get(header)) for record in records)

    def _cell(self, cells: Sequence[str], role: str) -> str:
        place = self.taken.get(role)
        return "" if place is None else cells[place]

    def _date(self, cells: Sequence[str]) -> str | None:
        place = self.taken.get("date")
        return None if place is None else date_in(cells[place], self.table.header[place], self.order)

    def _text(self, cells: Sequence[str]) -> str:
        """Title and text, one below the other; the title left out where it only repeats how the text starts."""
        title, text = self._cell(cells, "title"), self._cell(cells, "text")
        if not text or is_no_answer(text):
            return title or text
        return text if not title or repeats_start(title, text) else f"{title}\n{text}"

    def _record(self, number: int, cells: Sequence[str], text: str) -> Record:
        external_id = external_id_of(self._cell(cells, "id"))
        occurred_at = self._date(cells)
        turns, whole = _with_reply(text, self._cell(cells, "reply"))
        rating = rating_of(self._cell(cells, "rating"))
        return Record(
            id=record_id(self.source.filename, external_id or str(number), whole),
            text=whole,
            kind=self.kind,
            source=self.source.filename,
            external_id=external_id,
            language=self.source.language or language_of(self._cell(cells, "language")),
            author=self._cell(cells, "author") or None,
            rating=rating,
            occurred_at=occurred_at,
            channel=self._cell(cells, "channel") or None,
            metadata=self._metadata(cells, text, left={"date": occurred_at is None, "rating": rating is None}),
            turns=turns,
        )

    def _metadata(self, cells: Sequence[str], text: str, *, left: Mapping[str, bool]) -> dict[str, str]:
        """Every other column that is filled, and of the known ones those that could not be read."""
        found = {name: cells[place] for place, name in self._other_columns if cells[place]}
        for role, is_left in left.items():
            if is_left and self._cell(cells, role):
                found[self.table.header[self.taken[role]]] = self._cell(cells, role)
        title = self._cell(cells, "title")
        if title and not text.startswith(title):
            found[self.table.header[self.taken["title"]]] = title
        return found

    @cached_property
    def _other_columns(self) -> tuple[tuple[int, str], ...]:
        used = {self.taken[role] for role in _READ if role in self.taken}
        return tuple(
            (place, name.removeprefix("metadata."))
            for place, name in enumerate(self.table.header)
            if place not in used and header_key(name) not in WHERE_PEOPLE_ARE
        )


_READ = ("text", "title", "rating", "author", "channel", "language", "reply", "id", "date")
"""Roles that a record has a field for."""


def records_of(source: Source, table: Table) -> Contents:
    """The records of a table; rows without text are counted, repeated rows marked, other columns become metadata.

    Raises:
        InvalidRequest: the mapping names a column that there is not.
        UnreadableFile: there is no text column.
    """
    read = review_rows(source, table)
    skipped, repeats = Counter({"bad_row": table.n_bad} if table.n_bad else {}), Repeats()
    numbered = zip(table.numbers, table.rows, strict=True)
    records = newest(records_from(numbered, read, repeats=repeats, skipped=skipped), skipped)
    return Contents(
        format=table.format,
        encoding=table.encoding,
        kind=read.kind,
        columns={role: table.header[place] for role, place in read.taken.items()},
        speakers=REPLIED if any(record.turns for record in records) else {},
        records=records,
        skipped=dict(skipped),
        warnings=(
            *table.warnings,
            *repeats.warnings,
            *date_warnings(read, read.n_open_dates(records)),
            *text_warnings(read),
        ),
    )


def review_rows(source: Source, table: Table) -> ReviewRows:
    """How to read the rows of this table; an id that often stands for several things is no id of records.

    Raises:
        InvalidRequest: the mapping names a column that there is not.
        UnreadableFile: there is no text column.
    """
    taken = assign_columns(table, mapping=source.mapping)
    dates = [row[taken["date"]] for row in table.rows if row[taken["date"]].strip()] if "date" in taken else []
    read = ReviewRows(
        source=source, table=table, taken=taken, order=decide_order(dates), kind=source.kind_or("reviews")
    )
    if "id" not in taken or "id" in source.mapping:
        return read
    found = [one for number, row in zip(table.numbers, table.rows, strict=True) for one in read(number, row)]
    items = [one for one in found if isinstance(one, Item)]
    if clash_share(items) * len(items) <= max(1, _MOST_CLASHES * len(items)):
        return read
    return replace(read, taken={role: place for role, place in taken.items() if role != "id"})


def repeats_start(title: str, text: str) -> bool:
    """Whether a title is only the start of the text, whole or cut off with dots."""
    if title[:1].casefold() != text[:1].casefold():
        return False
    start = " ".join(_ELLIPSIS.sub("", title[:500]).split()).casefold()
    return bool(start) and " ".join(text[: 2 * len(title) + 80].split()).casefold().startswith(start)


def original_of(text: str) -> tuple[str, str]:
    """The text as it was written and its machine translation, where Google's marks say which is which."""
    if "(" not in text or not _TRANSLATED.search(text):
        return text, ""
    parts = _ORIGINAL.split(text, maxsplit=1)
    if len(parts) == 2 and _TRANSLATED.match(parts[0]):
        return parts[1].strip(), _TRANSLATED.sub("", parts[0], count=1).strip()
    original, translation = (*_TRANSLATED.split(text, maxsplit=1), "")[:2]
    return (original.strip(), translation.strip()) if original.strip() else (text, "")


def external_id_of(cell: str) -> str | None:
    """The id in a cell, that of the review where the cell is a link to it, None where the link names none."""
    if "://" in cell:
        match = _LINKED_ID.search(cell)
        return match.group(1) if match else None
    return cell or None


def date_warnings(read: ReviewRows, n_open: int) -> list[str]:
    """How many dates could not be read, and why."""
    if not n_open:
        return []
    header = read.table.header[read.taken["date"]]
    reason = "day and month cannot be told apart" if read.order is None else "they have no known shape"
    return [f"Dates in “{header[:60]}” left as they are, in the metadata: {n_open}, because {reason}."]


def text_warnings(read: ReviewRows) -> list[str]:
    """Which further columns read like text."""
    others = other_text_columns(read.table, read.taken)
    header = read.table.header[read.taken["text"]]
    return [f"Only “{header[:60]}” was read as text; also long: {listed(others)}."] if others else []


def _with_reply(text: str, reply: str) -> tuple[tuple[Turn, ...], str]:
    if not reply:
        return (), text
    whole, turns = turns_of([(CUSTOMER, "customer", text), (AGENT, "agent", reply)])
    return turns, whole
