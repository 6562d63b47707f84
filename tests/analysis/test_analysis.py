"""Scores to values: composition, mixed feelings, what is too short for a theme."""

import numpy as np
import pytest

from nlp_service.analysis.acts import acts
from nlp_service.analysis.quality import unthemed_reason
from nlp_service.analysis.sentiment import LABELS, compose, sentiments
from nlp_service.domain import Sentiment
from nlp_service.text.words import words


def one(negative, neutral, positive):
    scores = dict(zip(LABELS, (negative, neutral, positive), strict=True))
    label = max(scores, key=scores.get)
    return Sentiment(label=label, confidence=scores[label], scores=scores)


BAD, MEH, GOOD = one(0.9, 0.05, 0.05), one(0.1, 0.8, 0.1), one(0.05, 0.05, 0.9)
UNSURE_BAD = one(0.45, 0.3, 0.25)


@pytest.mark.parametrize(
    ("parts", "label"),
    [
        ([], "neutral"),
        ([GOOD], "positive"),
        ([BAD, BAD, MEH], "negative"),
        ([GOOD, MEH, MEH], "positive"),
        ([GOOD, BAD], "mixed"),
        ([GOOD, GOOD, BAD, MEH], "mixed"),
        ([GOOD, GOOD, GOOD, GOOD, BAD], "positive"),
        ([GOOD, UNSURE_BAD], "positive"),
        ([MEH, MEH], "neutral"),
    ],
)
def test_a_whole_is_composed_from_its_parts(parts, label):
    whole = compose(parts, [40] * len(parts))

    assert whole.label == label
    assert 0 <= whole.confidence <= 1
    assert sum(whole.scores.values()) == pytest.approx(1, abs=0.01)


def test_an_empty_whole_is_sure_of_nothing():
    assert compose([], []).confidence == 0


def test_logits_become_labels_with_probabilities_in_order():
    found = sentiments(np.array([[4, 0, 0], [0, 0, 4]], np.float32))

    assert [sentiment.label for sentiment in found] == ["negative", "positive"]


@pytest.mark.parametrize(
    ("odds", "asked_over", "act", "probability"),
    [
        (-9.0, 0.0, "question", 1.0),
        (2.0, 0.0, "feature_request", 0.88),
        (-0.5, -1.0, "feature_request", 0.38),
        (-0.5, 0.0, "question", 0.62),
    ],
)
def test_a_segment_asks_for_a_feature_where_its_odds_say_so_and_else_does_the_likeliest_other_thing(
    odds, asked_over, act, probability
):
    logits = np.array([[20, 0, 0, 9, 0]], np.float32)

    assert acts(logits, np.array([odds], np.float32), asked_over=asked_over) == [
        (act, pytest.approx(probability, abs=0.01))
    ]
    assert acts(np.zeros((0, 5), np.float32), np.zeros(0, np.float32), asked_over=0.0) == []


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [
        ("ok", "en", "too_short"),
        ("عالی", "fa", "too_short"),
        ("👍👍", "und", "too_short"),
        ("Uygulama çok yavaş", "tr", None),
        ("التطبيق بطيء", "ar", None),
        ("Delivery took three weeks", "en", None),
    ],
)
def test_a_segment_without_content_carries_no_theme(text, language, reason):
    assert unthemed_reason(words(text, language)) == reason
