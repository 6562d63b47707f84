"""JSON of many shapes becomes records; broken JSON is refused whole, with its place."""

import json

import pytest

from nlp_service.errors import UnreadableFile

ITEMS = [{"id": "1", "text": "Great app", "rating": 5}, {"id": "2", "text": "Too slow", "rating": 2.0}]


def found(contents):
    return [(record.external_id, record.text, record.rating) for record in contents.records]


@pytest.mark.parametrize(
    "value",
    [
        ITEMS,
        {"records": ITEMS},
        {"reviews": ITEMS, "next": None},
        {"data": ITEMS},
        {"status": "ok", "things": ITEMS},
        {"data": {"reviews": ITEMS}},
        {"feed": {"entry": [{"id": {"label": item["id"]}, "content": {"label": item["text"]},
                             "im:rating": {"label": item["rating"]}} for item in ITEMS]}},
        [{"id": item["id"], "review": {"body": item["text"]}, "star_rating": str(item["rating"])} for item in ITEMS],
        [{"attributes": {"body": item["text"], "rating": item["rating"]}, "id": item["id"]} for item in ITEMS],
    ],
)  # fmt: skip
def test_the_same_records_come_out_of_every_envelope(read, value):
    assert found(read("a.json", json.dumps(value))) == [("1", "Great app", 5.0), ("2", "Too slow", 2.0)]


def test_json_lines_are_read_and_blank_lines_passed(read):
    contents = read("a.jsonl", "\n".join(json.dumps(item) for item in ITEMS) + "\n\n")

    assert found(contents) == [("1", "Great app", 5.0), ("2", "Too slow", 2.0)]
    assert contents.format == "jsonl"


def test_one_object_is_one_record(read):
    assert found(read("a.json", '{"text": "Great app"}')) == [(None, "Great app", None)]


def test_a_list_of_strings_is_a_list_of_texts(read):
    assert found(read("a.json", '["Great app", "Too slow"]')) == [(None, "Great app", None), (None, "Too slow", None)]


def test_json_is_told_by_its_bytes(read):
    assert read("upload", json.dumps(ITEMS)).format == "json"


def test_unknown_keys_become_metadata_without_their_envelope(read):
    record = read("a.json", '[{"text": "Good", "metadata": {"plan": "free"}, "tags": ["a", "b"], "on": true}]').records[
        0
    ]

    assert record.metadata == {"plan": "free", "tags": "a, b", "on": "true"}


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('[{"text": "a"},\n {"text" "b"}]', "line 2, column 10"),
        ('[{"text": "a"}', "line 1"),
    ],
)
def test_broken_json_is_refused_with_line_and_column(read, content, place):
    with pytest.raises(UnreadableFile, match=place):
        read("a.jsonl", content)


@pytest.mark.parametrize(
    ("content", "said", "n_bad", "lines"),
    [
        ('{"text": "a"}\n{"text": "b"\n{"text": "c"}', ["a", "c"], 1, "line 2"),
        ('{"text": "a"}\n\n{"text": b}\n', ["a"], 1, "line 3"),
        ('oops\n{"text": "a"}\n{"text": "b"}\n]]\n', ["a", "b"], 2, "lines 1, 4"),
    ],
)
def test_a_line_that_is_no_json_is_told_and_costs_no_other(read, content, said, n_bad, lines):
    contents = read("a.jsonl", content)

    assert [record.text for record in contents.records] == said
    assert contents.skipped == {"bad_row": n_bad}
    assert any(f"{lines})" in warning for warning in contents.warnings)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[{"x": 1, "y": 2}]', "“x”, “y”"),
        ('{"x": 1, "y": {"z": 2}}', "“x”, “y”"),
        ("[]", "No records"),
        ("{}", "No records"),
        ("[1, 2]", "No records"),
        ("[{}]", "empty"),
        ("[" * 100_000 + "]" * 100_000, "deep"),
        ('[{"text": ' + "1" * 5000 + "}]", "too long"),
    ],
)
def test_json_without_texts_is_refused_with_its_keys(read, content, message):
    with pytest.raises(UnreadableFile, match=message):
        read("a.json", content)


@pytest.mark.parametrize(
    "properties",
    [
        {"date": "2024-02-10T16:34:12Z", "five_star_rating_published": 5, "review_text_published": "Good",
         "location": {"name": "Cafe"}, "questions": [{"question": "Food", "rating": 5}]},
        {"Published": "2024-02-10T16:34:12Z", "Star Rating": 5, "Review Comment": "Good",
         "Location": {"Business Name": "Cafe"}},
    ],
)  # fmt: skip
def test_both_generations_of_takeout_are_read(read, properties):
    empty = {"type": "Feature", "properties": {**properties}}
    empty["properties"].pop("review_text_published", None)
    empty["properties"].pop("Review Comment", None)
    features = [{"type": "Feature", "geometry": {"coordinates": [1, 2]}, "properties": properties}, empty]

    contents = read("Reviews.json", json.dumps({"type": "FeatureCollection", "features": features}))

    record = contents.records[0]
    assert (record.text, record.rating, record.occurred_at, record.author) == (
        "Good",
        5.0,
        "2024-02-10T16:34:12Z",
        "owner of Reviews.json",
    )
    assert any("owner of the account wrote" in warning for warning in contents.warnings)
    assert "Cafe" in record.metadata.values()
    assert contents.skipped == {"no_text": 1}


def test_telegram_chats_are_conversations(read):
    messages = [
        {"type": "service", "from": "Ann", "date": "2024-01-01T10:00:00", "text": "joined"},
        {"type": "message", "from": "Ann", "date_unixtime": "1544006350", "text": ["see ", {"type": "link", "text": "https://a.b"}]},
        {"type": "message", "from": None, "from_id": "user7", "date_unixtime": "1544006410", "text": "thanks"},
        {"type": "message", "from": "Ann", "date_unixtime": "1544006420", "text": "", "photo": "x.jpg"},
        {"type": "message", "from": "Ann", "date_unixtime": "1544006430", "text": "not mine", "forwarded_from": "Bob"},
    ]  # fmt: skip

    contents = read("result.json", json.dumps({"name": "Team", "id": 5, "messages": messages}))

    record = contents.records[0]
    assert contents.kind == record.kind == "chats"
    assert [(t.speaker, t.starts_at_s, record.text[t.start : t.end]) for t in record.turns] == [
        ("Ann", 0.0, "see https://a.b"),
        ("user7", 60.0, "thanks"),
    ]
    assert contents.skipped == {"service_message": 1, "media": 1, "forwarded": 1}
    assert record.occurred_at == "2018-12-05T10:39:10Z"


def test_chats_of_an_account_without_ids_have_no_external_ids(read):
    chat = {"messages": [{"type": "message", "from": "Ann", "date": "2024-01-01T10:00:00", "text": "hi"}]}

    contents = read("result.json", json.dumps({"chats": {"list": [chat, chat, {"messages": []}]}}))

    assert [record.external_id for record in contents.records] == [None, None]
    assert len({record.id for record in contents.records}) == 2
