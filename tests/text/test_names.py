"""Names of people are found by the real Presidio where pipelines for them are set, and masked like the rest."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from nlp_service.domain import Record, Turn
from nlp_service.errors import ModelCorrupt, ModelMissing, NotReady, UnsupportedLanguage
from nlp_service.settings import Settings
from nlp_service.text.redact import NOTE, Masking, find, load_names, mask, mask_records
from nlp_service.text.redact import names as of_names
from nlp_service.text.redact.findings import Finding, beside
from tests.text.named import names_of, saved


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    return names_of(tmp_path_factory.mktemp("pipelines"))


def _masked(text, names, language="en"):
    return mask(text, language=language, names=names.within(language))


def test_a_name_is_found_where_it_stands_and_other_entities_are_not(names):
    text = "I wrote to John Smith of Acme."

    (one,) = find(text, language="en", names=names.within("en"))

    assert (one.kind, text[one.start : one.end], one.confidence) == ("name", "John Smith", 0.85)
    assert find(text, language="en") == ()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "John Smith, +1 415 555 0132", "[name], [phone]"),
        ("en", "mail jane@example.com or jane", "mail [email] or [name]"),
        ("en", "ask Maria Lopez 0532 111 22 33!", "ask [name] [phone]!"),
        ("en", "[phone] is masked, John Smith is not", "[phone] is masked, [name] is not"),
        ("en", "said Kim\nLee Wong left", "said [name]\n[name] left"),
        ("en", "Jürgen Müller", "Jürgen Müller"),
        ("de", "Herr Jürgen Müller rief an", "Herr [name] rief an"),
        ("und", "Jürgen Müller, John Smith", "[name], [name]"),
        ("und", "John Smith senior", "[name]"),
        ("en", "12345 😀 …", "12345 😀 …"),
    ],
)
def test_a_name_is_masked_once_and_beside_what_else_is_found(names, language, text, expected):
    masked = _masked(text, names, language)

    assert masked.text == expected
    assert masked.counts.get("name", 0) == expected.count("[name]")


def test_languages_without_a_pipeline_have_no_names_looked_for(names):
    assert names.within("fa") is None


def test_what_is_masked_stays_as_it_is(names):
    once = _masked("John Smith, jane@example.com, +1 415 555 0132", names).text
    assert _masked(once, names).text == once


def test_names_far_down_a_long_text_are_found(names):
    text = "Nothing is said in this line.\n" * 3000 + "John Smith " * 3

    assert _masked(text, names).counts == {"name": 3}


@pytest.mark.parametrize("sign", ["a", "(", ".", "1a-", "a.com/"])
def test_a_chunk_without_a_space_takes_no_time(names, sign):
    started = time.perf_counter()
    assert _masked(f"{sign * 20_000} John Smith", names).text.endswith(" [name]")
    assert time.perf_counter() - started < 2


def test_threads_get_the_same_answers(names):
    texts = [f"Text {i}: John Smith met jane{'e' * (i % 7)} and w{i}" for i in range(200)] * 2
    alone = [_masked(text, names).text for text in texts]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: _masked(text, names).text, texts)) == alone


def test_records_are_masked_in_their_own_language_with_speakers_and_columns(names):
    text = "My name is John Smith and I waited for two hours.\nHello John Smith, this is jane."
    turns = (
        Turn(index=0, start=0, end=49, role="customer", speaker="John Smith"),
        Turn(index=1, start=50, end=len(text), role="agent", speaker="Agent"),
    )
    chat = Record(id="rec_1", text=text, kind="chats", author="John Smith", turns=turns, metadata={"by": "jane"})
    persian = Record(id="rec_2", text="با John Smith حرف زدم و خیلی خوب بود", kind="reviews", author="John Smith")
    german = Record(id="rec_3", text="Ich habe mit Jürgen Müller gesprochen und war sehr zufrieden.", kind="reviews")

    (one, other, third), counts = mask_records([chat, persian, german], Masking(key=b"a key", names=names))

    assert one.text == "My name is [name] and I waited for two hours.\nHello [name], this is [name]."
    assert [one.text[turn.start : turn.end] for turn in one.turns] == one.text.split("\n")
    assert one.author == one.turns[0].speaker and one.author.startswith("[name] ") and one.turns[1].speaker == "Agent"
    assert one.metadata == {"by": "[name]", NOTE: "name 5"}
    assert other == persian
    assert third.text == "Ich habe mit [name] gesprochen und war sehr zufrieden."
    assert counts == {"name": 6}


def test_without_names_nothing_is_changed():
    record = Record(id="rec_1", text="John Smith called", kind="reviews", author="John Smith")

    assert mask_records([record], Masking(key=b"a key")) == ([record], {})
    assert load_names({}) is None


def test_nothing_is_imported_before_a_pipeline_is_set():
    code = (
        "import sys; from nlp_service.text.redact import Masking, load_names; load_names({}); "
        "sys.exit(any(name in sys.modules for name in ('presidio_analyzer', 'spacy', 'lingua')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_presidio_it_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(of_names, "find_spec", lambda _: None)
    with pytest.raises(ModelMissing, match=r"pip install -r requirements-names\.txt"):
        load_names({"en": "en_core_web_sm"})


def test_a_presidio_that_cannot_be_imported_counts_as_none(monkeypatch, tmp_path):
    monkeypatch.setattr(of_names, "find_spec", lambda _: "there")
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    with pytest.raises(ModelMissing, match=r"requirements-names\.txt"):
        load_names({"en": str(saved(tmp_path, "en"))})


@pytest.mark.parametrize("name", ["en_core_web_none", "no/such/folder", "..", "a b"])
def test_an_unknown_pipeline_is_told_by_name(monkeypatch, name):
    monkeypatch.setattr(of_names, "find_spec", lambda _: "there")
    with pytest.raises(ModelMissing) as refused:
        load_names({"en": name})
    assert f"spacy download {name}" in refused.value.detail


def test_a_language_that_is_not_told_apart_is_refused():
    with pytest.raises(UnsupportedLanguage, match="xx"):
        load_names({"xx": "xx_ent_wiki_sm"})


def test_a_pipeline_without_a_label_for_people_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(of_names, "find_spec", lambda _: "there")
    with pytest.raises(ModelCorrupt, match="knows no label for people"):
        load_names({"en": str(saved(tmp_path, "en", label="ORG"))})


def test_a_damaged_pipeline_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(of_names, "find_spec", lambda _: "there")
    folder = saved(tmp_path, "en")
    (folder / "config.cfg").write_text("[nlp]\nlang = 5\n", encoding="utf-8")
    with pytest.raises(ModelCorrupt, match="does not work here"):
        load_names({"en": str(folder)})


def test_a_text_in_which_the_pipeline_fails_does_not_pass_for_read(names, monkeypatch):
    def fail(*_args, **_options):
        raise ValueError("John Smith")

    monkeypatch.setattr(names._analyzer, "analyze", fail)
    with pytest.raises(NotReady) as refused:
        _masked("Nobody has read this before", names)
    assert "John Smith" not in refused.value.detail


def test_the_setting_names_a_pipeline_for_each_language():
    settings = Settings(pii_names="en=en_core_web_sm, de=/srv/my pipelines/de")

    assert settings.name_pipelines == {"en": "en_core_web_sm", "de": "/srv/my pipelines/de"}
    assert Settings(pii_names="").name_pipelines == {}


@pytest.mark.parametrize("value", ["en_core_web_sm", "en=", "=a", "en=a,", "en=a,en=b", "EN=a", "en==a"])
def test_a_setting_that_names_none_is_refused(value):
    with pytest.raises(ValidationError, match="en=en_core_web_sm"):
        Settings(pii_names=value)


_SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=6)


def _apart(spans, kind):
    found, at = [], 0
    for gap, length in spans:
        found.append(Finding(kind=kind, start=at + gap, end=at + gap + length, confidence=0.8))
        at += gap + length
    return found


def _places(findings):
    return {place for one in findings for place in range(one.start, one.end)}


@given(_SPANS, _SPANS)
def test_no_place_of_a_name_is_lost_and_none_is_told_twice(one, other):
    people, settled = _apart(one, "name"), _apart(other, "phone")

    left = list(beside(people, settled))

    assert _places(left) == _places(people) - _places(settled)
    assert sum(one.end - one.start for one in left) == len(_places(left))
    assert all(one.start < one.end for one in left)
