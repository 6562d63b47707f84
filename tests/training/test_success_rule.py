"""The rule of success: its heads find what tells answers apart; what ships was measured on dialogues it had not seen."""

import json

import numpy as np

from nlp_service.analysis.success import SUCCESS_PATH
from nlp_service.training.success_rule import ridge


def test_the_heads_find_what_tells_the_answers_apart():
    rng = np.random.default_rng(0)
    answer = rng.integers(0, 3, 120)
    values = rng.normal(size=(120, 8)).astype(np.float32)
    values[np.arange(120), answer] += 3

    fitted = ridge(values, np.arange(3) == answer[:, None])

    assert (fitted.scores(values).argmax(axis=1) == answer).mean() > 0.9
    assert np.allclose(fitted.scores(values).sum(axis=1), 1)


def test_what_ships_beats_the_most_frequent_answer_on_dialogues_it_had_not_seen():
    card = json.loads(SUCCESS_PATH.read_text(encoding="utf-8"))

    assert card["unseen_accuracy"] > card["unseen_accuracy_of_heads"] > card["majority"]
