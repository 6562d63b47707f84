"""Keys, scopes, projects of others, forged requests, and requests that are sent twice."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nlp_service.api.current import EXTENSION


@pytest.fixture
def key_headers(app: Flask):
    """Makes the headers of a new key."""
    from nlp_service.store import keys

    def make(*scopes: str, project_id: str | None = None) -> dict[str, str]:
        with app.extensions[EXTENSION].store.write() as connection:
            _, secret = keys.create(connection, project_id, scopes)
        return {"Authorization": f"Bearer {secret}"}

    return make


TEXT = {"text": "Good."}


@pytest.mark.parametrize("address", ["10.0.0.5", "203.0.113.9", "2001:db8::1", "::ffff:10.0.0.5", ""])
def test_without_a_key_other_machines_are_refused(client: FlaskClient, address):
    reply = client.post("/v1/sentiment", json=TEXT, environ_base={"REMOTE_ADDR": address})

    assert (reply.status_code, reply.get_json(force=True)["code"]) == (403, "forbidden")
    assert client.get("/", environ_base={"REMOTE_ADDR": address}).status_code == 403


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1"])
def test_without_a_key_this_machine_is_served(client: FlaskClient, address):
    assert client.post("/v1/sentiment", json=TEXT, environ_base={"REMOTE_ADDR": address}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"X-Forwarded-For": "203.0.113.9"}, {"Host": "shop.example"}, {"Host": "["}, {"Host": "localhost.evil.example"}],
)
def test_without_a_key_a_proxy_does_not_open_the_service(client: FlaskClient, headers):
    assert client.post("/v1/sentiment", json=TEXT, headers=headers).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:8000"])
def test_without_a_key_the_names_of_this_machine_are_served(client: FlaskClient, host):
    assert client.post("/v1/sentiment", json=TEXT, headers={"Host": host}).status_code == 200


def test_health_is_open_to_every_machine(client: FlaskClient):
    assert client.get("/healthz", environ_base={"REMOTE_ADDR": "10.0.0.5"}).status_code == 200


def test_a_key_opens_the_service_from_anywhere(client: FlaskClient, key_headers):
    headers = key_headers("analyze")
    secret = headers["Authorization"].removeprefix("Bearer ")
    away = {"REMOTE_ADDR": "10.0.0.5"}

    assert client.post("/v1/sentiment", json=TEXT, headers=headers, environ_base=away).status_code == 200
    assert client.post("/v1/sentiment", json=TEXT, headers={"X-Api-Key": secret}, environ_base=away).status_code == 200


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer nlp_wrong"}, {"Authorization": "Basic x"}, {"X-Api-Key": "é"}]
)
def test_a_wrong_key_is_unauthorized(client: FlaskClient, key_headers, headers):
    key_headers("admin")
    reply = client.post("/v1/sentiment", json=TEXT, headers=headers)

    assert (reply.status_code, reply.get_json(force=True)["code"]) == (401, "unauthorized")
    assert reply.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_key_does_only_what_its_scopes_say(client: FlaskClient, key_headers):
    reader, admin = key_headers("read"), key_headers("admin")

    assert client.get("/v1/projects", headers=reader).status_code == 200
    assert client.post("/v1/sentiment", json=TEXT, headers=reader).status_code == 403
    assert client.post("/v1/projects", json={"name": "a", "purpose": "b"}, headers=reader).status_code == 403
    assert client.post("/v1/projects", json={"name": "a", "purpose": "b"}, headers=admin).status_code == 201


def test_the_project_of_another_key_is_not_found(client: FlaskClient, project_id, run_id, key_headers):
    other = client.post("/v1/projects", json={"name": "Other", "purpose": "Test"}).get_json()["id"]
    job = client.post(f"/v1/projects/{project_id}/runs").get_json()["id"]
    mine = key_headers("read", "write", "admin", project_id=other)

    for path in (f"/v1/projects/{project_id}", f"/v1/runs/{run_id}", f"/v1/runs/{run_id}/themes", f"/v1/jobs/{job}"):
        assert client.get(path, headers=mine).status_code == 404
    assert client.delete(f"/v1/projects/{project_id}", headers=mine).status_code == 404
    assert client.post(f"/v1/projects/{project_id}/runs", headers=mine).status_code == 404
    assert client.post("/v1/projects", json={"name": "a", "purpose": "b"}, headers=mine).status_code == 403
    assert [row["id"] for row in client.get("/v1/projects", headers=mine).get_json()["data"]] == [other]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
    ],
)
def test_a_request_that_another_site_forged_is_refused(client: FlaskClient, project_id, headers):
    upload = {"file": (io.BytesIO(b"text\nhello there\n"), "a.csv")}

    assert client.post(f"/v1/projects/{project_id}/records", data=upload, headers=headers).status_code == 403
    assert client.delete(f"/v1/projects/{project_id}", headers=headers).status_code == 403
    assert client.get(f"/v1/projects/{project_id}", headers=headers).status_code == 200


def test_the_own_page_may_send(client: FlaskClient):
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}

    assert client.post("/v1/projects", json={"name": "a", "purpose": "b"}, headers=headers).status_code == 201


def test_a_creating_request_sent_twice_creates_once(client: FlaskClient):
    body, headers = {"name": "Shop", "purpose": "Test"}, {"Idempotency-Key": "k1"}
    first = client.post("/v1/projects", json=body, headers=headers)
    again = client.post("/v1/projects", json=body, headers=headers)
    other = client.post("/v1/projects", json={**body, "name": "Else"}, headers=headers)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    assert (other.status_code, other.get_json(force=True)["code"]) == (422, "idempotency_mismatch")
    assert len(client.get("/v1/projects").get_json()["data"]) == 1


def test_an_upload_sent_twice_makes_one_job(client: FlaskClient, project_id):
    def send(content: bytes):
        upload = {"file": (io.BytesIO(content), "a.csv")}
        return client.post(f"/v1/projects/{project_id}/records", data=upload, headers={"Idempotency-Key": "k2"})

    assert send(b"text\nhello there\n").get_json()["id"] == send(b"text\nhello there\n").get_json()["id"]
    assert send(b"text\nsomething else\n").status_code == 422


def test_a_request_that_is_still_running_is_told_so(app: Flask, client: FlaskClient, monkeypatch):
    monkeypatch.setattr("nlp_service.api.idempotency.idempotency.finish", lambda *_args, **_options: None)
    body, headers = {"name": "Shop", "purpose": "Test"}, {"Idempotency-Key": "k3"}
    client.post("/v1/projects", json=body, headers=headers)
    reply = client.post("/v1/projects", json=body, headers=headers)

    assert (reply.status_code, reply.get_json(force=True)["code"]) == (409, "conflict")
    assert reply.headers["Retry-After"]


def test_a_refused_request_may_be_sent_again_under_its_key(client: FlaskClient, project_id):
    headers = {"Idempotency-Key": "k4"}
    url = f"/v1/projects/{project_id}/records"

    assert client.post(url, data=b"[]", content_type="application/json", headers=headers).status_code in {400, 422}
    assert client.post(url, json=[{"text": "Works well."}], headers=headers).status_code == 202


def test_an_unreadable_idempotency_key_is_refused(client: FlaskClient):
    reply = client.post("/v1/projects", json={"name": "a", "purpose": "b"}, headers={"Idempotency-Key": "x" * 256})

    assert reply.status_code == 400
