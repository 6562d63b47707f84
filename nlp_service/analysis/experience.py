"""What the signals of a customer's segments, and of an agent's answers, say about how it went: success, effort, emotions.

Success is what was last said of the goal, in anyone's words. Of a dialogue `success.py` tells it; of a text that nobody
answers the model's probabilities and the cues of every segment are summed, and fade with the customer turns that follow.
Either way the statements that speak for it are its evidence. Emotions are there or not; none has a strength (see `Felt`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nlp_service.analysis.emotions import together
from nlp_service.analysis.experience_rule import Rule, load_rule
from nlp_service.analysis.mood import balance, mood
from nlp_service.analysis.success import SuccessRule, load_success_rule, success_features
from nlp_service.analysis.turns import by_turn, closing
from nlp_service.domain import (
    BUSINESS_KINDS,
    EFFORT_KINDS,
    Effort,
    Emotion,
    Evidence,
    Experience,
    Felt,
    Moment,
    Reading,
    Role,
    Success,
)

MOST_EVIDENCE = 3
ASKING_SHARE, LEAST_ASKING = 0.7, 4
"""An agent who asks in so large a share of turns, and so often, asks for an opinion and solves nothing."""
_QUESTION_MARKS = ("?", "؟", "？")


@dataclass(frozen=True, slots=True)
class _Statement:
    """What one segment adds to whether the goal was reached: above 0 that it was."""

    value: float
    evidence: Evidence


def conclude(
    readings: Sequence[Reading],
    agents: Sequence[Reading] = (),
    *,
    is_interview: bool = False,
    rule: Rule | None = None,
    success_rule: SuccessRule | None = None,
) -> Experience:
    """The experience that the customer's readings tell, and the agent's confirm, both in text order.

    Who is interviewed came with no goal to reach, so that success stays unknown.
    """
    rule = rule or load_rule()
    if not readings:
        return Experience()
    turns = by_turn(readings)
    statements = _statements(readings, agents, rule)
    success: Success = "unknown"
    if agents and not is_interview:
        success = (success_rule or load_success_rule()).success(success_features(readings, agents, rule))
    elif not is_interview:
        success = _said_alone(sum(s.value for s in statements), rule)
    at_last = mood(closing(readings), rule) / 2 + mood(turns[-1], rule) / 2
    cues = sorted({cue for r in readings for cue in r.signals.cues}, key=lambda cue: (cue.start, cue.end, cue.kind))
    return Experience(
        success=success,
        effort=_effort(readings, rule),
        emotions=together([[felt.emotion for felt in _felt(r)] for r in readings]),
        resolved_but_unhappy=success == "yes" and at_last < rule.unhappy_under,
        unresolved_but_kind=success == "no" and at_last > rule.kind_over,
        success_evidence=_evidence(statements, success),
        effort_cues=tuple(cue for cue in cues if cue.kind in EFFORT_KINDS),
        felt=_first_felt(readings),
        cues=tuple(cue for cue in cues if cue.kind in BUSINESS_KINDS),
        peak=_moment(max(readings, key=lambda r: (abs(balance(r)), -r.segment.start))),
        end=_moment(readings[-1]),
    )


def _statements(readings: Sequence[Reading], agents: Sequence[Reading], rule: Rule) -> list[_Statement]:
    places = [turn[0].segment.start for turn in by_turn(readings)]
    weights: dict[Role, tuple[float, float]] = {
        "customer": (rule.customer_model if agents else rule.alone_model, rule.customer_cue),
        "agent": (rule.agent_model, rule.agent_cue),
    }
    spoken: list[tuple[Role, Reading]] = [("customer", r) for r in readings] + [("agent", r) for r in agents]
    found = []
    for role, reading in spoken:
        value, evidence = _said(reading, role, *weights[role])
        n_after = sum(place > reading.segment.start for place in places)
        found.append(_Statement(value * rule.fading**n_after, evidence))
    return found


def _said(reading: Reading, role: Role, of_model: float, of_cue: float) -> tuple[float, Evidence]:
    """What a segment says of the goal, above 0 that it was reached, and in which words."""
    cues = {cue.kind: cue for cue in reading.signals.cues if cue.kind in ("resolved", "unresolved")}
    yes, no = reading.signals.success
    value = of_model * (yes - no) + of_cue * (("resolved" in cues) - ("unresolved" in cues))
    shown = cues.get("resolved" if value > 0 else "unresolved") or reading.segment
    return value, Evidence(start=shown.start, end=shown.end, role=role)


def _said_alone(total: float, rule: Rule) -> Success:
    """Whether a text without an answer says that the goal was reached."""
    if abs(total) < rule.open_within:
        return "unknown"
    return "yes" if total > 0 else "no"


def asks_only(agents: Sequence[Reading]) -> bool:
    """Whether the other side is an interviewer, who helps with nothing."""
    turns = by_turn(agents)
    n_asking = sum(any(r.segment.text.endswith(_QUESTION_MARKS) for r in turn) for turn in turns)
    return n_asking >= LEAST_ASKING and n_asking >= ASKING_SHARE * len(turns)


def _evidence(statements: Sequence[_Statement], success: Success) -> tuple[Evidence, ...]:
    """The statements that speak most for the conclusion, in text order."""
    sign = {"yes": 1, "no": -1, "unknown": 0}[success]
    speaking = sorted((s for s in statements if s.value * sign > 0), key=lambda s: (-abs(s.value), s.evidence.start))
    strong = [s for s in speaking[:MOST_EVIDENCE] if abs(s.value) * 4 >= abs(speaking[0].value)]
    return tuple(sorted((s.evidence for s in strong), key=lambda evidence: evidence.start))


def _effort(readings: Sequence[Reading], rule: Rule) -> Effort:
    """High where cues tell of effort, unless the end tells that it was easy and nothing but one cue speaks against it."""
    kinds = {cue.kind for r in readings for cue in r.signals.cues if cue.kind in EFFORT_KINDS}
    last = closing(readings)
    is_easy_at_last = any(cue.kind == "easy" for r in last for cue in r.signals.cues)
    if len(kinds) > 1 or (kinds and not (is_easy_at_last and mood(last, rule) > 0)):
        return "high"
    if is_easy_at_last or max(r.signals.effort[1] for r in last) > rule.easy_over:
        return "low"
    is_hard = max(r.signals.effort[0] for r in readings) > rule.hard_over
    return "high" if is_hard and mood(readings, rule) < 0 else "unknown"


def _first_felt(readings: Sequence[Reading]) -> tuple[Felt, ...]:
    """Each emotion with the words that first show it, in text order."""
    first: dict[Emotion, Felt] = {}
    for reading in readings:
        for felt in _felt(reading):
            first.setdefault(felt.emotion, felt)
    return tuple(sorted(first.values(), key=lambda felt: (felt.start, felt.emotion)))


def _felt(reading: Reading) -> tuple[Felt, ...]:
    return reading.signals.felt + reading.signals.inferred


def _moment(reading: Reading) -> Moment:
    segment = reading.segment
    return Moment(start=segment.start, end=segment.end, sentiment=reading.sentiment.label)
