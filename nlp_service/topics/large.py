"""Very many vectors to few thousand micro-clusters: spherical k-means on a sample, then every vector to its nearest middle.

Time grows with the number of vectors and memory with that of the sample, so the vectors may lie on disk in float16.
"""

import numpy as np
from numpy.typing import NDArray

from nlp_service.inference.engine import Floats, unit

N_MICRO = 2_500
SAMPLE = 30_000
ROUNDS = 4
CHUNK = 16_384


def micro_clusters(vectors: NDArray[np.floating], *, seed: int) -> tuple[Floats, NDArray[np.int64]]:
    """Unit middles (m, d) of micro-clusters, and the one that each of the unit vectors (n, d) belongs to.

    Middles start at random rows and move a few times (Lloyd 1982, on the sphere: Dhillon and Modha 2001): what comes after
    joins them anyway, and a careful start takes far longer than all the rest.
    """
    rng = np.random.default_rng(seed)
    rows = np.sort(rng.choice(len(vectors), size=min(SAMPLE, len(vectors)), replace=False))
    sample = np.asarray(vectors[rows], np.float32)
    middles = unit(sample[np.sort(rng.choice(len(sample), size=min(N_MICRO, len(sample)), replace=False))])
    for _ in range(ROUNDS):
        owners = nearest(sample, middles)
        sums = np.zeros_like(middles)
        np.add.at(sums, owners, sample)
        middles = unit(sums[np.bincount(owners, minlength=len(middles)) > 0])
    owners = nearest(vectors, middles)
    used, renumbered = np.unique(owners, return_inverse=True)
    return middles[used], renumbered.astype(np.int64)


def nearest(vectors: NDArray[np.floating], middles: Floats) -> NDArray[np.int64]:
    """For each unit vector (n, d) the middle (m, d) of highest cosine; rounded, so that thread counts do not matter."""
    found = np.empty(len(vectors), np.int64)
    for start in range(0, len(vectors), CHUNK):
        chunk = np.asarray(vectors[start : start + CHUNK], np.float32)
        found[start : start + CHUNK] = np.argmax(np.round(chunk @ middles.T, 5), axis=1)
    return found
