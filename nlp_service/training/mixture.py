"""Which examples are trained on, and in which order: temperature sampling over corpora, batches of like length.

The whole order follows from a seed, so a run that was killed resumes at its step with nothing else to remember.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from nlp_service.inference.engine import Floats

T = TypeVar("T")
TEMPERATURE = 2.0
"""A corpus is drawn by its size to the power 1/T (Conneau et al. 2020): big ones do not drown small languages."""
WINDOW = 16
"""Batches within which examples are sorted by length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text as its segments, with its target: probabilities allowed (softmax tasks) or 0/1/NaN a label (emotion)."""

    segments: tuple[str, ...]
    target: Floats
    teacher: Floats | None = None
    """The frozen encoder's centred vector of the text, to stay near to; None where nothing is asked."""

    @property
    def length(self) -> int:
        """Characters, as a stand-in for tokens."""
        return sum(map(len, self.segments))


def shares(sizes: Mapping[str, int], weights: Mapping[str, float]) -> dict[str, float]:
    """The part of all draws that each corpus gets; they add up to 1."""
    heat = {name: weights.get(name, 1.0) * size ** (1 / TEMPERATURE) for name, size in sizes.items()}
    total = sum(heat.values())
    return {name: value / total for name, value in heat.items()}


def draw(sizes: Mapping[str, int], weights: Mapping[str, float], *, n: int, seed: int) -> list[tuple[str, int]]:
    """About `n` pairs of corpus and row in random order; no row comes twice before its corpus is used up."""
    rng = np.random.default_rng(seed)
    drawn: list[tuple[str, int]] = []
    for name, share in sorted(shares(sizes, weights).items()):
        drawn.extend((name, int(row)) for row in _cycle(sizes[name], round(n * share), rng))
    return [drawn[i] for i in rng.permutation(len(drawn))]


def _cycle(size: int, n: int, rng: np.random.Generator) -> NDArray[np.int64]:
    rounds = [rng.permutation(size) for _ in range(-(-n // size))]
    return np.concatenate(rounds)[:n] if rounds else np.zeros(0, np.int64)


def bucketed(items: Sequence[T], lengths: Sequence[int], *, size: int, seed: int) -> Iterator[list[T]]:
    """Batches of `size` items of like length: windows of the order are sorted, and their batches shuffled."""
    rng = np.random.default_rng(seed)
    for start in range(0, len(items), size * WINDOW):
        window = sorted(range(start, min(start + size * WINDOW, len(items))), key=lambda i: lengths[i])
        parts = [window[i : i + size] for i in range(0, len(window), size)]
        for i in rng.permutation(len(parts)):
            yield [items[j] for j in parts[i]]
