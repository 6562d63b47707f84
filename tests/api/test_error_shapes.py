"""One shape for every error, whoever raises it, and never a 500 for bad input."""

import io
import json

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from nlp_service.api import analyze

JSON = "application/json"
MEMBERS = {"type", "title", "status", "detail", "code", "request_id", "errors"}

ROWS = [
    # method, path, body, content type, status, code, pointer of the first fault
    ("POST", "/v1/sentiment", b'{"text": "a",}', JSON, 400, "invalid_request", ""),
    ("POST", "/v1/sentiment", b'{"text": "\xff"}', JSON, 400, "invalid_request", ""),
    ("POST", "/v1/sentiment", b"", JSON, 400, "invalid_request", ""),
    ("POST", "/v1/sentiment", b"", None, 400, "invalid_request", ""),
    ("POST", "/v1/sentiment", b"[]", JSON, 400, "invalid_request", ""),
    ("POST", "/v1/sentiment", b'"{}"', JSON, 400, "invalid_request", ""),
    ("POST", "/v1/sentiment", b"null", JSON, 400, "invalid_request", ""),
    ("POST", "/v1/sentiment", b'{"text": NaN}', JSON, 400, "invalid_request", ""),
    ("POST", "/v1/sentiment", b"[" * 100_000, JSON, 400, "invalid_request", ""),
    ("POST", "/v1/sentiment", b'{"text": ' + b"9" * 5_000 + b"}", JSON, 400, "invalid_request", ""),
    ("POST", "/v1/sentiment", b'{"text": "\\ud800"}', JSON, 400, "invalid_request", ""),
    ("POST", "/v1/sentiment", b'{"text": 5}', JSON, 400, "invalid_request", "/text"),
    ("POST", "/v1/sentiment", b'{"documents": []}', JSON, 400, "invalid_request", ""),
    ("POST", "/v1/sentiment", b'{"documents": [{"id": "1"}]}', JSON, 400, "invalid_request", "/documents/0/text"),
    (
        "POST",
        "/v1/sentiment",
        b'{"documents": [{"text": "a", "lang": "en"}]}',
        JSON,
        400,
        "invalid_request",
        "/documents/0/lang",
    ),
    ("POST", "/v1/sentiment", b'{"text": "a", "documents": []}', JSON, 400, "invalid_request", ""),
    ("POST", "/v1/sentiment", b'{"text": "a", "a/b": 1}', JSON, 400, "invalid_request", "/a~1b"),
    ("POST", "/v1/sentiment", b'{"text": "a", "language": "xx"}', JSON, 400, "unsupported_language", "/language"),
    ("POST", "/v1/sentiment", b'{"text": "a", "offset_unit": "byte"}', JSON, 400, "invalid_request", "/offset_unit"),
    ("POST", "/v1/sentiment", b'{"text": "' + b"a" * 10_000_000 + b'"}', JSON, 413, "batch_too_large", None),
    ("POST", "/v1/sentiment", b"text=a", "application/x-www-form-urlencoded", 415, "unsupported_media_type", None),
    ("POST", "/v1/sentiment", b'{"text": "a"}', "text/plain", 415, "unsupported_media_type", None),
    ("POST", "/v1/projects", b'{"name": "Shop"}', JSON, 400, "purpose_required", "/purpose"),
    ("POST", "/v1/projects", b'{"name": "Shop", "purpose": "  "}', JSON, 400, "purpose_required", "/purpose"),
    ("GET", "/v1/projects?limit=0", b"", None, 400, "invalid_request", "/limit"),
    ("GET", "/v1/projects?limit=many", b"", None, 400, "invalid_request", "/limit"),
    ("GET", "/v1/projects?cursor=%00%ff", b"", None, 400, "invalid_request", None),
    ("GET", "/v1/projects?pages=2", b"", None, 400, "invalid_request", "/pages"),
    ("GET", "/v1/nothing", b"", None, 404, "not_found", None),
    ("GET", "/v1/projects/prj_0", b"", None, 404, "not_found", None),
    ("GET", "/v1/jobs/job_0", b"", None, 404, "not_found", None),
    ("GET", "/v1/jobs/job_0/events", b"", None, 404, "not_found", None),
    ("DELETE", "/v1/jobs/job_0", b"", None, 404, "not_found", None),
    ("GET", "/v1/runs/run_0/themes", b"", None, 404, "not_found", None),
    ("GET", "/v1/sentiment", b"", None, 405, "method_not_allowed", None),
    ("PUT", "/healthz", b"", None, 405, "method_not_allowed", None),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]} {row[2][:40]!r}")
def test_an_error_has_one_shape(client: FlaskClient, row):
    method, path, body, content_type, status, code, pointer = row
    reply = client.open(path, method=method, data=body, content_type=content_type)
    problem = reply.get_json(force=True)

    assert (reply.status_code, problem["code"], problem["status"]) == (status, code, status)
    assert reply.content_type == "application/problem+json"
    assert set(problem) == MEMBERS
    assert problem["type"] == f"/v1/problems/{code}"
    assert problem["request_id"] == reply.headers["X-Request-Id"] != ""
    assert all(set(fault) == {"pointer", "code", "message"} for fault in problem["errors"])
    if pointer is not None:
        assert problem["errors"][0]["pointer"] == pointer


