"""What every engine offers: a batch of texts becomes vectors and, for every task, logits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """`vectors` of shape (n, dimension), of length 1; `logits` by task, each of shape (n, n_labels of the task).

    `tokens` has an array (n_tokens, 2 + number of token tasks) for each text: where a token begins and ends in it, and its
    logits. It is empty in an engine without token heads.
    """

    vectors: Floats
    logits: Mapping[str, Floats]
    tokens: tuple[Floats, ...]


class Engine(Protocol):
    """Encodes texts; `version` and `sha256` name the weights, so that equal ones mean equal output."""

    name: str
    version: str
    sha256: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> Encoded:
        """The vectors and logits of the texts, in their order; any number of texts, none included."""
        ...


class Encoder(Protocol):
    """The transformer alone: texts to features (n, n_features) for the heads and vectors (n, dimension) for topics."""

    name: str
    sha256: str
    dimension: int
    n_features: int

    def features(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Features and unit vectors of the texts, in their order."""
        ...

    def read(self, texts: Sequence[str], weight: Floats) -> tuple[Floats, Floats, tuple[Floats, ...]]:
        """Features and unit vectors, and of each text its tokens (n_tokens, 2 + k): where each begins and ends in the text,
        and its states, which are features of its own, times `weight` (n_features, k)."""
        ...


def row_by_row(rows: Floats, matrix: Floats) -> Floats:
    """`rows @ matrix`, each row on its own: a product over a whole batch rounds by how many rows it has."""
    return np.array([row @ matrix for row in rows], np.float32).reshape(len(rows), matrix.shape[1])


def unit(vectors: Floats) -> Floats:
    """The rows scaled to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
