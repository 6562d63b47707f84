"""JSON conversations become records with turns."""

import json

import pytest

SAID = [("customer", "It leaks."), ("agent", "We are sorry.")]
CHAT = {"id": "c1", "turns": [{"speaker": role, "text": text} for role, text in SAID]}


def said(contents):
    record = contents.records[0]
    return [(turn.role, record.text[turn.start : turn.end]) for turn in record.turns]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(CHAT),
        json.dumps([CHAT]),
        json.dumps({"conversations": [CHAT]}),
        json.dumps(CHAT) + "\n" + json.dumps({**CHAT, "id": "c2"}),
        json.dumps({"id": "c1", "messages": [{"role": role, "content": text} for role, text in SAID]}),
        json.dumps(
            {"id": "c1", "messages": [{"role": "system", "content": "Be kind"}, *CHAT["turns"], {"role": "agent"}]}
        ),
    ],
)
def test_turns_of_a_conversation_are_read(read, content):
    contents = read("a.json", content)

    assert said(contents) == SAID
    assert contents.kind == "chats"
    assert contents.records[0].external_id == "c1"


def test_times_of_messages_count_from_the_first(read):
    turns = [{"from": "Ann", "body": "a", "created_at": f"2024-01-01T10:0{k}:00Z"} for k in range(2)]

    record = read("a.json", json.dumps([{"messages": turns}])).records[0]
    assert [turn.starts_at_s for turn in record.turns] == [0.0, 60.0]
    assert (record.occurred_at, record.external_id) == ("2024-01-01T10:00:00Z", None)


def test_an_interview_is_told_by_its_roles(read):
    turns = [{"speaker": "Interviewer", "text": "Why?"}, {"speaker": "Ann", "text": "It was late."}]

    contents = read("a.json", json.dumps({"turns": turns}))
    assert contents.kind == "interviews"
    assert contents.speakers == {"Interviewer": "interviewer", "Ann": "participant"}


def test_a_list_of_plain_messages_is_no_conversation(read):
    contents = read("a.json", json.dumps([{"id": 1, "text": "Good", "messages": ["a", "b"]}]))
    assert (contents.kind, contents.records[0].text) == ("reviews", "Good")


def test_labels_and_plain_values_are_metadata_and_lists_are_not(read):
    item = {
        **CHAT,
        "brand": "shop",
        "language": "tr-TR",
        "labels": {"solved": True, "satisfaction": 2.5, "scores": [1, 2], "x": None},
    }

    record = read("a.json", json.dumps(item)).records[0]
    assert record.metadata == {"brand": "shop", "language": "tr-TR", "solved": "true", "satisfaction": "2.5"}
    assert (record.external_id, record.language) == ("c1", "tr")


def test_a_role_beside_a_name_is_the_role_of_the_name(read):
    turns = [
        {"speaker": "Ann", "role": "agent", "text": "Hello"},
        {"speaker": "Support Fan", "role": "customer", "text": "It broke"},
        {"speaker": "Rule", "role": "system", "text": "Closed"},
    ]

    contents = read("a.jsonl", json.dumps({"id": 1, "turns": turns}))
    assert contents.speakers == {"Ann": "agent", "Support Fan": "customer"}
    assert contents.skipped == {"no_speech": 1}
