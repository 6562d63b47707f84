"""Runs of one script in a text: the first and surest evidence of its language."""

from collections import Counter
from collections.abc import Iterator

import regex

LETTER = regex.compile(r"[\p{L}\p{M}]+")
_RUNS = regex.compile(
    r"(?P<Hang>[\p{Hangul}]+)|(?P<Kana>[\p{Hiragana}\p{Katakana}ー]+)|(?P<Hani>[\p{Han}]+)|(?P<Hebr>[\p{Hebrew}]+)"
    r"|(?P<Deva>[\p{Devanagari}]+)|(?P<Thai>[\p{Thai}]+)|(?P<Cyrl>[\p{Cyrillic}]+)|(?P<Grek>[\p{Greek}]+)"
    r"|(?P<Arab>[\p{Arabic}&&[\p{L}\p{M}]]+)|(?P<Latn>[\p{Latin}]+)",
    flags=regex.V1,
)
_MACHINE = regex.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|[@#]\w+")


def runs(text: str) -> Iterator[tuple[str, str]]:
    """The script and letters of each run of one script, leaving out addresses and handles."""
    for match in _RUNS.finditer(_MACHINE.sub(" ", text)):
        yield match.lastgroup or "", match.group()


def letters_by_script(text: str) -> Counter[str]:
    """How many letters the text has of each script."""
    counts: Counter[str] = Counter()
    for script, run in runs(text):
        counts[script] += len(run)
    return counts


def words_of_script(text: str, script: str) -> list[str]:
    """The words of one script, in their order."""
    return [run for found, run in runs(text) if found == script]
