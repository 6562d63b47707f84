"""Paragraphs and tables of a document → an interview, where a table or the lines name speakers, else one text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.cells import ascii_digits
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.decode import clean
from nlp_service.ingest.paragraphs import Layout, Rows
from nlp_service.ingest.segments import is_segments, read_segments
from nlp_service.ingest.tables import Table
from nlp_service.ingest.transcripts import read_transcript

_CLOCK = re.compile(r"[\[(]?(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?[\])]?")
_NUMBER = re.compile(r"\d{1,4}[.)]?")
_LONGEST_NAME = 60
_DEEPEST_HEADER = 3
_SPACES = re.compile("[\u00a0\u2007\u202f]")


def contents_of(source: Source, layout: Layout, *, format: str) -> Contents:
    """One interview from the tables of speech, if there are such, else from all paragraphs and rows as lines of a text.

    Raises:
        UnreadableFile: there are no words.
    """
    tables = [block for block in layout.blocks if not isinstance(block, str)]
    speech = [found for found in map(_speech, tables) if found is not None]
    contents = _from_tables(source, speech, layout) if speech else None
    if contents is None or not contents.records:
        contents = _from_lines(source, layout)
    return replace(
        contents,
        format=f"{format}_{contents.format.removeprefix('_')}",
        skipped={**layout.skipped, **contents.skipped},
    )


def _from_tables(source: Source, speech: Sequence[Table], layout: Layout) -> Contents:
    """The talk in the tables whose header is that of the longest; what stands around them is counted."""
    longest = max(speech, key=lambda table: sum(len(cell) for row in table.rows for cell in row))
    parts = [table for table in speech if table.header == longest.header]
    rows = tuple(row for table in parts for row in table.rows)
    whole = replace(longest, rows=rows, numbers=tuple(range(1, len(rows) + 1)))
    contents = read_segments(source, whole)
    left = Counter(
        "paragraph" if isinstance(block, str) else "table" for block in layout.blocks if not _is_blank(block)
    )
    left["table"] -= len(parts)
    return replace(contents, skipped={**contents.skipped, **{name: n for name, n in left.items() if n > 0}})


def _from_lines(source: Source, layout: Layout) -> Contents:
    lines = (line for block in layout.blocks for line in _lines(block))
    text = clean(_SPACES.sub(" ", "\n".join(lines)))
    if not text:
        raise UnreadableFile("The document has no text: pictures of pages are not read, save the text itself.")
    return read_transcript(replace(source, text=text, encoding=None))


def _speech(rows: Rows) -> Table | None:
    """The table of speech that begins with one of the first rows as its header, None where there is none."""
    for place in range(min(_DEEPEST_HEADER, len(rows) - 1)):
        header = rows[place]
        below = [row for row in rows[place + 1 :] if row != header]
        width = len(header)
        table = Table(
            format="",
            header=header,
            rows=tuple((*row[:width], *[""] * (width - len(row))) for row in below),
            numbers=tuple(range(1, len(below) + 1)),
        )
        if is_segments(table):
            return table
    return None


def _lines(block: str | Rows) -> Iterator[str]:
    """A paragraph, and after it an empty line; or a table's rows without their numbers, as lines that name who speaks."""
    if isinstance(block, str):
        yield block
        return
    for row in block:
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) > 2 and _NUMBER.fullmatch(ascii_digits(cells[0][:20])):
            cells.pop(0)
        clock = cells.pop(0) if len(cells) > 2 and _CLOCK.fullmatch(ascii_digits(cells[0][:20])) else ""
        first = cells[0].rstrip(":： ") if cells else ""
        is_name = len(cells) == 2 and len(first) <= _LONGEST_NAME and "\n" not in first
        line = f"{first}: {cells[1]}" if is_name else " | ".join(cells)
        yield f"[{clock.strip('[]()')}] {line}" if clock else line


def _is_blank(block: str | Rows) -> bool:
    return not (block.strip() if isinstance(block, str) else any(cell.strip() for row in block for cell in row))
