"""Ratings, languages, dates and answers in cells."""

import pytest

from nlp_service.ingest.cells import ascii_digits, is_no_answer, language_of, rating_of
from nlp_service.ingest.dates import decide_order, parse_date, seconds_between


@pytest.mark.parametrize(
    ("cell", "rating"),
    [
        ("4", 4.0), ("4,5", 4.5), ("4.0", 4.0), ("8/10", 8.0), ("4 out of 5", 4.0), ("۴", 4.0), ("٤٫٥", 4.5),
        ("0", 0.0),
        ("★★★☆☆", 3.0), ("⭐⭐⭐⭐", 4.0), ("FIVE", 5.0), ("5 stars", 5.0), ("۵ ستاره", 5.0), ("3 yıldız", 3.0),
        ("-1", -1.0),
        ("", None), ("good", None), ("4 good things", None), ("5.3.2", None), ("2024-01-02", None), ("1e9", None),
        ("☆☆☆☆☆", None), ("nan", None), ("inf", None),
    ],
)  # fmt: skip
def test_a_rating_is_read_on_its_own_scale(cell, rating):
    assert rating_of(cell) == rating


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("en", "en"), ("en-US", "en"), ("pt_BR", "pt"), ("FA", "fa"), ("iw", "he"), ("Turkish", "tr"), ("فارسی", "fa"),
        ("", None), ("auto", None), ("unknown", None), ("12", None), ("english language", None),
    ],
)  # fmt: skip
def test_a_language_claim_becomes_a_code(cell, code):
    assert language_of(cell) == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n/a", True),
        ("-", True),
        ("YOK", True),
        ("ندارم", True),
        ("لا يوجد", True),
        ("none of it works", False),
        ("no", False),
    ],
)
def test_no_answer_is_only_a_whole_answer(text, expected):
    assert is_no_answer(text) is expected


def test_digits_of_every_script_become_ascii_and_keep_their_places():
    assert ascii_digits("۱۲٣४٫٥ abc") == "1234.5 abc"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2024-02-10T16:34:12.356293Z", "2024-02-10T16:34:12Z"),
        ("2024-02-10 16:34", "2024-02-10T16:34:00"),
        ("2024-02-10", "2024-02-10"),
        ("2024/12/10, 14:30", "2024-12-10T14:30:00"),
        ("2024-02-10T16:34:12+0330", "2024-02-10T16:34:12+03:30"),
        ("1519862414744", "2018-03-01T00:00:14.744Z"),
        ("1544006350", "2018-12-05T10:39:10Z"),
        ("10.12.2024, 14:30", "2024-12-10T14:30:00"),
        ("13/01/2024", "2024-01-13"),
        ("01/13/2024 8:05 PM", "2024-01-13T20:05:00"),
        ("12/12/2024", "2024-12-12"),
        ("١٢/١٢/٢٠٢٤، ١٠:٣٠ م", "2024-12-12T22:30:00"),
        ("۱۴۰۳/۰۱/۰۱", "2024-03-20"),
        ("1399/12/30", "2021-03-20"),
        ("1402-12-29", "2024-03-19"),
        ("1405/05/12 10:30", "2026-08-03T10:30:00"),
        ("5 May 2021", "2021-05-05"),
        ("May 5, 2021 10:00", "2021-05-05T10:00:00"),
        ("13.6.2018 klo 21.25.15", "2018-06-13T21:25:15"),
        ("2024-12-10 12:15 a.m.", "2024-12-10T00:15:00"),
        ("03/04/2024", None),
        ("2024-13-45", None),
        ("31.02.2024", None),
        ("1400/12/30", None),
        ("0900-01-01", None),
        ("5.3.2", None),
        ("yesterday", None),
        ("", None),
        ("2024-02-10T25:00", None),
        ("2024-02-10T10:00:00+99:99", None),
    ],
)
def test_a_date_is_read_where_it_is_certain(raw, expected):
    assert parse_date(raw) == expected


@pytest.mark.parametrize(
    ("raws", "order"),
    [
        (["03/04/2024", "25/04/2024"], "day_first"),
        (["03/04/2024", "04/25/2024"], "month_first"),
        (["03.04.2024"], "day_first"),
        (["01/05/2024", "02/05/2024", "01/06/2024"], "day_first"),
        (["05/01/2024", "05/02/2024", "06/01/2024"], "month_first"),
        (["03/04/2024"], None),
        (["25/04/2024", "04/25/2024"], None),
        (["2024-01-02"], None),
        ([], None),
    ],
)
def test_the_order_of_day_and_month_is_decided_by_all_dates(raws, order):
    assert decide_order(raws) == order


def test_seconds_between_needs_two_times_of_one_kind():
    assert seconds_between("2024-01-01T10:00:00", "2024-01-01T10:01:30") == 90
    assert seconds_between("2024-01-01T10:00:00Z", "2024-01-01T10:01:30") is None
    assert seconds_between("2024-01-01", "2024-01-01T10:01:30") is None
    assert seconds_between(None, "2024-01-01T10:01:30") is None
