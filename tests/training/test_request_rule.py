"""The recogniser of requests: fitted on training rows alone, the same each time, and honest about how rare requests are."""

import json

import numpy as np
import pytest

from nlp_service.analysis.requests import ASKING, load_rule
from nlp_service.inference import heads
from nlp_service.inference.heads import LABELS
from nlp_service.training import examples
from nlp_service.training.datasets import hash_of
from nlp_service.training.examples import asking_examples, spoken_examples
from nlp_service.training.pointed import CHECKSUM, part_of, pointed_rows
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
REVIEW = "Nice app. Please add a dark theme. I love it. It crashes."
SEGMENTS = {"Nice app.": False, "Please add a dark theme.": True, "I love it.": False, "It crashes.": False}


class Counting:
    """An encoder whose features say whether a text pleads, and a constant."""

    name, sha256, dimension, n_features = "counting", "f" * 64, 2, 2

    def features(self, texts):
        rows = np.array([["lease" in text, True] for text in texts], np.float32).reshape(-1, 2)
        return rows, rows


@pytest.fixture
def folder(tmp_path):
    for name in ("requests", "reviews", "data/sentiment/en"):
        (tmp_path / name).mkdir(parents=True)
    own = [{"text": f"{text} {n}", "label": label, "split": "train"} for n in range(5) for text, label in ROWS]
    own += [{"text": "How do I add a tag?", "label": "feature_request", "split": "test"}] * 100
    texts = [f"{REVIEW} {n}" for n in range(30)]
    pointers = [
        {"corpus": "sentiment/apps", "row": hash_of(text).hex()[:CHECKSUM], "start": text.index(said), "split": "train"}
        | {"end": text.index(said) + len(said), "request": asks, "weight": 1.0 if asks else 9.0}
        for text in texts
        for said, asks in SEGMENTS.items()
    ]
    pointers.append({**pointers[0], "row": "0" * CHECKSUM})
    pointers.append({**pointers[0], "split": "test"})
    reviews = [{"text": text, "label": "positive", "split": "train"} for text in texts]
    for path, rows in (("requests/en", own), ("reviews/en", pointers), ("data/sentiment/en/apps", reviews)):
        (tmp_path / f"{path}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    weight = np.zeros((2, 5), np.float32)
    heads.save(tmp_path / "heads", task="act", weight=weight, bias=np.zeros(5, np.float32), card={"version": 1})
    return tmp_path


def chosen(folder):
    return choose_rule(
        Counting(),
        data_dir=folder / "data",
        gold_dirs=[folder / "requests"],
        reviews_dir=folder / "reviews",
        models_dir=folder,
    )


def test_a_row_points_to_a_segment_of_a_review_that_is_there(folder):
    (*found,) = pointed_rows(folder / "reviews", folder / "data", "train")

    assert len(found) == 30 * len(SEGMENTS)
    assert [row.text for row in found if row.asks] == ["Please add a dark theme."] * 30


def test_the_act_head_is_taught_what_asks_and_that_the_rest_is_anything_else(folder):
    found = asking_examples(folder / "data", folder / "reviews")
    request = list(LABELS["act"]).index("feature_request")

    assert {key: len(own) for key, own in found.items()} == {"en/asking": 30, "en/not_asking": 90}
    for key, own in found.items():
        for example in own:
            assert example.target[request] == (key == "en/asking")
            assert example.target.sum() == (1 if key == "en/asking" else len(LABELS["act"]) - 1)


def test_praise_problems_and_the_rest_say_which_sentiment_they_are(tmp_path):
    said = {
        "feature_request": "add it",
        "problem": "it broke",
        "praise": "well done",
        "question": "how",
        "other": "hello",
    }
    rows = [{"text": text, "label": label, "split": "train"} for label, text in said.items()]
    (tmp_path / "acts").mkdir()
    (tmp_path / "acts" / "en.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    (found,) = spoken_examples(tmp_path / "acts", "train").values()

    labels = {example.segments[0]: LABELS["sentiment"][int(example.target.argmax())] for example in found}
    assert labels == {"it broke": "negative", "well done": "positive", "how": "neutral", "hello": "neutral"}


def test_a_part_of_the_segments_is_kept_from_the_encoder(folder, monkeypatch):
    monkeypatch.setattr(examples, "KEPT_OUT", part_of("Please add a dark theme."))

    assert "en/asking" not in asking_examples(folder / "data", folder / "reviews")


def test_the_rule_follows_training_rows_and_is_the_same_each_time(folder):
    first, second = chosen(folder), chosen(folder)

    assert first == second
    assert first["rows"] == {"real": 120, "own": len(ROWS) * 5, "public": 0}
    assert first["precision"] == 1.0
    assert first["recall"] > 0.9
    assert first["shifts"]["howto"] < 0 < first["shifts"]["explicit"]
    assert load_rule(folder / "request_rule.json").asked_over == first["asked_over"]
    (head,) = heads.load(folder / "heads", ["request"])
    pleading, silent = head.logits(np.array([[1, 1], [0, 1]], np.float32))[:, 0]
    assert pleading > silent


def test_rows_that_the_encoder_was_tuned_on_do_not_say_what_cues_add(folder):
    card = {"rows": {"act": {"en/gold_requests": 40}}}
    (folder / "tuned").mkdir()
    (folder / "tuned" / "encoder.json").write_text(json.dumps(card), encoding="utf-8")

    assert chosen(folder)["rows"]["own"] < len(ROWS) * 5 / 2


def test_the_shipped_rule_knows_every_kind():
    shifts = load_rule().shifts

    assert all(shifts[kind] > 0 for kind in ASKING)
