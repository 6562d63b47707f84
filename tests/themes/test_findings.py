"""Findings: counts that can be checked by hand, intervals, quotes that are slices."""

import numpy as np
import pytest

from nlp_service.domain import Reading, Record, Segment, Sentiment
from nlp_service.inference.engine import unit
from nlp_service.themes.build import Topic, build_theme, finding_id, is_polarized
from nlp_service.themes.people import n_people, share
from nlp_service.themes.quotes import choose_quotes


def reading(record, *, label="negative", act="problem", language="en", confidence=1.0):
    scores = {"negative": 0.0, "neutral": 0.0, "positive": 0.0} | {label: 1.0}
    segment = Segment(
        id=f"{record.id}:0-{len(record.text)}", record_id=record.id, start=0, end=len(record.text), text=record.text,
        language=language,
    )  # fmt: skip
    sentiment = Sentiment(label=label, confidence=confidence, scores=scores)
    return Reading(segment=segment, sentiment=sentiment, act=act, act_confidence=0.9)


def records(*rows):
    return [
        Record(id=f"rec_{i}", text=text, kind="reviews", author=author, occurred_at=date)
        for i, (text, author, date) in enumerate(rows)
    ]


ROWS = records(
    ("The parcel was five days late again", "ann", "2026-07-02"),
    ("بسته‌ام پنج روز دیر رسید", "bob", "2026-07-01"),
    ("Late, late, late. Always late.", "ann", None),
    ("Delivered a week after the date", None, "2026-08-01"),
)
VECTORS = unit(np.random.default_rng(0).normal(size=(4, 8)).astype(np.float32))


def topic(readings):
    return Topic(readings=tuple(readings), vectors=VECTORS[: len(readings)], label={"en": "Delivery time"}, aspect=None,
                 keyphrases=())  # fmt: skip


def test_people_are_counted_once_and_the_nameless_each():
    assert n_people(ROWS) == 3


def test_a_theme_counts_records_people_and_its_share():
    by_id = {record.id: record for record in ROWS}

    theme = build_theme(topic([reading(record) for record in ROWS]), by_id, n_records=8)

    assert (theme.n_records, theme.n_people, theme.share.value) == (4, 3, 0.5)
    assert theme.sentiment == {"negative": 4, "neutral": 0, "mixed": 0, "positive": 0}
    for quote in theme.quotes:
        assert by_id[quote.record_id].text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 10, (0.0, 0.0, 0.2775)),
        (5, 10, (0.5, 0.2366, 0.7634)),
        (10, 10, (1.0, 0.7225, 1.0)),
        (0, 0, (0.0, 0.0, 0.0)),
    ],
)
def test_a_share_has_the_wilson_interval(part, whole, expected):
    found = share(part, whole)

    assert (found.value, found.low, found.high) == expected


@pytest.mark.parametrize(
    ("negative", "positive", "neutral", "expected"),
    [(5, 5, 0, True), (5, 2, 0, True), (9, 1, 0, False), (2, 2, 1, False), (3, 3, 20, False)],
)
def test_a_theme_is_polarized_when_both_sides_are_strong(negative, positive, neutral, expected):
    counts = {"negative": negative, "positive": positive, "neutral": neutral, "mixed": 0}

    assert is_polarized(counts) is expected


def test_quotes_come_from_different_records_languages_and_words():
    same = records(
        ("Too slow to open", "a", None), ("too slow to open!", "b", None), ("باز نمی‌شود، کند است", "c", None)
    )
    readings = [reading(same[0]), reading(same[1]), reading(same[2], language="fa")]

    quotes = choose_quotes(readings, VECTORS[:3], {record.id: record for record in same})

    assert {quote.language for quote in quotes} == {"en", "fa"}
    assert len(quotes) == 2


def test_at_most_five_quotes_are_chosen():
    many = records(*[(f"Complaint number {i} about the courier", str(i), None) for i in range(9)])
    vectors = unit(np.random.default_rng(1).normal(size=(9, 8)).astype(np.float32))

    assert len(choose_quotes([reading(r) for r in many], vectors, {r.id: r for r in many})) == 5


def test_of_two_that_lie_as_near_the_one_sure_of_its_sentiment_is_quoted_first():
    both = records(("The door was left open, they say", "a", None), ("The door was shut in my face again", "b", None))
    readings = [reading(both[0], label="positive", confidence=0.45), reading(both[1], confidence=0.95)]

    quotes = choose_quotes(readings, VECTORS[[0, 0]], {record.id: record for record in both})

    assert [quote.record_id for quote in quotes] == ["rec_1", "rec_0"]


def test_an_id_follows_from_the_segments_in_any_order():
    assert finding_id("thm", ["a", "b"]) == finding_id("thm", ["b", "a"]) != finding_id("thm", ["a", "c"])
