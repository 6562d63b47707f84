"""A conversation → the path of the customer's mood over the turns, where it turns for good, and whether it recovers.

Only the customer's own words count: greetings, quoted lines, signatures and everyone else's turns are kept apart and told.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from nlp_service.analysis.experience import asks_only, conclude
from nlp_service.analysis.experience_cues import is_greeting
from nlp_service.analysis.experience_rule import Rule, load_rule
from nlp_service.analysis.mood import mood
from nlp_service.analysis.sentiment import compose
from nlp_service.analysis.turns import by_turn
from nlp_service.domain import Apart, Conversation, PathPoint, Reading, RecordAnalysis

SIGNATURE = "\n-- "


def converse(analysis: RecordAnalysis, agents: Sequence[Reading], *, rule: Rule | None = None) -> Conversation:
    """The conversation that an analysed record holds; `agents` are the readings of the other side, in text order."""
    rule = rule or load_rule()
    reasons = {reading.segment.id: _reason(reading, analysis) for reading in analysis.readings}
    own = [reading for reading in analysis.readings if not reasons[reading.segment.id]] or list(analysis.readings)
    turns = by_turn(own)
    moods = [mood(turn, rule) for turn in turns]
    is_interview = analysis.record.kind == "interviews" or asks_only(agents)
    at = turning_point(moods, [sum(len(r.segment.text) for r in turn) for turn in turns], rule)
    experience = conclude(own, agents, is_interview=is_interview, rule=rule)
    return Conversation(
        analysis=replace(analysis, experience=experience),
        path=tuple(_point(turn, value) for turn, value in zip(turns, moods, strict=True)),
        turning_point=None if at is None else turns[at][0].segment.turn,
        turned=None if at is None else _direction(moods, at),
        recovery=at is not None and _direction(moods, at) == "better" and moods[-1] > 0,
        apart=tuple(
            Apart(start=r.segment.start, end=r.segment.end, reason=reason)
            for r in analysis.readings
            if (reason := reasons[r.segment.id]) and r not in own
        ),
        agent_readings=tuple(agents),
        is_interview=is_interview,
    )


def turning_point(moods: Sequence[float], lengths: Sequence[int], rule: Rule) -> int | None:
    """The first turn of the later of two stretches whose mean moods lie on opposite sides and differ most, None without.

    One change of level by least squares, turns weighing as the root of their length (Page 1955 has the problem).
    """
    values, weights = np.array(moods), np.sqrt(np.maximum(lengths, 1))
    best: tuple[float, int] | None = None
    for at in range(1, len(values)):
        before = float(np.average(values[:at], weights=weights[:at]))
        after = float(np.average(values[at:], weights=weights[at:]))
        if not _turns(before, after, float(values[at]), rule):
            continue
        gain = (after - before) ** 2 * weights[:at].sum() * weights[at:].sum()
        if best is None or gain > best[0]:
            best = (gain, at)
    return None if best is None else best[1]


def _turns(before: float, after: float, own: float, rule: Rule) -> bool:
    """Whether a change of level is a turn: for the better from below 0, for the worse from what was at least not bad."""
    if after > before:
        return before <= -rule.turn_from and after >= rule.turn_to and own >= rule.turn_own
    return before >= rule.turn_from - rule.turn_to and after <= -rule.turn_to and own <= -rule.turn_own


def _direction(moods: Sequence[float], at: int) -> Literal["better", "worse"]:
    return "better" if moods[at] > 0 else "worse"


def _point(turn: Sequence[Reading], value: float) -> PathPoint:
    segments = [reading.segment for reading in turn]
    return PathPoint(
        turn=segments[0].turn or 0,
        start=segments[0].start,
        end=segments[-1].end,
        sentiment=compose([reading.sentiment for reading in turn], [len(segment.text) for segment in segments]),
        mood=round(value, 3),
    )


def _reason(reading: Reading, analysis: RecordAnalysis) -> Literal["", "greeting", "quoted", "signature"]:
    """Why a segment does not count as what the customer says here; empty where it does."""
    segment, record = reading.segment, analysis.record
    line_start = record.text.rfind("\n", 0, segment.start) + 1
    if record.text[line_start : segment.start + 1].lstrip().startswith(">"):
        return "quoted"
    turn = next((t for t in record.turns if t.index == segment.turn), None)
    before = record.text[turn.start if turn else 0 : segment.start]
    if SIGNATURE in f"\n{before}" or segment.text in ("--", "-- "):
        return "signature"
    return "greeting" if is_greeting(segment.text, segment.language) else ""
