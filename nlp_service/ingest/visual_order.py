"""Lines of right-to-left pages, which a PDF keeps as they look → the same lines as they are read.

The reverse of the Unicode bidirectional algorithm (UAX 9) for one level of Latin words and numbers in a line.
"""

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress

from pypdf import PageObject
from pypdf.errors import PdfReadError

from nlp_service.ingest.letter_maps import letter_maps

_LETTERS = "\u0590-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_DIGIT = "[0-9\u0660-\u0669\u06f0-\u06f9]"
_LATIN = f"[^\\W\\d_{_LETTERS}]"
_LEFT_TO_RIGHT = re.compile(
    f"(?:(?:{_DIGIT}|{_LATIN})[^{_LETTERS}]*)?{_LATIN}|[%\u066a]?{_DIGIT}(?:[.,:/\u066b\u066c]?{_DIGIT})*"
)
"""In a line turned around: Latin words with what stands between and after them, or a number."""
_RIGHT_TO_LEFT = re.compile(f"[{_LETTERS}]")
_FORMS = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]+")
_LIGATURE = re.compile(rb"<((?:0[5-8][0-9A-Fa-f]{2}){2,4})>")
_BRACKETS = re.compile(r"[()\[\]{}«»]")
_MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")
_OPENING = frozenset("([{«")
_MOSTLY = 0.3


def is_right_to_left(text: str) -> bool:
    """Whether a good part of the letters is of a script that runs from right to left."""
    n_letters = sum(map(str.isalpha, text))
    return n_right_to_left(text) > _MOSTLY * n_letters


def n_right_to_left(text: str) -> int:
    """How many letters run from right to left."""
    return len(_RIGHT_TO_LEFT.findall(text))


def logical(lines: Sequence[str]) -> list[str]:
    """The lines in the order in which they are read; brackets are mirrored where most would else close before they open."""
    places = {place for place, line in enumerate(lines) if _RIGHT_TO_LEFT.search(line)}
    turned = [_turned(line) if place in places else line for place, line in enumerate(lines)]
    first = [match.group() for place in places if (match := _BRACKETS.search(turned[place]))]
    is_mirrored = sum(1 if bracket in _OPENING else -1 for bracket in first) < 0
    return [line.translate(_MIRRORED) if is_mirrored and place in places else line for place, line in enumerate(turned)]


def turn_ligatures(page: PageObject, done: set[int]) -> None:
    """Write the letters of ligatures backwards in the fonts of a page, since its lines will be turned around.

    `done` are the places in memory of the fonts that were turned before.
    """
    for stream in letter_maps(page):
        if id(stream) in done:
            continue
        done.add(id(stream))
        with suppress(PdfReadError):  # a filter that the library cannot write: the ligatures stay as they are
            stream.set_data(_LIGATURE.sub(_backwards, stream.get_data()))


def _backwards(match: re.Match[bytes]) -> bytes:
    digits = match.group(1)
    units = [digits[at : at + 4] for at in range(0, len(digits), 4)]
    return b"<" + b"".join(reversed(units)) + b">"


def _turned(line: str) -> str:
    folded = _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match.group())[::-1], line)
    return _LEFT_TO_RIGHT.sub(lambda match: match.group()[::-1], folded[::-1])
