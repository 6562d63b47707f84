"""POST /v1/conversations/analyze: the shape of the reply, what is warned of, what is refused, and how fast it is."""

import time

import pytest

CALL = "/v1/conversations/analyze"
TURNS = [
    {"role": "customer", "text": "Hello!"},
    {"role": "customer", "text": "Third time I write: my refund is still not here 😠 and I have waited two weeks."},
    {"role": "agent", "text": "I am sorry. The refund has been approved and sent."},
    {"role": "customer", "text": "It has arrived. I am livid, I will never order from you again."},
]


def test_a_conversation_is_read_in_the_customers_view(client):
    reply = client.post(CALL, json={"id": "t1", "turns": TURNS, "language": "en"})
    found = reply.get_json()

    assert reply.status_code == 200
    assert found["id"] == "t1"
    assert {"repeat_contact", "wait"} <= set(found["experience"]["effort_cues"])
    assert found["experience"]["effort"] == "high"
    assert "anger" in found["experience"]["emotions"]
    assert "churn" in {cue["kind"] for cue in found["cues"]}
    assert [one["reason"] for one in found["apart"]] == ["greeting"]
    assert found["agent"]["n_turns"] == 1
    assert {cue["kind"] for cue in found["agent"]["outcome"]} == {"resolved"}
    assert {point["turn"] for point in found["path"]} <= {1, 3}
    assert found["model"]["name"] == "hashing"


def test_every_place_is_a_slice_of_its_turn(client):
    found = client.post(CALL, json={"turns": TURNS, "language": "en"}).get_json()

    (churn,) = [cue for cue in found["cues"] if cue["kind"] == "churn"]
    text = TURNS[churn["turn"]]["text"]
    assert text[churn["start"] : churn["end"]] == "I will never order from you again"


def test_offsets_may_count_utf16(client):
    def wait_start(unit):
        body = {"turns": TURNS, "language": "en", "offset_unit": unit}
        places = client.post(CALL, json=body).get_json()["experience"]["evidence"]["effort"]
        return next(place["start"] for place in places if place["kind"] == "wait")

    assert wait_start("utf16") == wait_start("codepoint") + 1


def test_documents_carry_experience_cues_and_quality(client):
    texts = ["Third time I call, I have waited three weeks. I'm switching to another bank.", "ok"]
    results = client.post("/v1/analyze", json={"documents": [{"text": text, "language": "en"} for text in texts]})
    first, second = results.get_json()["results"]

    assert set(first["experience"]["effort_cues"]) == {"repeat_contact", "wait"}
    assert "churn" in {cue["kind"] for cue in first["cues"]}
    assert texts[0][first["cues"][0]["start"] : first["cues"][0]["end"]] in texts[0]
    assert (first["quality"]["generic"], second["quality"]["generic"]) == (False, True)
    assert second["quality"]["flags"][0]["reason"]


def test_a_copied_document_names_the_one_before_it(client):
    text = "The courier left my parcel out in the rain."
    documents = [{"id": "a", "text": text}, {"id": "b", "text": text}]
    first, second = client.post("/v1/analyze", json={"documents": documents}).get_json()["results"]

    assert (first["quality"]["duplicate_of"], second["quality"]["duplicate_of"]) == (None, "a")


@pytest.mark.parametrize(
    ("turns", "words"),
    [
        ([{"text": "It is broken."}, {"text": "Let me see."}], "role of 2 of 2 turns is not known"),
        ([{"role": "customer", "text": "It is broken."}], "Only the customer's side"),
        ([{"role": "agent", "text": "Hello."}], "No turn is the customer's"),
        ([{"role": "customer", "text": "Broken."}, {"role": "customer", "text": " "}], "1 of 2 turns are empty"),
        (
            [
                {"role": "customer", "text": "Broken.", "at": "2026-01-02T10:00:00Z"},
                {"role": "agent", "text": "Sorry.", "at": "2026-01-02T09:00:00Z"},
            ],
            "Turn 1 has an earlier time",
        ),
    ],
)
def test_what_is_odd_is_warned_of(client, turns, words):
    reply = client.post(CALL, json={"turns": turns})

    assert reply.status_code == 200
    assert any(words in warning for warning in reply.get_json()["warnings"])


def test_roles_are_told_by_names_where_they_can_be(client):
    turns = [{"speaker": "Agent", "text": "Hello."}, {"speaker": "Mia", "text": "It is broken."}]

    found = client.post(CALL, json={"turns": turns}).get_json()

    assert [turn["role"] for turn in found["turns"]] == ["agent", "customer"]


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({}, 400, "/turns"),
        ({"turns": []}, 400, "/turns"),
        ({"turns": [{"role": "customer", "text": "  "}]}, 400, "/turns"),
        ({"turns": [{"role": "king", "text": "Hello"}]}, 400, "/turns/0/role"),
        ({"turns": [{"text": "Hello", "at": "yesterday"}]}, 400, "/turns/0/at"),
        ({"turns": [{"role": "customer"}]}, 400, "/turns/0/text"),
        ({"turns": [{"text": "Hello"}], "language": "xx"}, 400, "/language"),
        ({"turns": [{"text": "Hello"}], "mood": "good"}, 400, "/mood"),
        ({"turns": [{"text": "x" * 50_001}]}, 413, "/turns/0/text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(client, body, status, pointer):
    reply = client.post(CALL, json=body)

    assert reply.status_code == status
    assert [fault["pointer"] for fault in reply.get_json()["errors"]] == [pointer]


def test_two_hundred_turns_are_fast(client):
    turns = [
        {"role": ("customer", "agent")[i % 2], "text": f"I have waited {i} days for parcel {i}, it is still not here."}
        for i in range(200)
    ]
    client.post(CALL, json={"turns": turns[:2], "language": "en"})
    began = time.perf_counter()

    reply = client.post(CALL, json={"turns": turns, "language": "en"})

    assert reply.status_code == 200
    assert len(reply.get_json()["path"]) == 100
    assert time.perf_counter() - began < 5


def test_the_call_is_documented(client):
    paths = client.get("/v1/openapi.json").get_json()["paths"]

    assert "turns" in str(paths[CALL]["post"]) or "ConversationRequest" in str(paths[CALL]["post"])
