"""The rule of requests: chosen from training rows alone, the same each time, and on rows the encoder has not seen."""

import json

import pytest

from nlp_service.analysis.requests import ASKING, load_rule
from nlp_service.inference.hashing import HashingEngine
from nlp_service.training.request_rule import choose_rule

ROWS = [
    ("Please add a dark theme", "feature_request"),
    ("Is there a way to sort by date?", "feature_request"),
    ("I wish I could pay in cash", "feature_request"),
    ("Please add folders for my notes", "feature_request"),
    ("How do I change my password?", "question"),
    ("Please refund my order no. 123", "other"),
    ("The app crashes every day", "problem"),
    ("Thanks for adding dark mode", "praise"),
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "requests").mkdir()
    rows = [{"text": f"{text} {n}", "label": label, "split": "train"} for n in range(5) for text, label in ROWS]
    rows += [{"text": "How do I add a tag?", "label": "feature_request", "split": "test"}] * 100
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "requests" / "en.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def chosen(folder):
    return choose_rule(HashingEngine(), gold_dirs=[folder / "requests"], models_dir=folder)


def test_the_rule_follows_training_rows_and_is_the_same_each_time(folder):
    first, second = chosen(folder), chosen(folder)

    assert first == second
    assert first["rows"] == first["new_rows"] == len(ROWS) * 5
    assert first["f1_joined"] > first["f1_head"]
    assert all(first["shifts"][kind] > 0 for kind in ("explicit", "question", "wish"))
    assert first["shifts"]["howto"] < 0
    assert load_rule(folder / "request_rule.json").shifts == first["shifts"]


def test_rows_that_the_encoder_was_tuned_on_do_not_say_what_cues_add(folder):
    card = {"rows": {"act": {"en/gold_requests": 40}}}
    (folder / "tuned").mkdir()
    (folder / "tuned" / "encoder.json").write_text(json.dumps(card), encoding="utf-8")

    assert chosen(folder)["new_rows"] < len(ROWS) * 5 / 2


def test_the_shipped_rule_knows_every_kind():
    shifts = load_rule().shifts

    assert all(shifts[kind] > 0 for kind in ASKING)
