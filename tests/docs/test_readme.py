"""The README keeps its word: its call works, its files and commands are there."""

import json
import re

import pytest

from nlp_service.app import create_app
from nlp_service.cli import cli
from nlp_service.errors import ModelMissing
from nlp_service.inference.load import load_engine
from nlp_service.settings import ROOT, Settings

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_curl_gives_sentiment_in_four_languages(tmp_path):
    settings = Settings(data_dir=tmp_path)
    try:
        engine = load_engine(settings)
    except ModelMissing:
        pytest.skip("the encoder is not installed: run `make install`")
    url, body = re.search(r"curl -s (\S+) .*? -d '(.*?)'", README, re.DOTALL).groups()
    app = create_app(settings, engine=engine, immediate=True)

    reply = app.test_client().post(url.removeprefix("http://127.0.0.1:8000"), json=json.loads(body))
    app.extensions["nlp_service"].close()

    found = [(one["language"]["code"], one["sentiment"]["label"]) for one in reply.get_json()["results"]]
    assert found == [("fa", "negative"), ("tr", "positive"), ("ar", "negative"), ("en", "positive")]


def test_every_command_in_the_readme_exists():
    named = set(re.findall(r"python -m nlp_service (\w+)", README))

    assert named and named <= set(cli.commands)


def test_every_make_target_in_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    for target in set(re.findall(r"`make (\w+)`|^make (\w+)", README, re.MULTILINE)):
        assert re.search(rf"^{''.join(target)}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\((?!http)([^)#]+)\)", README))))
def test_every_file_that_the_readme_links_to_is_there(path):
    assert (ROOT / path).exists()


def test_nothing_in_the_readme_is_left_to_fill_in():
    assert "@@" not in README
