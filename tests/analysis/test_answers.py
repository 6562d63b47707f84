"""Weak evidence in a batch: empty, generic, gibberish, copies, templates, bursts; each with its reason."""

import pytest

from nlp_service.analysis.answers import flag_answers, quality_warnings
from nlp_service.analysis.quality import is_empty, is_gibberish
from nlp_service.domain import Language, Record, RecordAnalysis, Sentiment

CALM = Sentiment(label="neutral", confidence=1.0, scores={"negative": 0.0, "neutral": 1.0, "positive": 0.0})


def batch(texts, times=None):
    times = times or [None] * len(texts)
    return [
        RecordAnalysis(
            record=Record(id=f"r{i}", text=text, kind="reviews", occurred_at=at),
            language=Language(code="en", confidence=1.0),
            sentiment=CALM,
            readings=(),
        )
        for i, (text, at) in enumerate(zip(texts, times, strict=True))
    ]


def kinds(flags):
    return {record_id: [flag.kind for flag in own] for record_id, own in flags.items()}


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("asdfghjkl", True),
        ("qwerty asdfg", True),
        ("sdkfjh wrtpl", True),
        ("aaaaaaaa", True),
        ("شسیبلات", True),
        ("hahahahaha", False),
        ("ههههههه", False),
        ("The queue was long.", False),
        ("Strč prst skrz krk", False),
        ("HTTPS and SMTP work", False),
        ("خیلی خوب بود", False),
        ("很好用", False),
        ("asd", False),
        ("", False),
    ],
)
def test_gibberish_is_no_language(text, is_one):
    assert is_gibberish(text) is is_one


@pytest.mark.parametrize(("text", "is_one"), [("", True), ("...!", True), ("👍👍", True), ("5", False), ("ok", False)])
def test_a_text_without_letters_and_digits_is_empty(text, is_one):
    assert is_empty(text) is is_one


def test_own_flags_come_with_a_reason_and_good_answers_have_none():
    flags = flag_answers(batch(["!!!", "ok", "asdfghjkl", "The courier left my parcel in the rain twice this week."]))

    assert kinds(flags) == {"r0": ["empty"], "r1": ["generic"], "r2": ["gibberish"]}
    assert all(flag.reason.endswith(".") for own in flags.values() for flag in own)


def test_the_same_long_text_is_copied_and_the_same_short_one_is_no_wonder():
    long = "This app changed my life and I use it every day."
    flags = flag_answers(batch([long, long.upper() + "!!", "Very good app", "Very good app"]))

    assert kinds(flags) == {"r0": ["copied"], "r1": ["copied"]}
    assert flags["r1"][0].like == "r0"


def test_near_copies_are_told_and_three_are_a_template():
    base = "I ordered the {} on Monday and it arrived broken so I want my money back from this shop at once please"
    two = flag_answers(batch([base.format("red lamp"), base.format("blue chair")]))
    three = flag_answers(batch([base.format(one) for one in ("red lamp", "blue chair", "old sofa")]))

    assert kinds(two) == {"r0": ["near_duplicate"], "r1": ["near_duplicate"]}
    assert set(kinds(three)) == {"r0", "r1", "r2"}
    assert {flag.kind for own in three.values() for flag in own} == {"templated"}


def test_different_long_texts_are_not_near():
    texts = [
        "The support line kept me waiting for an hour and then hung up on me without a word.",
        "My parcel came a day early and the driver carried it up to the fourth floor for me.",
    ]

    assert flag_answers(batch(texts)) == {}


def test_many_records_of_one_minute_are_a_burst():
    texts = [f"The {i}th parcel came late because street number {i * 7} was closed." for i in range(40)]
    times = [f"2026-01-{1 + i:02}T10:00:00Z" for i in range(28)] + [f"2026-01-09T10:00:{i:02}Z" for i in range(12)]

    flags = kinds(flag_answers(batch(texts, times)))

    assert {record_id for record_id, own in flags.items() if "burst" in own} >= {f"r{i}" for i in range(28, 40)}
    assert "burst" not in flags.get("r0", [])


@pytest.mark.parametrize("time", ["2026-01-09", "2026-01-09T10:00:00", None, "soon"])
def test_records_that_all_came_at_once_or_have_no_time_are_no_burst(time):
    texts = [f"Word {i} of a different kind each time, number {i * 13}." for i in range(30)]

    assert "burst" not in {kind for own in kinds(flag_answers(batch(texts, [time] * 30))).values() for kind in own}


def test_a_fifth_of_the_batch_is_worth_a_warning_and_one_record_is_not():
    flags = flag_answers(batch(["ok", "good", "The courier was late again.", "It broke after two days of use."]))

    assert quality_warnings(flags, n_records=4) == [
        "2 of 4 records say nothing that could not stand anywhere: weigh what rests on them."
    ]
    assert quality_warnings(flags, n_records=100) == []
    assert quality_warnings({}, n_records=0) == []
