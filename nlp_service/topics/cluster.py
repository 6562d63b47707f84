"""Vectors to clusters: communities of the graph of nearest neighbors, so that nothing need be left out.

Each vector is joined to its nearest neighbors with the fuzzy weights of UMAP (McInnes et al. 2018) and the graph is cut by
the Louvain method (Blondel et al. 2008). On centered vectors this found subjects better than k-means, HDBSCAN or BERTopic's
chain, without a number given (README, "Themes"). Of many vectors the graph is built over micro-clusters (`topics.large`).
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.cluster import AgglomerativeClustering
from sklearn.neighbors import NearestNeighbors
from sknetwork.clustering import Louvain

from nlp_service.domain import UNDETERMINED
from nlp_service.inference.engine import Floats, unit
from nlp_service.topics.large import micro_clusters

Labels = NDArray[np.int64]

NEIGHBORS = (8, 15)
"""Least and most neighbors a vector is joined to; between them, half the root of the number of vectors."""
RESOLUTION = 1.5
MERGE_DISTANCE = 0.3
"""Mean cosine distance up to which the middles of communities are joined. Chosen with the resolution on the train splits of
six corpora: mean v-measure .72, the number of themes off by half in the median; at 2.5 there are more, none better."""
HIGHEST_RESOLUTION = 60.0
SEARCH_STEPS = 6
LEAST_OF_A_LANGUAGE = 20
"""Texts from which a language gives neighbors of its own; the others give them together."""
MAX_NODES = 30_000
"""Vectors above which the graph is built over micro-clusters instead."""


def cluster(vectors: Floats, languages: Sequence[str], *, seed: int, wished: int | None = None) -> Labels:
    """A cluster number for each unit vector (n, d), 0 being the largest; about `wished` clusters where that is given."""
    n = len(vectors)
    if n < 3:
        return np.zeros(n, np.int64)
    if n > MAX_NODES:
        middles, owners = micro_clusters(vectors, seed=seed)
        mixed = [UNDETERMINED] * len(middles)
        return by_size(_communities(middles, mixed, seed=seed, wished=wished)[owners])
    return by_size(_communities(np.asarray(vectors, np.float32), languages, seed=seed, wished=wished))


def by_size(labels: Labels) -> Labels:
    """The same clusters numbered from the largest; equals in the order of their first member."""
    numbers, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = sorted(range(len(numbers)), key=lambda i: (-sizes[i], first[i]))
    rank = {numbers[i]: position for position, i in enumerate(order)}
    return np.array([rank[label] for label in labels], np.int64)


def _communities(vectors: Floats, languages: Sequence[str], *, seed: int, wished: int | None) -> Labels:
    graph = neighbor_graph(vectors, languages)
    labels = _louvain(graph, RESOLUTION, seed)
    if wished is None:
        return _joined(vectors, labels)
    low, high = RESOLUTION, HIGHEST_RESOLUTION
    for _ in range(SEARCH_STEPS):
        if labels.max() + 1 >= wished:
            break
        low = (low * high) ** 0.5
        labels = _louvain(graph, low, seed)
    return _merged(vectors, labels, n=wished)


def _joined(vectors: Floats, labels: Labels) -> Labels:
    """The clusters with those made one whose middles lie near each other."""
    if labels.max() < 1:
        return labels
    near = AgglomerativeClustering(
        n_clusters=None, distance_threshold=MERGE_DISTANCE, metric="cosine", linkage="average"
    )
    return np.asarray(near.fit_predict(_middles(vectors, labels))[labels], np.int64)


def _merged(vectors: Floats, labels: Labels, *, n: int) -> Labels:
    """At most `n` clusters, the nearest middles made one."""
    if labels.max() + 1 <= n:
        return labels
    joined = AgglomerativeClustering(n_clusters=n, linkage="average").fit_predict(_middles(vectors, labels))
    return np.asarray(joined[labels], np.int64)


def _middles(vectors: Floats, labels: Labels) -> Floats:
    return unit(np.stack([vectors[labels == i].mean(axis=0) for i in range(int(labels.max()) + 1)]))


def _louvain(graph: csr_matrix, resolution: float, seed: int) -> Labels:
    return np.asarray(Louvain(resolution=resolution, random_state=seed).fit_predict(graph), np.int64)


def neighbor_graph(vectors: Floats, languages: Sequence[str]) -> csr_matrix:
    """The symmetric weights (n, n) that join each vector to its nearest neighbors, 1 for the nearest and falling off.

    Neighbors come from every language in turn (batch-balanced neighbors, Polański et al. 2020): where each language of a
    batch speaks of its own subjects, the nearest alone would make themes of languages.
    """
    n = len(vectors)
    least, most = NEIGHBORS
    k = min(n - 1, max(least, min(most, round(n**0.5 / 2))))
    groups = _groups(languages)
    found = [_nearest(vectors, members, _quota(k, len(members), n, len(groups))) for members in groups]
    neighbors = np.concatenate([positions for positions, _ in found], axis=1)
    distances = np.concatenate([own for _, own in found], axis=1)
    nearest = distances.min(axis=1, keepdims=True)
    finite = np.where(np.isfinite(distances), distances, nearest)
    spread = np.maximum((finite - nearest).mean(axis=1, keepdims=True), 1e-6)
    weights = np.round(
        np.exp(-(distances - nearest) / spread), 6
    )  # rounded: sums differ by thread count in the last bit
    rows = np.repeat(np.arange(n), neighbors.shape[1])
    directed = csr_matrix((weights.ravel(), (rows, neighbors.ravel())), shape=(n, n))
    directed.eliminate_zeros()
    transposed = directed.T.tocsr()
    return directed + transposed - directed.multiply(transposed)


def _groups(languages: Sequence[str]) -> list[Labels]:
    """The positions of each language that has enough texts, and of all others together."""
    names = np.array(languages)
    counts = Counter(languages)
    large = [language for language in sorted(counts) if counts[language] >= LEAST_OF_A_LANGUAGE]
    rest = np.flatnonzero(~np.isin(names, large))
    return [np.flatnonzero(names == language) for language in large] + ([rest] if len(rest) else [])


def _quota(k: int, n_members: int, n: int, n_groups: int) -> int:
    """How many of `k` neighbors a group gives: an equal part, less where it is small, so that few are not near to all."""
    return max(1, round(k * min(1 / n_groups, 3 * n_members / n)))


def _nearest(vectors: Floats, members: Labels, k: int) -> tuple[Labels, Floats]:
    """The `k` nearest of the members to each vector, itself left out (at infinite distance where there are too few)."""
    k = min(k, len(members))
    asked = min(k + 1, len(members))
    distances, found = NearestNeighbors(n_neighbors=asked).fit(vectors[members]).kneighbors(vectors)
    positions = members[found]
    distances = np.where(positions == np.arange(len(vectors))[:, None], np.inf, distances)
    order = np.argsort(distances, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(positions, order, axis=1), np.take_along_axis(distances, order, axis=1)
