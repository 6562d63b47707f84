"""What the sender says about a file wins: which column is what, and its encoding."""

import json

import pytest

from nlp_service.errors import InvalidRequest

CONTENT = "Review Body,Stars,Who,When\nIt is slow,2 of 5,ann,2026-01-02\nIt is quick,5 of 5,bo,2026-01-03\n"
MAPPING = {"text": "Review Body", "rating": "Stars", "author": "Who", "date": "When"}


def test_a_mapping_gives_every_role_its_column(read):
    contents = read("a.csv", CONTENT, mapping=MAPPING)

    assert dict(contents.columns) == MAPPING
    assert [(r.text, r.rating, r.author, r.occurred_at) for r in contents.records] == [
        ("It is slow", 2.0, "ann", "2026-01-02"),
        ("It is quick", 5.0, "bo", "2026-01-03"),
    ]


def test_a_mapping_wins_over_names_and_the_rest_is_found(read):
    content = "id,text,note,rating\n1,Short,The whole story is here,5\n"
    contents = read("a.csv", content, mapping={"text": "note"})

    assert contents.columns == {"text": "note", "rating": "rating", "id": "id"}
    assert contents.records[0].metadata == {"text": "Short"}


def test_a_header_is_found_whatever_its_case_and_marks(read):
    assert read("a.csv", CONTENT, mapping={"text": "review_body"}).columns["text"] == "Review Body"


@pytest.mark.parametrize(
    ("mapping", "message", "pointer"),
    [
        ({"text": "Body"}, "“Review Body”, “Stars”, “Who”, “When”", "/mapping/text"),
        ({"rating": "Points"}, "for the rating. The columns are “Review Body”", "/mapping/rating"),
        ({"words": "Stars"}, "map author, channel, date", None),
    ],
)
def test_a_column_or_role_that_there_is_not_is_refused_with_those_that_there_are(read, mapping, message, pointer):
    with pytest.raises(InvalidRequest, match=message) as caught:
        read("a.csv", CONTENT, mapping=mapping)
    assert [fault.pointer for fault in caught.value.faults] == ([pointer] if pointer else [])


def test_keys_of_json_are_mapped_by_their_dotted_name(read):
    items = [{"said": {"in": {"words": "It is slow"}}, "n": {"s": 4}}]
    contents = read("a.json", json.dumps(items), mapping={"text": "said.in.words", "rating": "n.s"})

    assert [(record.text, record.rating) for record in contents.records] == [("It is slow", 4.0)]


def test_a_stated_encoding_wins_and_is_told(read):
    content = "text\nÖdeme ekranı hep hata veriyor, şikayet ettim ama çözülmedi\n".encode("cp1254")

    assert read("a.csv", content).encoding == "cp1254"
    told = read("a.csv", content, encoding="latin-1")
    assert told.encoding == "iso8859-1" and "ekraný" in told.records[0].text


@pytest.mark.parametrize("name", ["nonsense", "rot13", "base64", "", "a\x00b"])
def test_an_encoding_that_there_is_not_is_refused(read, name):
    with pytest.raises(InvalidRequest, match="no encoding of that name"):
        read("a.csv", CONTENT, encoding=name)
