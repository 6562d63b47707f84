"""Projects, uploads, jobs and runs: from a file to its findings, in pages."""

import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nlp_service import service
from nlp_service.api.current import EXTENSION
from nlp_service.app import create_app
from nlp_service.errors import ModelMissing
from nlp_service.inference.hashing import HashingEngine

CSV = b"author,text\nann,The app crashes when I pay.\nbob,Please add a dark mode.\n"


def test_a_project_lives_and_is_removed(client: FlaskClient):
    made = client.post(
        "/v1/projects", json={"name": "Shop", "purpose": "Why people leave", "glossary": {"PRO": "plan"}}
    )
    project_id = made.get_json()["id"]

    assert made.status_code == 201
    assert made.headers["Location"] == f"/v1/projects/{project_id}"
    assert client.get(f"/v1/projects/{project_id}").get_json() == made.get_json()
    changed = client.patch(f"/v1/projects/{project_id}", json={"retention_days": 30}).get_json()
    assert changed == {**made.get_json(), "retention_days": 30}
    assert [row["id"] for row in client.get("/v1/projects").get_json()["data"]] == [project_id]
    assert client.delete(f"/v1/projects/{project_id}").status_code == 204
    assert client.get(f"/v1/projects/{project_id}").status_code == 404


def test_a_change_to_null_is_refused_where_a_value_is_needed(client: FlaskClient, project_id):
    assert client.patch(f"/v1/projects/{project_id}", json={"name": None}).status_code == 400
    assert client.patch(f"/v1/projects/{project_id}", json={"retention_days": None}).status_code == 200


def test_pages_join_into_the_whole_list(client: FlaskClient):
    made = [client.post("/v1/projects", json={"name": str(n), "purpose": "Test"}).get_json()["id"] for n in range(5)]

    found, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/v1/projects?limit=2&cursor={cursor}" if cursor else "/v1/projects?limit=2").get_json()
        assert page["has_more"] is (page["next_cursor"] is not None)
        found += [row["id"] for row in page["data"]]
        cursor = page["next_cursor"]

    assert found == made


@pytest.mark.parametrize(
    "request_",
    [
        {"data": lambda: {"file": (io.BytesIO(CSV), "reviews.csv"), "kind": "reviews"}},
        {"data": lambda: {"file": (io.BytesIO(CSV), "reviews.csv"), "text_column": "text"}},
        {"data": lambda: {"file": (io.BytesIO(CSV), "reviews.csv"), "mapping": '{"text": "text"}'}},
        {"json": lambda: [{"text": "The app crashes when I pay."}, {"text": "Please add a dark mode."}]},
        {
            "data": lambda: b'{"text": "The app crashes when I pay."}\n{"text": "Please add a dark mode."}\n',
            "content_type": lambda: "application/x-ndjson",
        },
    ],
)
def test_records_come_in_three_forms(client: FlaskClient, project_id, request_):
    reply = client.post(f"/v1/projects/{project_id}/records", **{name: make() for name, make in request_.items()})
    job = client.get(reply.headers["Location"]).get_json()

    assert reply.status_code == 202
    assert reply.get_json()["upload"]["n_records"] == 2
    assert (job["kind"], job["state"], job["error"]) == ("ingest", "done", None)
    assert job["outcome"]["n_new"] == 2
    assert client.post(f"/v1/projects/{project_id}/runs").status_code == 202


def test_a_run_without_records_fails_with_its_reason(client: FlaskClient, project_id):
    job = client.post(f"/v1/projects/{project_id}/runs", json={}).get_json()

    assert job["state"] == "failed"
    assert job["error"]["code"] == "conflict"


def test_a_batch_ends_in_a_run_whose_parts_open(client: FlaskClient, run_id):
    run = client.get(f"/v1/runs/{run_id}").get_json()

    assert run["summary"]["n_records"] == 36
    for link in run["links"].values():
        assert client.get(link).status_code == 200
    assert client.get(f"/v1/runs/{run_id}/lineage").get_json()["purpose"] == "Find out why people leave."
    assert [row["id"] for row in client.get(f"/v1/projects/{run['project_id']}/runs").get_json()["data"]] == [run_id]


def all_segments(client: FlaskClient, run_id: str, query: str = "") -> list[dict]:
    found, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/v1/runs/{run_id}/segments?limit=7{query}{cursor and '&cursor=' + cursor}").get_json()
        found += page["data"]
        cursor = page["next_cursor"]
    return found


def test_segments_are_paged_and_filtered(client: FlaskClient, run_id):
    every = all_segments(client, run_id)

    assert len({row["id"] for row in every}) == len(every) == 36
    for name in ("language", "sentiment", "act"):
        value = every[0][name]
        wanted = [row for row in every if row[name] == value]
        assert all_segments(client, run_id, f"&{name}={value}") == wanted


def test_themes_and_requests_are_filtered(client: FlaskClient, run_id):
    themes = client.get(f"/v1/runs/{run_id}/themes").get_json()["data"]

    assert client.get(f"/v1/runs/{run_id}/themes?language=ja").get_json() == {
        "data": [],
        "next_cursor": None,
        "has_more": False,
    }
    assert client.get(f"/v1/runs/{run_id}/requests?language=ja").get_json()["data"] == []
    for theme in themes:
        language = next(iter(theme["languages"]))
        found = client.get(f"/v1/runs/{run_id}/themes?language={language}&limit=1").get_json()
        assert found["data"][0]["languages"][language] > 0
        assert len(all_segments(client, run_id, f"&theme_id={theme['id']}")) == theme["n_segments"]


