"""Corpora to heads and scorecards, on corpora made here and an encoder that knows two words."""

import gzip
import json

import numpy as np
import pytest

from nlp_service.errors import InvalidRequest
from nlp_service.inference import heads
from nlp_service.inference.load import HeadedEngine
from nlp_service.settings import Settings
from nlp_service.training.allowed import allowed_labels
from nlp_service.training.baseline import TF_IDF, baseline_scores, frozen
from nlp_service.training.datasets import Row, find_corpora
from nlp_service.training.evaluate import _sentiment_metrics, evaluate
from nlp_service.training.fit import fit_softmax, temperature
from nlp_service.training.scorecard import write_scorecard
from nlp_service.training.scores import calibration_error, macro_f1
from nlp_service.training.train import balanced_weights, train


class TwoWords:
    """An encoder whose features say whether a text holds `good`, `bad`, and a constant."""

    name, sha256, dimension, n_features = "two-words", "f" * 64, 3, 3

    def features(self, texts):
        rows = np.array([["good" in t, "bad" in t, True] for t in texts], np.float32).reshape(-1, 3)
        return rows, rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def read(self, texts, weight):
        return *self.features(texts), (np.zeros((0, 2 + weight.shape[1]), np.float32),) * len(texts)


@pytest.fixture
def data(tmp_path):
    """Two corpora of sentiment, one of which may be trained on."""
    root = tmp_path / "data"
    rows = [
        {"text": f"{word} {i}", "label": label, "split": "test" if i % 4 == 0 else "train"}
        for i in range(120)
        for word, label in (("good", "positive"), ("bad", "negative"), ("plain", "neutral"))
    ]
    for name in ("open", "closed"):
        path = root / "sentiment" / "en" / f"{name}.jsonl.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        with gzip.open(path, "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row) + "\n" for row in rows)
    manifest = "file,use\nsentiment/en/open.jsonl.gz,train\nsentiment/en/closed.jsonl.gz,evaluate\n"
    (root / "manifest.csv").write_text(manifest)
    return root


def test_only_corpora_marked_train_are_trained_on_and_no_test_row_is(data, tmp_path):
    card = train(
        "sentiment", encoder=TwoWords(), data_dir=data, models_dir=tmp_path, gold_dir=tmp_path, cache_dir=tmp_path / "c"
    )

    n_test = 3 * 30
    assert list(card["rows"]) == ["en/open"]
    assert card["rows"]["en/open"] < 3 * 120 - n_test


def test_a_trained_head_is_measured_on_test_rows_of_every_corpus(data, tmp_path):
    train(
        "sentiment", encoder=TwoWords(), data_dir=data, models_dir=tmp_path, gold_dir=tmp_path, cache_dir=tmp_path / "c"
    )
    engine = HeadedEngine(TwoWords(), heads.load(tmp_path / "heads", ["sentiment"]))
    every = HeadedEngine(
        TwoWords(), [*engine._heads, *(_dull_head(task) for task in heads.LABELS if task != "sentiment")]
    )

    scores = list(evaluate("sentiment", engine=every, settings=Settings(corpora_dir=tmp_path), data_dir=data, limit=60))

    assert [(score.corpus, score.n) for score in scores] == [("closed", 60), ("open", 60)]
    assert all(score.metrics["macro_f1"] == 1.0 for score in scores)


def _dull_head(task):
    n = len(heads.LABELS[task])
    return heads.Head(task=task, labels=heads.LABELS[task], weight=np.zeros((3, n), np.float32),
                      bias=np.zeros(n, np.float32), card={"version": 0}, sha256="0")  # fmt: skip


def test_mixed_is_neutral_to_a_corpus_that_does_not_tell_it_apart():
    said, sure = ["mixed", "negative", "neutral"], [0.8, 0.8, 0.8]

    three = _sentiment_metrics(["neutral", "negative", "neutral"], said, sure)
    four = _sentiment_metrics(["mixed", "negative", "neutral"], said, sure)

    assert three["accuracy"] == four["accuracy"] == 1.0
    assert "f1_mixed" not in three and four["f1_mixed"] == 1.0
    assert _sentiment_metrics(["neutral", "negative", "mixed"], said, sure)["f1_mixed"] == 0.0


