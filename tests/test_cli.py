"""The command line: reports, previews, errors as one line and status 2."""

import json

import pytest
from click.testing import CliRunner

from nlp_service.cli import cli
from nlp_service.settings import ROOT

SAMPLES = ROOT / "corpora" / "samples"


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Calls the command line on the weightless engine."""
    monkeypatch.setenv("NLP_ENGINE", "hashing")
    monkeypatch.setenv("NLP_DATA_DIR", str(tmp_path / "var"))
    return lambda *words: CliRunner().invoke(cli, [str(word) for word in words])


def test_a_file_becomes_a_report(call):
    result = call("analyze", SAMPLES / "reviews.csv")

    assert result.exit_code == 0
    assert "237 records of 173 people" in result.output
    assert "3 more records repeat another one" in result.output
    assert "THEMES" in result.output and "FEATURE REQUESTS" in result.output


def test_several_files_become_one_json_report_which_is_also_written(call, tmp_path):
    result = call(
        "analyze", SAMPLES / "interview_fa.txt", SAMPLES / "support_chat_tr.txt", "--json", "--out", tmp_path / "out"
    )

    report = json.loads(result.stdout)
    assert report["n_records"] == 2
    assert report["lineage"]["origin"] == ["interview_fa.txt", "support_chat_tr.txt"]
    assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8")) == report
    assert (tmp_path / "out" / "report.txt").is_file()


def test_a_preview_shows_what_was_understood_and_analyses_nothing(call):
    result = call("analyze", SAMPLES / "reviews.csv", "--preview", "--json")

    (file,) = json.loads(result.output)["files"]
    assert file["columns"]["text"] == "review"
    assert file["n_records"] == 240
    assert len(file["records"]) == 5 and file["records"][0]["text"]


@pytest.mark.parametrize(
    ("content", "options", "says"),
    [
        (b"", (), "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", (), "unreadable_file"),
        (b"id,price\n1,20\n2,30\n", (), "--text-column"),
        (b"id,review\n1,good app\n", ("--text-column", "nope"), "“review”"),
        (b"id,review\n1,good app\n", ("--language", "xx"), "unsupported_language"),
    ],
    ids=["empty", "picture", "no text column", "no such column", "unknown language"],
)
def test_bad_input_is_told_in_one_line_with_status_2(call, tmp_path, content, options, says):
    path = tmp_path / "upload.csv"
    path.write_bytes(content)

    result = call("analyze", path, *options)

    assert result.exit_code == 2
    assert says in result.output
    assert "Traceback" not in result.output and len(result.output.splitlines()) == 1


def test_a_task_that_this_version_does_not_measure_says_so(call, tmp_path):
    result = call("evaluate", "segments", "--data", tmp_path)

    assert result.exit_code == 2 and "not measured by this version" in result.output


def test_keys_are_made_listed_and_revoked(call):
    from nlp_service.settings import Settings
    from nlp_service.store import projects
    from nlp_service.store.engine import opened_store

    with opened_store(Settings()) as store, store.write() as connection:
        project = projects.create(connection, name="P", purpose="a test")

    key_id, secret = call("keys", "create", "--project", project.id).output.split()
    listed = call("keys", "list", "--project", project.id).output
    revoked = call("keys", "revoke", key_id)

    assert secret.startswith("nlp_") and key_id in listed and secret not in listed
    assert revoked.exit_code == 0


def test_the_openapi_document_is_printed(call):
    assert "/v1/sentiment" in json.loads(call("openapi").stdout)["paths"]


def test_the_database_is_made(call):
    assert call("db", "upgrade").exit_code == 0
