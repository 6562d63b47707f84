"""Vectors to clusters: communities of the graph of nearest neighbors, so that nothing need be left out.

Each vector is joined to its nearest neighbors with the fuzzy weights of UMAP (McInnes et al. 2018) and the graph is cut by
the Louvain method (Blondel et al. 2008). On centered vectors this found subjects better than k-means, HDBSCAN or BERTopic's
chain, without a number given (README, "Themes").
"""

import networkx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.cluster import AgglomerativeClustering, MiniBatchKMeans
from sklearn.neighbors import NearestNeighbors

from nlp_service.inference.engine import Floats, unit

Labels = NDArray[np.int64]

NEIGHBORS = (3, 15)
"""Least and most neighbors a vector is joined to; between them, half the root of the number of vectors."""
RESOLUTION = 2.0
HIGHEST_RESOLUTION = 60.0
SEARCH_STEPS = 6
MAX_NODES = 10_000
"""Vectors above which the graph is built over micro-clusters instead."""


def cluster(vectors: Floats, *, seed: int, wished: int | None = None) -> Labels:
    """A cluster number for each unit vector (n, d), 0 being the largest; about `wished` clusters where that is given."""
    n = len(vectors)
    if n < 3:
        return np.zeros(n, np.int64)
    if n > MAX_NODES:
        micro = MiniBatchKMeans(MAX_NODES // 4, random_state=seed, n_init=1, batch_size=4096).fit(vectors)
        return by_size(_communities(micro.cluster_centers_, seed=seed, wished=wished)[micro.labels_])
    return by_size(_communities(vectors, seed=seed, wished=wished))


def by_size(labels: Labels) -> Labels:
    """The same clusters numbered from the largest; equals in the order of their first member."""
    numbers, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = sorted(range(len(numbers)), key=lambda i: (-sizes[i], first[i]))
    rank = {numbers[i]: position for position, i in enumerate(order)}
    return np.array([rank[label] for label in labels], np.int64)


def _communities(vectors: Floats, *, seed: int, wished: int | None) -> Labels:
    graph = networkx.from_scipy_sparse_array(neighbor_graph(vectors))
    labels = _louvain(graph, RESOLUTION, seed)
    if wished is None:
        return labels
    low, high = RESOLUTION, HIGHEST_RESOLUTION
    for _ in range(SEARCH_STEPS):
        if labels.max() + 1 >= wished:
            break
        low = (low * high) ** 0.5
        labels = _louvain(graph, low, seed)
    return _merged(vectors, labels, n=wished)


def _merged(vectors: Floats, labels: Labels, *, n: int) -> Labels:
    """At most `n` clusters, the nearest middles made one."""
    if labels.max() + 1 <= n:
        return labels
    middles = unit(np.stack([vectors[labels == i].mean(axis=0) for i in range(int(labels.max()) + 1)]))
    joined = AgglomerativeClustering(n_clusters=n, linkage="average").fit_predict(middles)
    return np.asarray(joined[labels], np.int64)


def _louvain(graph: "networkx.Graph[int]", resolution: float, seed: int) -> Labels:
    communities = networkx.community.louvain_communities(graph, resolution=resolution, seed=seed)
    labels = np.zeros(graph.number_of_nodes(), np.int64)
    for number, members in enumerate(communities):
        labels[list(members)] = number
    return labels


def neighbor_graph(vectors: Floats) -> csr_matrix:
    """The symmetric weights (n, n) that join each vector to its nearest neighbors, 1 for the nearest and falling off."""
    n = len(vectors)
    least, most = NEIGHBORS
    k = min(n - 1, max(least, min(most, round(n**0.5 / 2))))
    distances, neighbors = NearestNeighbors(n_neighbors=k + 1).fit(vectors).kneighbors(vectors)
    distances, neighbors = distances[:, 1:], neighbors[:, 1:]
    nearest = distances[:, :1]
    spread = np.maximum((distances - nearest).mean(axis=1, keepdims=True), 1e-6)
    weights = np.round(
        np.exp(-(distances - nearest) / spread), 6
    )  # rounded: sums differ by thread count in the last bit
    rows = np.repeat(np.arange(n), k)
    directed = csr_matrix((weights.ravel(), (rows, neighbors.ravel())), shape=(n, n))
    directed.setdiag(0)
    directed.eliminate_zeros()
    transposed = directed.T.tocsr()
    return directed + transposed - directed.multiply(transposed)
