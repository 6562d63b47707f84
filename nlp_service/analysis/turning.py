"""Where a customer's mood turns for good: of all turns after the first, and of none of them, the likeliest.

A conditional logit (McFadden 1974): every turn that may be the point is weighed by what changes there, and has to outweigh
that nothing turns. The weights are fitted on the training conversations (`train experience_rule`).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

FEATURES = ("turns", "change", "own", "before", "last", "first")
"""That it turns at all; how far the mean moods on either side lie apart, a change in the middle counting most; the mood of
the turn itself, towards the new side; the mean mood before it, towards the old one; whether it is the customer's last turn,
or the first that can be one."""
SAME_SIDE = 0.3
"""How far on the new side the mean mood before may have been."""
EXTREME = 1.5
"""The mood beyond which a turn says no more."""


def turning_point(moods: Sequence[float], lengths: Sequence[int], weights: Mapping[str, float]) -> int | None:
    """The number of the turn from which the mood is another, None where it stays; turns weigh as roots of lengths."""
    found = candidates(moods, lengths)
    worths = {at: sum(weights[name] * value for name, value in own.items()) for at, own in found.items()}
    best = max(worths, key=lambda at: (worths[at], -at), default=None)
    return best if best is not None and worths[best] > 0 else None


def candidates(moods: Sequence[float], lengths: Sequence[int]) -> dict[int, dict[str, float]]:
    """The turns that may be the point, by number, with their `FEATURES`."""
    values, weights = np.array(moods, np.float64), np.sqrt(np.maximum(lengths, 1, dtype=np.float64))
    found = {}
    for at in range(1, len(values)):
        before, after = (_mean(values[part], weights[part]) for part in (slice(at), slice(at, None)))
        side = 1.0 if values[at] >= before else -1.0
        if side * values[at] > 0 and side * before < SAME_SIDE:
            middle = np.sqrt(weights[:at].sum() * weights[at:].sum()) / weights.sum()
            told = (
                1.0,
                abs(after - before) * middle,
                side * values[at],
                -side * before,
                at == len(values) - 1,
                at == 1,
            )
            found[at] = dict(zip(FEATURES, (float(np.clip(one, -1, EXTREME)) for one in told), strict=True))
    return found


def _mean(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    return float(np.average(values, weights=weights))
