"""Personal data over HTTP: where it is in a document, and what a project does with it."""

import pytest
from click.testing import CliRunner

from nlp_service.api.current import EXTENSION
from nlp_service.app import create_app
from nlp_service.cli import cli
from nlp_service.errors import ModelMissing
from nlp_service.inference.hashing import HashingEngine
from tests.text.named import names_of, saved

TEXT = "😀 آنلاین نشد، با ۰۹۱۲ ۳۴۵ ۶۷۸۹ تماس بگیرید یا a@example.com"


@pytest.mark.parametrize("unit", ["codepoint", "utf16"])
def test_an_analysis_says_where_personal_data_is_in_the_text_as_received(client, unit):
    reply = client.post("/v1/analyze", json={"text": TEXT, "language": "fa", "offset_unit": unit}).get_json()

    phone, email = reply["results"][0]["pii"]
    encoded, width = (TEXT.encode("utf-16-le"), 2) if unit == "utf16" else (TEXT.encode("utf-32-le"), 4)
    code = "utf-16-le" if unit == "utf16" else "utf-32-le"
    assert (phone["kind"], email["kind"]) == ("phone", "email")
    assert encoded[phone["start"] * width : phone["end"] * width].decode(code) == "۰۹۱۲ ۳۴۵ ۶۷۸۹"
    assert encoded[email["start"] * width : email["end"] * width].decode(code) == "a@example.com"


def test_a_document_without_personal_data_has_an_empty_list_and_sentiment_has_none(client):
    reply = client.post("/v1/analyze", json={"text": "Order 5551234567 came late on 2024-05-12."}).get_json()
    assert reply["results"][0]["pii"] == []
    assert "pii" not in client.post("/v1/sentiment", json={"text": TEXT}).get_json()["results"][0]


def test_a_project_masks_unless_it_is_told_to_keep(client):
    made = client.post("/v1/projects", json={"name": "Shop", "purpose": "to learn"}).get_json()
    assert made["pii_mode"] == "mask"
    path = f"/v1/projects/{made['id']}"
    assert client.patch(path, json={"pii_mode": "keep"}).get_json()["pii_mode"] == "keep"
    assert client.patch(path, json={"pii_mode": "drop"}).get_json()["pii_mode"] == "drop"
    assert client.patch(path, json={"pii_mode": "hide"}).status_code == 400


def test_an_upload_tells_what_was_masked(client):
    made = client.post("/v1/projects", json={"name": "Shop", "purpose": "to learn"}).get_json()
    job = client.post(f"/v1/projects/{made['id']}/records", json=[{"text": TEXT, "language": "fa"}]).get_json()
    outcome = client.get(f"/v1/jobs/{job['id']}").get_json()["outcome"]
    assert outcome["pii"] == {"phone": 1, "email": 1}
    assert any("masked" in warning for warning in outcome["warnings"])


NAMED = "I called twice and John Smith never called me back, so write to jane@example.com"


@pytest.fixture
def named_client(settings, tmp_path):
    """A client of a service that looks for English names."""
    names_of(tmp_path)  # skips where Presidio is not installed
    with_names = settings.model_copy(update={"pii_names": f"en={tmp_path / 'en'}"})
    app = create_app(with_names, engine=HashingEngine(), immediate=True)
    yield app.test_client()
    app.extensions[EXTENSION].close()


def test_names_are_told_and_masked_where_a_pipeline_for_them_is_set(named_client):
    for document, kinds in ((NAMED, ["name", "email"]), ("با John Smith حرف زدم و خیلی خوب بود", [])):
        found = named_client.post("/v1/analyze", json={"text": document}).get_json()["results"][0]["pii"]
        assert [one["kind"] for one in found] == kinds

    made = named_client.post("/v1/projects", json={"name": "Shop", "purpose": "to learn"}).get_json()
    rows = [{"text": NAMED, "author": "John Smith"}]
    job = named_client.post(f"/v1/projects/{made['id']}/batches", json=rows).get_json()
    done = named_client.get(f"/v1/jobs/{job['id']}").get_json()
    assert done["outcome"]["pii"] == {"name": 2, "email": 1}
    segments = named_client.get(f"{done['result_url']}/segments").get_data(as_text=True)
    assert "[name] never called" in segments and "Smith" not in segments


def test_a_text_in_which_names_cannot_be_looked_for_is_refused(named_client, monkeypatch):
    def fail(*_args, **_options):
        raise ValueError

    names = named_client.application.extensions[EXTENSION].context.names
    monkeypatch.setattr(names._analyzer, "analyze", fail)
    reply = named_client.post("/v1/analyze", json={"text": NAMED})
    assert (reply.status_code, reply.get_json()["code"]) == (503, "not_ready")


@pytest.mark.parametrize("command", ["serve", "work"])
def test_a_service_that_is_to_find_names_and_cannot_does_not_start(command, tmp_path):
    env = {"NLP_PII_NAMES": "en=en_core_web_none", "NLP_ENGINE": "hashing", "NLP_DATA_DIR": str(tmp_path / "var")}
    result = CliRunner().invoke(cli, [command], env=env)
    assert result.exit_code == 2
    assert (
        result.stderr.startswith("error (not_ready): NLP_PII_NAMES asks for names") and result.stderr.count("\n") == 1
    )


def test_an_app_that_is_to_find_names_and_cannot_is_not_made(settings, tmp_path):
    with pytest.raises(ModelMissing):
        create_app(settings.model_copy(update={"pii_names": f"en={saved(tmp_path, 'en')}x"}), engine=HashingEngine())
    assert not settings.data_dir.exists()
