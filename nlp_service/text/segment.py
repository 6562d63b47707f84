"""A text to segments: sentences, and clauses where one sentence carries two opinions or runs on without punctuation.

Offsets are code points of the text as it came; segments are trimmed, ordered, do not overlap, and cover every letter.
The sentence rules are our own, as simplemma's return copies that cannot always be mapped back to offsets.
"""

from collections.abc import Iterator, Mapping
from itertools import islice, pairwise

import regex

from nlp_service.text.connectors import CONTRASTS, STRONG, TURNINGS, WEAK
from nlp_service.text.sentences import Span, sentences, units

LONG_WORDS = 40
"""Words over which a sentence is cut wherever it can be."""
MOST_CHARACTERS = 1_200
"""Characters of a segment, whatever its words: the encoder reads 512 tokens, and nothing of a text may go unread."""
RUNNING_WORDS = 18
"""Words over which a sentence without any punctuation is cut at its connectors."""
LEAST_WORDS = 3
"""Words that each side of a contrast must have to be an opinion of its own."""
TERSE = frozenset(["fa", "ar", "tr", "az", "ur", "hi", "he", "ko", "ja", "zh", "th", "ru", "uk"])
"""Languages that leave out articles and copulas: two words on one side will do if the other side has three."""
_LINES = regex.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_PUNCTUATION = regex.compile(r"[,;،؛、，；:.!?؟…。！？۔]")
_COMMA = regex.compile(r"[,;،؛、，；:–—]+(?!\p{N})")
_SAYS_SOMETHING = regex.compile(r"[^\p{P}\p{Z}\p{C}=~_+|<>^`$]|[:;]-?[)(DPp/]")


def split(text: str, language: str) -> list[Span]:
    """The offsets of the segments of a text; lines of nothing but punctuation are left out."""
    found: list[Span] = []
    for line in _LINES.finditer(text):
        for start, end in sentences(text, line.start(), line.end(), language):
            for a, b in _clauses(text, start, end, language):
                found.extend((at, min(at + MOST_CHARACTERS, b)) for at in range(a, b, MOST_CHARACTERS))
    trimmed = (_trim(text, *span) for span in found)
    return [(start, end) for start, end in trimmed if _SAYS_SOMETHING.search(text, start, end)]


def _clauses(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """The sentence cut at a contrast that has an opinion on both sides, and at connectors while it is too long."""
    cuts = [start, *_contrasts(text, start, end, language), end]
    for a, b in pairwise(cuts):
        yield from _shortened(text, a, b, language)


def _contrasts(text: str, start: int, end: int, language: str) -> list[int]:
    """Where opinions turn: before a word such as but, or behind a verb's ending such as 지만."""
    turns = [(m.start(), m.end()) for m in _matches(CONTRASTS, language, text, start, end)]
    turns += [(m.end(), m.end()) for m in _matches(TURNINGS, language, text, start, end)]
    cuts: list[int] = []
    for cut, resumes in sorted(turns):
        begin = cuts[-1] if cuts else start
        n_before, n_behind = _n_words(text, begin, cut) - bool(cuts), _n_words(text, resumes, end)
        least = LEAST_WORDS - (language in TERSE)
        if min(n_before, n_behind) >= least and max(n_before, n_behind) >= LEAST_WORDS:
            cuts.append(cut)
    return cuts


def _n_words(text: str, start: int, end: int) -> int:
    """How many words there are, counted as far as it matters."""
    return sum(1 for _ in islice(units(text, start, end), LEAST_WORDS + 1))


def _shortened(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """Pieces of at most about `LONG_WORDS` words, or `RUNNING_WORDS` where nothing but connectors parts them."""
    while True:
        begins = list(islice(units(text, start, end), LONG_WORDS + LONG_WORDS // 4 + 1))
        if len(begins) <= RUNNING_WORDS:
            break
        is_long = len(begins) > LONG_WORDS + LONG_WORDS // 4
        cut = _cut(text, begins, end, language, is_long=is_long)
        if cut is None:
            break
        yield start, cut
        start = cut
    yield start, end


def _cut(text: str, begins: list[int], end: int, language: str, *, is_long: bool) -> int | None:
    """The best place to cut: strong connector, comma, weak connector or space; None where there need be no cut."""
    if not is_long:
        tail = text[begins[0] : end].rstrip(" .!?؟…。！？۔)\"'»”")
        if _PUNCTUATION.search(tail):
            return None
        low, high = begins[LEAST_WORDS + 3], begins[-LEAST_WORDS - 1]
        return next((m.start() for m in _matches(STRONG, language, text, low, high)), None)
    low, high = begins[LONG_WORDS // 4], begins[LONG_WORDS]
    for pattern in (STRONG.get(language), _COMMA, WEAK.get(language)):
        places = [] if pattern is None else list(pattern.finditer(text, low, high))
        if places:
            place = places[-1]
            return int(place.end() if pattern is _COMMA else place.start())
    return high


def _matches(
    patterns: "Mapping[str, regex.Pattern[str]]", language: str, text: str, start: int, end: int
) -> "Iterator[regex.Match[str]]":
    pattern = patterns.get(language)
    return iter(()) if pattern is None else pattern.finditer(text, start, end)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
