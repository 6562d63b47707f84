"""How much a text has to say: whether it is too short to carry a subject, could stand under anything, or is no language."""

from collections.abc import Sequence

import regex

from nlp_service.domain import Record, RecordAnalysis
from nlp_service.text.words import Word, words

GENERIC_WORDS = 4
"""Words up to which a text without a word of content is generic."""

NOISE_SHARE = 0.6
"""The share of its letters that must lie in noise words for a text to be gibberish."""
LEAST_NOISE = 5
"""Letters of the shortest noise word."""
_ROWS = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "qwertzuiop",
    "ضصثقفغعهخحج",
    "شسیبلاتنمک",
    "شسيبلاتنمك",
)
_RUNS = (*_ROWS, *(row[::-1] for row in _ROWS))
_WORD = regex.compile(r"\p{L}+")
_LATIN = regex.compile(r"\p{Latin}+")
_VOWEL = regex.compile(r"[aeiouyæœøıàáâãäåèéêëìíîïòóôõöùúûüýāēīōūăąęėőű]")
_LAUGHTER = regex.compile(
    r"a?(?:h[aeiou])+h?|(?:j[aei])+j?|k{3,}|(?:ks)+|(?:xd)+|w{3,}|(?:lo)+l|ه+|خ+|ㅋ+|ㅎ+|(?:ха|ах|хе)+х?"
)


def is_empty(text: str) -> bool:
    """Whether there is no letter and no digit: marks, spaces or emoji alone."""
    return not any(sign.isalnum() for sign in text)


def is_gibberish(text: str) -> bool:
    """Whether most of the letters lie in words that no language has: rows of the keyboard, one or two letters over and
    over (laughter is none), Latin letters without a vowel."""
    found = _WORD.findall(text.casefold())
    n_letters = sum(map(len, found))
    n_noise = sum(len(word) for word in found if _is_noise(word))
    return n_letters >= LEAST_NOISE and n_noise >= NOISE_SHARE * n_letters


def _is_noise(word: str) -> bool:
    if len(word) < LEAST_NOISE or _LAUGHTER.fullmatch(word):
        return False
    if any(word in run for run in _RUNS) or len(set(word)) <= 2:
        return True
    return _LATIN.fullmatch(word) is not None and _VOWEL.search(word) is None


def is_generic(analysis: RecordAnalysis) -> bool:
    """Whether the whole record says nothing that could stand in no other record, such as "ok" or "very good"."""
    text_words = words(analysis.record.text, analysis.language.code)
    return len(text_words) <= GENERIC_WORDS and len(content_words(text_words)) <= 1


def is_repeat(record: Record) -> bool:
    """Whether the record says of itself that it repeats another, so that it is not counted again."""
    return bool(record.metadata.get("duplicate_of"))


def content_words(text_words: Sequence[Word]) -> list[Word]:
    """The words that are not stop words."""
    return [word for word in text_words if not word.is_stop]


def unthemed_reason(text_words: Sequence[Word]) -> str | None:
    """Why a segment cannot carry a theme: `too_short` with fewer than two words of content, unless it has four words."""
    n_content = len(content_words(text_words))
    if n_content == 0 or (n_content < 2 and len(text_words) < GENERIC_WORDS):
        return "too_short"
    return None
