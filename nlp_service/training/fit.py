"""The mathematics of a head: softmax regression under partial labels, and temperature scaling."""

import numpy as np
import torch
from numpy.typing import NDArray

from nlp_service.inference.engine import Floats

MAX_STEPS = 200


def fit_softmax(features: Floats, allowed: NDArray[np.bool_], weights: Floats, *, l2: float) -> tuple[Floats, Floats]:
    """Weight (n_features, n_labels) and bias that make the allowed labels of each row likely, fitted by L-BFGS.

    A row's loss is −log of the probability of any of its allowed labels (Jin and Ghahramani 2002, partial labels).
    """
    x, may, w = torch.from_numpy(features), torch.from_numpy(allowed), torch.from_numpy(weights / weights.sum())
    weight = torch.zeros(features.shape[1], allowed.shape[1], requires_grad=True)
    bias = torch.zeros(allowed.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS(
        [weight, bias], max_iter=MAX_STEPS, history_size=20, line_search_fn="strong_wolfe", tolerance_change=1e-7
    )

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = _loss(x @ weight + bias, may, w) + l2 * weight.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    return weight.detach().numpy(), bias.detach().numpy()


def temperature(logits: Floats, allowed: NDArray[np.bool_]) -> float:
    """The divisor of the logits under which they fit the allowed labels best (Guo et al. 2017), between 0.25 and 4."""
    values, may = torch.from_numpy(logits), torch.from_numpy(allowed)
    even = torch.full((len(logits),), 1 / len(logits))
    grid = np.exp(np.linspace(np.log(0.25), np.log(4.0), 113))
    losses = [float(_loss(values / float(t), may, even)) for t in grid]
    return float(grid[int(np.argmin(losses))])


def _loss(logits: torch.Tensor, allowed: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    masked = logits.masked_fill(~allowed, float("-inf"))
    return (weights * (logits.logsumexp(1) - masked.logsumexp(1))).sum()
