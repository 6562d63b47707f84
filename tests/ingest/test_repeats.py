"""The same thing sent twice: by its id, then by its words, author and time; marked, and never lost."""

import pytest

from nlp_service.identity import is_unique, qualified, source_of

LONG = "The parcel came a week late and the box was open on one side"


def marks(contents):
    order = {record.id: place for place, record in enumerate(contents.records)}
    return [order.get(record.metadata.get("duplicate_of")) for record in contents.records]


@pytest.mark.parametrize(
    ("header", "rows", "expected"),
    [
        ("id,text", ["1,Good", "1,Good", "2,Good"], [None, 0, None]),
        ("id,text,author,date", ["1,Good,ann,2026-01-02 10:00", "2,Good,ann,2026-01-02 10:00"], [None, 0]),
        ("id,text,author,date", [f"1,{LONG},ann,2026-01-02", f"2,{LONG},ann,2026-01-02"], [None, 0]),
        ("id,text,author,date", ["1,Good,ann,2026-01-02", "2,Good,ann,2026-01-02"], [None, None]),
        ("id,text,author,date", [f"1,{LONG},ann,2026-01-02", f"2,{LONG},bo,2026-01-02"], [None, None]),
        ("id,text,author,date", [f"1,{LONG},ann,2026-01-02", f"2,{LONG},ann,2026-01-03"], [None, None]),
        ("id,text", [f"1,{LONG}", f"2,{LONG}"], [None, None]),
        ("text,author", [f"{LONG},ann", f"{LONG},ann", f"{LONG},bo"], [None, 0, None]),
        ("text,rating", [f"{LONG},5", f"{LONG},5"], [None, None]),
    ],
)
def test_what_repeats_what(read, header, rows, expected):
    contents = read("a.csv", "\n".join([header, *rows]))

    assert marks(contents) == expected
    assert len({record.id for record in contents.records}) == len(rows)
    n_marked = sum(place is not None for place in expected)
    assert any(f": {n_marked}." in warning for warning in contents.warnings) == bool(n_marked)


def test_an_older_version_that_comes_after_the_newer_is_counted(read):
    header = "review id,text,create time,update time\n"
    new, old = "1,It is good now,2026-01-02T10:00,2026-02-02T10:00\n", "1,It is bad,2026-01-02T10:00,2026-01-02T10:00\n"
    for content in (header + new + old, header + old + new):
        contents = read("a.csv", content)

        assert [record.text for record in contents.records] == ["It is good now"]
        assert contents.skipped == {"superseded": 1}


@pytest.mark.parametrize(
    ("filename", "source"),
    [
        ("Reviews.csv", "reviews"), ("reviews (1).CSV", "reviews"), ("reviews.xlsx", "reviews"),
        ("reviews.jsonl.gz", "reviews"), ("reviews - Copy.csv", "reviews"), ("reviews_202601.csv", "reviews_202601"),
        ("reviews_202602.csv", "reviews_202602"), ("records.jsonl", "records"), ("", "records"), (".csv", ".csv"),
    ],
)  # fmt: skip
def test_a_source_is_a_file_name_without_what_downloads_add(filename, source):
    assert source_of(filename) == source


@pytest.mark.parametrize(
    ("external_id", "expected"),
    [
        ("gp:AOqpTOHlmn0k", True), ("R_2YPOQ602ER1jkf1", True), ("068127e3d5e9ca5f5fac8e04fa692a9e", True),
        ("9f0c1ce2-6f0e-4dfd-9a3b-0b8f2c8a1f11", True), ("42", False), ("T-1007", False), ("7000000000", False),
        ("12345678901234567890", False), ("a customer of ours 7", False), ("", False),
    ],
)  # fmt: skip
def test_an_id_is_unique_by_itself_when_nobody_counts_like_that(external_id, expected):
    assert is_unique(external_id) is expected


def test_a_short_id_belongs_to_its_source_and_the_ids_of_json_to_the_sender():
    assert qualified("42", "May.csv") == "may:42"
    assert qualified("42", "records.json") == "42"
    assert qualified("R_2YPOQ602ER1jkf1", "May.csv") == "R_2YPOQ602ER1jkf1"
