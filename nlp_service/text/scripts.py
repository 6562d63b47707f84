"""Runs of one script in a text: the first and surest evidence of its language."""

import unicodedata
from collections import Counter
from collections.abc import Iterator

import regex

LETTERS_OF_A_SIGN = {"Hang": 2, "Kana": 2, "Hani": 3}
"""About how many Latin letters say as much as one sign of the script."""
_RUNS = regex.compile(
    r"(?P<Latn>\p{Latin}+)|(?P<Arab>[\p{Arabic}&&[\p{L}\p{M}]]+)|(?P<Cyrl>\p{Cyrillic}+)"
    r"|(?P<Hang>\p{Hangul}+)|(?P<Kana>[\p{Hiragana}\p{Katakana}ー]+)|(?P<Hani>\p{Han}+)|(?P<Hebr>\p{Hebrew}+)"
    r"|(?P<Deva>\p{Devanagari}+)|(?P<Thai>\p{Thai}+)|(?P<Grek>\p{Greek}+)|(?P<Zyyy>\p{L}+)",
    flags=regex.V1,
)
_MACHINE = regex.compile(
    r"https?://\S+|www\.\S+|\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,64}|\b[\w-]{1,63}\.(?:com|net|org|io|ir|tr)\b|@\w+"
)
_JOINERS = frozenset(" \t,،、'’-‌&")


def readable(text: str) -> str:
    """The text without addresses, domains and handles, its letters in their plain forms (NFKC)."""
    return str(_MACHINE.sub(" ", text if text.isascii() else unicodedata.normalize("NFKC", text)))


def runs(text: str) -> Iterator[tuple[str, int, int]]:
    """The script, start and end of each run of letters of one script; `Zyyy` for a script we do not know."""
    for match in _RUNS.finditer(text):
        yield match.lastgroup or "", match.start(), match.end()


def letters_by_script(text: str) -> Counter[str]:
    """How many letters the text has of each script, a sign that stands for more counted for more."""
    counts: Counter[str] = Counter()
    for script, start, end in runs(text):
        counts[script] += (end - start) * LETTERS_OF_A_SIGN.get(script, 1)
    return counts


def passages(text: str, *, without: frozenset[str]) -> list[tuple[str, str]]:
    """The script and text of each stretch of one script, spaces and commas included, leaving out the scripts given."""
    found: list[tuple[str, int, int]] = []
    for script, start, end in runs(text):
        if found and found[-1][0] == script and _JOINERS.issuperset(text[found[-1][2] : start]):
            found[-1] = (script, found[-1][1], end)
        else:
            found.append((script, start, end))
    return [(script, text[start:end]) for script, start, end in found if script not in without]
