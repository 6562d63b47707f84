"""What a segment does: asks for a feature, reports a problem, praises, asks a question, or something else."""

import numpy as np

from nlp_service.analysis.sentiment import softmax
from nlp_service.domain import Act
from nlp_service.inference.engine import Floats

LABELS: tuple[Act, ...] = ("feature_request", "problem", "praise", "question", "other")
REQUEST = LABELS.index("feature_request")


def acts(logits: Floats, odds: Floats, *, asked_over: float) -> list[tuple[Act, float]]:
    """The act of each segment and its probability, from logits of shape (n, 5) and log-odds (n,) of a feature request.

    It asks for a feature where those odds are over `asked_over`, which may be below even: few segments ask, and one that
    does is worth more than its probability. Else it does the likeliest other thing.
    """
    asking = 1 / (1 + np.exp(-odds.astype(np.float64)))
    others = softmax(np.delete(logits, REQUEST, axis=1)) * (1 - asking)[:, None]
    probabilities = np.insert(others, REQUEST, asking, axis=1)
    chosen = np.where(odds > asked_over, REQUEST, others.argmax(axis=1) + (others.argmax(axis=1) >= REQUEST))
    return [(LABELS[int(i)], round(float(row[i]), 4)) for i, row in zip(chosen, probabilities, strict=True)]
