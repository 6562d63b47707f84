"""Rows of cells → a table of text cells under named columns: the header found, ragged rows evened."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.cells import rating_of
from nlp_service.ingest.contents import Source
from nlp_service.ingest.dates import looks_like_date
from nlp_service.ingest.delimited import MOST_CELLS, DelimitedRows, numbered
from nlp_service.ingest.headers import is_known
from nlp_service.ingest.survey_headers import is_survey_header, labels_of

DELIMITERS = ",;\t|"
WHOLE_LINE = "\x1f"
"""A delimiter that does not occur: a file of one column."""
_LONGEST_HEADER = 3
"""Words of the header of a lone column; more, unless they ask something, are a first text without a header."""
_SAMPLE = 65_536
_SAMPLE_ROWS = 200
_HINT = re.compile(r'"?sep=([,;\t|:^])"?[ \t]*\n', re.IGNORECASE)

Row = Sequence[str]


NumberedRow = tuple[int, Row]
"""A row with the number of the line, or the row of the sheet, in which it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Named columns and their rows, each row as wide as the header; `numbers` are the rows' lines in the file.

    Of a survey with more than one header row, `survey` is whose it is, `questions` has a question a column, and
    `open_places` are the columns that people typed into, as far as the header tells.
    """

    format: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    survey: str = ""
    questions: tuple[str, ...] = ()
    open_places: frozenset[int] = frozenset()
    n_bad: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a delimited text is written: its delimiter, whether quotation marks enclose cells, and its first row's line."""

    delimiter: str
    has_quotes: bool
    first_line: int

    @property
    def format(self) -> str:
        """`tsv` or `csv`."""
        return "tsv" if self.delimiter == "\t" else "csv"

    @property
    def warnings(self) -> tuple[str, ...]:
        """That quotation marks were read as text, where they were."""
        return (
            () if self.has_quotes else ("Quotation marks do not enclose cells in this file: they were read as text.",)
        )


def read_delimited(source: Source) -> Table:
    """The table in a CSV or TSV file.

    Raises:
        UnreadableFile: there are no rows that can be read.
    """
    dialect = dialect_of(source.text[:_SAMPLE])
    lines = io.StringIO(source.text, newline="")
    if dialect.first_line > 1:
        next(lines)
    rows = rows_of(lines, dialect)
    found = list(rows)
    return build(found, format=dialect.format, encoding=source.encoding, warnings=dialect.warnings, faulty=rows)


def dialect_of(sample: str) -> Dialect:
    """The dialect of a text that begins so."""
    hint = _HINT.match(sample)
    text = sample[hint.end() :] if hint else sample
    delimiter = hint.group(1) if hint else sniff_delimiter(text)
    return Dialect(delimiter=delimiter, has_quotes=not _quotes_are_text(text, delimiter), first_line=2 if hint else 1)


def rows_of(lines: Iterable[str], dialect: Dialect) -> DelimitedRows:
    """The numbered rows of lines in a dialect."""
    return DelimitedRows(lines, dialect.delimiter, first_line=dialect.first_line, has_quotes=dialect.has_quotes)


