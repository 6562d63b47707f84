"""Readings by the turn they were said in, and those of the last turns."""

from collections.abc import Sequence

from nlp_service.domain import Reading

LAST_TURNS = 2
"""Turns of one side that close a conversation."""


def by_turn(readings: Sequence[Reading]) -> list[list[Reading]]:
    """The readings of each turn, in order; those of a text without turns together."""
    turns: dict[int | None, list[Reading]] = {}
    for reading in readings:
        turns.setdefault(reading.segment.turn, []).append(reading)
    return list(turns.values())


def closing(readings: Sequence[Reading]) -> list[Reading]:
    """The readings of the last turns."""
    return [reading for turn in by_turn(readings)[-LAST_TURNS:] for reading in turn]
