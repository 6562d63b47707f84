"""DOCX → paragraphs and tables: tracked insertions are text, deletions, comments and notes are counted, macros left packed.

The parts are those of ECMA-376 (WordprocessingML), transitional and strict.
"""

import re

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.archives import MAX_DOCUMENT_BYTES, members_of
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.documents import contents_of
from nlp_service.ingest.paragraphs import Dialect, layout_of

_PART = re.compile(r"word/document\d*\.xml", re.IGNORECASE)
_WORD = Dialect(
    prefixes={
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
        "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
        "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    },
    paragraphs=frozenset({"w:p"}),
    table="w:tbl",
    row="w:tr",
    cells=frozenset({"w:tc"}),
    text="w:t",
    marks={"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"},
    left_out=frozenset({"w:pPr", "w:rPr", "w:tcPr", "w:tblPr", "w:trPr", "w:sectPr", "w:instrText", "mc:Fallback"}),
    counted={
        "w:del": "tracked_deletion", "w:moveFrom": "tracked_deletion", "w:commentReference": "comment",
        "w:footnoteReference": "note", "w:endnoteReference": "note",
    },
    repeats=("w:gridSpan@w:val",),
)  # fmt: skip


def is_docx(names: set[str]) -> bool:
    """Whether these are the names of files, in lower case, in a Word document."""
    return any(_PART.fullmatch(name) for name in names)


def read_docx(source: Source) -> Contents:
    """The interview or text in a Word document.

    Raises:
        UnreadableFile: the document is damaged, too large, or has no text; the message says what to do.
    """
    parts = members_of(source.content, lambda name: _PART.fullmatch(name) is not None, most=MAX_DOCUMENT_BYTES)
    if not parts:
        raise UnreadableFile("The document has no text part: open it in Word and save it again.")
    name, content = next(iter(parts.items()))
    return contents_of(source, layout_of(content, _WORD, name=name), format="docx")
