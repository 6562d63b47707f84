"""Scores of predictions against gold labels."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from nlp_service.inference.engine import Floats
from nlp_service.text.words import words


def label_f1(gold: Sequence[str], predicted: Sequence[str], labels: Sequence[str]) -> dict[str, float]:
    """F1 of each label, 0 where it is neither found nor there."""
    values = f1_score(gold, predicted, labels=list(labels), average=None, zero_division=0)
    return {label: float(value) for label, value in zip(labels, values, strict=True)}


def macro_f1(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """The mean F1 over the labels that the gold has; a label outside them is an error wherever it is predicted."""
    return float(np.mean(list(label_f1(gold, predicted, sorted(set(gold))).values())))


def class_metrics(gold: Sequence[str], predicted: Sequence[str], labels: Sequence[str]) -> dict[str, float]:
    """Macro-F1, accuracy, and the F1 of each of the labels."""
    f1 = label_f1(gold, predicted, labels)
    return {
        "macro_f1": macro_f1(gold, predicted),
        "accuracy": accuracy(gold, predicted),
        **{f"f1_{label}": value for label, value in f1.items()},
    }


def accuracy(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """The share of equal labels."""
    return float(np.mean([g == p for g, p in zip(gold, predicted, strict=True)]))


def calibration_error(confidences: Floats, correct: Sequence[bool], *, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins (Guo et al. 2017)."""
    hits = np.asarray(correct, float)
    which = np.minimum((confidences * bins).astype(int), bins - 1)
    gaps = [abs(hits[which == b].mean() - confidences[which == b].mean()) * (which == b).sum() for b in set(which)]
    return float(sum(gaps) / len(hits))


def best_threshold(scores: Floats, present: NDArray[np.bool_]) -> tuple[float, float]:
    """The threshold over which to say present for the best F1, half-way between two scores, and that F1."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(present[order])
    f1 = 2 * hits / (np.arange(1, len(scores) + 1) + present.sum())
    best = int(f1.argmax())
    ranked = scores[order]
    below = ranked[best + 1] if best + 1 < len(ranked) else ranked[best] - 1.0
    return float(ranked[best] + below) / 2, float(f1[best])


def word_f1(text: str, language: str, found: tuple[int, int], gold: tuple[int, int]) -> float:
    """F1 of the words of a text that begin within the offsets found, against those within the true ones."""
    own = [word.start for word in words(text, language)]
    said, true = ({at for at in own if start <= at < end} for start, end in (found, gold))
    return 2 * len(said & true) / max(1, len(said) + len(true))