def sniff_delimiter(text: str) -> str:
    """The delimiter under which the first rows agree best in their number of cells; `WHOLE_LINE` for one column."""
    sample = text[:_SAMPLE]
    sample = sample if len(text) <= _SAMPLE else sample[: sample.rfind("\n") + 1] or sample
    scores = {delimiter: consistency(sample, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best][0] >= 0.5 else WHOLE_LINE


def consistency(sample: str, delimiter: str) -> tuple[float, int]:
    """The share of rows that have the commonest number of cells, two or more, and that number."""
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = [len(row) for row in islice(reader, _SAMPLE_ROWS) if any(cell.strip() for cell in row)]
    except csv.Error:
        return 0.0, 0
    width, n_rows = Counter(widths).most_common(1)[0] if widths else (0, 0)
    return (round(n_rows / len(widths), 1), width) if width > 1 else (0.0, 0)


def build(
    rows: Iterable[NumberedRow],
    *,
    format: str,
    encoding: str | None = None,
    warnings: Sequence[str] = (),
    faulty: DelimitedRows | None = None,
    more: bool = False,
) -> Table:
    """A table from raw rows: the header found, blank and title rows before it left out, ragged rows evened.

    With `more` the rows are only the first ones, and a last column waits for what longer rows have too much.

    Raises:
        UnreadableFile: there is no row below the header.
    """
    header, body, notes = _headed([(number, row) for number, row in rows if any(cell.strip() for cell in row)])
    labels = labels_of(header, [row for _, row in body[:2]])
    if labels is not None:
        header, body = list(labels.names), body[labels.n_rows :]
    _check(header, body, faulty)
    width, faults = len(header), faulty.faults if faulty and not more else None
    longer = [number for number, row in body if _filled_width(row) > width]
    has_overflow = more or bool(longer)
    return Table(
        format=format,
        header=_named(header, width + has_overflow),
        rows=tuple(evened(row, width, has_overflow=has_overflow) for _, row in body),
        numbers=tuple(number for number, _ in body),
        encoding=encoding,
        warnings=(*warnings, *notes, *(faults.warnings if faults else ()), *([] if more else ragged(longer))),
        survey=labels.survey if labels else "",
        questions=labels.questions if labels else (),
        open_places=labels.open_places if labels else frozenset(),
        n_bad=len(faults.bad) if faults else 0,
    )


def _check(header: Sequence[str], body: Sequence[NumberedRow], faulty: DelimitedRows | None) -> None:
    if not body:
        bad = f" What could not be read: {numbered(faulty.faults.bad)}." if faulty and faulty.faults.bad else ""
        raise UnreadableFile(f"The table has no rows below its header: check that the export was finished.{bad}")
    if len(header) > MOST_CELLS:
        raise UnreadableFile(f"The table has more than {MOST_CELLS:,} columns: keep those with texts and a few others.")


def _headed(filled: list[NumberedRow]) -> tuple[list[str], list[NumberedRow], list[str]]:
    """The header, the rows below it, and a warning where there is none and the first row is data."""
    start = _header_position([row for _, row in filled[:_SAMPLE_ROWS]])
    header = [cell.strip() for cell in filled[start][1]] if filled else []
    if filled and _is_data(header):
        note = "The first row looks like data, so the columns are numbered: add a header row to name them."
        return [""] * len(header), filled[start:], [note]
    return header, filled[start + 1 :], []


def evened(row: Row, width: int, *, has_overflow: bool) -> tuple[str, ...]:
    """A row of `width` cells, and one more for all that is beyond them where the table has such a column."""
    if not has_overflow:
        return tuple(row) if len(row) == width else tuple([*row[:width], *[""] * (width - len(row))])
    if len(row) <= width:
        return (*row, *[""] * (width - len(row) + 1))
    return (*row[:width], " | ".join(cell for cell in row[width:] if cell.strip()))


def ragged(longer: Sequence[int]) -> list[str]:
    """A warning about rows with more cells than the header; none where there are none."""
    if not longer:
        return []
    return [
        f"Rows with more cells than the header: {len(longer)} ({numbered(longer)}). Texts that hold the delimiter need "
        "quotes."
    ]


def _quotes_are_text(sample: str, delimiter: str) -> bool:
    """Whether a tab-delimited text does not enclose cells: every line is a whole row, and some hold a lone mark."""
    if delimiter != "\t":
        return False
    lines = [line for line in sample.split("\n")[:-1] if line.strip()]
    return len({line.count("\t") for line in lines}) == 1 and any(line.count('"') % 2 for line in lines)


def _header_position(rows: Sequence[Row]) -> int:
    """The first row that fills most columns; a title or note above it fills one or two."""
    width = Counter(_filled_width(row) for row in rows).most_common(1)[0][0] if rows else 0
    for position, row in enumerate(rows[:10]):
        if is_survey_header(row):
            return position
        if sum(bool(cell.strip()) for cell in row) >= max(1, 0.5 * width) and (width < 2 or _filled_width(row) > 1):
            return position
    return 0


def _filled_width(row: Row) -> int:
    return max((place for place, cell in enumerate(row, 1) if cell.strip()), default=0)


def _is_data(header: Sequence[str]) -> bool:
    if any(is_known(cell) for cell in header):
        return False
    if (
        len(header) == 1
        and len(header[0].split()) > _LONGEST_HEADER
        and not header[0].rstrip().endswith(("?", "؟", ":"))
    ):
        return True
    return any(len(cell) > 150 or rating_of(cell) is not None or looks_like_date(cell) for cell in header if cell)


def _named(header: Sequence[str], width: int) -> tuple[str, ...]:
    names: list[str] = []
    seen: Counter[str] = Counter()
    for place in range(width):
        name = (header[place] if place < len(header) else "") or f"column {place + 1}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)
