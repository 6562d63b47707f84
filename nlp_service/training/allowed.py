"""Partial labels: what a row may truly be, given the labels that its corpus tells apart."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlp_service.inference.heads import LABELS
from nlp_service.training.datasets import Row


def allowed_labels(task: str, rows: Sequence[Row], *, known: set[str]) -> NDArray[np.bool_]:
    """Which labels each row may truly have, (n, n_labels): `other` covers every label its corpus does not tell apart."""
    labels = LABELS[task]
    missing = [label not in known for label in labels]
    return np.array(
        [
            [label == row.label or (row.label == "other" and missing[i]) for i, label in enumerate(labels)]
            for row in rows
        ]
    )
