"""Frozen-encoder features of labelled texts, kept on disk by corpus so that a killed run loses one corpus at most."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from nlp_service.inference.engine import Encoder, Floats
from nlp_service.training.datasets import Row


def features_of(encoder: Encoder, rows: Sequence[Row], *, cache_dir: Path) -> tuple[Floats, Floats]:
    """Features (n, n_features) and unit vectors (n, dimension) of the rows, rounded to float16 as they are stored."""
    digest = hashlib.sha256(encoder.sha256.encode())
    for row in rows:
        digest.update(row.text.encode("utf-8", "surrogatepass") + b"\0")
    path = cache_dir / f"{digest.hexdigest()[:24]}.npz"
    if not path.is_file():
        features, vectors = encoder.features([row.text for row in rows])
        cache_dir.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial.npz")
        np.savez(partial, features=features.astype(np.float16), vectors=vectors.astype(np.float16))
        partial.rename(path)
    with np.load(path) as stored:
        return stored["features"].astype(np.float32), stored["vectors"].astype(np.float32)
