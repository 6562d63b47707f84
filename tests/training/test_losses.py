"""The losses, on numbers that can be followed by hand."""

import numpy as np
import pytest

from nlp_service.analysis.sentiment import compose, sentiments

torch = pytest.importorskip("torch")

from nlp_service.training.losses import (  # noqa: E402
    allowed_loss,
    composed_sentiment,
    contrast_loss,
    present_loss,
    relation_loss,
)


def test_a_whole_is_composed_in_training_as_in_the_service():
    logits = np.array([[2.0, 0.5, -1.0], [0.0, 1.0, 0.2], [-1.0, 0.0, 0.3]], np.float32)
    lengths = [12, 30, 5]

    trained = composed_sentiment(torch.from_numpy(logits), torch.tensor([12.0, 30, 5]), torch.zeros(3).long(), 1)[0]
    served = compose(sentiments(logits), lengths)

    assert np.allclose(trained.numpy(), list(served.scores.values()), atol=1e-3)


def test_any_allowed_label_costs_nothing_when_it_is_sure():
    sure = torch.tensor([[0.0, 1.0, 0.0]])

    assert float(allowed_loss(sure, torch.tensor([[0.0, 1.0, 1.0]]))) == pytest.approx(0)
    assert float(allowed_loss(sure, torch.tensor([[1.0, 0.0, 0.0]]))) > 10


def test_an_unknown_emotion_pulls_on_nothing():
    logits = torch.zeros(1, 2, requires_grad=True)
    present_loss(logits, torch.tensor([[1.0, float("nan")]])).backward()

    assert logits.grad[0, 0] < 0
    assert logits.grad[0, 1] == 0


def test_contrast_is_low_where_pairs_lie_together_and_ignored_ones_do_not_count():
    near = torch.nn.functional.normalize(torch.tensor([[1.0, 0], [1, 0.01], [0, 1], [0.01, 1]]), dim=1)
    same = torch.tensor([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1]]).bool()
    wrong = same[[0, 2, 1, 3]][:, [0, 2, 1, 3]]

    assert contrast_loss(near, same, same) < 0.01 < contrast_loss(near, wrong, wrong)
    assert contrast_loss(near, wrong, torch.ones(4, 4).bool()) < 0.01 + 1e-3


def test_relations_equal_to_the_teachers_cost_nothing():
    vectors = torch.nn.functional.normalize(torch.randn(5, 8, generator=torch.Generator().manual_seed(1)), dim=1)
    turned = vectors.flip(1)

    assert float(relation_loss(vectors, turned)) == pytest.approx(0, abs=1e-9)
