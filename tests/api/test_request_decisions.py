"""What people decide about requests, from one run to the next, and the file for issue trackers."""

import csv
import io

import pytest
from flask.testing import FlaskClient

import nlp_service.analysis.requests as detection
from nlp_service.analysis.cues import KINDS
from nlp_service.analysis.requests import ASKING, Rule


@pytest.fixture(autouse=True)
def cues_decide(monkeypatch):
    """The weightless engine knows no acts: the cues alone tell requests here."""
    rule = Rule(shifts={**dict.fromkeys(ASKING, 30.0), **dict.fromkeys(set(KINDS) - ASKING, -60.0)}, bias=-10.0)
    monkeypatch.setattr(detection, "load_rule", lambda: rule)


def requests_of(client: FlaskClient, run_id: str, **query: str) -> list[dict]:
    return client.get(f"/v1/runs/{run_id}/requests", query_string=query).get_json()["data"]


def again(client: FlaskClient, project_id: str) -> str:
    job = client.post(f"/v1/projects/{project_id}/runs", json={}).get_json()
    return client.get(f"/v1/jobs/{job['id']}").get_json()["result_url"].rsplit("/", 1)[1]


def test_a_status_is_set_at_once_and_survives_the_next_run(client: FlaskClient, project_id, run_id):
    found = requests_of(client, run_id)
    assert found
    assert {request["status"] for request in found} == {"open"}

    reply = client.patch(f"/v1/requests/{found[0]['id']}", json={"status": "planned", "note": "In May."})
    client.patch(f"/v1/requests/{found[0]['id']}", json={"status": "shipped"})

    assert reply.status_code == 200, reply.get_json()
    assert (reply.get_json()["status"], reply.get_json()["tell"]) == ("planned", found[0]["tell"])
    for run in (run_id, again(client, project_id), again(client, project_id)):
        shipped = requests_of(client, run, status="shipped")
        assert [request["id"] for request in shipped] == [found[0]["id"]]
        changes = [(change["status"], change["note"]) for change in shipped[0]["status_history"]]
        assert changes == [("planned", "In May."), ("shipped", "")]


def test_a_run_over_more_records_keeps_the_ids_of_requests(client: FlaskClient, project_id, run_id):
    more = [{"text": f"Please add a dark mode to the app, user {n}.", "author": f"q{n}"} for n in range(3)]
    job = client.post(f"/v1/projects/{project_id}/batches", json=more).get_json()
    later = client.get(f"/v1/jobs/{job['id']}").get_json()["result_url"].rsplit("/", 1)[1]

    before = {request["id"] for request in requests_of(client, run_id)}
    assert before & {request["id"] for request in requests_of(client, later)}


@pytest.mark.parametrize(
    ("address", "body", "status"),
    [
        ("/v1/requests/req_unknown", {"status": "planned"}, 404),
        ("/v1/requests/req_unknown", {"status": "someday"}, 400),
        ("/v1/requests/req_unknown", {"status": "planned", "run_id": "run_unknown"}, 404),
        ("/v1/requests/req_unknown", {}, 400),
        ("/v1/requests/req_unknown", {"status": "planned", "reason": "x"}, 400),
    ],
)
def test_what_cannot_be_decided_is_refused(client: FlaskClient, address, body, status):
    assert client.patch(address, json=body).status_code == status


def test_requests_come_as_a_file_for_issue_trackers(client: FlaskClient, run_id):
    reply = client.get(f"/v1/runs/{run_id}/requests.csv")
    rows = list(csv.DictReader(io.StringIO(reply.get_data(as_text=True))))
    found = requests_of(client, run_id)

    assert reply.mimetype == "text/csv"
    assert [row["id"] for row in rows] == [request["id"] for request in found]
    assert [int(row["votes"]) for row in rows] == [request["n_askers"] for request in found]
    assert all(row["title"] and "“" in row["description"] for row in rows)
    assert client.get("/v1/runs/run_unknown/requests.csv").status_code == 404


def test_the_lineage_of_a_run_says_who_took_which_export(client, run_id):
    assert client.get(f"/v1/runs/{run_id}/lineage").get_json()["destinations"] == []

    client.get(f"/v1/runs/{run_id}/requests.csv", query_string={"destination": "Tracker of the app team"})

    (delivery,) = client.get(f"/v1/runs/{run_id}/lineage").get_json()["destinations"]
    assert delivery.pop("delivered_at")
    assert delivery == {
        "export": "requests.csv",
        "recipient": "local",
        "destination": "Tracker of the app team",
    }
