"""Fits the weights that tell where a mood turns (`analysis.turning`) on conversations whose turning points are known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from nlp_service.analysis.conversation import moods_and_lengths
from nlp_service.analysis.turning import FEATURES, candidates
from nlp_service.domain import Conversation
from nlp_service.training.datasets import hash_of
from nlp_service.training.evaluate_experience import Row, is_near

RIDGE = 1.0
PARTS = 5


Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The features (n + 1, n_features) of the turns that may be the point and, in zeros, of none of them; which of them is
    said to be it, or is nearest where that one cannot be; which count as right; and a part of five."""

    features: Numbers
    chosen: NDArray[np.bool_]
    right: NDArray[np.bool_]
    part: int


def turn_choices(rows: Sequence[Row], found: Sequence[Conversation]) -> list[Choice]:
    """A choice for each conversation that tells its turning point."""
    return [_choice(row, one) for row, one in zip(rows, found, strict=True) if "turning_point" in row["gold"]]


def fit_turning(choices: Sequence[Choice]) -> dict[str, float]:
    """The weights of the highest likelihood, held by a ridge."""
    return {name: round(float(value), 3) for name, value in zip(FEATURES, _fit(choices), strict=True)}


def unseen_accuracy(choices: Sequence[Choice]) -> float:
    """How often weights fitted on the other four parts find a turn that counts as right; 0 without any conversation."""
    hits = 0
    for part in range(PARTS):
        weights = _fit([one for one in choices if one.part != part])
        hits += sum(bool(one.right[np.argmax(one.features @ weights)]) for one in choices if one.part == part)
    return hits / max(1, len(choices))


def _choice(row: Row, found: Conversation) -> Choice:
    gold = row["gold"]["turning_point"]
    told = candidates(*moods_and_lengths(found.path))
    turns = [found.path[at].turn for at in told]
    right = np.array([*(is_near(gold, turn) for turn in turns), gold is None], np.bool_)
    exact = np.array([*(turn == gold for turn in turns), gold is None], np.bool_)
    features = [[own[name] for name in FEATURES] for own in told.values()]
    return Choice(
        features=np.array([*features, [0.0] * len(FEATURES)], np.float64),
        chosen=exact if exact.any() else right,
        right=right,
        part=hash_of(found.analysis.record.text)[0] % PARTS,
    )


def _fit(choices: Sequence[Choice]) -> Numbers:
    """What cannot be chosen at all teaches nothing."""
    told = [one for one in choices if one.chosen.any()]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        total, gradient = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for one in told:
            worths = one.features @ weights
            shares = np.exp(worths - worths.max())
            shares /= shares.sum()
            chosen = shares * one.chosen
            total -= float(np.log(chosen.sum()))
            gradient -= one.features.T @ (chosen / chosen.sum() - shares)
        return total, gradient

    return np.asarray(minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x, np.float64)
