"""A weightless encoder for tests and demonstrations of the plumbing: character n-grams hashed into a vector.

Real and deterministic, but it knows no meaning: texts are near when they share letters, and heads on it only give numbers.
"""

import hashlib
from collections.abc import Sequence

import numpy as np

from nlp_service.inference.engine import Encoded, Floats, row_by_row, unit
from nlp_service.inference.heads import LABELS, TOKEN_LABELS

DIMENSION = 256
N_GRAMS = (3, 4)
NO_TOKENS = np.zeros((0, 2 + len(TOKEN_LABELS)), np.float32)


class HashingEngine:
    """Feature hashing (Weinberger et al. 2009) of character 3- and 4-grams; logits are a fixed random projection."""

    name = "hashing"
    version = "1"
    sha256 = hashlib.sha256(b"hashing-1").hexdigest()
    dimension = DIMENSION

    def encode(self, texts: Sequence[str]) -> Encoded:
        """The vectors and logits of the texts, in their order."""
        vectors = unit(np.stack([_counts(text) for text in texts])) if texts else np.zeros((0, DIMENSION), np.float32)
        logits = {task: row_by_row(vectors, _projection(task, len(labels))) * 4 for task, labels in LABELS.items()}
        return Encoded(vectors=vectors, logits=logits, tokens=(NO_TOKENS,) * len(texts))


def _counts(text: str) -> Floats:
    counts = np.zeros(DIMENSION, np.float32)
    padded = f" {text.casefold()} "
    for n in N_GRAMS:
        for i in range(len(padded) - n + 1):
            digest = hashlib.blake2b(padded[i : i + n].encode("utf-8", "surrogatepass"), digest_size=4).digest()
            slot = int.from_bytes(digest, "little")
            counts[slot % DIMENSION] += 1.0 if slot & 0x8000_0000 else -1.0
    return counts


def _projection(task: str, n_labels: int) -> Floats:
    seed = int.from_bytes(hashlib.sha256(task.encode()).digest()[:4], "little")
    return np.random.default_rng(seed).standard_normal((DIMENSION, n_labels)).astype(np.float32)
