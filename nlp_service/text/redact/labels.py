"""What the words around a number call it: the context that tells a telephone from an order."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from nlp_service.text.redact.label_words import FILLERS, WORDS

BEFORE, BEHIND = 56, 28
"""Code points in which a word may name a number."""
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
_NEXT_NUMBER = re.compile(r" ?[:=#]| ?(?:[a-z]{2} ?)?\d")
"""What follows a word that names the number behind it, not the one before."""


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
        self._text = text.replace("İ", "i").lower()  # the one letter whose lower case is longer

    @cached_property
    def _words(self) -> list[tuple[int, int, str]]:
        return [(match.start(), match.end(), match.lastgroup or "") for match in _WORD.finditer(self._text)]

    def has(self, kind: str) -> bool:
        """Whether any word of the text names something of the kind."""
        return _WORDS_OF[kind].search(self._text) is not None

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
        gap = _GAP.fullmatch(self._text, end, start) or _ANNOUNCED.fullmatch(self._text, end, start)
        return Label(kind=kind, direct=gap is not None)

    def _behind(self, end: int) -> Label:
        at = bisect_left(self._words, end, key=lambda word: word[0])
        if at == len(self._words) or self._words[at][1] > end + BEHIND:
            return _UNNAMED
        start, stop, kind = self._words[at]
        if "\n" in self._text[end:start] or _NEXT_NUMBER.match(self._text, stop):
            return _UNNAMED
        return Label(kind=kind, direct=_GAP.fullmatch(self._text, end, start) is not None)