@pytest.mark.parametrize("task", ["nonsense", "emotion", "segments"])
def test_a_task_that_is_not_measured_is_refused(task, data):
    with pytest.raises(InvalidRequest):
        list(evaluate(task, engine=None, settings=Settings(corpora_dir=data), data_dir=data))


def test_a_pattern_that_matches_nothing_is_told(data):
    with pytest.raises(InvalidRequest, match="No corpus matches"):
        find_corpora(data, "sentiment", names="missing*")


def test_other_covers_the_labels_that_a_corpus_does_not_tell_apart():
    rows = [Row(text="", label=label, language="en", corpus="c", split="train") for label in ("other", "problem")]

    allowed = allowed_labels("act", rows, known={"problem", "other", "feature_request"})

    assert allowed.tolist() == [[False, False, True, True, True], [False, True, False, False, False]]


def test_rare_labels_weigh_more_and_big_corpora_less_than_their_size():
    small, big = balanced_weights(["a"] * 9 + ["b"]), balanced_weights(["a"] * 90 + ["b"] * 10)

    assert small[-1] > small[0]
    assert big.sum() / small.sum() == pytest.approx(10**0.5)


def test_a_head_learns_from_partial_labels():
    features = np.eye(3, dtype=np.float32).repeat(20, axis=0)
    allowed = np.array([[1, 0, 0], [0, 1, 0], [0, 1, 1]], bool).repeat(20, axis=0)

    weight, bias = fit_softmax(features, allowed, np.ones(60, np.float32), l2=1e-4)

    assert (features @ weight + bias)[[0, 20]].argmax(axis=1).tolist() == [0, 1]
    assert (features @ weight + bias)[40].argmax() in {1, 2}


def test_overconfident_logits_get_a_temperature_above_one():
    rng = np.random.default_rng(0)
    gold = rng.integers(0, 2, 500)
    right = np.where(rng.random(500) < 0.7, gold, 1 - gold)
    logits = np.where(np.arange(2) == right[:, None], 8.0, 0.0).astype(np.float32)

    assert temperature(logits, np.arange(2) == gold[:, None]) > 2


def test_scores_can_be_checked_by_hand():
    assert macro_f1(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx(2 / 3)
    assert macro_f1(["a", "b"], ["neutral", "b"]) == pytest.approx(0.5)
    assert calibration_error(np.array([0.9, 0.9], np.float32), [True, False]) == pytest.approx(0.4, abs=1e-6)


def test_measured_rows_become_a_page_and_a_file_for_the_api(tmp_path):
    row = {
        "task": "sentiment",
        "lang": "fa",
        "corpus": "snappfood",
        "n": 9,
        "metrics": {"macro_f1": 0.8123},
        "engine": "e",
    }
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row) + "\n")

    assert write_scorecard([path], tmp_path) == 1
    assert "| fa | snappfood | 9 | 81.2 |" in (tmp_path / "SCORECARD.md").read_text()
    assert json.loads((tmp_path / "scorecard.json").read_text())[0]["native"] is True


@pytest.mark.parametrize("baseline", [TF_IDF, frozen(TwoWords())])
def test_a_baseline_is_trained_on_the_train_rows_of_its_corpus(data, tmp_path, baseline):
    scores = list(baseline_scores("sentiment", baseline, data_dir=data, names="open", limit=60))

    assert [(score.corpus, score.n, score.metrics["macro_f1"]) for score in scores] == [("open", 60, 1.0)]


def test_the_baseline_stands_beside_what_ships_on_the_same_rows(tmp_path):
    def row(engine, value):
        return {
            "task": "sentiment",
            "lang": "en",
            "corpus": "c",
            "n": 3,
            "metrics": {"macro_f1": value},
            "engine": engine,
        }

    path = tmp_path / "rows.jsonl"
    rows = [row("multilingual-e5-small-0a1b/onnx-int8", 0.7), row("tf-idf", 0.6), row("frozen", 0.5)]
    path.write_text("".join(json.dumps(one) + "\n" for one in rows))

    assert write_scorecard([path], tmp_path) == 1
    assert "| en | c | 3 | 70.0 | 60.0 | 50.0 |" in (tmp_path / "SCORECARD.md").read_text()
