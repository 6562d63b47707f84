"""Demand: people once, what they are worth once, and the order that follows."""

from dataclasses import replace

import pytest

from nlp_service.domain import Record
from nlp_service.themes.build import build_theme
from nlp_service.themes.demand import demands, rank_key
from nlp_service.themes.problems import find_problems
from tests.themes.test_findings import ROWS, VECTORS, reading, topic

KEY = b"a key of the tests"


def record(i, *, author=None, value=None, rating=None, channel=None, language_text="text"):
    metadata = {} if value is None else {"value": value}
    return Record(id=f"rec_{i}", text=language_text, kind="reviews", author=author, rating=rating, channel=channel,
                  metadata=metadata)  # fmt: skip


def demand_of(*records):
    by_id = {own.id: own for own in records}
    return demands([[reading(own) for own in records]], by_id, key=KEY)[0]


def test_a_person_who_asks_twice_counts_once_with_the_most_they_are_worth():
    found = demand_of(record(1, author="ann", value="100"), record(2, author="ann", value="1,250.5"), record(3))

    assert (found.n_people, found.n_records, found.value) == (2, 3, 1250.5)
    assert len(found.people) == 2
    assert not any("ann" in key for key in found.people)


@pytest.mark.parametrize("value", ["", "many", "-5", "nan", "inf", "1e999"])
def test_what_is_no_worth_counts_for_nothing(value):
    assert demand_of(record(1, value=value)).value is None


def test_channels_ratings_and_reasons_are_told():
    found = demand_of(record(1, rating=1, channel="chat"), record(2, rating=2, channel="chat"), record(3))

    assert found.channels == {"chat": 2}
    assert found.mean_rating == 1.5
    assert found.reasons == ("3 people", "rated 1.5 on average")


def test_more_people_come_first_then_more_worth():
    few, many = demand_of(record(1)), demand_of(record(1), record(2))
    rich = replace(few, value=10.0)

    assert sorted([few, rich, many], key=rank_key) == [many, rich, few]


def test_the_problems_of_a_theme_are_those_of_its_segments_that_report_one():
    readings = [reading(ROWS[0]), reading(ROWS[1]), reading(ROWS[2], act="praise", label="positive")]
    by_id = {own.id: own for own in ROWS}
    theme = build_theme(topic(readings), by_id, n_records=4)

    found = find_problems(readings, VECTORS[:3], by_id, [theme], key=KEY)

    assert [(problem.theme_id, problem.demand.n_people) for problem in found] == [(theme.id, 2)]
    assert find_problems([readings[2]], VECTORS[:1], by_id, [theme], key=KEY) == []
