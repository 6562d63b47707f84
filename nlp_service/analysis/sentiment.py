"""Sentiment of segments from logits, and of a record from its segments."""

from collections.abc import Mapping, Sequence

import numpy as np

from nlp_service.domain import Sentiment, SentimentLabel
from nlp_service.inference.engine import Floats

LABELS: tuple[SentimentLabel, ...] = ("negative", "neutral", "positive")
SIDE_CONFIDENCE = 0.75
"""How sure a segment must be of a side to count as one voice of a disagreement. On training rows of `gold/documents`, and on
development rows of 37 corpora of longer texts, which know no `mixed`, macro-F1 is .648 and .656; at .8 .621 and .658, at .7
.656 and .653."""
NEUTRAL_WEIGHT = 1.15
"""A segment weighs by this less its probability of being neutral."""
MIXED_BALANCE = 0.33
"""The least part of the opinion that the weaker side must hold for the whole to be `mixed`."""
NO_SCORES: Mapping[str, float] = {"negative": 0.0, "neutral": 1.0, "positive": 0.0}


def softmax(logits: Floats) -> Floats:
    """Probabilities (n, n_labels) of logits of that shape."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), np.float32)


def sentiments(logits: Floats) -> list[Sentiment]:
    """The sentiment of each segment from logits of shape (n, 3)."""
    return [_sentiment(row) for row in softmax(logits)]


def compose(parts: Sequence[Sentiment], lengths: Sequence[int]) -> Sentiment:
    """The sentiment of a whole from its parts, each weighing as the root of its length and by how much it takes a side.

    It is `mixed` where parts that are sure of opposite sides each hold a third of the opinion or more; the confidence is
    then that of the less sure side. A whole without parts is neutral with confidence 0.
    """
    if not parts:
        return Sentiment(label="neutral", confidence=0.0, scores=NO_SCORES)
    if len(parts) == 1:
        return parts[0]
    scores = np.array([[part.scores[label] for label in LABELS] for part in parts], np.float32)
    weights = np.asarray(np.sqrt(np.maximum(lengths, 1)) * (NEUTRAL_WEIGHT - scores[:, 1]), np.float32)
    whole = _sentiment((scores * weights[:, None]).sum(axis=0) / weights.sum())
    sides = {side: _side(scores[:, column], weights) for side, column in (("negative", 0), ("positive", 2))}
    if min(sides.values()) >= MIXED_BALANCE * sum(sides.values()) > 0:
        sure = min(float(scores[:, column].max()) for column in (0, 2))
        return Sentiment(label="mixed", confidence=round(sure, 4), scores=whole.scores)
    return whole


def _side(scores: Floats, weights: Floats) -> float:
    return float(weights[scores >= SIDE_CONFIDENCE].sum())


def _sentiment(row: Floats) -> Sentiment:
    best = int(row.argmax())
    scores: dict[str, float] = {label: round(float(value), 4) for label, value in zip(LABELS, row, strict=True)}
    return Sentiment(label=LABELS[best], confidence=scores[LABELS[best]], scores=scores)
