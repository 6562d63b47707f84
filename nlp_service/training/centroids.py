"""The shipped mean vector of each language, from training texts of many subjects, and of all together as `und`."""

from collections import defaultdict
from pathlib import Path

import numpy as np

from nlp_service.domain import UNDETERMINED
from nlp_service.inference.engine import Encoder, Floats
from nlp_service.text.languages import is_supported
from nlp_service.topics.center import Centroids, save_centroids
from nlp_service.training.datasets import find_corpora, parallel_rows, sample
from nlp_service.training.features import features_of

CENTROID_ROWS = 200
"""Rows of a corpus: the mean of so many moves by less than the corpora of a language differ."""


def train_centroids(*, encoder: Encoder, data_dir: Path, models_dir: Path, cache_dir: Path) -> Centroids:
    """The centroids by language, which are written to `models_dir`: the mean over corpora of their means."""
    means: dict[str, list[Floats]] = defaultdict(list)
    for corpus in find_corpora(data_dir, "sentiment"):
        if corpus.trainable and is_supported(corpus.language):
            rows = sample([row for row in corpus.rows() if row.split == "train"], limit=CENTROID_ROWS)
            if rows:
                means[corpus.language].append(features_of(encoder, rows, cache_dir=cache_dir)[1].mean(axis=0))
    for language, rows in parallel_rows(data_dir).items():
        means[language].append(features_of(encoder, rows, cache_dir=cache_dir)[1].mean(axis=0))
    centroids = {language: np.mean(own, axis=0).astype(np.float32) for language, own in sorted(means.items())}
    centroids[UNDETERMINED] = np.mean(list(centroids.values()), axis=0)
    save_centroids(models_dir / "centroids.safetensors", centroids)
    return centroids
