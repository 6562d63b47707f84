"""Engines: order kept, equal texts encoded once, heads that fit."""

import json

import numpy as np
import pytest

from nlp_service.errors import ModelCorrupt, ModelMissing
from nlp_service.inference import heads
from nlp_service.inference.cache import CachedEngine
from nlp_service.inference.engine import Encoded, unit
from nlp_service.inference.hashing import HashingEngine
from nlp_service.inference.load import HeadedEngine, load_engine


class Counting(HashingEngine):
    """The hashing engine with the texts that reached it."""

    def __init__(self):
        self.seen: list[str] = []

    def encode(self, texts) -> Encoded:
        self.seen += texts
        return super().encode(texts)


class Features:
    """An encoder whose features are the lengths of the texts."""

    name, sha256, dimension, n_features = "lengths", "0" * 64, 2, 1

    def features(self, texts):
        lengths = np.array([[len(text)] for text in texts], np.float32).reshape(-1, 1)
        return lengths, unit(np.concatenate([lengths, np.ones_like(lengths)], axis=1))

    def read(self, texts, weight):
        tokens = [np.array([[i, i + 1, i] for i in range(len(text))], np.float32).reshape(-1, 3) for text in texts]
        return *self.features(texts), tuple(np.concatenate([own[:, :2], own[:, 2:] @ weight], axis=1) for own in tokens)


def test_a_cached_engine_answers_as_the_engine_does_and_encodes_each_text_once():
    inner, texts = Counting(), ["one", "two", "one", "three", "two"]
    cached = CachedEngine(inner, size=10)

    first, second = cached.encode(texts), cached.encode(texts[::-1])
    plain = HashingEngine().encode(texts)

    assert inner.seen == ["one", "two", "three"]
    assert np.array_equal(first.vectors, plain.vectors)
    assert np.array_equal(second.vectors[::-1], plain.vectors)
    assert all(np.array_equal(first.logits[task], plain.logits[task]) for task in plain.logits)
    assert [own.shape for own in first.tokens] == [own.shape for own in plain.tokens] == [(0, 3)] * 5


def test_a_full_cache_forgets_the_oldest_and_still_answers():
    inner = Counting()
    cached = CachedEngine(inner, size=1)

    cached.encode(["a", "b"])
    cached.encode(["b", "a"])

    assert inner.seen == ["a", "b", "a"]


@pytest.mark.parametrize("texts", [[], ["", "\ud800", "😀"]], ids=["none", "empty, broken and emoji"])
def test_odd_input_gives_rows_of_the_right_shape(texts):
    encoded = CachedEngine(HashingEngine(), size=5).encode(texts)

    assert encoded.vectors.shape == (len(texts), HashingEngine.dimension)
    assert encoded.logits["sentiment"].shape == (len(texts), 3)
    assert encoded.logits["act"].shape == (len(texts), 5)


def test_a_saved_head_comes_back_and_is_applied(tmp_path):
    weight, bias = np.array([[1.0, 0.0, -1.0]], np.float32), np.array([0.0, 1.0, 0.0], np.float32)
    heads.save(tmp_path, task="sentiment", weight=weight, bias=bias, card={"version": 1})

    (head,) = heads.load(tmp_path, ["sentiment"])
    encoded = HeadedEngine(Features(), [head]).encode(["abc", ""])

    assert encoded.logits["sentiment"].tolist() == [[3.0, 1.0, -3.0], [0.0, 1.0, 0.0]]
    assert head.labels == ("negative", "neutral", "positive")


def test_token_heads_read_every_token(tmp_path):
    heads.save(
        tmp_path,
        task="wanted",
        weight=np.array([[2.0]], np.float32),
        bias=np.array([-1.0], np.float32),
        card={"version": 1},
    )

    encoded = HeadedEngine(Features(), heads.load(tmp_path, ["wanted"])).encode(["ab", ""])

    assert [own.tolist() for own in encoded.tokens] == [[[0.0, 1.0, -1.0], [1.0, 2.0, 1.0]], []]


def test_a_head_that_does_not_match_its_card_is_refused(tmp_path):
    heads.save(
        tmp_path, task="act", weight=np.zeros((1, 5), np.float32), bias=np.zeros(5, np.float32), card={"version": 1}
    )
    card = json.loads((tmp_path / "act.json").read_text())
    (tmp_path / "act.json").write_text(json.dumps(card | {"sha256": "0" * 64}))

    with pytest.raises(ModelCorrupt, match="act head"):
        heads.load(tmp_path, ["act"])


def test_a_head_of_another_encoder_is_refused(tmp_path):
    heads.save(
        tmp_path, task="act", weight=np.zeros((7, 5), np.float32), bias=np.zeros(5, np.float32), card={"version": 1}
    )

    with pytest.raises(ModelCorrupt, match="another encoder"):
        HeadedEngine(Features(), heads.load(tmp_path, ["act"]))


def test_missing_weights_say_how_to_get_them(settings, tmp_path):
    with pytest.raises(ModelMissing, match="models install"):
        load_engine(settings.model_copy(update={"engine": "onnx", "models_dir": tmp_path}))
