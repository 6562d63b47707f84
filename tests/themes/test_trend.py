"""Trends: a planted rise is found, noise is left alone, and no date breaks the calendar."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, fisher_exact

from nlp_service.domain import Record
from nlp_service.themes.trend import EMERGING_RECORDS, MOST_PERIODS, trends

MONDAY = date(2026, 1, 5)


def made(counts_by_period, *, days=7, first=MONDAY):
    """Records, the counted number in each period of that many days."""
    return [
        Record(id=f"r{period}-{i}", text="", kind="reviews", occurred_at=str(first + timedelta(days=days * period)))
        for period, n in enumerate(counts_by_period)
        for i in range(n)
    ]


def members(counts_by_period):
    """The ids of the first records of each period."""
    return frozenset(f"r{period}-{i}" for period, n in enumerate(counts_by_period) for i in range(n))


@pytest.mark.parametrize(
    ("counts", "direction", "emerging"),
    [
        ([1, 0, 1, 0, 1, 0, 12, 14], "rising", True),
        ([6, 7, 6, 7, 6, 7, 14, 13], "rising", True),
        ([9, 10, 10, 9, 10, 9, 15, 16], "rising", False),
        ([10, 12, 11, 10, 12, 11, 1, 0], "falling", False),
        ([5, 5, 5, 5, 5, 5, 5, 5], "steady", False),
        ([5, 4, 6, 5, 4, 6, 7, 6], "steady", False),
        ([0, 0, 0, 0, 0, 0, 1, 1], "steady", False),
        ([20] * 8, "steady", False),
        ([0] * 8, "steady", False),
    ],
)
def test_a_planted_change_is_found_and_no_other(counts, direction, emerging):
    [trend] = trends(made([20] * 8), [members(counts)])

    assert (trend.direction, trend.emerging) == (direction, emerging)
    assert [period.n_records for period in trend.periods] == counts
    assert [period.of for period in trend.periods] == [20] * 8
    assert (trend.recent_share, trend.earlier_share) == (
        round(sum(counts[-2:]) / 40, 4),
        round(sum(counts[:-2]) / 120, 4),
    )


def test_a_rise_with_everything_else_is_none():
    [trend] = trends(made([4, 4, 4, 4, 4, 4, 40, 40]), [members([1, 1, 1, 1, 1, 1, 10, 10])])

    assert trend.direction == "steady"


def test_what_only_begins_is_emerging_with_few_records():
    few, enough = members([0] * 7 + [EMERGING_RECORDS - 1]), members([0] * 7 + [EMERGING_RECORDS])
    records = made([40] * 7 + [3])
    [of_few], [of_enough] = trends(records, [few]), trends(records, [enough])

    assert (of_few.emerging, of_enough.emerging) == (False, True)
    assert of_enough.p_value < 0.05


def test_noise_is_steady():
    rng = np.random.default_rng(7)
    records = made([30] * 12)
    themes = [frozenset(record.id for record in records if rng.random() < 0.2) for _ in range(60)]

    assert {trend.direction for trend in trends(records, themes)} == {"steady"}


def test_p_values_of_a_run_are_corrected_together():
    records = made([20] * 8)
    counts = [[1, 0, 1, 0, 1, 0, 3, 3], [3, 3, 3, 3, 3, 3, 7, 7], [5, 5, 5, 5, 5, 5, 5, 5]]
    p_values = [
        fisher_exact([[sum(own[-2:]), 40 - sum(own[-2:])], [sum(own[:-2]), 120 - sum(own[:-2])]]).pvalue
        for own in counts
    ]

    found = [trend.p_value for trend in trends(records, [members(own) for own in counts])]

    assert found == pytest.approx(list(false_discovery_control(p_values)), abs=5e-5)
    assert trends(records, [members(counts[0])])[0].p_value == pytest.approx(p_values[0], abs=5e-5)
    assert trends(records, [members(counts[0])])[0].p_value < found[0]


@pytest.mark.parametrize(
    ("days", "unit", "starts"),
    [
        (["2026-07-08"] * 2, "week", ["2026-07-06"]),
        (["2026-07-05", "2026-07-06"], "week", ["2026-06-29", "2026-07-06"]),
        (["2026-07-01T10:00:00+03:30", "2026-07-20"], "week", ["2026-06-29", "2026-07-06", "2026-07-13", "2026-07-20"]),
        (["2025-11-30", "2026-06-02"], "month", ["2025-11-01", "2025-12-01", *(f"2026-0{n}-01" for n in range(1, 7))]),
    ],
)
def test_periods_are_weeks_from_monday_or_months(days, unit, starts):
    records = [Record(id=f"r{i}", text="", kind="reviews", occurred_at=day) for i, day in enumerate(days)]

    [trend] = trends(records, [frozenset(["r0"])])

    assert (trend.unit, [period.start for period in trend.periods]) == (unit, starts)
    assert sum(period.of for period in trend.periods) == len(records)


def test_of_few_periods_nothing_is_said():
    [trend] = trends(made([20, 20, 20]), [members([0, 0, 20])])

    assert (trend.direction, trend.emerging, trend.p_value) == ("steady", False, 1.0)


@pytest.mark.parametrize("times", [[], [None, None], ["2026-07-01", None], ["2026-07-01", "soon"], ["", "2026-13-40"]])
def test_without_two_times_there_is_no_trend(times):
    records = [Record(id=f"r{i}", text="", kind="reviews", occurred_at=time) for i, time in enumerate(times)]

    assert trends(records, [frozenset(["r0"]), frozenset()]) == [None, None]


def test_records_without_a_time_and_ids_of_nobody_are_not_counted():
    records = [*made([20] * 8), Record(id="timeless", text="", kind="reviews")]
    own = members([5] * 8)

    assert trends(records, [own | {"timeless", "nobody"}]) == trends(records, [own])


def test_no_themes_have_no_trends():
    assert trends(made([3] * 8), []) == []


def test_one_record_of_another_age_leaves_few_periods():
    old = Record(id="old", text="", kind="reviews", occurred_at="0001-01-01")
    [trend] = trends([old, *made([20] * 4, days=31)], [members([1, 1, 1, 15])])

    assert len(trend.periods) == MOST_PERIODS
    assert [period.n_records for period in trend.periods[-4:]] == [1, 1, 1, 15]
    assert trend.periods[-1].start == "2026-04-01"


@given(st.lists(st.tuples(st.dates(), st.booleans()), min_size=2, max_size=30))
def test_any_dates_give_periods_that_hold_what_is_in_them(rows):
    records = [Record(id=f"r{i}", text="", kind="reviews", occurred_at=str(day)) for i, (day, _) in enumerate(rows)]

    [trend] = trends(records, [frozenset(f"r{i}" for i, (_, is_in) in enumerate(rows) if is_in)])

    starts = [period.start for period in trend.periods]
    counted = [is_in for day, is_in in rows if str(day) >= starts[0]]
    assert starts == sorted(set(starts)) and len(starts) <= MOST_PERIODS
    assert sum(period.of for period in trend.periods) == len(counted)
    assert sum(period.n_records for period in trend.periods) == sum(counted)
    assert 0 <= trend.p_value <= 1
