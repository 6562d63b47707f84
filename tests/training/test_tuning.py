"""Tuning, on a tiny random encoder: what moves, what stays, and a killed run that goes on as if nothing had happened."""

import json

import numpy as np
import pytest

from nlp_service.errors import ModelCorrupt
from nlp_service.inference import base_weights, heads, transformer, tuned
from nlp_service.inference.heads import LABELS
from nlp_service.training import contrast
from nlp_service.training.calibrate import calibrate
from nlp_service.training.mixture import Example
from tests.inference.made import base_file

torch = pytest.importorskip("torch")

from nlp_service.training import tunable  # noqa: E402
from nlp_service.training.publish import publish, published_steps, restore  # noqa: E402
from nlp_service.training.tune import Data, Plan, _steps, tune  # noqa: E402


@pytest.fixture
def model(tmp_path):
    path = tmp_path / "base.bin"
    path.write_bytes(base_file())

    def make():
        torch.manual_seed(0)
        weights = base_weights.parse(path.read_bytes())
        tokenizer = transformer.build_tokenizer(weights.vocabulary, max_tokens=64)
        made = tunable.Tunable(transformer.build_model(weights), tokenizer, feature_layers=(1,))
        made.standardize(["good", "bad good bad", "a", "bad"])
        return made

    return make


def one_hot(label, labels):
    return np.array([name == label for name in labels], np.float32)


@pytest.fixture
def data():
    words = {"negative": "bad", "neutral": "plain", "positive": "good"}
    sentiment = [
        Example(segments=(f"{word} {'x' * i}",), target=one_hot(label, LABELS["sentiment"]))
        for i in range(12)
        for label, word in words.items()
    ]
    act = [Example(segments=("add it",), target=one_hot("feature_request", LABELS["act"]))] * 4
    emotion = [Example(segments=("good",), target=one_hot("joy", LABELS["emotion"]))] * 4
    members = tuple(
        contrast.Member(text=f"{subject} {i}", subject=subject, group=f"{subject}{i}", language="en")
        for subject in ("bad", "good")
        for i in range(3)
    )
    examples = {"sentiment": {"en/a": sentiment}, "act": {"en/b": act}, "emotion": {"en/c": emotion}}
    themes = {"taxonomy": contrast.Source(members=members, by_group=False)}
    return Data(train=examples, dev=examples, themes=themes, wants={"wants": themes["taxonomy"]})


def weights_of(model):
    return {name: tensor.clone() for name, tensor in model.trained_state().items()}


def test_packed_features_equal_those_of_the_encoder_alone(model):
    made = model()
    texts = ["good", "bad good bad", "a"]

    with torch.no_grad():
        packed = made.features(texts)
        for text, row in zip(texts, packed, strict=True):
            ids = torch.tensor([made.tokenizer.encode(transformer.PREFIX + text).ids])
            alone = made.encoder(input_ids=ids).last_hidden_state[0].mean(dim=0)
            assert torch.allclose(row, alone, atol=1e-5)


def test_training_lowers_the_loss_and_moves_the_pieces_that_it_meets(model, data, tmp_path):
    made = model()
    before = made.pieces.weight.detach().clone()

    losses = tune(made, data, Plan(steps=60, look_every=30), folder=tmp_path / "run", report=lambda _: None)
    moved = (made.pieces.weight != before).any(dim=1)

    assert losses["sentiment"] < 0.9 * np.log(3), "untrained heads say a third of each label"
    assert moved.any() and not moved.all()
    assert made.moved_pieces(1_000).tolist() == moved.nonzero().flatten().tolist()
    assert len(made.moved_pieces(2)) == 2


def test_a_killed_run_goes_on_where_it_was(model, data, tmp_path):
    def killed(line):
        if line.startswith("dev 6"):
            raise KeyboardInterrupt

    whole, halved = model(), model()
    plan = Plan(steps=9, save_every=3, look_every=6)
    tune(whole, data, plan, folder=tmp_path / "whole", report=lambda _: None)
    with pytest.raises(KeyboardInterrupt):
        tune(halved, data, plan, folder=tmp_path / "halved", report=killed)
    resumed = model()
    tune(resumed, data, plan, folder=tmp_path / "halved", report=lambda _: None)

    for name, tensor in weights_of(whole).items():
        assert torch.allclose(tensor, weights_of(resumed)[name], atol=1e-5), name


