"""A text to segments: sentences, and clauses where one sentence carries two opinions or runs on without punctuation.

Offsets are code points of the text as it came; segments are trimmed, ordered, do not overlap, and cover every letter.
"""

from collections.abc import Iterator

import regex

from nlp_service.text.connectors import CONNECTORS, CONTRASTS

Span = tuple[int, int]

LONG_WORDS = 40
LONG_CHARACTERS = 90
"""Where words are not parted by spaces, the characters that make a sentence long."""
LEAST_WORDS = 3
SPACELESS = frozenset({"zh", "ja", "th"})
_LINES = regex.compile(r"[^\n\r\u2028\u2029]+")
_ENDS = regex.compile(
    r"""(?:[。！？｡۔]+["'”’»」』）)\]]*
    | [.!?؟…]+["'”’»)\]]*(?=\s|$)
    | [!?؟]+(?=\p{L}))
    (?:\s*[\p{Emoji_Presentation}\p{Extended_Pictographic}\uFE0F\u200D]+)*""",
    flags=regex.VERBOSE,
)
_ABBREVIATION = regex.compile(
    r"(?:^|[\s(\[])(?:mr|mrs|ms|dr|prof|st|vs|etc|e\.g|i\.e|approx|no|nr|inc|ltd|vb|vd|örn|bkz|sn|doç|av|tel"
    r"|z\.b|u\.a|bzw|usw|ca|ggf|evtl|inkl|sog|d\.h|p\.ex|m|mme|sr|sra|srta|ud|uds|pág|ej|ex|dott|sig|г|ул|т\.е|т\.д"
    r"|\p{L}|\d{1,3})\.$",
    flags=regex.IGNORECASE,
)
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}\u200C'’]+")
_BULLET = regex.compile(r"(?:[-*•–—·▪●]|\(?\d{1,3}[.)]|[۰-۹٠-٩]{1,3}[.)])\s*$")
_COMMA = regex.compile(r"[,;،؛、，；:]")


def split(text: str, language: str) -> list[Span]:
    """The offsets of the segments of a text."""
    found: list[Span] = []
    for line in _LINES.finditer(text):
        for start, end in _sentences(text, line.start(), line.end()):
            found.extend(_clauses(text, start, end, language))
    return [span for span in (_trim(text, *span) for span in found) if span[0] < span[1]]


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for match in _ENDS.finditer(text, start, end):
        if match.end() >= end:
            break
        if _is_end(text, begin, match):
            yield begin, match.end()
            begin = match.end()
    yield begin, end


def _is_end(text: str, begin: int, match: "regex.Match[str]") -> bool:
    """Whether the mark ends a sentence, and not an abbreviation, a list marker or a piece without words."""
    head = text[begin : match.end()]
    if not _WORD.search(head) or _BULLET.fullmatch(head.strip()):
        return False
    if match.group().strip() == ".":
        return not _ABBREVIATION.search(text[max(begin, match.end() - 12) : match.end()])
    return True


def _clauses(text: str, start: int, end: int, language: str) -> list[Span]:
    """The sentence cut at a contrast that has an opinion on both sides, and at connectors while it is too long."""
    cuts = [start, *_contrasts(text, start, end, language), end]
    pieces: list[Span] = []
    for a, b in zip(cuts, cuts[1:], strict=False):
        pieces.extend(_shorten(text, a, b, language))
    return pieces


def _contrasts(text: str, start: int, end: int, language: str) -> list[int]:
    pattern = CONTRASTS.get(language)
    if pattern is None:
        return []
    cuts: list[int] = []
    for match in pattern.finditer(text, start, end):
        begin = cuts[-1] if cuts else start
        if _n_words(text, begin, match.start()) >= LEAST_WORDS and _n_words(text, match.end(), end) >= LEAST_WORDS:
            cuts.append(match.start())
    return cuts


def _shorten(text: str, start: int, end: int, language: str) -> list[Span]:
    """Pieces of at most about `LONG_WORDS` words, cut at the connector, comma or space nearest the limit."""
    limit, pieces = (LONG_CHARACTERS, []) if language in SPACELESS else (LONG_WORDS, [])
    while True:
        units = list(_units(text, start, end, language))
        if len(units) <= limit * 1.25:
            return [*pieces, (start, end)]
        low, high = units[limit // 3], units[limit]
        cut = _cut_between(text, low, high, language)
        pieces.append((start, cut))
        start = cut


def _cut_between(text: str, low: int, high: int, language: str) -> int:
    pattern = CONNECTORS.get(language)
    connectors = [match.start() for match in pattern.finditer(text, low, high)] if pattern else []
    if connectors:
        return connectors[-1]
    commas = [match.end() for match in _COMMA.finditer(text, low, high)]
    return commas[-1] if commas else high


def _units(text: str, start: int, end: int, language: str) -> Iterator[int]:
    """Where each word begins, up to the few that `_shorten` looks at; each character where words are not parted."""
    limit = LONG_CHARACTERS if language in SPACELESS else LONG_WORDS
    for n, match in enumerate(_WORD.finditer(text, start, end)):
        if language in SPACELESS:
            yield from range(match.start(), min(match.end(), match.start() + 2 * limit))
            if match.end() - start > 2 * limit:
                return
        else:
            yield match.start()
            if n > limit * 1.25:
                return


def _n_words(text: str, start: int, end: int) -> int:
    n = 0
    for _ in _WORD.finditer(text, start, end):
        n += 1
        if n >= LEAST_WORDS:
            break
    return n


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