def test_broken_json_is_told_with_its_offset(client: FlaskClient):
    problem = client.post("/v1/sentiment", data=b'{"text": "a",}', content_type=JSON).get_json(force=True)

    assert problem["errors"][0]["code"] == "broken_json"
    assert "offset 13" in problem["detail"]


def test_an_unknown_field_is_named(client: FlaskClient):
    problem = client.post("/v1/sentiment", json={"text": "a", "languages": "en"}).get_json(force=True)

    assert problem["errors"] == [
        {"pointer": "/languages", "code": "unknown_field", "message": "This field is not known: correct or remove it."}
    ]


def test_a_crash_is_a_problem_without_its_reason(client: FlaskClient, monkeypatch, capsys):
    secret = "the customer's words"

    def crash(*_args, **_options):
        raise RuntimeError(secret)

    monkeypatch.setattr(analyze.pipeline, "analyze", crash)
    reply = client.post("/v1/sentiment", json={"text": secret})
    logs = capsys.readouterr().err

    assert (reply.status_code, reply.content_type) == (500, "application/problem+json")
    assert reply.get_json(force=True)["code"] == "internal_error"
    assert "RuntimeError" not in reply.get_data(as_text=True)
    assert secret not in reply.get_data(as_text=True)
    assert secret not in logs
    assert any(json.loads(line).get("error") == "RuntimeError" for line in logs.splitlines())


@pytest.mark.parametrize("given", ["abc-123", "x" * 128])
def test_a_request_id_is_given_back(client: FlaskClient, given):
    assert client.get("/healthz", headers={"X-Request-Id": given}).headers["X-Request-Id"] == given


@pytest.mark.parametrize("given", ["", "x" * 129, "a b", "<script>", "é"])
def test_an_unsafe_request_id_is_replaced(client: FlaskClient, given):
    made = client.get("/healthz", headers={"X-Request-Id": given}).headers["X-Request-Id"]

    assert made not in {given, ""}


def test_the_type_of_a_problem_opens(client: FlaskClient):
    problem = client.get("/v1/projects/prj_0").get_json(force=True)

    assert client.get(problem["type"]).get_json()["title"] == problem["title"]
    assert client.get("/v1/problems/nothing").status_code == 404


UPLOADS = [
    ("empty.csv", b"", 422),
    ("binary.csv", bytes(range(256)) * 40, 422),
    ("numbers.csv", b"price,count\n1,2\n3,4\n", 422),
    ("broken.json", b'[{"text": "a"', 422),
    ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(64), 415),
]


@pytest.mark.parametrize(("name", "content", "status"), UPLOADS, ids=[row[0] for row in UPLOADS])
def test_a_bad_file_is_refused_before_a_job_is_made(client: FlaskClient, project_id, name, content, status):
    reply = client.post(f"/v1/projects/{project_id}/batches", data={"file": (io.BytesIO(content), name)})
    problem = reply.get_json(force=True)

    assert reply.status_code == status
    assert reply.content_type == "application/problem+json"
    assert problem["code"] in {"unreadable_file", "unsupported_media_type"}
    assert problem["detail"].endswith(".")
    assert client.get(f"/v1/projects/{project_id}/runs").get_json()["data"] == []


def test_a_single_line_of_ten_megabytes_never_breaks_the_service(client: FlaskClient, project_id, monkeypatch):
    monkeypatch.setattr("nlp_service.api.records.submit", lambda _context, _job_id: None)
    boundary, body = encode_multipart({"file": FileStorage(io.BytesIO(b"so slow " * 1_250_000), "line.txt")})
    content_type = f'multipart/form-data; boundary="{boundary}"'
    reply = client.post(f"/v1/projects/{project_id}/batches", data=body, content_type=content_type)

    assert reply.status_code in {202, 413, 422}
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "row",
    [
        (b'[{"text": "a"},', JSON, 400, ""),
        (b'{"text": "a"}', JSON, 400, ""),
        (b"\xff\xfe", "application/x-ndjson", 400, ""),
        (b"text\nhello\n", "text/csv", 415, None),
        (b"", "multipart/form-data; boundary=x", 400, "/file"),
        (b"", None, 415, None),
    ],
)
def test_a_bad_upload_body_is_refused(client: FlaskClient, project_id, row):
    body, content_type, status, pointer = row
    reply = client.post(f"/v1/projects/{project_id}/records", data=body, content_type=content_type)

    assert reply.status_code == status
    if pointer is not None:
        assert reply.get_json(force=True)["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [("kind", "novel", "/kind"), ("size", "1", "/size"), ("mapping", "{", "/mapping"), ("language", "xx", "/language")],
)
def test_a_bad_upload_field_is_refused(client: FlaskClient, project_id, field, value, pointer):
    upload = {"file": (io.BytesIO(b"text\nhello there\n"), "a.csv"), field: value}
    reply = client.post(f"/v1/projects/{project_id}/records", data=upload)

    assert reply.status_code == 400
    assert reply.get_json(force=True)["errors"][0]["pointer"] == pointer
