"""The maps from signs to letters (ToUnicode) of the fonts on a page of a PDF."""

from collections.abc import Iterator

from pypdf import PageObject
from pypdf.generic import DictionaryObject, PdfObject, StreamObject


def letter_maps(page: PageObject) -> Iterator[StreamObject]:
    """The map of each font that a page names."""
    fonts = _part(_part(page, "/Resources"), "/Font")
    for name in fonts if isinstance(fonts, DictionaryObject) else ():
        stream = _part(_part(fonts, name), "/ToUnicode")
        if isinstance(stream, StreamObject):
            yield stream


def _part(whole: PdfObject | None, name: str) -> PdfObject | None:
    """What an entry of a dictionary points at."""
    part = whole.get(name) if isinstance(whole, DictionaryObject) else None
    return part.get_object() if isinstance(part, PdfObject) else None
