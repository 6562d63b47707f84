"""Vectors freed of their language: each language's mean is taken away, so that what is left is the subject.

In the raw space texts lie by language first and by subject second. A batch may hold few texts of a language, or other
subjects in each, so its own mean is shrunk towards a shipped centroid, moved by what the whole batch has in common.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from nlp_service.domain import UNDETERMINED
from nlp_service.inference.engine import Floats, unit

SHRINKAGE = 40.0
"""Texts of a language at which its own mean weighs as much as the shipped centroid."""

Centroids = Mapping[str, Floats]


def center(vectors: Floats, languages: Sequence[str], *, centroids: Centroids) -> Floats:
    """Unit vectors of shape (n, d) without the part that their language explains."""
    if not len(vectors):
        return vectors
    means = language_means(vectors, languages, centroids=centroids)
    return unit(vectors - np.stack([means[language] for language in languages]))


def language_means(vectors: Floats, languages: Sequence[str], *, centroids: Centroids) -> dict[str, Floats]:
    """The mean to take away from each language that occurs: the batch's own, shrunk towards the shipped one."""
    names = np.array(languages)
    counts = {language: int((names == language).sum()) for language in sorted(set(languages))}
    own = {language: vectors[names == language].mean(axis=0) for language in counts}
    shipped = {language: _shipped(language, own[language], centroids) for language in counts}
    weights = {language: n / (n + SHRINKAGE) for language, n in counts.items()}
    shift = sum(weights[language] * (own[language] - shipped[language]) for language in counts) / sum(weights.values())
    return {
        language: weights[language] * own[language] + (1 - weights[language]) * (shipped[language] + shift)
        for language in counts
    }


def _shipped(language: str, own: Floats, centroids: Centroids) -> Floats:
    if language in centroids:
        return centroids[language]
    if UNDETERMINED in centroids and len(own) == len(centroids[UNDETERMINED]):
        return centroids[UNDETERMINED]
    return own


def load_centroids(path: Path, *, dimension: int) -> Centroids:
    """The shipped centroids by language, none where the file is missing or belongs to vectors of another width."""
    if not path.is_file():
        return {}
    centroids: dict[str, Floats] = load_file(path)
    return {language: row for language, row in sorted(centroids.items()) if len(row) == dimension}


def save_centroids(path: Path, centroids: Centroids) -> None:
    """Writes the centroids as float32 rows named by language."""
    save_file({language: np.ascontiguousarray(row, np.float32) for language, row in centroids.items()}, path)
