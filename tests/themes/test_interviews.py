"""Interviews as fieldwork: the same person in every file, coverage, and the curve of new themes."""

from dataclasses import replace

import pytest

from nlp_service.domain import Language, Record, RecordAnalysis, Turn
from nlp_service.ingest.roles import role_word
from nlp_service.themes.build import build_theme
from nlp_service.themes.interviews import fieldwork, saturation
from tests.themes.test_findings import reading, topic


def interview(i, *speakers, at=None):
    text = "x" * len(speakers)
    turns = tuple(
        Turn(index=n, speaker=name, role="participant", start=n, end=n + 1) for n, name in enumerate(speakers)
    )
    record = Record(id=f"rec_{i}", text=text, kind="interviews", turns=turns, occurred_at=at)
    readings = []
    for n in range(len(speakers)):
        one = reading(record)
        segment = replace(one.segment, id=f"rec_{i}:{n}", start=n, end=n + 1, text="x", turn=n)
        readings.append(replace(one, segment=segment))
    return RecordAnalysis(
        record=record,
        language=Language(code="en", confidence=1.0),
        sentiment=readings[0].sentiment,
        readings=tuple(readings),
    )


def theme_of(analyses, *segment_ids):
    own = [r for a in analyses for r in a.readings if r.segment.id in segment_ids]
    return build_theme(topic(own), {a.record.id: a.record for a in analyses}, n_records=len(analyses))


def seen(analyses, themes=()):
    return fieldwork(analyses, themes, is_role=lambda name: role_word(name) is not None)


@pytest.mark.parametrize(
    ("first", "second", "n_people"),
    [
        ("Sara", "sara ", 1),
        ("P07", "p07", 1),
        ("Participant", "Participant", 2),
        ("Respondent 1", "Respondent 1", 2),
        ("Speaker 2", "Speaker 2", 2),
        ("مصاحبه‌شونده", "مصاحبه‌شونده", 2),
        ("SPEAKER_00", "SPEAKER_00", 2),
        ("", "", 2),
        ("Sara", "Ali", 2),
    ],
)
def test_a_name_is_one_person_in_every_file_and_a_role_is_not(first, second, n_people):
    found = seen([interview(1, first), interview(2, second)])

    assert [one.id for one in found.participants] == [f"P{n + 1}" for n in range(n_people)]
    assert found.interviews[1].participants == (f"P{n_people}",)


def test_coverage_and_new_themes_are_counted_in_the_order_of_the_interviews():
    held = [interview(1, "Sara", "Sara", at="2026-02-01"), interview(2, "Ali", "Sara", at="2026-01-01")]
    late, early = theme_of(held, "rec_1:0", "rec_2:1"), theme_of(held, "rec_1:1")

    found = seen(held, [late, early])

    assert [(one.record_id, one.new_themes, one.n_themes) for one in found.interviews] == [
        ("rec_2", (late.id,), 1),
        ("rec_1", (early.id,), 2),
    ]
    sara, ali = found.participants
    assert sara.themes == {late.id: 2, early.id: 1} and sara.record_ids == ("rec_1", "rec_2")
    assert (ali.n_segments, ali.themes) == (1, {})
    assert found.saturated_after is None


def test_reviews_are_no_interviews():
    one = interview(1, "Sara")
    assert seen([replace(one, record=replace(one.record, kind="reviews"))]) is None


@pytest.mark.parametrize(
    ("n_new", "after"),
    [
        ([], None),
        ([5, 3, 1, 1, 0, 0], 6),
        ([5, 3, 1, 1, 1, 0], None),
        ([5, 3, 1, 1, 1, 0, 0], 7),
        ([9, 5, 4, 2, 1, 0], 6),
        ([5, 3, 1, 1], None),
        ([0, 0, 0, 0, 0, 0], None),
    ],
)
def test_saturation_is_reached_when_two_interviews_add_hardly_a_theme(n_new, after):
    assert saturation(n_new) == after
