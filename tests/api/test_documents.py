"""The per-ticket calls: order and ids kept, one bad document failing alone, offsets that are slices."""

from flask.testing import FlaskClient


def post(client: FlaskClient, body: dict, *, call: str = "sentiment"):
    return client.post(f"/v1/{call}", json=body)


def test_results_keep_the_order_and_the_ids(client: FlaskClient):
    documents = [{"id": "b", "text": "Good."}, {"text": "Bad."}, {"id": "a", "text": "برنامه خوب است"}]

    reply = post(client, {"documents": documents})

    assert reply.status_code == 200
    assert [row["id"] for row in reply.get_json()["results"]] == ["b", "1", "a"]
    assert reply.get_json()["errors"] == []
    assert reply.get_json()["model"]["name"] == "hashing"
    assert reply.get_json()["request_id"] == reply.headers["X-Request-Id"]


def test_one_text_is_enough(client: FlaskClient):
    reply = post(client, {"text": "Good."})

    assert reply.status_code == 200
    assert set(reply.get_json()["results"][0]) >= {"id", "language", "sentiment", "read", "warnings"}


def test_bad_documents_fail_alone(client: FlaskClient, settings):
    documents = [
        {"id": "empty", "text": " \n"},
        {"id": "long", "text": "x" * (settings.max_characters + 1)},
        {"id": "klingon", "text": "nuqneH", "language": "tlh"},
        {"id": "fine", "text": "Works."},
    ]

    reply = post(client, {"documents": documents})

    assert reply.status_code == 200
    assert [row["id"] for row in reply.get_json()["results"]] == ["fine"]
    assert [(row["id"], row["code"], row["pointer"]) for row in reply.get_json()["errors"]] == [
        ("empty", "invalid_request", "/documents/0/text"),
        ("long", "text_too_long", "/documents/1/text"),
        ("klingon", "unsupported_language", "/documents/2/language"),
    ]


def test_a_text_at_the_limit_is_read_whole(client: FlaskClient, settings):
    reply = post(client, {"text": ("word " * settings.max_characters)[: settings.max_characters]})

    assert reply.status_code == 200
    assert reply.get_json()["results"][0]["read"] == {"characters": settings.max_characters, "truncated": False}


def test_when_every_document_fails_the_reply_is_a_problem(client: FlaskClient, settings):
    empty = post(client, {"documents": [{"text": ""}, {"text": "x", "language": "tlh"}]})
    long = post(client, {"text": "x" * (settings.max_characters + 1)})

    assert (empty.status_code, empty.get_json()["code"]) == (400, "invalid_request")
    assert [fault["pointer"] for fault in empty.get_json()["errors"]] == ["/documents/0/text", "/documents/1/language"]
    assert (long.status_code, long.get_json()["code"]) == (413, "text_too_long")
    assert long.get_json()["errors"][0]["pointer"] == "/text"


def test_more_documents_than_allowed_are_refused(client: FlaskClient):
    reply = post(client, {"documents": [{"text": "x"}] * 101})

    assert (reply.status_code, reply.get_json()["code"]) == (413, "batch_too_large")
    assert reply.get_json()["errors"][0]["pointer"] == "/documents"


def test_a_forced_language_is_kept(client: FlaskClient):
    reply = post(client, {"documents": [{"text": "ok", "language": "tr-TR"}, {"text": "ok"}], "language": "fa"})

    assert [row["language"]["code"] for row in reply.get_json()["results"]] == ["tr", "fa"]


def test_segments_are_slices_in_both_units(client: FlaskClient):
    text = "I love it 😍😍. But please add a dark mode! 😡 It crashes."
    points = post(client, {"text": text}, call="analyze").get_json()["results"][0]["segments"]
    units = post(client, {"text": text, "offset_unit": "utf16"}, call="analyze").get_json()["results"][0]["segments"]
    encoded = text.encode("utf-16-le")

    assert len(points) == len(units) > 1
    for point, unit in zip(points, units, strict=True):
        slice_of_units = encoded[unit["start"] * 2 : unit["end"] * 2].decode("utf-16-le")
        assert slice_of_units == text[point["start"] : point["end"]]


def test_sentiment_leaves_out_the_other_tasks(client: FlaskClient):
    assert "segments" not in post(client, {"text": "Good."}).get_json()["results"][0]


def test_emoji_only_text_is_read(client: FlaskClient):
    assert post(client, {"text": "😀👍"}).status_code == 200
