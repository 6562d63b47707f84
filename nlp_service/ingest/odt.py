"""ODT → paragraphs and tables: tracked deletions, comments and notes are counted, macros and objects left packed.

The elements are those of OpenDocument 1.3, part 3.
"""

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.archives import MAX_DOCUMENT_BYTES, members_of
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.documents import contents_of
from nlp_service.ingest.paragraphs import Dialect, layout_of

_PART = "content.xml"
_OPEN = Dialect(
    prefixes={
        f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0": name for name in ("text", "table", "office", "drawing")
    }
    | {"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg"},
    paragraphs=frozenset({"text:p", "text:h"}),
    table="table:table",
    row="table:table-row",
    cells=frozenset({"table:table-cell", "table:covered-table-cell"}),
    marks={"text:tab": "\t", "text:line-break": "\n", "text:s": " "},
    left_out=frozenset({"svg:title", "svg:desc", "text:ruby-text", "text:table-of-content", "office:forms"}),
    counted={
        "text:tracked-changes": "tracked_deletion", "office:annotation": "comment", "text:note": "note",
    },
    repeats=(
        "table:table-cell@table:number-columns-repeated", "table:covered-table-cell@table:number-columns-repeated",
    ),
    count="text:c",
)  # fmt: skip


def read_odt(source: Source) -> Contents:
    """The interview or text in an OpenDocument text.

    Raises:
        UnreadableFile: the document is damaged, locked, too large, or has no text; the message says what to do.
    """
    parts = members_of(source.content, lambda name: name == _PART, most=MAX_DOCUMENT_BYTES)
    if _PART not in parts:
        raise UnreadableFile("The document has no content.xml: open it and save it again.")
    return contents_of(source, layout_of(parts[_PART], _OPEN, name=_PART), format="odt")
