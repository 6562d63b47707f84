"""Large tables and JSON lines → batches of records, with only a batch and what tells repeats in memory."""

import gzip
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any, BinaryIO, cast

from nlp_service.domain import Record
from nlp_service.errors import UnreadableFile
from nlp_service.ingest.codebooks import is_codebook_table
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.delimited import numbered
from nlp_service.ingest.dialogues import dialogues_of
from nlp_service.ingest.flat import flatten, table_of
from nlp_service.ingest.json_formats import is_known
from nlp_service.ingest.jsonlines import BROKEN, bad_lines, check_names, line_value
from nlp_service.ingest.lines import DAMAGED, damaged, encoding_of, text_lines
from nlp_service.ingest.repeats import Repeats, records_from
from nlp_service.ingest.rows import REPLIED, date_warnings, review_rows, text_warnings
from nlp_service.ingest.segments import is_segments
from nlp_service.ingest.surveys import is_survey, survey_columns, survey_of, survey_rows, survey_warnings
from nlp_service.ingest.tables import Table, build, dialect_of, evened, ragged, rows_of
from nlp_service.ingest.zendesk_tables import is_zendesk_table

HEAD_ROWS = 5_000
"""Rows by which the columns, the order of day and month, and the worth of ids are decided."""
BATCH = 1_000
_SAMPLE = 65_536
_TABLES, _LINES = ("csv", "tsv", "tab"), ("jsonl", "ndjson")
_OTHER_BYTES = (b"PK\x03\x04", b"{", b"[", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x7fELF", b"MZ\x90")


class RecordStream:
    """Iterates over tuples of at most `BATCH` records; `contents` says, without records, what was understood so far.

    A later edit of a record comes again under the same external id.
    """

    def __init__(self, source: Source, rows: "_TableRows | _JsonRows") -> None:
        head = rows.head
        self._rows, self._head = rows, head
        self._repeats, self._skipped = Repeats(), Counter[str]()
        self._n_open_dates, self._has_replies = 0, False
        is_asked = is_survey(source, head)
        self._survey = survey_rows(source, head) if is_asked else None
        self._review = None if is_asked else review_rows(source, head)

    def __iter__(self) -> Iterator[tuple[Record, ...]]:
        read = self._survey or self._review
        assert read is not None
        records = records_from(self._rows, read, repeats=self._repeats, skipped=self._skipped)
        while batch := tuple(islice(records, BATCH)):
            self._has_replies = self._has_replies or any(record.turns for record in batch)
            self._n_open_dates += self._review.n_open_dates(batch) if self._review else 0
            yield batch

    @property
    def contents(self) -> Contents:
        """What was understood; complete after the last batch."""
        skipped = {**self._skipped, **({"bad_row": self._rows.n_bad} if self._rows.n_bad else {})}
        warnings = [*self._head.warnings, *self._rows.warnings, *self._repeats.warnings]
        if self._survey:
            format, columns, kind = survey_of(self._head), survey_columns(self._survey), self._survey.kind
            warnings += survey_warnings(self._survey)
        else:
            review = self._review
            assert review is not None
            format, kind = self._head.format, review.kind
            columns = {role: self._head.header[place] for role, place in review.taken.items()}
            warnings += [*date_warnings(review, self._n_open_dates), *text_warnings(review)]
        return Contents(
            format=format,
            encoding=self._head.encoding,
            kind=kind,
            columns=columns,
            speakers=REPLIED if self._has_replies else {},
            skipped=skipped,
            warnings=tuple(warnings),
        )


def read_rows(file: BinaryIO, source: Source) -> RecordStream | None:
    """The records of a file in batches, None where it is no table or JSON lines and has to be read whole.

    `source` has no content; the file can be sought and is read twice, once for its encoding.

    Raises:
        InvalidRequest: the mapping names a column that there is not, or the encoding is none.
        UnreadableFile: the file cannot be read, or no text is found in it.
    """
    if source.suffix == "gz":
        source = replace(source, filename=source.filename[: -len(".gz")])
        file = cast(BinaryIO, gzip.GzipFile(fileobj=file))
    is_lines = source.suffix in _LINES
    file.seek(0)
    start = _start(file)
    if source.suffix not in (*_TABLES, *_LINES) or (not is_lines and start.startswith(_OTHER_BYTES)):
        return None
    encoding = encoding_of(file, stated=source.stated_encoding, language=source.language)
    source = replace(source, encoding=encoding)
    lines = text_lines(file, encoding)
    rows = _json_rows(source, lines) if is_lines else _TableRows(lines, encoding)
    if rows is None or any(is_other(rows.head) for is_other in (is_codebook_table, is_zendesk_table, is_segments)):
        return None
    return RecordStream(source, rows)


class _TableRows:
    """The numbered rows of a delimited text, all as wide as its header and a column for what is too much."""

    def __init__(self, lines: Iterator[str], encoding: str) -> None:
        sample: list[str] = []
        n_characters = 0
        for line in lines:
            sample.append(line)
            n_characters += len(line)
            if n_characters >= _SAMPLE:
                break
        dialect = dialect_of("".join(sample))
        self._rows = rows_of(chain(sample[dialect.first_line - 1 :], lines), dialect)
        self._rest = iter(self._rows)
        self._longer: list[int] = []
        self.head = build(
            islice(self._rest, HEAD_ROWS),
            format=dialect.format,
            encoding=encoding,
            warnings=dialect.warnings,
            faulty=self._rows,
            more=True,
        )

    def __iter__(self) -> Iterator[tuple[int, Sequence[str]]]:
        width = len(self.head.header) - 1
        rest = (
            (number, evened(cells, width, has_overflow=True))
            for number, cells in self._rest
            if any(cell.strip() for cell in cells)
        )
        for number, row in chain(zip(self.head.numbers, self.head.rows, strict=True), rest):
            if row[-1]:
                self._longer.append(number)
            yield number, row

    @property
    def n_bad(self) -> int:
        """Lines that made no row."""
        return len(self._rows.faults.bad)

    @property
    def warnings(self) -> list[str]:
        """What was wrong with the rows, in sentences."""
        return [*self._rows.faults.warnings, *ragged(self._longer)]


class _JsonRows:
    """The numbered objects of JSON lines as rows, with a column for names that the first ones do not have."""

    def __init__(self, head: Table, rest: Iterator[tuple[int, Any]], bad: list[int]) -> None:
        self.head = replace(head, header=(*head.header, "other"), rows=tuple((*row, "") for row in head.rows))
        self._rest, self._bad = rest, bad

    def __iter__(self) -> Iterator[tuple[int, Sequence[str]]]:
        yield from zip(self.head.numbers, self.head.rows, strict=True)
        names = self.head.header[:-1]
        known = frozenset(names)
        for number, value in self._rest:
            flat = flatten(value)
            others = " | ".join(f"{name}: {text}" for name, text in flat.items() if name not in known and text)
            yield number, (*(flat.get(name, "") for name in names), others)

    @property
    def n_bad(self) -> int:
        """Lines that are no JSON."""
        return len(self._bad)

    @property
    def warnings(self) -> list[str]:
        """What was wrong with the lines, in a sentence."""
        return [bad_lines(self._bad)] if self._bad else []


def _json_rows(source: Source, lines: Iterator[str]) -> _JsonRows | None:
    """The rows of JSON lines, None where a known program wrote them or they are conversations."""
    bad: list[int] = []
    values = _values(lines, bad)
    head = list(islice(values, HEAD_ROWS))
    items = [value for _, value in head]
    if is_known(items) or dialogues_of(items):
        return None
    if len(head) < len(bad):
        raise UnreadableFile(f"Most lines are no JSON, the first of them {numbered(bad)}: send one object a line.")
    table = table_of([flatten(item) for item in items], format="jsonl", encoding=source.encoding)
    check_names(source, table)
    return _JsonRows(replace(table, numbers=tuple(number for number, _ in head)), values, bad)


def _values(lines: Iterator[str], bad: list[int]) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(lines, 1):
        value = line_value(line) if line.strip() else None
        if value is BROKEN:
            bad.append(number)
        elif isinstance(value, Mapping | str):
            yield number, value


def _start(file: BinaryIO) -> bytes:
    try:
        return file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    except DAMAGED:
        raise damaged() from None
