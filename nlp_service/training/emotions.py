"""The emotion names of many corpora to the common set of labels, each present, absent or unknown in a text."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nlp_service.inference.heads import LABELS

MEANS: Mapping[str, str] = {
    "annoyance": "frustration",
    "irritation": "frustration",
    "complaint": "frustration",
    "bothersome": "frustration",
    "grief": "sadness",
    "sorrow": "sadness",
    "despair": "sadness",
    "nervousness": "fear",
    "anxiety": "fear",
    "flustered": "confusion",
    "shock": "surprise",
    "happiness": "joy",
    "excitement": "joy",
    "amusement": "joy",
} | {label: label for label in LABELS["emotion"]}
"""What a corpus's own name says of a label; a name that is not here says nothing of any."""
LEAVES_OPEN: Mapping[str, tuple[str, ...]] = {
    "annoyance": ("anger",),
    "irritation": ("anger",),
    "complaint": ("anger", "disappointment"),
    "disapproval": ("disappointment", "anger", "frustration"),
    "hate": ("anger", "disgust"),
    "hatred": ("anger", "disgust"),
    "contempt": ("anger", "disgust"),
    "disappointment": ("sadness",),
    "remorse": ("sadness",),
    "guilt": ("sadness",),
    "pity": ("sadness",),
    "sympathy": ("sadness",),
    "exhaustion": ("frustration",),
    "tiresome": ("frustration",),
    "dumbfounded": ("surprise", "anger", "frustration"),
    "doubt": ("confusion",),
    "curiosity": ("confusion",),
    "realization": ("surprise",),
    "love": ("joy",),
    "fondness": ("joy",),
    "admiration": ("joy", "trust"),
    "welcome": ("joy",),
    "optimism": ("joy", "trust"),
    "anticipation": ("joy",),
    "gratitude": ("joy",),
    "pride": ("joy",),
    "relief": ("joy",),
    "comfort": ("joy", "relief"),
    "approval": ("trust",),
    "respect": ("trust",),
    "other": LABELS["emotion"],
}
"""Labels of which a name leaves open whether they are there: who loves may be joyful, and the corpus does not say."""


def known_labels(names: Collection[str]) -> frozenset[str]:
    """The labels that a corpus with these names tells apart."""
    return frozenset(MEANS[name] for name in names if name in MEANS)


def targets(emotions: Sequence[Sequence[str]], known: Collection[str]) -> NDArray[np.float32]:
    """One row a text, one column a label: 1 where it is present, 0 where it is absent, NaN where nobody knows."""
    labels = LABELS["emotion"]
    found = np.full((len(emotions), len(labels)), np.nan, np.float32)
    for row, names in zip(found, emotions, strict=True):
        present = {MEANS[name] for name in names if name in MEANS}
        unclear = {label for name in names for label in LEAVES_OPEN.get(name, ())} - present
        for column, label in enumerate(labels):
            if label in known and label not in unclear:
                row[column] = label in present
    return found
