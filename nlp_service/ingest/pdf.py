"""PDF → lines → an interview, or one text; nothing in the file is run."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.decode import clean
from nlp_service.ingest.letter_maps import letter_maps
from nlp_service.ingest.page_lines import joined, named, without_heads
from nlp_service.ingest.transcripts import read_transcript
from nlp_service.ingest.visual_order import is_right_to_left, logical, n_right_to_left, turn_ligatures

MAX_PAGES = 2_000
MAX_PAGE_BYTES = 5_000_000
MAX_OPERATORS = 3_000_000
MAX_MAP_BYTES = 50_000_000
_MOST_LOST = 0.2
_LOCKED = "The PDF is locked with a password: take it off and send the file again."
_ENCRYPTED = "The PDF is encrypted in a way that is not read: print it to a new PDF, or send its text as .txt."
_TOO_MUCH = "The PDF draws more than can be read: print it to a new PDF, or send its text as .txt."
_CHECK = "The text was taken from the places of letters on pages: check it."
_CHECK_ORDER = (
    "The text was taken from the places of letters on pages: check the order of numbers and Latin words in it."
)
logging.getLogger("pypdf").setLevel(logging.ERROR)


def read_pdf(source: Source) -> Contents:
    """The interview or text in a PDF file.

    Raises:
        UnreadableFile: the file is damaged, locked, too large, or holds pictures of pages; the message says what to do.
    """
    pages = _pages(source.content)
    kept = without_heads(pages)
    text = joined(named([line for page in kept for line in page]))
    if not text.strip():
        raise UnreadableFile(
            "The PDF has no text, only pictures of pages: run text recognition over it, or send its text as .txt."
        )
    contents = read_transcript(replace(source, text=text, encoding=None))
    n_heads = sum(map(len, pages)) - sum(map(len, kept))
    heads: Mapping[str, int] = {"running_head": n_heads} if n_heads else {}
    return replace(
        contents,
        format=f"pdf_{contents.format}",
        skipped={**contents.skipped, **heads},
        warnings=(*contents.warnings, _CHECK_ORDER if n_right_to_left(text) else _CHECK),
    )


def _pages(content: bytes) -> list[list[str]]:
    """The lines of each page that are not empty."""
    number, budget, turned = 0, _Budget(), set[int]()
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(_LOCKED)
        if len(reader.pages) > MAX_PAGES:
            raise UnreadableFile(f"The PDF has more than {MAX_PAGES:,} pages: send it in parts.")
        pages = []
        for page in reader.pages:
            number += 1
            contents = page.get_contents()
            if contents is not None and len(contents.get_data()) > MAX_PAGE_BYTES:
                raise UnreadableFile(f"Page {number} of the PDF is a drawing too large to read: send the text as .txt.")
            lines = (clean(line) for line in _lines(page, budget, turned))
            pages.append([line for line in lines if line])
        return pages
    except UnreadableFile:
        raise
    except DependencyError:  # a cipher that the library leaves to another, which is not installed
        raise UnreadableFile(_ENCRYPTED) from None
    except Exception:  # the library raises whatever a damaged file makes it stumble over
        place = f"at page {number}" if number else "before its first page"
        raise UnreadableFile(f"The PDF is damaged {place}: print it to a new PDF, or send its text as .txt.") from None


def _lines(page: PageObject, budget: "_Budget", turned: set[int]) -> list[str]:
    """The lines of a page; of one that runs from right to left, by their places and in the order of reading."""
    budget.open(page)
    text = page.extract_text(visitor_operand_before=budget.spend)
    budget.spend()  # the library swallows what is raised inside a form
    if not is_right_to_left(text):
        return text.split("\n")
    turn_ligatures(page, turned)
    placed = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False)
    is_whole = n_right_to_left(placed) >= (1 - _MOST_LOST) * n_right_to_left(text)
    return logical([line.strip() for line in placed.split("\n")]) if is_whole else text.split("\n")


class _Budget:
    """Counts what is drawn and with how large fonts, since forms that draw forms can make a small file endless."""

    def __init__(self) -> None:
        self._operators, self._bytes = MAX_OPERATORS, MAX_MAP_BYTES
        self._sizes: dict[int, int] = {}

    def spend(self, *_: object) -> None:
        """One operator more.

        Raises:
            UnreadableFile: there were too many.
        """
        self._operators -= 1
        if self._operators < 0:
            raise UnreadableFile(_TOO_MUCH)

    def open(self, page: PageObject) -> None:
        """One page more, whose fonts' maps the library reads anew.

        Raises:
            UnreadableFile: they are too large together.
        """
        for stream in letter_maps(page):
            if id(stream) not in self._sizes:
                self._sizes[id(stream)] = len(stream.get_data())
            self._bytes -= self._sizes[id(stream)]
        if self._bytes < 0:
            raise UnreadableFile(_TOO_MUCH)
