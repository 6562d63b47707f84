"""Segments and words of any text at all are slices of it."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp_service.text.segment import split
from nlp_service.text.words import words

LANGUAGES = st.sampled_from(["en", "fa", "tr", "ar", "de", "zh", "ja", "ko", "th", "und"])
PIECES = st.sampled_from(
    [
        " ",
        "\n",
        ". ",
        "... ",
        "! ",
        "؟",
        "。",
        "but ",
        " ولی ",
        "ama ",
        "但是",
        "3.5",
        "Dr.",
        "- ",
        "1. ",
        "😀",
        "\u200c",
        "a@b.co",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join))


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_segments_are_trimmed_ordered_and_cover_each_letter_once(text, language):
    spans = split(text, language)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    covered = "".join(text[start:end] for start, end in spans)
    assert [c for c in covered if c.isalnum()] == [c for c in text if c.isalnum()]


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_a_word_equals_its_slice(text, language):
    for word in words(text, language):
        assert text[word.start : word.end] == word.text
        assert word.text
