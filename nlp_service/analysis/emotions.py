"""The emotions that a segment shows: each is there or is not, and none has a strength."""

from collections.abc import Sequence

from nlp_service.domain import EMOTIONS, Emotion
from nlp_service.inference.engine import Floats


def emotions(logits: Floats) -> list[tuple[Emotion, ...]]:
    """The emotions present in each segment, from logits of shape (n, 13) whose thresholds lie at 0."""
    return [
        tuple(emotion for emotion, logit in zip(EMOTIONS, row, strict=True) if logit > 0) for row in logits.tolist()
    ]


def together(parts: Sequence[Sequence[Emotion]]) -> tuple[Emotion, ...]:
    """The emotions of a whole: those of any of its parts, in the order of the set."""
    found = {emotion for part in parts for emotion in part}
    return tuple(emotion for emotion in EMOTIONS if emotion in found)
