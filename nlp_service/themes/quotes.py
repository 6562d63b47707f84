"""The few segments that show a set of them best and differ from each other, as verbatim slices."""

from collections.abc import Mapping, Sequence

import numpy as np

from nlp_service.analysis.questions import question_before
from nlp_service.domain import Quote, Reading, Record, Segment
from nlp_service.inference.engine import Floats, unit
from nlp_service.text.normalize import fingerprint

MOST = 5
GOOD_LENGTH = (25, 220)
DIVERSITY = 0.45
SURENESS = 0.25
"""What a sentiment that is certain adds to the worth of a quote, which is shown with it."""


def choose_quotes(
    readings: Sequence[Reading], vectors: Floats, records_by_id: Mapping[str, Record], *, both_sides: bool = False
) -> tuple[Quote, ...]:
    """At most five quotes by maximal marginal relevance (Carbonell and Goldstein 1998), from different records.

    New languages are preferred, and with `both_sides` the first two come from opposite sentiments where there are such.
    """
    relevance = vectors @ unit(vectors.mean(axis=0, keepdims=True))[0] + np.array([_worth(r) for r in readings])
    chosen: list[int] = []
    left = list(range(len(readings)))
    while left and len(chosen) < MOST:
        best = max(
            left, key=lambda i: (round(_gain(i, chosen, readings, vectors, relevance, both_sides=both_sides), 4), -i)
        )
        chosen.append(best)
        left = [i for i in left if not _repeats(readings[i], readings[best])]
    return tuple(quote(readings[i], records_by_id[readings[i].segment.record_id]) for i in chosen)


def _repeats(reading: Reading, other: Reading) -> bool:
    """Whether two segments are of one record, or say the same words."""
    segment, said = reading.segment, other.segment
    return segment.record_id == said.record_id or fingerprint(segment.text) == fingerprint(said.text)


def quote(reading: Reading, record: Record) -> Quote:
    """The segment as a quote, with its speaker and time where the record is a conversation."""
    segment = reading.segment
    turn = record.turns[segment.turn] if segment.turn is not None else None
    return Quote(
        record_id=record.id,
        segment_id=segment.id,
        start=segment.start,
        end=segment.end,
        text=record.text[segment.start : segment.end],
        language=segment.language,
        sentiment=reading.sentiment.label,
        speaker=speaker_of(segment, record),
        at_s=turn.starts_at_s if turn else None,
        question=question_before(segment, record),
    )


def speaker_of(segment: Segment, record: Record) -> str | None:
    """Who said the segment: the speaker of its turn in a conversation, the author elsewhere."""
    if record.kind == "reviews" or segment.turn is None:
        return record.author
    return record.turns[segment.turn].speaker


def _worth(reading: Reading) -> float:
    """What a segment has as a quote beside its nearness: neither a stub nor a page, and sure of its sentiment."""
    low, high = GOOD_LENGTH
    length = len(reading.segment.text)
    form = 0.0 if low <= length <= high else -0.15 if length < low else -0.1
    return form + SURENESS * reading.sentiment.confidence


def _gain(
    i: int,
    chosen: Sequence[int],
    readings: Sequence[Reading],
    vectors: Floats,
    relevance: Floats,
    *,
    both_sides: bool,
) -> float:
    if not chosen:
        return float(relevance[i])
    alike = float(max(vectors[i] @ vectors[j] for j in chosen))
    gain = (1 - DIVERSITY) * float(relevance[i]) - DIVERSITY * alike
    if readings[i].segment.language not in {readings[j].segment.language for j in chosen}:
        gain += 0.08
    if both_sides and readings[i].sentiment.label not in {readings[j].sentiment.label for j in chosen}:
        gain += 0.2 if readings[i].sentiment.label != "neutral" else 0.0
    return gain
