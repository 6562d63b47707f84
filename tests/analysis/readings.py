"""Readings made by hand for tests: what one segment says, with the signals that a test wants."""

from nlp_service.domain import Cue, Felt, Reading, Segment, Sentiment, Signals


def reading(
    start, text, *, turn=None, mood=0.0, cues=(), felt=(), success=(0.0, 0.0), effort=(0.0, 0.0), outcome=(0.0, 0.0)
):
    """One reading of `text` at `start`; a mood of 1 is wholly positive, of -1 wholly negative."""
    positive, negative = max(mood, 0.0), max(-mood, 0.0)
    scores = {"negative": negative, "neutral": 1 - positive - negative, "positive": positive}
    label = max(scores, key=scores.get)
    end = start + len(text)
    return Reading(
        segment=Segment(
            id=f"r:{start}-{end}", record_id="r", start=start, end=end, text=text, language="en", turn=turn
        ),
        sentiment=Sentiment(label=label, confidence=scores[label], scores=scores),
        act="other",
        act_confidence=1.0,
        signals=Signals(
            cues=tuple(Cue(kind=kind, start=start, end=end) for kind in cues),
            felt=tuple(Felt(emotion=emotion, start=start, end=end) for emotion in felt),
            success=success,
            effort=effort,
            outcome=outcome,
        ),
    )