def test_a_run_on_top_of_another_meets_other_rows(data):
    def rows(seed):
        own = next(_steps(data, Plan(steps=1, seed=seed)))
        return {text for example in own[0][1] for text in example.segments}

    assert rows(7) == rows(7)
    assert rows(7) != rows(8)


def test_weights_are_mixed_with_what_they_were_before(model, data, tmp_path):
    made = model()
    before = weights_of(made)
    tune(made, data, Plan(steps=3, look_every=3), folder=tmp_path / "run", report=lambda _: None)
    after = weights_of(made)

    made.mix(before, share=0.25)

    assert any(not torch.equal(before[name], after[name]) for name in before)
    for name, tensor in weights_of(made).items():
        assert torch.allclose(tensor, 0.75 * before[name] + 0.25 * after[name], atol=1e-6), name


def test_what_is_published_is_what_was_tuned(model, data, tmp_path):
    made = model()
    tune(made, data, Plan(steps=6, look_every=6), folder=tmp_path / "run", report=lambda _: None)
    publish(made, models_dir=tmp_path, card={"steps": 6})

    loaded = tuned.load(tmp_path / "tuned")
    fresh = model()
    tuned.lay_over(fresh.encoder, loaded)
    head = heads.load(tmp_path / "heads", ["sentiment"])[0]
    with torch.no_grad():
        features = made.features(["good"])
        expected = made.logits("sentiment", features)
        vector = made.vectors(features)[0].numpy()
        close = torch.nn.functional.cosine_similarity(fresh.features(["good"]), features)
    again = features.numpy() @ loaded.theme

    assert float(close) > 0.9999
    assert len(loaded.ids) and not torch.equal(fresh.pieces.weight, fresh.base_pieces)
    assert np.allclose(head.logits(features.numpy()), expected.numpy(), atol=1e-3)
    assert np.allclose(again[0] / np.linalg.norm(again), vector, atol=1e-3)


def test_damaged_tuned_layers_are_refused(model, tmp_path):
    publish(model(), models_dir=tmp_path, card={})
    path = tmp_path / "tuned" / "encoder.safetensors"
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(ModelCorrupt):
        tuned.load(tmp_path / "tuned")


def test_calibrated_emotions_have_their_thresholds_at_zero(model, tmp_path):
    publish(model(), models_dir=tmp_path, card={})
    joyful = [Example(segments=("good",), target=one_hot("joy", LABELS["emotion"]))]
    other = [Example(segments=("bad",), target=np.zeros(len(LABELS["emotion"]), np.float32))]

    class Known:
        def features(self, texts):
            return np.array([[text == "good"] * 32 for text in texts], np.float32), None

    head = heads.load(tmp_path / "heads", ["emotion"])[0]
    column = LABELS["emotion"].index("joy")
    weight = np.zeros_like(head.weight)
    weight[0, column] = 3.0
    card = {key: value for key, value in head.card.items() if key not in ("task", "labels", "sha256")}
    heads.save(tmp_path / "heads", task="emotion", weight=weight, bias=head.bias, card=card)
    calibrate("emotion", {"en/a": joyful + other}, encoder=Known(), models_dir=tmp_path)

    logits = heads.load(tmp_path / "heads", ["emotion"])[0].logits(Known().features(["good", "bad"])[0])[:, column]
    assert logits[0] > 0 > logits[1]
    assert json.loads((tmp_path / "heads" / "emotion.json").read_text())["dev_f1"]["joy"] == 1.0


def test_training_starts_from_what_is_published(model, data, tmp_path):
    made, fresh = model(), model()
    tune(made, data, Plan(steps=6, look_every=6), folder=tmp_path / "run", report=lambda _: None)
    publish(made, models_dir=tmp_path, card={"steps": 6})

    assert published_steps(tmp_path) == 6
    restore(fresh, models_dir=tmp_path)
    with torch.no_grad():
        for task in tunable.TASKS:
            logits = [m.logits(task, m.features(["good", "bad a"])) for m in (made, fresh)]
            assert torch.allclose(*logits, atol=0.02), task


def test_what_was_never_tuned_has_no_steps(tmp_path):
    assert published_steps(tmp_path) == 0
