"""CSV, TSV and XLSX → a table of text cells under named columns."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.cells import rating_of
from nlp_service.ingest.contents import Source
from nlp_service.ingest.dates import looks_like_date
from nlp_service.ingest.headers import is_known

DELIMITERS = ",;\t|"
WHOLE_LINE = "\x1f"
"""A delimiter that does not occur: a file of one column."""
LONGEST_CELL = 8_000_000
MOST_COLUMNS = 2_000
_LONGEST_HEADER = 3
"""Words of the header of a lone column; more, unless they ask something, are a first text without a header."""
_SAMPLE = 65_536
_SAMPLE_ROWS = 200
_HINT = re.compile(r'"?sep=([,;\t|:^])"?[ \t]*\n', re.IGNORECASE)

Row = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Named columns and their rows, each row as wide as the header; `numbers` are the rows' numbers in the file."""

    format: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    encoding: str | None = None
    warnings: tuple[str, ...] = ()


def read_delimited(source: Source) -> Table:
    """The table in a CSV or TSV file.

    Raises:
        UnreadableFile: a quotation mark is never closed, a cell is too long, or there are no rows.
    """
    text = source.text
    hint = _HINT.match(text)
    delimiter = hint.group(1) if hint else sniff_delimiter(text)
    text = text[hint.end() :] if hint else text
    rows, warnings = _parse(text, delimiter)
    return build(rows, format="tsv" if delimiter == "\t" else "csv", encoding=source.encoding, warnings=warnings)


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
        widths = [
            len(row) for row, _ in zip(reader, range(_SAMPLE_ROWS), strict=False) if any(cell.strip() for cell in row)
        ]
    except csv.Error:
        return 0.0, 0
    width, n_rows = Counter(widths).most_common(1)[0] if widths else (0, 0)
    return (round(n_rows / len(widths), 1), width) if width > 1 else (0.0, 0)


def build(rows: Sequence[Row], *, format: str, encoding: str | None = None, warnings: Sequence[str] = ()) -> Table:
    """A table from raw rows: the header found, blank and title rows before it left out, ragged rows evened.

    Raises:
        UnreadableFile: there is no row below the header.
    """
    notes = list(warnings)
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    start = _header_position([row for _, row in filled[:_SAMPLE_ROWS]])
    body = filled[start + 1 :]
    header = [cell.strip() for cell in filled[start][1]] if filled else []
    if filled and _is_data(header):
        notes.append("The first row looks like data, so the columns are numbered: add a header row to name them.")
        header, body = [""] * len(header), filled[start:]
    if len(body) > 1 and body[1][1][0].lstrip().startswith('{"ImportId"'):
        notes.append("The two rows below the header are Qualtrics labels and were left out.")
        body = body[2:]
    if not body:
        raise UnreadableFile("The table has no rows below its header: check that the export was finished.")
    width = max([len(header), *(_filled_width(row) for _, row in body)])
    if width > MOST_COLUMNS:
        raise UnreadableFile(
            f"The table has more than {MOST_COLUMNS:,} columns: keep those with texts and a few others."
        )
    notes += _ragged([(number, _filled_width(row)) for number, row in body], len(header))
    cells = tuple(tuple([*row[:width], *[""] * (width - len(row))]) for _, row in body)
    return Table(
        format=format,
        header=_named(header, width),
        rows=cells,
        numbers=tuple(number for number, _ in body),
        encoding=encoding,
        warnings=tuple(notes),
    )


def _parse(text: str, delimiter: str) -> tuple[list[list[str]], list[str]]:
    """The rows by the rules, else by looser ones with a warning."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        return _rows(text, delimiter, strict=True), []
    except csv.Error as error:
        is_open = "unexpected end" in str(error)
    try:
        if not is_open:
            warning = "Some quotation marks inside cells are not doubled: check the texts of the records."
            return _rows(text, delimiter), [warning]
        unquoted = _rows(text, delimiter, quoting=csv.QUOTE_NONE)
        if len(unquoted) > 1 and len({len(row) for row in unquoted if row}) == 1:
            return unquoted, ["A quotation mark is never closed, so quotation marks were read as text."]
        line = _open_quote(text, delimiter)
    except csv.Error:
        raise UnreadableFile(
            f"A cell is longer than {LONGEST_CELL:,} characters: look for a quotation mark that is never closed."
        ) from None
    raise UnreadableFile(f"A quotation mark opened in or after line {line} is never closed: close it.")


def _rows(
    text: str, delimiter: str, *, strict: bool = False, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL
) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict, quoting=quoting))


def _open_quote(text: str, delimiter: str) -> int:
    """The line in which the last row begins: where the quotation mark that swallowed the rest stands."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = before = 0
    for _ in reader:
        before, line = line, reader.line_num
    return before + 1


def _header_position(rows: Sequence[Row]) -> int:
    """The first row that fills most columns; a title or note above it fills one or two."""
    width = Counter(_filled_width(row) for row in rows).most_common(1)[0][0] if rows else 0
    for position, row in enumerate(rows[:10]):
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


def _ragged(widths: Sequence[tuple[int, int]], width: int) -> list[str]:
    longer = [number for number, found in widths if found > width]
    if not longer:
        return []
    some = ", ".join(str(number) for number in longer[:5]) + (", …" if len(longer) > 5 else "")
    return [
        f"Rows with more cells than the header: {len(longer)} (rows {some}). Texts that hold the delimiter need quotes."
    ]


def _named(header: Sequence[str], width: int) -> tuple[str, ...]:
    names: list[str] = []
    seen: Counter[str] = Counter()
    for place in range(width):
        name = (header[place] if place < len(header) else "") or f"column {place + 1}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)
