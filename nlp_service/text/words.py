"""A text to words with offsets, lemmas for counting, and whether each is a stop word."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import regex

from nlp_service.text.lemmas import lemma
from nlp_service.text.normalize import fold
from nlp_service.text.stop_words import stop_words

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

Span = tuple[int, int]

SPACY_LANGUAGES = frozenset(
    [
        "en",
        "fa",
        "ar",
        "tr",
        "ur",
        "az",
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "pl",
        "ru",
        "uk",
        "hi",
        "id",
        "vi",
        "he",
        "el",
        "sv",
        "ro",
    ]
)
"""Languages whose tokenizer in spaCy needs no further package; the words of zh, ja, ko and th come from script runs."""
LONGEST_TOKEN = 200
"""Longer chunks without a space are no words and make tokenizers slow."""
_CHUNKS = regex.compile(r"\S{201,}")
_LETTERS = r"[\p{L}\p{M}\p{N}\u200C]"
_PIECE = regex.compile(rf"{_LETTERS}++(?:['’\-]{_LETTERS}++)*+")
_MARK = regex.compile(r"\[(?:url_token|email|iban|card|national_id|phone|ip|postal_code|name)\]")
"""What stands in a text for personal data: nobody's word."""
_HAS_LETTER = regex.compile(r"\p{L}")
_ADDRESS = regex.compile(
    r"^(?:https?:|www\.)|@\S+\.|^[#@]\w|^[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|co|ir|tr|de|fr)(?:/|$)"
)
_RUN = regex.compile(
    r"\p{Han}+|\p{Hiragana}+|[\p{Katakana}ー]+|\p{Hangul}+|\p{Thai}+|[\p{L}\p{M}\p{N}--[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]]+",
    regex.V1,
)
_HAN = regex.compile(r"\p{Han}+")
_HIRAGANA = regex.compile(r"\p{Hiragana}+")
_HAN_FUNCTION = frozenset("的了是在我也都很就和有这那你他她它们吗呢吧啊着过给把被让跟还太最再又才没个么与及而且或")
_PERSIAN_LINKS = regex.compile(
    r"(?<![\p{L}\u200C])(?P<before>ن?می)[ ](?=\p{L}{2})"
    r"|(?<=\p{L}{2})[ ](?=(?:ها|های|هایی|هام|هات|هاش|هاشون)(?![\p{L}\u200C]))"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: the slice as written, the folded form that is counted, its offsets, whether it carries no subject."""

    text: str
    lemma: str
    start: int
    end: int
    is_stop: bool


def words(text: str, language: str) -> list[Word]:
    """The words of a text in their order, without punctuation, numbers, addresses, emoji and marks of masked data."""
    found = []
    marks = [mark.span() for mark in _MARK.finditer(text)] if "[" in text else []
    for start, end in _tokens(text, language):
        if any(begin <= start < stop for begin, stop in marks):
            continue
        surface = text[start:end]
        base = lemma(surface, language)
        found.append(Word(surface, base, start, end, _is_stop(surface, base, language)))
    return found


def _is_stop(surface: str, base: str, language: str) -> bool:
    if _HAN.fullmatch(surface):
        return surface in _HAN_FUNCTION or base in stop_words(language)
    if _HIRAGANA.fullmatch(surface):
        return True
    return len(base) < 2 or base in stop_words(language) or fold(surface, language) in stop_words(language)


def _tokens(text: str, language: str) -> Iterator[Span]:
    if language in SPACY_LANGUAGES:
        spans = _spaced(text, language)
        return _linked(text, spans) if language == "fa" else spans
    return _by_script(text)


def _spaced(text: str, language: str) -> Iterator[Span]:
    """The words of spaCy's tokens, parted where marks without a space join two of them."""
    at = 0
    for chunk in _CHUNKS.finditer(text):
        yield from _moved(_pieces(text[at : chunk.start()], language), at)
        yield from _moved(_by_script(chunk.group()), chunk.start())
        at = chunk.end()
    yield from _moved(_pieces(text[at:], language), at)


def _moved(spans: Iterator[Span], by: int) -> Iterator[Span]:
    return ((start + by, end + by) for start, end in spans)


def _pieces(text: str, language: str) -> Iterator[Span]:
    for token in _tokenizer(language)(text):
        if _ADDRESS.search(token.text):
            continue
        for piece in _PIECE.finditer(token.text):
            if not _HAS_LETTER.search(piece.group()):
                continue
            begin = token.idx + piece.start()
            if _HAN.search(piece.group()) or _HIRAGANA.search(piece.group()):
                yield from _moved(_by_script(piece.group()), begin)
            else:
                yield begin, token.idx + piece.end()


def _linked(text: str, spans: Iterator[Span]) -> Iterator[Span]:
    """Persian words with می before and ها behind them taken in, where a space stands for the half-space."""
    links = {match.end() for match in _PERSIAN_LINKS.finditer(text)}
    held: Span | None = None
    for start, end in spans:
        if held is not None and start in links:
            held = (held[0], end)
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held


def _by_script(text: str) -> Iterator[Span]:
    """Words of scripts without spaces: runs of one script; of longer Han runs, neighbors two by two."""
    for run in _RUN.finditer(text):
        if _HAN.fullmatch(run.group()):
            yield from _han(text, run.start(), run.end())
        elif _HAS_LETTER.search(run.group()):
            yield run.start(), run.end()


def _han(text: str, start: int, end: int) -> Iterator[Span]:
    """A Han run parted at signs of grammar, and what is longer than three signs taken two by two."""
    begin = start
    for i in range(start, end + 1):
        if i == end or text[i] in _HAN_FUNCTION:
            if i - begin <= 3:
                if begin < i:
                    yield begin, i
            else:
                yield from ((j, j + 2) for j in range(begin, i - 1))
            if i < end:
                yield i, i + 1
            begin = i + 1


@cache
def _tokenizer(language: str) -> "Tokenizer":
    import spacy

    return spacy.blank("xx" if language == "vi" else language).tokenizer  # vi wants a package of its own
