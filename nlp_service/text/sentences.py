"""Where the sentences of a line end: marks of every script, but not in numbers, addresses, abbreviations or markers."""

from collections.abc import Iterator

import regex

Span = tuple[int, int]

WORD = regex.compile(r"[\p{L}\p{M}\p{N}\u200C'’]+")
_EMOJI = (
    r"(?:\s*(?:[\p{Emoji_Presentation}\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F\u200D]|[:;]-?[)(DPp/](?!\w)))*+"
)
_CLOSING = r"[\"'”’»›」』）)\]]*+"
_ENDS = regex.compile(
    rf"""(?P<address>https?://\S+|www\.\S+|\b[\w.+-]{{1,64}}@[\w-]{{1,63}}\.[\w.-]{{1,64}}\w)
    | (?P<end>
        [。！？｡۔।॥]++[.!?！？。]*+{_CLOSING}{_EMOJI}
      | [.!?؟…]++{_CLOSING}(?:(?=\s|$){_EMOJI}|(?=[\p{{Emoji_Presentation}}\p{{Extended_Pictographic}}]){_EMOJI})
      | [!?؟]++(?=\p{{L}})
      | (?<=[\p{{Arabic}}&&\p{{L}}])[.…]++(?=[\p{{Arabic}}&&\p{{L}}])
      | (?<=\p{{Ll}}\p{{Ll}}\p{{Ll}})[.…]++(?=\p{{Lu}}\p{{Ll}}+\s)
      )""",
    flags=regex.VERBOSE | regex.V1,
)
_ABBREVIATION = regex.compile(
    r"(?<![\p{L}\p{N}])(?:mr|mrs|ms|dr|prof|st|vs|etc|e\.g|i\.e|a\.k\.a|approx|no|nr|inc|ltd|fig|jr|sr|dept|est|min|max"
    r"|vb|vd|vs|örn|bkz|sn|doç|av|tel|yrd|öğr|gör|alb|mah|cad|sok|apt|blv|hz|ör|yy"
    r"|z\.\s?b|u\.\s?a|d\.\s?h|bzw|usw|ca|ggf|evtl|inkl|exkl|sog|zzgl|str|bspw|u\.\s?u|o\.\s?ä"
    r"|p\.\s?ex|mme|mlle|env|av|bd|sra|srta|ud|uds|pág|núm|tlf|aprox|ej|dott|sig|pag|ecc|bijv|enz|m\.b\.t|a\.u\.b"
    r"|np|itd|itp|tzn|ok|ul|г|ул|т\.\s?е|т\.\s?д|т\.\s?п|руб|тыс|др|ب\.ظ|ق\.ظ|م|د)\.$",
    flags=regex.IGNORECASE,
)
_INITIAL = regex.compile(r"(?<![\p{L}\p{N}])[\p{Latin}\p{Cyrillic}\p{Greek}]\.$")
_ORDINAL = regex.compile(r"(?<![\p{L}\p{N}.,])\p{Nd}{1,4}\.$")
_MARKER = regex.compile(r"\s*(?:[-*•–—·▪●►✓✔]\s*)?(?:\(?(?:\p{Nd}{1,3}|\p{L})[.)]\s*)?")
_ORDINAL_LANGUAGES = frozenset(["de", "tr", "az", "pl", "cs", "sv", "hu"])
_NUMERO = regex.compile(r"(?:no|nr|tel|max|min|ok|st|sok|str|fig|ca|est)\.$", flags=regex.IGNORECASE)
LEAST_AROUND_ELLIPSIS = 3


def sentences(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """The offsets of the sentences between two offsets of a text, in order, parting it without gaps."""
    begin = start
    for match in _ENDS.finditer(text, start, end):
        if match.lastgroup != "end" or match.end() >= end:
            continue
        if _ends_sentence(text, begin, match, end, language):
            yield begin, match.end()
            begin = match.end()
    yield begin, end


def _ends_sentence(text: str, begin: int, match: "regex.Match[str]", end: int, language: str) -> bool:
    """Whether the mark ends a sentence, and not an abbreviation, a list marker or a piece without words."""
    if not has_words(text, begin, match.start(), least=1) or _is_marker(text, begin, match.end()):
        return False
    mark = text[match.start() : match.end()].strip()
    following = text[match.end() : match.end() + 24].lstrip()[:1]
    if mark.startswith(("..", "…")):
        return (
            not following.islower()
            and has_words(text, begin, match.start(), least=LEAST_AROUND_ELLIPSIS)
            and has_words(text, match.end(), end, least=LEAST_AROUND_ELLIPSIS)
        )
    if not mark.startswith("."):
        return True
    return not _is_abbreviated(text[max(begin, match.start() - 14) : match.start() + 1], following, language)


def _is_abbreviated(tail: str, following: str, language: str) -> bool:
    """Whether the point behind `tail` belongs to its last word."""
    if _ORDINAL.search(tail):
        return following.islower() or language in _ORDINAL_LANGUAGES
    if _NUMERO.search(tail) and not following.isnumeric():
        return following.islower()
    return bool(_ABBREVIATION.search(tail) or _INITIAL.search(tail))


def _is_marker(text: str, begin: int, end: int) -> bool:
    """Whether all there is so far is the marker of a list item, such as `-` or `2.`."""
    match = _MARKER.match(text, begin, end)
    return match is not None and match.end() == end


def has_words(text: str, start: int, end: int, *, least: int) -> bool:
    """Whether there are so many words between two offsets, two signs of a script without spaces counting for one."""
    n = 0
    for n, _ in enumerate(units(text, start, end), start=1):
        if n >= least:
            return True
    return n >= least


_UNIT = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}ー]{1,2}|[\p{Thai}]{1,4}"
    r"|[[\p{L}\p{M}\p{N}\u200C'’]--[\p{Han}\p{Hiragana}\p{Katakana}ー\p{Thai}]]++",
    flags=regex.V1,
)


def units(text: str, start: int, end: int) -> Iterator[int]:
    """Where each word begins; where words are not parted by spaces, every second sign (Thai: every fourth)."""
    for match in _UNIT.finditer(text, start, end):
        yield match.start()
