"""The flow as a whole, on the hashing engine: every quote a slice, every segment accounted for, the same bytes twice."""

import csv
import json

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from nlp_service import pipeline
from nlp_service.domain import Record, Turn
from nlp_service.export.report import report_json
from nlp_service.export.text import report_text
from nlp_service.inference.hashing import HashingEngine
from nlp_service.settings import ROOT, Settings
from nlp_service.topics.taxonomy import load_taxonomy

SETTINGS = Settings(engine="hashing")
TAXONOMY = load_taxonomy(ROOT / "corpora" / "taxonomy")
ENGINE = HashingEngine()


def sample_records():
    with (ROOT / "corpora" / "samples" / "reviews.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        Record(id=row["review_id"], text=row["review"], kind="reviews", author=row["author"], occurred_at=row["date"])
        for row in rows
    ]


def run(records, *, settings=SETTINGS, **options):
    analyses = pipeline.analyze(records, engine=ENGINE)
    return pipeline.report(analyses, engine=ENGINE, taxonomy=TAXONOMY, settings=settings, purpose="a test", **options)


@pytest.fixture(scope="module")
def report():
    return run(sample_records())


def test_every_quote_equals_its_slice(report):
    texts = {analysis.record.id: analysis.record.text for analysis in report.analyses}
    quotes = [quote for finding in (*report.themes, *report.requests) for quote in finding.quotes]

    assert quotes
    for quote in quotes:
        assert texts[quote.record_id][quote.start : quote.end] == quote.text


def test_every_segment_is_in_one_theme_or_has_a_reason(report):
    segment_ids = [reading.segment.id for analysis in report.analyses for reading in analysis.readings]
    themed = [segment_id for theme in report.themes for segment_id in theme.segment_ids]

    assert sorted([*themed, *report.unclustered]) == sorted(segment_ids)
    assert set(report.unclustered.values()) <= {"too_short", "generic", "singleton", "off_topic"}


def test_themes_are_shown_with_three_to_five_quotes(report):
    for theme in report.themes:
        assert min(3, theme.n_records) <= len(theme.quotes) <= 5


def test_two_runs_give_the_same_bytes(report):
    again = run(sample_records())

    assert json.dumps(report_json(again)) == json.dumps(report_json(report))


def test_what_was_encoded_before_changes_nothing(report):
    records = sample_records()
    pipeline.analyze(records[::-1][:50], engine=ENGINE)

    assert json.dumps(report_json(run(records))) == json.dumps(report_json(report))


def test_equal_texts_lie_together():
    records = [Record(id=f"r{i}", text="The app crashes when I pay!", kind="reviews") for i in range(4)]
    others = [Record(id=f"o{i}", text=f"Delivery number {i} came {i} days late", kind="reviews") for i in range(12)]

    report = run([*records, *others])

    places = {theme.id for theme in report.themes for segment_id in theme.segment_ids if segment_id.startswith("r")} | {
        report.unclustered[key] for key in report.unclustered if key.startswith("r")
    }
    assert len(places) == 1


def test_an_agent_is_not_a_customer():
    text = "My parcel is broken and nobody answers\nI am so sorry, we love our customers"
    record = Record(
        id="c",
        text=text,
        kind="chats",
        turns=(
            Turn(index=0, speaker="Dana", role="customer", start=0, end=38, starts_at_s=4.5),
            Turn(index=1, speaker="Support", role="agent", start=39, end=len(text)),
        ),
    )

    (analysis,) = pipeline.analyze([record], engine=ENGINE)

    assert [reading.segment.turn for reading in analysis.readings] == [0]
    assert analysis.readings[0].segment.text == "My parcel is broken and nobody answers"


@pytest.mark.parametrize(
    "records", [[], [Record(id="a", text="", kind="reviews")], [Record(id="a", text="👍", kind="reviews")]]
)
def test_little_input_gives_a_report_without_themes(records):
    report = run(records)

    assert report.themes == ()
    assert len(report.analyses) == len(records)
    assert report_text(report)


def test_a_wish_for_few_themes_is_heard():
    assert len(run(sample_records(), wished_themes=5).themes) <= 6


def test_a_theme_of_too_few_people_is_not_shown_and_its_segments_say_so(report):
    least = min(theme.n_people for theme in report.themes) + 1
    shown = run(sample_records(), settings=SETTINGS.model_copy(update={"min_people": least}))

    expected = {theme.id for theme in report.themes if theme.n_people >= least}
    hidden = {i for theme in report.themes if theme.n_people < least for i in theme.segment_ids}
    assert {theme.id for theme in shown.themes} == expected
    assert {i for i, reason in shown.unclustered.items() if reason == "few_people"} == hidden
    assert all(child.n_people >= least for theme in shown.themes for child in theme.children)
    assert shown.lineage.settings_hash != report.lineage.settings_hash


@given(st.lists(st.text(max_size=60), max_size=6))
@hypothesis_settings(max_examples=25, deadline=None)
def test_any_text_is_analysed_with_slices_that_fit(texts):
    records = [Record(id=str(i), text=text, kind="reviews") for i, text in enumerate(texts)]

    for analysis in pipeline.analyze(records, engine=ENGINE):
        for reading in analysis.readings:
            segment = reading.segment
            assert analysis.record.text[segment.start : segment.end] == segment.text


def test_a_run_can_be_stopped_between_batches():
    class Stopped(Exception):
        pass

    def stop(stage, done, _total):
        if stage == "encoding" and done:
            raise Stopped

    records = [Record(id=str(i), text=f"Sentence number {i} is about {i}.", kind="reviews") for i in range(300)]
    with pytest.raises(Stopped):
        pipeline.analyze(records, engine=ENGINE, progress=stop)
