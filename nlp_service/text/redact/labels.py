"""What the words around a number call it: the context that tells a telephone from an order."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from nlp_service.text.redact.label_words import ADDRESS, FILLERS, WORDS

BEFORE, BEHIND = 56, 28
"""Code points in which a word may name a number."""
SPOKEN_OF = 90
"""Code points before a number in which its kind may be spoken of: "You asked for my postcode. It is …"."""
_WORD = re.compile(
    r"(?<![^\W\d_])(?:وال|بال|لل|ال|[وبلف](?!ال))?(?:"
    + "|".join(f"(?P<{kind}>{'|'.join(words)})" for kind, words in WORDS.items())
    + ")"
)
_WORDS_OF = {kind: re.compile("|".join(words)) for kind, words in WORDS.items()}
_CURRENCY = r"[$€£₺﷼₹]|(?:tl|usd|eur|gbp|try|sar|aed|egp|irr)\b"
_MONEY_BEFORE = re.compile(rf"(?:{_CURRENCY}) ?$")
_MONEY_BEHIND = re.compile(
    rf" ?(?:{_CURRENCY}|%|تومان|تومن|ریال|لیره|درهم|جنیه|دینار|lira|toman|rials?\b|dollars?\b|euros?\b)"
)
_GAP = re.compile(rf"(?>[^\w.!?؟]|\.(?! [a-z])|(?<![^\W_])(?:{'|'.join(FILLERS)})(?![^\W_]))*+")
_ANNOUNCED = re.compile(r"(?: [^\W\d_]+){1,3} ?: ?")
"""A few words and a colon: "postal code of my office: …"."""
_OF_IT = re.compile(
    r"(?: (?:of|for|in|on|to|zu[rm]?|der|des|del?|della|du|la|pour|para|per|voor|the|my|this))+"
    r" [^\W\d_]+ ?: ?"
)
"""What the thing named is for, and a colon: "post code of the order: …"."""
_PART = re.compile(r"[,;،؛]")
"""What begins something else, as the sum that follows the number of a card."""
_NEXT_NUMBER = re.compile(r" ?[:=#]| ?(?:[a-z]{2} ?)?\d")
"""What follows a word that names the number behind it, not the one before."""


_VOICED = re.compile(r"[^\W\d_]*[\u064b-\u0652\u0670][^\W\d_\u064b-\u0652]*(?:[\u064b-\u0652\u0670]+[^\W\d_]*)*")
"""Arabic words with marks of their vowels."""
_VOWEL = re.compile(r"[\u064b-\u0652\u0670]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a number is called, if anything; `direct` where nothing but filling words lie between the two."""

    kind: str | None
    direct: bool


_UNNAMED = Label(kind=None, direct=False)
_MONEY = Label(kind="other", direct=True)


class Labels:
    """The naming words of one plain text, looked for once, when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = _unvoiced(text.replace("İ", "i").lower())  # the one letter whose lower case is longer

    @cached_property
    def _words(self) -> list[tuple[int, int, str]]:
        found = ((match.start(), match.end(), match.lastgroup or "") for match in _WORD.finditer(self._text))
        return [word for word in found if word[2] != ADDRESS]

    def has(self, kind: str) -> bool:
        """Whether any word of the text names something of the kind."""
        return _WORDS_OF[kind].search(self._text) is not None

    def speaks_of(self, kind: str, start: int) -> bool:
        """Whether a word in the sentences before a number that begins at `start` names something of the kind."""
        at = bisect_right(self._words, start, key=lambda word: word[1])
        return any(own == kind and begin >= start - SPOKEN_OF for begin, _, own in self._words[max(0, at - 8) : at])

    def of(self, start: int, end: int) -> Label:
        """What the text calls `text[start:end]`: the nearest name before it, else a direct one behind, else any behind."""
        if _MONEY_BEFORE.search(self._text, max(0, start - 5), start) or _MONEY_BEHIND.match(self._text, end):
            return _MONEY
        before = self._before(start)
        if before.direct:
            return before
        after = self._behind(end)
        return after if after.direct or before.kind is None else before

    def _before(self, start: int) -> Label:
        at = bisect_right(self._words, start, key=lambda word: word[1]) - 1
        if at < 0 or self._words[at][0] < start - BEFORE:
            return _UNNAMED
        _, end, kind = self._words[at]
        if kind == "other" and at and _OF_IT.fullmatch(self._text, self._words[at - 1][1], start):
            return Label(kind=self._words[at - 1][2], direct=True)
        gap = _GAP.fullmatch(self._text, end, start) or _ANNOUNCED.fullmatch(self._text, end, start)
        return Label(kind=kind, direct=gap is not None)

    def _behind(self, end: int) -> Label:
        at = bisect_left(self._words, end, key=lambda word: word[0])
        if at == len(self._words) or self._words[at][1] > end + BEHIND:
            return _UNNAMED
        start, stop, kind = self._words[at]
        if "\n" in self._text[end:start] or _NEXT_NUMBER.match(self._text, stop):
            return _UNNAMED
        is_parted = kind == "other" and _PART.search(self._text, end, start) is not None
        return Label(kind=kind, direct=not is_parted and _GAP.fullmatch(self._text, end, start) is not None)


def _unvoiced(text: str) -> str:
    """The text, equally long: the vowel marks of a word stand behind it as joiners of nothing."""
    return _VOICED.sub(lambda match: _without_vowels(match[0]), text) if _VOWEL.search(text) else text


def _without_vowels(word: str) -> str:
    return _VOWEL.sub("", word).ljust(len(word), "\u200c")
