"""How much a text has to say: whether it is too short to carry a subject, or could stand under anything."""

from collections.abc import Sequence

from nlp_service.domain import RecordAnalysis
from nlp_service.text.words import Word, words

GENERIC_WORDS = 4
"""Words up to which a text without a word of content is generic."""


def is_generic(analysis: RecordAnalysis) -> bool:
    """Whether the whole record says nothing that could stand in no other record, such as "ok" or "very good"."""
    text_words = words(analysis.record.text, analysis.language.code)
    return len(text_words) <= GENERIC_WORDS and len(content_words(text_words)) <= 1


def content_words(text_words: Sequence[Word]) -> list[Word]:
    """The words that are not stop words."""
    return [word for word in text_words if not word.is_stop]


def unthemed_reason(text_words: Sequence[Word]) -> str | None:
    """Why a segment cannot carry a theme: `too_short` with fewer than two words of content, unless it has four words."""
    n_content = len(content_words(text_words))
    if n_content == 0 or (n_content < 2 and len(text_words) < GENERIC_WORDS):
        return "too_short"
    return None
