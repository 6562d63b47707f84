"""Drivers: a planted effect is found with an interval around it, and chance is not taken for one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, ttest_ind

from nlp_service.domain import Record, Share, Theme
from nlp_service.themes.detail import record_ids
from nlp_service.themes.drivers import LARGEST, LEAST_RECORDS, drivers, outcomes, splits


def theme(theme_id):
    return Theme(
        id=theme_id, label={}, aspect=None, keyphrases=(), n_segments=0, n_records=0, n_people=0,
        share=Share(value=0.0, low=0.0, high=0.0), sentiment={}, polarized=False, languages={}, quotes=(),
        segment_ids=(),
    )  # fmt: skip


def rated(ratings, **fields):
    return [Record(id=f"r{i}", text="", kind="reviews", rating=rating, **fields) for i, rating in enumerate(ratings)]


def ids(*numbers):
    return frozenset(f"r{i}" for i in numbers)


def planted(effect, *, n=200, seed=0):
    """Ratings whose mean differs by the effect between the first half and the second."""
    rng = np.random.default_rng(seed)
    return rated([*(3 + effect + rng.normal(size=n // 2)), *(3 + rng.normal(size=n // 2))])


@pytest.mark.parametrize("effect", [-1.5, 0.8, 2.0])
def test_a_planted_effect_is_significant_and_inside_its_interval(effect):
    [found] = drivers(planted(effect), [theme("thm_a")], [ids(*range(100))])

    assert found.significant
    assert found.low < effect < found.high
    assert found.low < found.effect < found.high
    assert found.effect == pytest.approx(found.mean_with - found.mean_without, abs=1e-3)
    assert (found.theme_id, found.outcome, found.n_with, found.n_without) == ("thm_a", "rating", 100, 100)


def test_intervals_cover_the_truth_about_as_often_as_they_say():
    found = [drivers(planted(0.5, n=60, seed=seed), [theme("t")], [ids(*range(30))])[0] for seed in range(200)]

    assert 0.9 <= np.mean([driver.low <= 0.5 <= driver.high for driver in found]) <= 0.99


def test_chance_is_not_significant():
    rng = np.random.default_rng(3)
    records = planted(0.0, n=300)
    themes = [theme(f"thm_{i}") for i in range(40)]

    found = drivers(records, themes, [ids(*rng.choice(300, size=40, replace=False)) for _ in themes])

    assert len(found) == 40
    assert not any(driver.significant for driver in found)


def test_p_values_are_corrected_together_and_the_clear_come_first():
    records = planted(1.0, n=40)
    groups = [ids(*range(20)), ids(*range(5, 25)), ids(*range(0, 40, 2))]
    ratings = np.array([record.rating for record in records])
    within = [np.isin([record.id for record in records], list(own)) for own in groups]
    raw = [ttest_ind(ratings[own], ratings[~own], equal_var=False).pvalue for own in within]

    found = drivers(records, [theme(f"thm_{i}") for i in range(3)], groups)

    corrected = dict(zip(["thm_0", "thm_1", "thm_2"], false_discovery_control(raw), strict=True))
    assert {driver.theme_id: driver.p_value for driver in found} == pytest.approx(corrected, abs=5e-5)
    assert [driver.significant for driver in found] == sorted((driver.significant for driver in found), reverse=True)
    assert found[0].theme_id == "thm_0"


@pytest.mark.parametrize(
    ("ratings", "own"),
    [
        ([], []),
        ([None] * 30, range(10)),
        ([4.0] * 30, range(10)),
        ([1.0, 5.0] * 15, range(LEAST_RECORDS - 1)),
        ([1.0, 5.0] * 15, range(30)),
        ([1.0, 5.0] * 15, []),
        ([1.0] * 4 + [None] * 20 + [5.0] * 10, range(20)),
    ],
    ids=["no records", "no ratings", "one rating only", "too few", "all", "none", "too few of them rated"],
)
def test_where_nothing_can_be_told_nothing_is(ratings, own):
    assert drivers(rated(ratings), [theme("thm_a")], [ids(*own)]) == []


def test_sides_of_one_value_each_differ_without_an_interval():
    [found] = drivers(rated([1.0] * 6 + [5.0] * 8), [theme("thm_a")], [ids(*range(6))])

    assert (found.effect, found.low, found.high, found.significant) == (-4.0, None, None, True)
    assert 0 < found.p_value < 0.05


def test_one_side_of_one_value_has_an_interval():
    [found] = drivers(rated([1.0] * 6 + [5.0, 4.0] * 4), [theme("thm_a")], [ids(*range(6))])

    assert found.low < found.effect < found.high < 0


def test_scores_are_outcomes_beside_the_rating():
    records = [
        Record(id=f"r{i}", text="", kind="reviews", rating=float(i % 5), metadata={"NPS": str(i % 3), "csat": "good"})
        for i in range(20)
    ]

    assert outcomes(records).keys() == {"rating", "nps"}
    assert {driver.outcome for driver in drivers(records, [theme("a")], [ids(*range(10))])} == {"rating", "nps"}


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("9", 9.0), ("-3.5", -3.5), ("٩", 9.0), (" 7 ", 7.0), ("", None), ("nan", None), ("inf", None), ("1e308", None),
        (str(LARGEST * 2), None), ("1e-300", 0.0), ("good", None),
    ],
)  # fmt: skip
def test_a_score_is_a_number_of_its_size(value, read):
    found = outcomes([Record(id="r", text="", kind="reviews", metadata={"nps": value})])

    assert found.get("nps") == (None if read is None else {"r": read})


@given(
    st.lists(st.tuples(st.sampled_from(["0", "1", "5", "1e9", "-1e9", "0.000001", "x"]), st.booleans()), max_size=40)
)
def test_any_scores_give_finite_drivers(rows):
    records = [
        Record(id=f"r{i}", text="", kind="reviews", metadata={"nps": value}) for i, (value, _) in enumerate(rows)
    ]

    for found in drivers(records, [theme("a")], [ids(*(i for i, (_, is_in) in enumerate(rows) if is_in))]):
        assert np.isfinite([found.effect, found.p_value, found.mean_with, found.mean_without]).all()
        assert (found.low is None) == (found.high is None)
        assert found.low is None or found.low <= found.effect <= found.high


def test_fields_that_tell_records_apart_are_counted_and_those_that_name_each_are_not():
    records = [
        Record(
            id=f"r{i}", text="", kind="reviews", source="a.csv", channel=["app", "web"][i % 2],
            metadata={"plan": "PRO" if i < 4 else "free", "order": f"A{i}", **({"shop": "north"} if i else {})},
        )
        for i in range(8)
    ]  # fmt: skip

    found = splits(records)

    assert found.keys() == {"channel", "plan"}
    assert found["plan"] == {"PRO": ids(0, 1, 2, 3), "free": ids(4, 5, 6, 7)}
    assert splits(records, most_values=1) == splits([]) == {}


def test_a_theme_knows_its_records_whatever_their_ids():
    assert record_ids(replace(theme("a"), segment_ids=("rec_1:0-4", "rec_1:5-9", "a:b:0-3"))) == {"rec_1", "a:b"}
