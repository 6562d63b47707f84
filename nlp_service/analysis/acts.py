"""What a segment does: asks for a feature, reports a problem, praises, asks a question, or something else."""

import numpy as np

from nlp_service.analysis.sentiment import softmax
from nlp_service.domain import Act
from nlp_service.inference.engine import Floats

LABELS: tuple[Act, ...] = ("feature_request", "problem", "praise", "question", "other")


def acts(logits: Floats) -> list[tuple[Act, float]]:
    """The act of each segment and its calibrated probability, from logits of shape (n, 5)."""
    probabilities = softmax(logits)
    chosen = probabilities.argmax(axis=1)
    confidences = probabilities[np.arange(len(chosen)), chosen]
    return [(LABELS[i], round(float(p), 4)) for i, p in zip(chosen, confidences, strict=True)]
