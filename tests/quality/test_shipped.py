"""The engine that ships, on texts written for this: it need be installed, as `make test` does."""

import json

import pytest
from sklearn.metrics import v_measure_score

from nlp_service import ingest, pipeline
from nlp_service.domain import Record, Upload
from nlp_service.errors import ModelMissing
from nlp_service.export.report import report_json
from nlp_service.inference.load import load_engine
from nlp_service.settings import ROOT, Settings
from nlp_service.topics.taxonomy import load_taxonomy

SAMPLES = ROOT / "corpora" / "samples"
MOST_LANGUAGE_IN_THEMES = 0.1


@pytest.fixture(scope="module")
def engine():
    try:
        return load_engine(Settings())
    except ModelMissing:
        pytest.skip("the encoder is not installed: run `make install`")


def read(name):
    return list(ingest.read(Upload(filename=name, content=(SAMPLES / name).read_bytes())).records)


def run(records, engine):
    analyses = pipeline.analyze(records, engine=engine)
    taxonomy = load_taxonomy(ROOT / "corpora" / "taxonomy")
    return pipeline.report(analyses, engine=engine, taxonomy=taxonomy, settings=Settings(), purpose="a test")


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("The app is great, I love it", "en", "positive"),
        ("Terrible service, I want my money back", "en", "negative"),
        ("خیلی عالی بود، ممنونم از شما", "fa", "positive"),
        ("افتضاح بود، اصلا راضی نیستم", "fa", "negative"),
        ("Harika bir ürün, çok memnun kaldım", "tr", "positive"),
        ("Berbat, paramı geri istiyorum", "tr", "negative"),
        ("تطبيق ممتاز وخدمة رائعة", "ar", "positive"),
        ("أسوأ تجربة، لا أنصح به أبدا", "ar", "negative"),
    ],
)
def test_plain_words_are_read_rightly_in_four_languages(engine, text, language, label):
    (analysis,) = pipeline.analyze([Record(id="a", text=text, kind="reviews")], engine=engine)

    assert (analysis.language.code, analysis.sentiment.label) == (language, label)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Please add a dark mode to the app", "feature_request"),
        ("لطفا حالت تاریک را به برنامه اضافه کنید", "feature_request"),
        ("Lütfen uygulamaya karanlık mod ekleyin", "feature_request"),
        ("يرجى إضافة الوضع الليلي إلى التطبيق", "feature_request"),
        ("The app crashes every time I open the cart", "problem"),
        ("How do I change my password?", "question"),
    ],
)
def test_plain_acts_are_told_apart(engine, text, act):
    (analysis,) = pipeline.analyze([Record(id="a", text=text, kind="reviews")], engine=engine)

    assert analysis.readings[0].act == act


def test_themes_of_the_sample_reviews_mix_the_languages_and_find_the_planted_subjects(engine):
    report = run(read("reviews.csv"), engine)

    language_of = {r.segment.id: r.segment.language for a in report.analyses for r in a.readings}
    pairs = [(i, language_of[segment_id]) for i, t in enumerate(report.themes) for segment_id in t.segment_ids]
    assert v_measure_score([language for _, language in pairs], [i for i, _ in pairs]) <= MOST_LANGUAGE_IN_THEMES
    aspects = {theme.aspect for theme in report.themes}
    assert {"dark_mode", "price_level", "courier_behaviour"} <= aspects
    assert aspects & {"delivery_time", "delivery_slot"}, (
        "late and missed appointments are one theme here, by either name"
    )
    assert all(set(theme.label) >= {"en", "fa", "tr", "ar"} for theme in report.themes if theme.aspect)


def test_runs_with_other_thread_counts_and_a_warm_cache_give_the_same_bytes(engine):
    records = read("reviews.csv")[:60]
    other = load_engine(Settings(engine_threads=1))
    other.encode([record.text for record in records[::-1]])

    first, second = report_json(run(records, engine)), report_json(run(records, other))

    assert json.dumps(first, ensure_ascii=False) == json.dumps(second, ensure_ascii=False)


def test_real_reviews_in_six_languages_make_themes_that_mix_them(engine, shared_data):
    from benchmarks.speed import language_share, mixed_reviews

    report = run(mixed_reviews(300), engine)

    assert language_share(report) <= MOST_LANGUAGE_IN_THEMES
    for quote in (quote for theme in report.themes for quote in theme.quotes):
        record = next(a.record for a in report.analyses if a.record.id == quote.record_id)
        assert record.text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize("name", ["google_play/reviews_org.mozilla.firefox_utf16le.csv", "trustpilot/reviews_a.xlsx"])
def test_real_exports_finish_with_themes(engine, shared_data, name):
    path = shared_data / "formats" / name
    contents = ingest.read(Upload(filename=path.name, content=path.read_bytes()))

    assert len(run(list(contents.records), engine).themes) >= 3
