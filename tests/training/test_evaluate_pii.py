"""The scorecard of personal data counts what is covered and what is right."""

import json

import pytest

from nlp_service.errors import InvalidRequest
from nlp_service.settings import ROOT
from nlp_service.text.redact import KINDS
from nlp_service.text.redact.findings import Finding
from nlp_service.training.evaluate_pii import Span, compare, pii_scores

GOLD = ROOT / "corpora" / "gold" / "pii"


def _found(kind, start, end):
    return Finding(kind=kind, start=start, end=end, confidence=1.0)


def test_a_span_counts_where_it_is_covered_and_a_finding_where_half_of_it_is_right():
    half = ([Span("phone", 0, 10)], [_found("phone", 0, 5)])
    other_kind = ([Span("phone", 0, 10)], [_found("card", 0, 10)])
    wider = ([Span("email", 5, 10)], [_found("email", 4, 11)])
    much_wider = ([Span("email", 5, 10)], [_found("email", 0, 30)])

    metrics = compare([half, other_kind, wider, much_wider]).metrics()

    assert metrics["recall_phone"] == 0.0 and metrics["precision_phone"] == 1.0
    assert metrics["precision_card"] == 0.0 and "recall_card" not in metrics
    assert metrics["recall_email"] == 1.0 and metrics["precision_email"] == 0.5
    assert metrics["recall"] == 0.5 and metrics["precision"] == 0.5


def test_rows_of_the_data_folder_are_scored_beside_our_own(tmp_path):
    (tmp_path / "pii" / "en").mkdir(parents=True)
    row = {
        "id": "1",
        "text": "mail a@example.com",
        "split": "test",
        "spans": [{"start": 5, "end": 18, "kind": "email"}],
    }
    (tmp_path / "pii" / "en" / "mine.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")

    scores = [one for one in pii_scores(data_dir=tmp_path, gold_dir=GOLD) if one.corpus != "gold_pii_blind"]

    assert [(score.language, score.corpus) for score in scores] == [
        ("ar", "gold_pii"),
        ("en", "gold_pii"),
        ("fa", "gold_pii"),
        ("tr", "gold_pii"),
        ("en", "mine"),
        ("mul", "gold_pii"),
    ]
    assert scores[4].metrics["recall"] == 1.0


def test_nothing_to_measure_is_told(tmp_path):
    with pytest.raises(InvalidRequest):
        list(pii_scores(data_dir=tmp_path, gold_dir=tmp_path))


@pytest.mark.parametrize("language", ["en", "fa", "tr", "ar"])
def test_our_own_rows_are_whole(language):
    rows = [json.loads(line) for line in (GOLD / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()]

    assert len(rows) == len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == 104
    assert 32 <= sum(not row["spans"] for row in rows) <= 35
    assert sum(row["split"] == "test" for row in rows) in (43, 44)
    for row in rows:
        for span in row["spans"]:
            assert span["kind"] in KINDS and row["text"][span["start"] : span["end"]].strip() != ""


def test_every_kind_is_found_and_little_else_on_our_own_test_rows(tmp_path):
    [every] = [one for one in pii_scores(data_dir=tmp_path, gold_dir=GOLD, names="gold_pii") if one.language == "mul"]

    assert every.n == 174
    assert every.metrics["recall"] >= 0.95 and every.metrics["precision"] >= 0.95
    for kind in KINDS:  # of the rarest there are ten
        assert every.metrics[f"recall_{kind}"] >= 0.90 and every.metrics[f"precision_{kind}"] >= 0.90, kind


def test_little_else_is_found_on_rows_written_blind(tmp_path):
    *_, every = pii_scores(data_dir=tmp_path, gold_dir=GOLD, names="gold_pii_blind")

    assert (every.language, every.n) == ("mul", 200)
    assert every.metrics["recall"] >= 0.75 and every.metrics["precision"] >= 0.95
