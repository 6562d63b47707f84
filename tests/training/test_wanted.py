"""The head that tells the wanted words of a request, fitted on words that are marked."""

import json

import numpy as np
import pytest

from nlp_service.inference import heads
from nlp_service.training.wanted import train_wanted

WORDS = ("dark mode", "night theme", "big letters", "blue icons", "two columns")


class Letters:
    """An encoder whose tokens are words, with two states: whether one begins with a capital, and a constant."""

    name, sha256, dimension, n_features = "letters", "f" * 64, 2, 2

    def read(self, texts, weight):
        return None, None, tuple(self._tokens(text) @ _beside_places(weight) for text in texts)

    def _tokens(self, text):
        rows, at = [], 0
        for word in text.split(" "):
            rows.append([at, at + len(word), word[0].isupper(), 1.0])
            at += len(word) + 1
        return np.array(rows, np.float32)


def _beside_places(weight):
    whole = np.zeros((4, 2 + weight.shape[1]), np.float32)
    whole[0, 0] = whole[1, 1] = 1.0
    whole[2:, 2:] = weight
    return whole


@pytest.fixture
def folder(settings, tmp_path):
    (tmp_path / "gold" / "acts").mkdir(parents=True)
    rows = []
    for n in range(1500):
        wanted = WORDS[n % len(WORDS)].title()
        text = f"kindly number {n} get {wanted} soon"
        start = text.index(wanted)
        rows.append({"text": text, "label": "feature_request", "split": "train", "span": [start, start + len(wanted)]})
    rows.append({"text": "all is Well", "label": "praise", "split": "train"})
    rows.append({"text": "kindly get WRONG", "label": "feature_request", "split": "test", "span": [0, 6]})
    path = tmp_path / "gold" / "acts" / "en.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return settings.model_copy(update={"corpora_dir": tmp_path, "models_dir": tmp_path / "models"})


def test_words_that_are_marked_are_found_in_requests_that_no_fit_had_seen(folder):
    card = train_wanted(folder, Letters())

    (head,) = heads.load(folder.heads_dir, ["wanted"])
    assert card["word_f1"] > 0.95
    assert card["rows"] == {"en": 1500}
    assert head.weight.shape == (2, 1)
    assert head.weight[0, 0] > 0
