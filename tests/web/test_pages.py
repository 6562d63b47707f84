"""The pages without a browser: what they say in each language, and what they refuse."""

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from nlp_service.api.current import EXTENSION
from nlp_service.store import keys
from nlp_service.web import texts
from nlp_service.web.reader import bar, label, spark_line
from tests.web.conftest import made

LANGUAGES = [("en", "ltr"), ("fa", "rtl"), ("tr", "ltr"), ("ar", "rtl")]


@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
def test_a_page_is_in_the_readers_language(client: FlaskClient, run_path, language, direction):
    for path in ("/", run_path, f"{run_path}/segments"):
        asked = client.get(f"{path}?lang={language}").get_data(as_text=True)
        preferred = client.get(path, headers={"Accept-Language": f"{language}-XX, de;q=0.5"}).get_data(as_text=True)

        for page in (asked, preferred):
            assert f'<html lang="{language}" dir="{direction}">' in page
            assert texts.text("title", language) in page


def test_an_unknown_language_is_english(client: FlaskClient):
    assert '<html lang="en"' in client.get("/?lang=xx", headers={"Accept-Language": "ja"}).get_data(as_text=True)


def test_the_language_stays_on_the_way(client: FlaskClient, run_path):
    page = client.get(f"{run_path}?lang=fa").get_data(as_text=True)
    own_links = [link for link in re.findall(r'href="(/[^"]*)"', page) if not link.startswith(("/static", "/docs"))]

    assert own_links
    assert all("lang=fa" in link for link in own_links)


def test_every_text_is_in_every_language():
    for name, row in texts.TEXTS.items():
        assert len(row) == len(texts.LANGUAGES), name
        assert all(row), name


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [(1234567, "en", "1,234,567"), (1234567, "fa", "۱٬۲۳۴٬۵۶۷"), (1234567, "tr", "1.234.567"), (0, "ar", "٠")],
)
def test_numbers_are_written_as_the_language_does(value, language, written):
    assert texts.number(value, language) == written


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [(0.25, "en", "25%"), (0.25, "tr", "%25"), (0.25, "fa", "۲۵٪"), (0.004, "en", "0.4%"), (0, "en", "0%")],
)
def test_percentages_are_written_as_the_language_does(value, language, written):
    assert texts.percent(value, language) == written


def test_the_parts_of_a_bar_fill_it():
    parts = bar({"positive": 1, "negative": 2, "neutral": 0, "mixed": 1})

    assert [part["label"] for part in parts] == ["negative", "mixed", "positive"]
    assert sum(part["share"] for part in parts) == pytest.approx(1)
    assert bar({}) == []


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        (1.25, "en", "+1.2"),
        (-3.06, "en", "−3.1"),
        (-0.04, "en", "+0.0"),
        (-3.1, "fa", "−۳٫۱"),
        (1234.5, "tr", "+1.234,5"),
    ],
)
def test_differences_are_written_with_their_sign(value, language, written):
    assert texts.difference(value, language) == written


@pytest.mark.parametrize(
    ("counts", "points"),
    [
        ([(0, 4), (2, 4), (1, 4)], "0.0,23.0 50.0,1.0 100.0,12.0"),
        ([(0, 4), (0, 0), (1, 4)], "0.0,23.0 100.0,1.0"),
        ([(0, 4), (0, 4)], "0.0,23.0 100.0,23.0"),
        ([(1, 1)], ""),
        ([(1, 1), (0, 0)], ""),
        ([], ""),
    ],
)
def test_a_line_goes_through_the_share_of_each_period_that_has_one(counts, points):
    assert spark_line([{"n_records": n, "of": of} for n, of in counts]) == points


@pytest.mark.parametrize("language", [language for language, _ in LANGUAGES])
def test_a_theme_shows_its_change_its_parts_and_what_goes_with_it(client: FlaskClient, told_over_time, language):
    page = client.get(f"{told_over_time}?lang={language}").get_data(as_text=True)
    themes = client.get(f"/v1{told_over_time}/themes").get_json()["data"]

    [rising] = [theme for theme in themes if theme["trend"]["direction"] == "rising"]
    assert page.count("<polyline") == len(themes)
    assert f'<polyline class="rising" points="{spark_line(rising["trend"]["periods"])}"/>' in page
    for name in ("over_time", "rising", "emerging", "sub_themes", "drivers", "rating", "association"):
        assert texts.text(name, language) in page, name
    [driver] = rising["drivers"]
    assert texts.difference(driver["effect"], language) in page
    children = [child for theme in themes for child in theme["children"]]
    assert children
    assert all(f"<bdi>{escape(label(child['label'], language))}</bdi>" in page for child in children)
    assert "<script" not in page and " style=" not in page


def test_of_a_few_weeks_no_change_is_shown(client: FlaskClient):
    rows = [f"2026-01-{5 + i % 21:02},Card payment number {i} failed at the checkout." for i in range(20)]
    path = made(client, "\n".join(["date,text", *rows]).encode())
    [theme, *_] = client.get(f"/v1{path}/themes").get_json()["data"]

    assert len(theme["trend"]["periods"]) == 3
    assert texts.text("over_time", "en") not in client.get(path).get_data(as_text=True)


def test_a_theme_without_times_ratings_or_parts_shows_none(client: FlaskClient, run_path):
    page = client.get(run_path).get_data(as_text=True)

    assert "<polyline" not in page
    for name in ("over_time", "drivers", "association"):
        assert texts.text(name, "en") not in page, name


