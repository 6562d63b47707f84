"""The pages in a real browser: from the form to the findings, with and without scripts, nothing from outside."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The address of the app on a port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def browser():
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


def upload(page, address: str, file: Path, *, language: str = "en") -> None:
    page.goto(f"{address}/?lang={language}")
    page.set_input_files("#file", str(file))
    page.select_option("#kind", "reviews")
    page.fill("#purpose", "Why people leave")
    page.click("button[type=submit]")
    page.wait_for_url("**/runs/**", timeout=60_000)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_file_becomes_findings(address, browser, tmp_path, reviews, scripts):
    file = tmp_path / "reviews.csv"
    file.write_bytes(reviews)
    page = browser.new_context(java_script_enabled=scripts).new_page()
    outside: list[str] = []
    page.on(
        "request", lambda request: None if request.url.startswith((address, "data:")) else outside.append(request.url)
    )
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    upload(page, address, file, language="fa")

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator(".theme").count() >= 1
    assert page.locator(".theme blockquote").first.get_attribute("dir") == "auto"
    quote = page.locator(".theme blockquote[lang=en]").first
    if quote.count():
        assert quote.evaluate("node => getComputedStyle(node).direction") == "ltr" if scripts else True
    page.locator(".theme a").first.click()
    assert page.locator("blockquote").count() >= 1
    assert outside == []
    assert complaints == []


def test_the_findings_fit_a_small_screen(address, browser, tmp_path, reviews):
    file = tmp_path / "reviews.csv"
    file.write_bytes(reviews)
    for language in ("en", "fa"):
        page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
        upload(page, address, file, language=language)

        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_document_is_shown_without_the_network(address, browser):
    page = browser.new_page()
    outside: list[str] = []
    page.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:", "blob:")) else outside.append(request.url),
    )

    page.goto(f"{address}/docs")
    page.get_by_text("/v1/sentiment").first.wait_for(timeout=60_000)

    assert outside == []
