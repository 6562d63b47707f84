"""XLSX and ODS → a table, with its size checked before anything is opened; formulas and macros are never run."""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.contents import Source
from nlp_service.ingest.tables import Table, build

MAX_UNZIPPED_BYTES = 200_000_000
MAX_CELLS = 20_000_000
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,8})[\"']")


_CELL_TAGS = re.compile(
    rb"<table:table-row\b([^>]*)>|<table:(?:covered-)?table-cell\b([^>]*)>|<(text:p)\b|</(table:table)>"
)
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=[\"'](\d{1,12})[\"']")


def read_spreadsheet(source: Source, format: str) -> Table:
    """The first sheet of an `xlsx` or `ods` that has data, as text cells; the other sheets are named in a warning.

    The value that the program saved stands for a formula.

    Raises:
        UnreadableFile: the workbook is damaged, locked, too large, or has no data.
    """
    check_size(source.content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(source.content))
        sheets = [(name, workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names]
    except BaseException as error:  # a panic of the reader's is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise UnreadableFile(
            f"The workbook is damaged or locked: open it, save it again as .{format} without a password."
        ) from None
    filled = [(name, rows) for name, rows in sheets if sum(any(_text(cell) for cell in row) for row in rows) > 1]
    if not filled:
        raise UnreadableFile("No sheet of the workbook has rows: check that the export was finished.")
    (name, rows), others = filled[0], [other for other, _ in filled[1:]]
    warnings = _macros(source.content)
    warnings += (
        [f"Only the sheet “{name}” was read; also there: {', '.join(others)}. Send them one by one."] if others else []
    )
    return build(enumerate(_as_text(rows), 1), format=format, warnings=warnings)


def check_size(content: bytes) -> None:
    """Unzip everything once, piece by piece, so that neither a bomb nor a stray far cell can fill the memory.

    Raises:
        UnreadableFile: the archive is damaged or unzips to more than is allowed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNZIPPED_BYTES:
                raise UnreadableFile(
                    f"The workbook unzips to more than {MAX_UNZIPPED_BYTES:,} bytes: split it or send CSV."
                )
            for member in archive.infolist():
                part = archive.read(member)
                if "worksheets/" in member.filename:
                    _check_extent(part)
                elif member.filename == "content.xml":
                    _check_repeats(part)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, ValueError, OSError, EOFError):
        raise UnreadableFile("The workbook is damaged or locked: open it, save it again without a password.") from None


def _check_extent(sheet: bytes) -> None:
    rows, columns = 0, 0
    for match in _REFERENCE.finditer(sheet):
        rows = max(rows, int(match[2]))
        number = 0
        for letter in match[1]:
            number = number * 26 + letter - 64
        columns = max(columns, number)
    if rows * columns > MAX_CELLS:
        raise UnreadableFile(
            f"A sheet spans {rows:,} rows by {columns:,} columns: delete stray cells far from the table."
        )


def _check_repeats(content: bytes) -> None:
    """Refuse an ODS whose repeated rows and cells would be too many; blank rows count where a filled one follows."""
    n_cells = waiting = width = filled = 0
    rows = 1

    def end_row() -> None:
        nonlocal n_cells, waiting
        waiting += rows
        if filled:
            n_cells, waiting = n_cells + waiting * filled, 0

    for match in _CELL_TAGS.finditer(content):
        if match[3]:
            filled = width
        elif match[2] is not None:
            width += _times(match[2])
            filled = width if b"office:value" in match[2] else filled
        else:
            end_row()
            rows, width, filled = _times(match[1] or b""), 0, 0
            waiting = 0 if match[4] else waiting
        if n_cells + waiting * filled > MAX_CELLS or filled > MAX_CELLS:
            raise UnreadableFile("A sheet repeats rows or cells too often: delete stray cells far from the table.")


def _times(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found[1]) if found else 1


def _macros(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        has_macros = any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
    return ["The workbook holds macros; they were not run."] if has_macros else []


def _as_text(rows: Sequence[Sequence[object]]) -> list[list[str]]:
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
