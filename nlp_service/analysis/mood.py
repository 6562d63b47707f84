"""How a customer feels in one stretch, as one number: sentiment joined with emotions named and outcomes told."""

from collections.abc import Sequence

import numpy as np

from nlp_service.analysis.experience_rule import Rule
from nlp_service.analysis.sentiment import NEUTRAL_WEIGHT
from nlp_service.domain import Emotion, Reading

GOOD: frozenset[Emotion] = frozenset({"joy", "gratitude", "relief", "trust", "pride"})
BAD: frozenset[Emotion] = frozenset({"anger", "frustration", "disappointment", "sadness", "fear", "confusion"})
"""Surprise is on neither side."""


def balance(reading: Reading) -> float:
    """The probability of positive less that of negative."""
    return reading.sentiment.scores["positive"] - reading.sentiment.scores["negative"]


def mood(readings: Sequence[Reading], rule: Rule) -> float:
    """The mood of a stretch, around 0; segments weigh as in a record's sentiment. Of nothing it is 0."""
    if not readings:
        return 0.0
    weights = np.array(
        [np.sqrt(len(r.segment.text)) * (NEUTRAL_WEIGHT - r.sentiment.scores["neutral"]) for r in readings]
    )
    spoken = float(weights @ np.array([balance(r) for r in readings]) / weights.sum())
    felt = {f.emotion for r in readings for f in r.signals.felt}
    kinds = {cue.kind for r in readings for cue in r.signals.cues}
    named = bool(felt & GOOD) - bool(felt & BAD)
    told = ("resolved" in kinds) - ("unresolved" in kinds)
    return spoken + rule.felt_weight * named + rule.outcome_weight * told
