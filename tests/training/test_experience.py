"""The scorecard of experience, and the chooser of its thresholds: on training conversations alone, the same each time."""

import json

import numpy as np
import pytest

from nlp_service.analysis.turning import turning_point
from nlp_service.errors import InvalidRequest
from nlp_service.inference.hashing import HashingEngine
from nlp_service.settings import Settings
from nlp_service.training.evaluate import evaluate
from nlp_service.training.evaluate_experience import experience_metrics, experience_scores, read_conversations
from nlp_service.training.experience_rule import NEVER, choose_experience_rule
from nlp_service.training.labelled_chats import labelled_chats
from nlp_service.training.turning import Choice, fit_turning, unseen_accuracy

GOLD = {
    "success": "yes",
    "effort": "high",
    "effort_cues": ["wait"],
    "emotions": ["anger"],
    "resolved_but_unhappy": True,
    "unresolved_but_kind": False,
    "turning_point": None,
    "cues": ["churn"],
}


def row(split, *, gold=GOLD):
    turns = [
        {"role": "customer", "text": "I have waited three weeks and I am livid."},
        {"role": "agent", "text": "Your refund has been approved."},
        {"role": "customer", "text": "It has arrived. I'm switching to another bank."},
    ]
    return {"id": split, "split": split, "kind": "chat", "language": "en", "turns": turns, "gold": gold}


@pytest.fixture
def gold_dir(tmp_path):
    folder = tmp_path / "gold" / "conversations"
    folder.mkdir(parents=True)
    rows = [row("train"), row("train", gold={**GOLD, "success": "no"}), row("test")]
    (folder / "en.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def test_cues_and_emotions_are_scored_against_gold():
    rows = [row("test")]

    metrics = experience_metrics(rows, read_conversations(rows, "en", HashingEngine()))

    assert metrics["effort_accuracy"] == 1.0
    assert metrics["effort_cues_f1"] == 1.0
    assert metrics["churn_f1"] == 1.0
    assert metrics["emotions_f1"] > 0
    assert metrics["success_majority"] == 1.0


def test_what_gold_leaves_out_is_not_scored():
    rows = [row("test", gold={"emotions": ["joy"]})]

    metrics = experience_metrics(rows, read_conversations(rows, "en", HashingEngine()))

    assert "success_accuracy" not in metrics
    assert "turning_point_accuracy" not in metrics
    assert "emotions_f1" in metrics


def test_only_test_rows_are_measured_and_data_is_read_beside_our_own(gold_dir, tmp_path):
    data = tmp_path / "data" / "experience" / "en"
    data.mkdir(parents=True)
    (data / "outside.jsonl").write_text(json.dumps({"turns": row("test")["turns"], "gold": GOLD}), encoding="utf-8")
    settings = Settings(corpora_dir=tmp_path)

    scores = list(evaluate("experience", engine=HashingEngine(), settings=settings, data_dir=tmp_path / "data"))

    assert [(score.corpus, score.n) for score in scores] == [("gold_conversations", 1), ("outside", 1)]


def test_a_corpus_of_several_languages_is_also_scored_whole(gold_dir, tmp_path):
    (gold_dir / "tr.jsonl").write_text(json.dumps(row("test")), encoding="utf-8")

    settings = Settings(corpora_dir=tmp_path)

    scores = list(evaluate("experience", engine=HashingEngine(), settings=settings, data_dir=tmp_path))

    assert [(score.language, score.n) for score in scores] == [("en", 1), ("tr", 1), ("en+tr", 2)]


def test_no_conversations_are_told(tmp_path):
    with pytest.raises(InvalidRequest, match="No conversations match"):
        list(evaluate("experience", engine=None, settings=Settings(corpora_dir=tmp_path), data_dir=tmp_path))


def test_the_rule_is_chosen_the_same_each_time_from_training_rows(gold_dir, tmp_path):
    engine = HashingEngine()

    first = choose_experience_rule(engine, gold_dir=gold_dir, path=tmp_path / "a.json")
    second = choose_experience_rule(engine, gold_dir=gold_dir, path=tmp_path / "b.json")

    assert first == second
    assert first["rows"] == 2
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert set(first["emotion_margins"].values()) == {NEVER}


def test_chats_labelled_by_others_measure_what_they_tell_apart(tmp_path):
    folder = tmp_path / "chats" / "pt"
    folder.mkdir(parents=True)
    turns = [
        {"speaker": "customer", "text": "Não funciona!", "emotions": ["frustration", "neutral"]},
        {"speaker": "agent", "text": "Lamento.", "emotions": ["empathy"]},
    ]
    rows = [{"turns": turns, "labels": {"task_success": n}} for n in (1.0, 3.0, 5.0)] + [{"turns": turns, "labels": {}}]
    (folder / "shop.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    golds = [row["gold"] for row in labelled_chats(folder / "shop.jsonl")]
    (score,) = experience_scores(
        HashingEngine(), data_dir=tmp_path, gold_dir=tmp_path / "none", names="shop", languages=[], limit=None
    )

    assert [gold["success"] for gold in golds] == ["no", "unknown", "yes"]
    assert golds[0]["emotions"] == ["frustration"]
    assert (score.n, score.metrics["success_majority"]) == (3, pytest.approx(1 / 3))
    assert score.metrics["emotions_majority"] == 1.0
    assert not {"effort_accuracy", "cues_f1", "churn_f1", "resolved_but_unhappy_f1"} & score.metrics.keys()


def test_the_weights_of_a_turning_point_are_learnt_from_where_it_was_said_to_be():
    def choice(part, *, turns):
        features = np.array([[1.0, 0.9, 0.8, 0.7, 0.0, 0.0], [1.0, 0.1, 0.2, -0.1, 0.0, 1.0], [0.0] * 6])
        chosen = np.array([turns, False, not turns])
        return Choice(
            features=features if turns else features[1:],
            chosen=chosen if turns else chosen[1:],
            right=chosen if turns else chosen[1:],
            part=part,
        )

    choices = [choice(n % 5, turns=n % 2 == 0) for n in range(20)]
    weights = fit_turning(choices)

    assert unseen_accuracy(choices) == 1.0
    assert turning_point([-0.8, -0.9, 0.8, 0.9], [20] * 4, weights) == 2
    assert turning_point([-0.8, -0.7, -0.9], [20] * 3, weights) is None


def test_without_conversations_there_is_nothing_to_be_right_about():
    assert unseen_accuracy([]) == 0.0
