"""XLSX → a table, with its size checked before anything is opened."""

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


def read_spreadsheet(source: Source) -> Table:
    """The first sheet that has data, as text cells; the other sheets are named in a warning.

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
            "The workbook is damaged or locked: open it, save it again as .xlsx without a password."
        ) from None
    filled = [(name, rows) for name, rows in sheets if sum(any(_text(cell) for cell in row) for row in rows) > 1]
    if not filled:
        raise UnreadableFile("No sheet of the workbook has rows: check that the export was finished.")
    (name, rows), others = filled[0], [other for other, _ in filled[1:]]
    warnings = (
        [f"Only the sheet “{name}” was read; also there: {', '.join(others)}. Send them one by one."] if others else []
    )
    return build(_as_text(rows), format="xlsx", warnings=warnings)


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
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, ValueError, OSError, EOFError):
        raise UnreadableFile(
            "The workbook is damaged or locked: open it, save it again as .xlsx without a password."
        ) from None


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