def test_the_findings_show_their_evidence(client: FlaskClient, run_path):
    page = client.get(run_path).get_data(as_text=True)
    themes = client.get(f"/v1{run_path}/themes").get_json()["data"]

    assert themes
    assert "Why people leave" in page
    assert "reviews.csv" in page
    for theme in themes:
        assert f'id="{theme["id"]}"' in page
        assert len(theme["quotes"]) >= 1
    assert 'dir="auto" lang="' in page


def test_customer_text_is_never_markup(client: FlaskClient, run_path):
    page = client.get(f"{run_path}/segments").get_data(as_text=True)

    assert "&lt;b&gt;Great" in page
    assert "<b>Great" not in page


def test_the_passages_of_a_theme_open(client: FlaskClient, run_path):
    theme = client.get(f"/v1{run_path}/themes").get_json()["data"][0]
    page = client.get(f"{run_path}/segments?theme_id={theme['id']}").get_data(as_text=True)

    assert page.count("<blockquote") == min(theme["n_segments"], 100)
    assert client.get(f"{run_path}/segments?cursor=nonsense").status_code == 400


def test_a_page_needs_nothing_from_outside(client: FlaskClient, run_path):
    for path in ("/", run_path):
        page = client.get(path)
        loaded = re.findall(r'(?:src|href)="(https?:[^"]*|//[^"]*)"', page.get_data(as_text=True))

        assert loaded == []
        assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")


def test_the_form_lists_the_projects(client: FlaskClient, run_path):
    page = client.get("/").get_data(as_text=True)

    assert "<bdi>reviews.csv</bdi>" in page
    assert run_path in page
    for name in ("file", "kind", "language", "text_column", "project", "purpose"):
        assert f'<label for="{name}">' in page


def test_a_second_file_may_go_into_the_same_project(client: FlaskClient, run_path, reviews):
    project_id = client.get(f"/v1{run_path}").get_json()["project_id"]
    form = {"file": (io.BytesIO(reviews), "more.csv"), "project": project_id}

    assert client.post("/upload", data=form).status_code == 303
    assert len(client.get(f"/v1/projects/{project_id}/runs").get_json()["data"]) == 2


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 400),
        ({"file": (b"", "a.csv"), "purpose": "Test"}, 422),
        ({"file": (b"text\nhello there\n", "a.csv")}, 400),
        ({"file": (b"text\nhello there\n", "a.csv"), "purpose": "Test", "kind": "novel"}, 400),
        ({"file": (b"text\nhello there\n", "a.csv"), "purpose": "Test", "language": "xx"}, 400),
        ({"file": (b"text\nhello there\n", "a.csv"), "purpose": "Test", "text_column": "none"}, 400),
        ({"file": (b"text\nhello there\n", "a.csv"), "project": "prj_0"}, 404),
    ],
)
def test_a_bad_form_is_told_on_a_page_and_makes_nothing(client: FlaskClient, form, status):
    data = {name: (io.BytesIO(value[0]), value[1]) if name == "file" else value for name, value in form.items()}
    reply = client.post("/upload?lang=fa", data=data)

    assert (reply.status_code, reply.mimetype) == (status, "text/html")
    assert 'role="alert"' in reply.get_data(as_text=True)
    assert client.get("/v1/projects").get_json()["data"] == []


@pytest.mark.parametrize("path", ["/nothing", "/jobs/job_0", "/runs/run_0", "/runs/run_0/segments"])
def test_what_is_not_there_is_told_on_a_page(client: FlaskClient, path):
    reply = client.get(path)

    assert (reply.status_code, reply.mimetype) == (404, "text/html")


def test_a_form_that_another_site_sends_is_refused(client: FlaskClient, reviews):
    form = {"file": (io.BytesIO(reviews), "a.csv"), "purpose": "Test"}

    assert client.post("/upload", data=form, headers={"Origin": "https://evil.example"}).status_code == 403


def test_a_waiting_job_shows_its_progress_and_can_be_cancelled(client: FlaskClient, reviews, monkeypatch):
    monkeypatch.setattr("nlp_service.api.records.submit", lambda _context, _job_id: None)
    form = {"file": (io.BytesIO(reviews), "a.csv"), "purpose": "Test"}
    path = client.post("/upload", data=form).headers["Location"]
    waiting = client.get(path).get_data(as_text=True)
    ended = client.get(client.post(f"{path}/cancel").headers["Location"]).get_data(as_text=True)

    assert '<meta http-equiv="refresh"' in waiting
    assert "<progress" in waiting
    assert "Cancelled" in ended
    assert "<script" not in ended


def test_with_keys_a_reader_signs_in(app: Flask, client: FlaskClient):
    with app.extensions[EXTENSION].store.write() as connection:
        _, secret = keys.create(connection, None, ["read"])
    refused = client.get("/")
    wrong = client.post("/sign-in", data={"key": "nlp_wrong"})
    entered = client.post("/sign-in", data={"key": secret})

    assert (refused.status_code, wrong.status_code, entered.status_code) == (401, 401, 303)
    assert 'name="key"' in refused.get_data(as_text=True)
    assert {"HttpOnly", "SameSite=Strict"} <= set(entered.headers["Set-Cookie"].split("; "))
    assert client.get("/").status_code == 200
    assert client.get("/v1/projects").status_code == 401
    assert client.post("/upload", data={}).status_code == 403
