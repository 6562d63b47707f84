"""A conversation → the path of the customer's mood over the turns, where it turns for good, and whether it recovers.

Only the customer's own words count: greetings, quoted lines, signatures and everyone else's turns are kept apart and told.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from nlp_service.analysis.experience import asks_only, conclude
from nlp_service.analysis.experience_cues import is_greeting
from nlp_service.analysis.experience_rule import Rule, load_rule
from nlp_service.analysis.mood import mood
from nlp_service.analysis.sentiment import compose
from nlp_service.analysis.turning import turning_point
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
    path = tuple(_point(turn, value) for turn, value in zip(turns, moods, strict=True))
    is_interview = analysis.record.kind == "interviews" or asks_only(agents)
    at = turning_point(*moods_and_lengths(path), rule.turning)
    experience = conclude(own, agents, is_interview=is_interview, rule=rule)
    return Conversation(
        analysis=replace(analysis, experience=experience),
        path=path,
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


def moods_and_lengths(path: Sequence[PathPoint]) -> tuple[list[float], list[int]]:
    """The mood of each of the customer's turns, and how many code points it has."""
    return [point.mood for point in path], [point.end - point.start for point in path]


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
