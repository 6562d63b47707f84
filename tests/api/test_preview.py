"""A preview says what is understood of a file and stores nothing; a mapping corrects it."""

import io
import json

import pytest

from nlp_service.api import uploads as api_uploads
from nlp_service.jobs import intake

CONTENT = "Body,Points,Who\nIt is far too slow for me,2,ann\nIt is quick and good,5,bo\n"


def send(client, project_id, content, *, query="", filename="a.csv", **fields):
    data = {"file": (io.BytesIO(content.encode() if isinstance(content, str) else content), filename), **fields}
    return client.post(f"/v1/projects/{project_id}/records{query}", data=data)


def n_records(client, project_id):
    job = client.post(f"/v1/projects/{project_id}/runs", json={}).get_json()
    done = client.get(f"/v1/jobs/{job['id']}").get_json()
    return 0 if done["state"] == "failed" else client.get(done["result_url"]).get_json()["summary"]["n_records"]


@pytest.mark.parametrize(("query", "fields"), [("?preview=1", {}), ("?preview=true", {}), ("", {"preview": "1"})])
def test_a_preview_tells_what_is_understood_and_stores_nothing(client, project_id, query, fields):
    reply = send(client, project_id, CONTENT, query=query, **fields)

    assert reply.status_code == 200
    found = reply.get_json()
    assert (found["format"], found["encoding"], found["kind"], found["n_records"]) == ("csv", "utf-8", "reviews", 2)
    assert found["columns"] == {"text": "Body"} and found["speakers"] == {} and found["skipped"] == {}
    assert [record["text"] for record in found["records"]] == ["It is far too slow for me", "It is quick and good"]
    assert found["records"][0]["metadata"] == {"Points": "2", "Who": "ann"}
    assert n_records(client, project_id) == 0


def test_a_preview_shows_five_records_and_the_first_turns(client, project_id):
    talk = "[00:00:01] Ann: Hello\n[00:00:02] Bob: Hi\n" * 4
    assert (
        len(send(client, project_id, talk, query="?preview=1", filename="a.txt").get_json()["records"][0]["turns"]) == 3
    )
    rows = "text\n" + "".join(f"Word number {k}\n" for k in range(9))
    found = send(client, project_id, rows, query="?preview=1").get_json()
    assert (len(found["records"]), found["n_records"]) == (5, 9)


def test_json_is_previewed_as_well(client, project_id):
    reply = client.post(f"/v1/projects/{project_id}/records?preview=1", json=[{"text": "Good"}])

    assert (reply.status_code, reply.get_json()["format"]) == (200, "json")


def test_a_mapping_corrects_what_was_understood(client, project_id):
    mapping = json.dumps({"text": "Body", "rating": "Points", "author": "Who"})
    found = send(client, project_id, CONTENT, query="?preview=1", mapping=mapping).get_json()

    assert found["columns"] == {"text": "Body", "rating": "Points", "author": "Who"}
    assert found["records"][0]["rating"] == 2.0
    stored = send(client, project_id, CONTENT, mapping=mapping).get_json()
    assert client.get(f"/v1/jobs/{stored['id']}").get_json()["outcome"]["columns"] == found["columns"]


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"mapping": '{"rating": "Stars"}'}, 400, "“Body”, “Points”, “Who”"),
        ({"mapping": '{"words": "Body"}'}, 400, ""),
        ({"mapping": "[1]"}, 400, ""),
        ({"mapping": "{" * 5_000}, 400, "JSON object"),
        ({"encoding": "nonsense"}, 400, "no encoding of that name"),
        ({"text_column": "Stars"}, 400, "“Body”, “Points”, “Who”"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused(client, project_id, fields, status, words):
    reply = send(client, project_id, CONTENT, query="?preview=1", **fields)

    assert (reply.status_code, reply.get_json()["code"]) == (status, "invalid_request")
    assert words in reply.get_json()["detail"]


def test_an_encoding_can_be_stated(client, project_id):
    content = "text\nÖdeme ekranı hep bozuk\n".encode("cp1254")
    found = send(client, project_id, content, query="?preview=1", encoding="cp1252").get_json()

    assert found["encoding"] == "cp1252" and "ekraný" in found["records"][0]["text"]


def test_of_a_large_table_the_beginning_is_shown_and_all_is_stored(client, project_id, monkeypatch):
    monkeypatch.setattr(api_uploads, "STREAM_FROM_BYTES", 1)
    monkeypatch.setattr(intake, "STREAM_FROM_BYTES", 1)
    rows = "text,id\n" + "".join(f"Word number {k},{k}\n" for k in range(1_200))

    found = send(client, project_id, rows, query="?preview=1").get_json()
    assert (found["n_records"], len(found["records"])) == (None, 5)
    assert any("first rows" in warning for warning in found["warnings"])
    job = client.get(f"/v1/jobs/{send(client, project_id, rows).get_json()['id']}").get_json()
    assert (job["state"], job["outcome"]["n_new"]) == ("done", 1_200)


def test_ids_of_two_files_do_not_meet(client, project_id):
    outcomes = []
    for name in ("may.csv", "june.csv", "may.csv"):
        job = send(client, project_id, f"id,text\n1,Words of {name}\n", filename=name).get_json()
        outcomes.append(client.get(f"/v1/jobs/{job['id']}").get_json()["outcome"])

    assert [(one["n_new"], one["n_unchanged"]) for one in outcomes] == [(1, 0), (1, 0), (0, 1)]