def test_the_events_of_a_job_end_with_the_job(client: FlaskClient, project_id):
    job = client.post(f"/v1/projects/{project_id}/records", json=[{"text": "Works well."}]).get_json()
    reply = client.get(f"/v1/jobs/{job['id']}/events")
    blocks = reply.get_data(as_text=True).strip().split("\n\n")

    assert reply.mimetype == "text/event-stream"
    assert blocks[-1].startswith("event: done\ndata: ")
    assert json.loads(blocks[-1].split("data: ")[1])["id"] == job["id"]


def test_when_many_follow_a_job_each_event_is_a_stream_of_its_own(app: Flask, client, project_id, monkeypatch):
    monkeypatch.setattr("nlp_service.api.records.submit", lambda _context, _job_id: None)
    job = client.post(f"/v1/projects/{project_id}/records", json=[{"text": "Works well."}]).get_json()
    streams = app.extensions[EXTENSION].streams
    while streams.acquire(blocking=False):
        pass
    reply = client.get(f"/v1/jobs/{job['id']}/events").get_data(as_text=True)

    assert reply.count("event: progress") == 1
    assert reply.startswith("retry: ")


def test_a_waiting_job_is_cancelled(client: FlaskClient, project_id, monkeypatch):
    monkeypatch.setattr("nlp_service.api.records.submit", lambda _context, _job_id: None)
    job = client.post(f"/v1/projects/{project_id}/records", json=[{"text": "Works well."}]).get_json()

    assert job["state"] == "queued"
    assert client.delete(f"/v1/jobs/{job['id']}").get_json()["state"] == "cancelled"


def test_languages_say_how_well_they_are_known(client: FlaskClient):
    data = {row["code"]: row for row in client.get("/v1/languages").get_json()["data"]}

    assert data["fa"]["native_name"] == "فارسی"
    assert data["fa"]["direction"] == "rtl"
    assert {row["support"] for row in data.values()} <= {"full", "partial"}


def test_support_is_full_only_where_native_text_was_measured(settings, tmp_path):
    rows = [
        {"task": "sentiment", "lang": "en", "corpus": "a", "n": 9, "metrics": {"macro_f1": 0.7}},
        {"task": "sentiment", "lang": "fa", "corpus": "b", "n": 9, "metrics": {"macro_f1": 0.7}, "native": False},
        {"task": "requests", "lang": "tr", "corpus": "c", "n": 9, "metrics": {"macro_f1": 0.7}},
    ]
    (tmp_path / "scorecard.json").write_text(json.dumps({"rows": rows}))
    app = create_app(settings.model_copy(update={"models_dir": tmp_path}), engine=HashingEngine(), immediate=True)
    data = {row["code"]: row for row in app.test_client().get("/v1/languages").get_json()["data"]}
    app.extensions[EXTENSION].close()

    assert [data[code]["support"] for code in ("en", "fa", "tr")] == ["full", "partial", "partial"]
    assert data["en"]["figures"] == [rows[0]]


def test_models_show_the_limits(client: FlaskClient):
    reply = client.get("/v1/models").get_json()

    assert reply["engine"]["name"] == "hashing"
    assert reply["limits"]["max_documents"] == 100


def test_readiness_waits_for_the_engine(settings, monkeypatch):
    def missing(_settings):
        raise ModelMissing("Run `models install` first.")

    monkeypatch.setattr(service, "load_engine", missing)
    monkeypatch.setattr(service.Service, "start", lambda self: self._load())
    app = create_app(settings)
    client = app.test_client()
    ready, ticket = client.get("/readyz"), client.post("/v1/sentiment", json={"text": "a"})
    alive = client.get("/healthz")
    app.extensions[EXTENSION].close()

    assert alive.status_code == 200
    for reply in (ready, ticket):
        assert (reply.status_code, reply.get_json(force=True)["code"]) == (503, "not_ready")
        assert reply.content_type == "application/problem+json"
        assert "models install" in reply.get_json(force=True)["detail"]


def test_a_ready_service_says_so(client: FlaskClient):
    assert client.get("/readyz").get_json()["status"] == "ready"


def test_the_engine_is_loaded_in_the_background(settings):
    app = create_app(settings)
    client = app.test_client()
    for thread in [t for t in __import__("threading").enumerate() if t.name == "engine-loader"]:
        thread.join(timeout=30)
    status = client.get("/readyz").status_code
    app.extensions[EXTENSION].close()

    assert status == 200


def test_the_document_comes_from_the_schemas(app: Flask, client: FlaskClient):
    document = client.get("/v1/openapi.json").get_json()

    assert document["openapi"].startswith("3.1")
    routes = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/v1/")}
    documented = {path.replace("{", "<").replace("}", ">") for path in document["paths"]}
    assert routes - documented == {"/v1/openapi.json", "/v1/problems", "/v1/problems/<code>"}
    assert document["components"]["schemas"]["AnalyzeRequest"]["additionalProperties"] is False


def test_the_viewer_loads_nothing_from_outside(client: FlaskClient):
    page = client.get("/docs")

    assert page.status_code == 200
    assert "http" not in page.get_data(as_text=True)
    assert "http" not in page.headers["Content-Security-Policy"]
    with client.get("/docs/viewer.js") as script:
        assert script.status_code == 200
