"""Personal data over HTTP: where it is in a document, and what a project does with it."""

import pytest

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
