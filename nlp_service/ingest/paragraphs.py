"""XML of a text document → its paragraphs and tables in reading order, read as a stream and never expanded."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from nlp_service.errors import UnreadableFile

Rows = tuple[tuple[str, ...], ...]
"""The cells of a table; a cell that spans columns is followed by empty ones."""
MAX_ELEMENTS = 5_000_000
_DEEPEST_TABLE = 10
_MOST_COLUMNS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The names that a kind of document has for its parts, as `prefix:name`; `prefixes` is namespace → prefix."""

    prefixes: Mapping[str, str]
    paragraphs: frozenset[str]
    table: str
    row: str
    cells: frozenset[str]
    text: str | None = None
    """The element that holds words; None where all characters in a paragraph are words."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """Elements that stand for characters."""
    left_out: frozenset[str] = frozenset()
    counted: Mapping[str, str] = field(default_factory=dict)
    """Elements that are left out and counted, with the reason."""
    repeats: tuple[str, ...] = ()
    """Attributes of a cell, or of what precedes its words, that say how many columns it fills."""
    count: str = ""
    """The attribute of a mark that says how many characters it stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What stands in a document: paragraphs and tables in order; `skipped` is reason → how many parts were not read."""

    blocks: tuple[str | Rows, ...]
    skipped: Mapping[str, int]


def layout_of(content: bytes, dialect: Dialect, *, name: str) -> Layout:
    """The paragraphs and tables of an XML part; `name` is what a message calls it.

    Raises:
        UnreadableFile: the XML is broken (the message says where), defines entities, or is too large.
    """
    builder = _Builder(dialect)
    try:
        parser = DefusedXMLParser(target=builder, forbid_dtd=True)
        parser.feed(content)
        parser.close()
    except DefusedXmlException:
        raise UnreadableFile(
            f"{name} in the document defines entities, which are not read: open it and save it again."
        ) from None
    except ParseError as error:
        line, column = error.position
        raise UnreadableFile(
            f"{name} in the document is broken at line {line}, column {column}: open it and save it again."
        ) from None
    except (ValueError, LookupError):
        raise UnreadableFile(f"{name} in the document is in no encoding that XML has: save it again.") from None
    return Layout(blocks=tuple(builder.blocks), skipped=dict(builder.skipped))


class _Builder:
    """Takes the events of an XML parser; paragraphs may stand in text boxes inside others, and tables in cells."""

    def __init__(self, dialect: Dialect) -> None:
        self.blocks: list[str | Rows] = []
        self.skipped: Counter[str] = Counter()
        self._dialect = dialect
        self._tags: list[str] = []
        self._left_out_at = 0
        self._paragraphs: list[list[str]] = []
        self._tables: list[list[list[str]]] = []
        self._cells: list[list[str]] = []
        self._spans: list[int] = []
        self._n_elements = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._n_elements += 1
        if self._n_elements > MAX_ELEMENTS:
            raise UnreadableFile(f"The document has more than {MAX_ELEMENTS:,} elements: send it in parts.")
        known, name = self._dialect, self._named(tag)
        self._tags.append(name)
        if self._left_out_at:
            self._span(name, attributes)
        elif name in known.counted or name in known.left_out:
            self.skipped.update([known.counted[name]] if name in known.counted else [])
            self._left_out_at = len(self._tags)
            self._span(name, attributes)
        elif name in known.paragraphs:
            self._paragraphs.append([])
        elif name in known.marks and self._paragraphs:
            self._paragraphs[-1].append(known.marks[name] * self._number(attributes, known.count))
        else:
            self._start_table(name, attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        name, place = self._tags.pop(), len(self._tags) + 1
        if self._left_out_at:
            self._left_out_at = 0 if self._left_out_at == place else self._left_out_at
        elif name in self._dialect.paragraphs:
            self._put("".join(self._paragraphs.pop()))
        else:
            self._end_table(name)

    def data(self, text: str) -> None:
        """Characters come."""
        wanted = self._dialect.text
        if self._left_out_at or not self._paragraphs or (wanted is not None and self._tags[-1] != wanted):
            return
        self._paragraphs[-1].append(text if wanted is not None else " ".join(text.replace("\n", " ").split("\t")))

    def close(self) -> None:
        """The document ends."""

    def _named(self, tag: str) -> str:
        namespace, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
        return f"{self._dialect.prefixes.get(namespace, '')}:{local}"

    def _start_table(self, name: str, attributes: Mapping[str, str]) -> None:
        known = self._dialect
        if name == known.table:
            if len(self._tables) == _DEEPEST_TABLE:
                raise UnreadableFile(f"The document has tables more than {_DEEPEST_TABLE} deep: take them apart.")
            self._tables.append([])
        elif name == known.row and self._tables:
            self._tables[-1].append([])
        elif name in known.cells and self._tables and self._tables[-1]:
            self._cells.append([])
            self._spans.append(1)
            self._span(name, attributes)

    def _end_table(self, name: str) -> None:
        known = self._dialect
        if name == known.table and self._tables:
            rows = tuple(tuple(row) for row in self._tables.pop() if any(cell.strip() for cell in row))
            inside = ["\n".join(" | ".join(filter(None, row)) for row in rows)] if self._cells else [rows]
            for block in inside if rows else ():
                self._put(block)
        elif name in known.cells and self._cells and self._tables and self._tables[-1]:
            filling = [""] * (min(self._spans.pop(), _MOST_COLUMNS) - 1)
            self._tables[-1][-1] += ["\n".join(self._cells.pop()).strip(), *filling]

    def _span(self, name: str, attributes: Mapping[str, str]) -> None:
        for key in self._dialect.repeats if self._spans else ():
            element, _, attribute = key.partition("@")
            if element == name:
                self._spans[-1] = max(self._spans[-1], self._number(attributes, attribute))

    def _number(self, attributes: Mapping[str, str], wanted: str) -> int:
        """The whole number, from 1 to `_MOST_COLUMNS`, under an attribute; one where there is none."""
        raw = next((value for key, value in attributes.items() if wanted and self._named(key) == wanted), "1")
        return max(1, min(int(raw), _MOST_COLUMNS)) if raw.isascii() and raw.isdecimal() and len(raw) < 9 else 1

    def _put(self, block: str | Rows) -> None:
        if self._cells and isinstance(block, str):
            self._cells[-1].append(block)
        else:
            self.blocks.append(block)
