from dataclasses import replace

import numpy as np
import pytest

from nlp_service.domain import FeatureRequest
from nlp_service.inference.engine import unit
from nlp_service.themes.people import seen_between
from nlp_service.themes.requests import Asked, build_requests, gather
from tests.themes.test_findings import ROWS, reading

KEY = b"a key of the tests"


def asking(record, *, polarity="add", form="question"):
    end = len(record.text)
    wanted = FeatureRequest(
        start=0, end=end, wording=record.text, form=form, polarity=polarity, confidence=0.9
    )  # fmt: skip
    return replace(reading(record, act="feature_request"), request=wanted)


def asked(readings, vectors, leaning=None, want_ids=()):
    if leaning is None:
        leaning = np.zeros((len(vectors), len(want_ids)), np.float32)
    return Asked(readings=readings, vectors=np.array(vectors, np.float32), leaning=leaning, want_ids=want_ids)


def test_a_request_counts_askers_and_says_when_it_was_seen():
    by_id = {record.id: record for record in ROWS}
    found = build_requests(asked([asking(r) for r in ROWS], [[1, 0, 0]] * len(ROWS)), by_id, [], key=KEY)

    assert len(found) == 1
    assert (found[0].demand.n_people, found[0].demand.n_records) == (3, 4)
    assert (found[0].demand.first_seen, found[0].demand.last_seen) == ("2026-07-01", "2026-08-01")
    assert found[0].forms == {"question": 4}
    assert found[0].theme_id is None
    assert seen_between([]) == (None, None)


@pytest.mark.parametrize("n", [0, 1])
def test_few_requests_are_gathered_without_complaint(n):
    assert gather(asked([asking(r) for r in ROWS[:n]], np.zeros((n, 3)))).tolist() == [0] * n


def test_near_wordings_are_one_request_and_far_ones_are_not():
    rows = unit(np.array([[1, 0, 0], [0.95, 0.05, 0], [0, 1, 0]], np.float32))
    labels = gather(asked([asking(r) for r in ROWS[:3]], rows))

    assert labels[0] == labels[1] != labels[2]


def test_what_is_to_come_and_what_is_to_go_are_apart():
    rows = unit(np.array([[1, 0], [0.95, 0.3]], np.float32))
    same = gather(asked([asking(ROWS[0]), asking(ROWS[1])], rows))
    opposed = gather(asked([asking(ROWS[0]), asking(ROWS[1], polarity="remove")], rows))

    assert same[0] == same[1]
    assert opposed[0] != opposed[1]


def test_a_known_want_names_a_request():
    leaning = np.array([[0.9, 0.1]] * 2, np.float32)
    by_id = {record.id: record for record in ROWS}
    found = build_requests(
        asked([asking(r) for r in ROWS[:2]], [[1, 0]] * 2, leaning, ("dark_mode", "widget")), by_id, [], key=KEY
    )  # fmt: skip

    assert (found[0].known_want, found[0].want) == ("dark_mode", "dark mode")


def test_a_stray_removal_does_not_part_a_request():
    rows = unit(np.array([[1, 0], [0.99, 0.1], [0.98, 0.1]], np.float32))
    found = gather(asked([asking(ROWS[0]), asking(ROWS[1]), asking(ROWS[2], polarity="remove")], rows))

    assert len(set(found.tolist())) == 1
