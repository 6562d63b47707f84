"""Runs one after the other over planted subjects: ids, names and edits that stay, sub-themes, trends and drivers."""

import json
from datetime import date, timedelta

import pytest

from nlp_service import pipeline
from nlp_service.domain import Record, ThemeEdit
from nlp_service.export.report import report_json
from nlp_service.inference.hashing import HashingEngine
from nlp_service.settings import Settings
from nlp_service.themes.history import History

SUBJECTS = {
    "delivery": "The parcel delivery was {} days late again",
    "payment": "Card payment number {} failed at the checkout",
    "night": "Reading at night hurts, the white screen {} blinds me",
    "courier": "Courier {} shouted and threw the box over the fence",
}
MONDAY = date(2026, 1, 5)
ENGINE, SETTINGS = HashingEngine(), Settings(engine="hashing")


def said(subject, numbers, **fields):
    return [
        Record(id=f"{subject}{n}", text=SUBJECTS[subject].format(n), kind="reviews", author=f"{subject}{n}", **fields)
        for n in numbers
    ]


def everything(n, *, start=0):
    return [record for subject in SUBJECTS for record in said(subject, range(start, n))]


def run(records, history=None):
    analyses = pipeline.analyze(records, engine=ENGINE, language="en")
    return pipeline.report(analyses, engine=ENGINE, taxonomy=(), settings=SETTINGS, purpose="a test", history=history)


def after(report, *edits):
    members = {}
    for segment_id, theme_id in report.found_in.items():
        members.setdefault(theme_id, set()).add(segment_id)
    return History(members={name: frozenset(ids) for name, ids in members.items()}, edits=edits)


def by_subject(report):
    """The theme of each subject, those of one theme joined by a plus."""
    return {
        "+".join(sorted({segment_id.split(":")[0].rstrip("0123456789") for segment_id in theme.segment_ids})): theme
        for theme in report.themes
    }


@pytest.fixture(scope="module")
def first():
    report = run(everything(12))
    assert set(by_subject(report)) == set(SUBJECTS)
    return report


def test_an_empty_history_changes_nothing(first):
    assert json.dumps(report_json(run(everything(12), History()))) == json.dumps(report_json(first))


def test_a_second_run_is_the_same_as_the_first(first):
    assert json.dumps(report_json(run(everything(12), after(first)))) == json.dumps(report_json(first))


def test_themes_keep_their_ids_while_records_come_and_go(first):
    report = first
    for start, end in [(0, 20), (4, 26), (12, 34)]:
        report = run(everything(end, start=start), after(report))
        assert {name: theme.id for name, theme in by_subject(report).items()} == {
            name: theme.id for name, theme in by_subject(first).items()
        }


def test_a_given_name_stays_in_the_language_it_was_given_in(first):
    theme = by_subject(first)["payment"]
    edit = ThemeEdit(id="edt_1", kind="rename", theme_id=theme.id, label={"fa": "پرداخت"})

    found = by_subject(run(everything(20), after(first, edit)))

    assert found["payment"].label["fa"] == "پرداخت"
    assert set(found["payment"].label) == {"en", "fa"}
    assert "fa" not in found["delivery"].label


def test_merged_themes_are_counted_as_one(first):
    found = by_subject(first)
    members = {found[name].id: frozenset(found[name].segment_ids) for name in ("delivery", "courier")}
    edit = ThemeEdit(id="edt_1", kind="merge", theme_id=found["delivery"].id, members=members)

    merged = by_subject(run(everything(20), after(first, edit)))

    assert set(merged) == {"courier+delivery", "payment", "night"}
    assert merged["courier+delivery"].id == found["delivery"].id
    assert (merged["courier+delivery"].n_people, merged["courier+delivery"].share.value) == (40, 0.5)


def test_a_locked_theme_with_a_single_segment_left_is_shown(first):
    found = by_subject(first)["night"]
    edit = ThemeEdit(id="edt_1", kind="lock", theme_id=found.id, members={found.id: frozenset(found.segment_ids)})
    records = [record for record in everything(12) if not record.id.startswith("night") or record.id == "night0"]

    report = run(records, after(first, edit))

    theme = by_subject(report)["night"]
    assert (theme.id, theme.n_segments) == (found.id, 1)
    assert set(report.unclustered).isdisjoint(theme.segment_ids)


def test_every_segment_is_found_in_a_theme_or_has_a_reason(first):
    assert {i for theme in first.themes for i in theme.segment_ids} == set(first.found_in)
    assert set(first.found_in).isdisjoint(first.unclustered)


def test_sub_themes_lie_inside_their_theme_under_ids_of_their_own(first):
    found = by_subject(first)
    members = {theme.id: frozenset(theme.segment_ids) for theme in found.values()}
    edit = ThemeEdit(id="edt_1", kind="merge", theme_id=found["night"].id, members=members)

    [theme] = run(everything(12), after(first, edit)).themes

    assert {frozenset(child.segment_ids) for child in theme.children} == set(members.values())
    assert all(child.id.startswith("sub_") and child.children == () for child in theme.children)
    assert len({child.id for child in theme.children}) == len(SUBJECTS)
    assert all(own.children == () for own in first.themes)


def test_a_subject_that_rises_is_emerging_and_the_others_are_not():
    counts = {"delivery": [4] * 8, "payment": [5] * 8, "night": [0, 0, 1, 0, 0, 1, 9, 11]}
    records = [
        Record(
            id=f"{subject}{week}{i:02}", text=SUBJECTS[subject].format(f"{week}{i:02}"), kind="reviews",
            occurred_at=str(MONDAY + timedelta(weeks=week)),
        )
        for subject, by_week in counts.items()
        for week, n in enumerate(by_week)
        for i in range(n)
    ]  # fmt: skip

    trends = {name: theme.trend for name, theme in by_subject(run(records)).items()}

    assert (trends["night"].direction, trends["night"].emerging) == ("rising", True)
    assert [period.n_records for period in trends["night"].periods] == counts["night"]
    assert not any(trends[name].emerging for name in ("delivery", "payment"))
    assert all(theme.trend is None for theme in run(everything(12)).themes)


def test_a_subject_of_bad_ratings_is_a_driver_with_its_interval_and_counts_by_channel():
    records = [
        *said("delivery", range(10), rating=1.0, channel="app"),
        *said("delivery", range(10, 16), rating=2.0, channel="web"),
        *said("payment", range(16), rating=4.0, channel="app"),
        *said("night", range(16), rating=5.0, channel="web"),
    ]

    report = run(records)

    found = by_subject(report)
    driver = next(driver for driver in report.drivers if driver.theme_id == found["delivery"].id)
    assert driver.significant and driver.low < driver.effect < driver.high < 0
    assert driver.effect == pytest.approx(22 / 16 - 4.5)
    assert found["delivery"].splits == {"channel": {"app": 10, "web": 6}}
    assert run(everything(12)).drivers == ()
