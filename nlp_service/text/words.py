"""A text to words with offsets, lemmas for counting, and whether each is a stop word."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from nlp_service.text.normalize import fold
from nlp_service.text.stop_words import COLLOQUIAL

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

SPACY_LANGUAGES = frozenset(
    "en fa ar tr ur az de fr es it pt nl pl ru uk hi id vi he el sv ro".split()
)  # zh, ja, ko and th need packages of their own; their words come from script runs
SIMPLEMMA_LANGUAGES = frozenset("en fa ar tr de fr es it pt nl pl ru uk hi id el sv ro".split())
_WORD = regex.compile(r"^[\p{L}\p{M}\p{N}\u200C'’\-]*\p{L}[\p{L}\p{M}\p{N}\u200C'’\-]*$")
_RUN = regex.compile(r"[\p{Han}]+|[\p{Hiragana}]+|[\p{Katakana}ー]+|[\p{Hangul}]+|[\p{Thai}]+|[\p{L}\p{M}\p{N}]+")
_HAN = regex.compile(r"^\p{Han}+$")
_HIRAGANA = regex.compile(r"^\p{Hiragana}+$")
_ARABIC_PROCLITIC = regex.compile(r"^(?:وال|فال|بال|كال|لل|ال)(?=\p{L}{3})")
_PERSIAN_ENDING = regex.compile(r"(?<=\p{L}{3})(?:هایشان|هایمان|هاشون|هامون|هایی|های|هام|هات|هاش|ها|هاي)$")
_KOREAN_PARTICLE = regex.compile(r"(?<=\p{Hangul}{2})(?:에서|으로|까지|부터|은|는|이|가|을|를|에|의|도|로|와|과|만)$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: the slice as written, the folded form that is counted, its offsets, and whether it carries no subject."""

    text: str
    lemma: str
    start: int
    end: int
    is_stop: bool


def words(text: str, language: str) -> list[Word]:
    """The words of a text in their order, without punctuation, numbers and emoji."""
    stop = _stop_words(language)
    found = []
    for start, end in _tokens(text, language):
        surface = text[start:end]
        lemma = _lemma(surface, language)
        is_stop = len(lemma) < 2 or lemma in stop or fold(surface, language) in stop
        found.append(Word(surface, lemma, start, end, is_stop and not _HAN.match(surface)))
    return found


def _tokens(text: str, language: str) -> Iterator[tuple[int, int]]:
    if language in SPACY_LANGUAGES:
        for token in _tokenizer(language)(text):
            if _WORD.match(token.text):
                yield token.idx, token.idx + len(token.text)
        return
    for run in _RUN.finditer(text):
        if _HAN.match(run.group()) and len(run.group()) > 2:  # words are not parted: neighbors, two by two
            yield from ((i, i + 2) for i in range(run.start(), run.end() - 1))
        elif not _HIRAGANA.match(run.group()):  # in Japanese these are endings and particles
            yield run.start(), run.end()


@lru_cache(maxsize=None)
def _tokenizer(language: str) -> "Tokenizer":
    import spacy

    return spacy.blank(language).tokenizer


@lru_cache(maxsize=None)
def _stop_words(language: str) -> frozenset[str]:
    listed: frozenset[str] = frozenset()
    if language in SPACY_LANGUAGES or language in {"zh", "ja", "ko", "th"}:
        from importlib import import_module

        listed = frozenset(import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS)
    return frozenset(fold(word, language) for word in listed | COLLOQUIAL.get(language, frozenset()))


@lru_cache(maxsize=200_000)
def _lemma(surface: str, language: str) -> str:
    return fold(_base_form(language)(surface), language)


def _base_form(language: str) -> Callable[[str], str]:
    if language == "ar":
        return lambda surface: _ARABIC_PROCLITIC.sub("", surface)
    if language == "fa":
        return lambda surface: _PERSIAN_ENDING.sub("", surface.replace("\u200c", ""))
    if language == "ko":
        return lambda surface: _KOREAN_PARTICLE.sub("", surface)
    if language in SIMPLEMMA_LANGUAGES:
        import simplemma

        return lambda surface: str(simplemma.lemmatize(surface, lang=language))
    return lambda surface: surface
