"""The words of a request that say what is wanted, from its tokens and the words that a cue leaves."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_service.analysis.wording import INSIDE, best_run, whole_words, wording_span
from nlp_service.inference.hashing import NO_TOKENS


def tokens(text, scores):
    """A token a word, with its score."""
    places = [match.span() for match in re.finditer(r"\S+", text)]
    return np.array([[*place, score] for place, score in zip(places, scores, strict=True)], np.float32)


def said(text, scores, hint=None):
    start, end = wording_span(text, tokens(text, scores), hint)
    return text[start:end]


def test_the_run_of_tokens_with_the_highest_sum_is_wanted():
    assert said("please add a dark theme thanks", [-2, -1, 1, 3, 2, -3]) == "a dark theme"
    assert said("please add a dark theme thanks", [-2, -1, 1, -0.5, 2, -3]) == "a dark theme"


def test_words_that_a_cue_leaves_count_more_and_the_others_less():
    text, scores = "please add a dark theme thanks", [-0.5, -0.5, -0.5, -0.5, 0.2, -0.5]

    assert said(text, scores) == "theme"
    assert said(text, scores, hint=(11, 23)) == "a dark theme"
    assert INSIDE / 2 > 0.5


def test_without_tokens_it_is_what_the_cue_leaves_and_without_a_cue_the_text():
    assert wording_span("add a dark theme", NO_TOKENS, (4, 16)) == (4, 16)
    assert wording_span("add a dark theme", NO_TOKENS, None) == (0, 16)


def test_something_is_wanted_even_if_every_token_speaks_against_it():
    assert said("no thanks", [-5.0, -3.0]) == "thanks"


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("a dark theme.", (4, 13), "dark theme"),
        ("«dark» mode", (0, 6), "dark"),
        ("نمی\u200cتوانم حالت تاریک", (5, 8), "نمی\u200cتوانم"),
        ("l'appli", (3, 5), "l'appli"),
        ("?!", (0, 2), "!"),
    ],
)
def test_words_are_whole_and_marks_around_them_are_left_out(text, place, word):
    start, end = whole_words(text, *place)

    assert text[start:end] == word


@given(st.lists(st.floats(-5, 5, allow_nan=False).map(lambda value: round(value, 2)), min_size=1, max_size=12))
def test_no_other_run_has_a_higher_sum(scores):
    first, last = best_run(np.array(scores, np.float32))
    sums = [sum(scores[i : j + 1]) for i in range(len(scores)) for j in range(i, len(scores))]

    assert sum(scores[first : last + 1]) == pytest.approx(max(sums), abs=1e-3)


@given(st.text(min_size=1, max_size=30), st.data())
def test_offsets_lie_within_the_text_and_hold_something(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    first, last = whole_words(text, start, end)

    assert 0 <= first < last <= len(text)
