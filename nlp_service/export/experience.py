"""An experience and a conversation as JSON values; every part with the places of the words that it rests on."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from nlp_service.domain import (
    Conversation,
    Cue,
    Evidence,
    Experience,
    FeatureRequest,
    Felt,
    Moment,
    PathPoint,
    RecordAnalysis,
)

Place = Callable[[int, int], dict[str, int]]
"""The offsets of a stretch of a record's text to those that are shown."""


def in_text(start: int, end: int) -> dict[str, int]:
    """Offsets in the text of the record."""
    return {"start": start, "end": end}


def experience_json(experience: Experience, *, place: Place = in_text) -> dict[str, Any]:
    """How it went, with the evidence."""
    return {
        "success": experience.success,
        "effort": experience.effort,
        "effort_cues": kinds_of(experience.effort_cues),
        "emotions": list(experience.emotions),
        "resolved_but_unhappy": experience.resolved_but_unhappy,
        "unresolved_but_kind": experience.unresolved_but_kind,
        "evidence": {
            "success": [_evidence(one, place) for one in experience.success_evidence],
            "effort": cues_json(experience.effort_cues, place=place),
            "emotions": [_felt(one, place) for one in experience.felt],
        },
        "peak": _moment(experience.peak, place),
        "end": _moment(experience.end, place),
    }


def cues_json(cues: Sequence[Cue], *, place: Place = in_text) -> list[dict[str, Any]]:
    """The cues in text order, each with its place."""
    return [{"kind": cue.kind, **place(cue.start, cue.end)} for cue in cues]


def kinds_of(cues: Sequence[Cue]) -> list[str]:
    """The kinds of the cues, each once, in the order of the text."""
    return list(dict.fromkeys(cue.kind for cue in cues))


def requests_json(analysis: RecordAnalysis, *, place: Place = in_text) -> list[dict[str, Any]]:
    """What the record asks for, in text order, each with the place of its words."""
    return [_request(reading.request, place) for reading in analysis.readings if reading.request is not None]


def conversation_json(conversation: Conversation) -> dict[str, Any]:
    """The conversation in the customer's view; places are a turn and offsets in that turn's text."""
    record = conversation.analysis.record
    starts = [turn.start for turn in record.turns]

    def place(start: int, end: int) -> dict[str, int]:
        index = sum(at <= start for at in starts) - 1
        return {"turn": index, "start": start - starts[index], "end": end - starts[index]}

    experience = conversation.analysis.experience
    return {
        "experience": experience_json(experience, place=place),
        "path": [_point(point, place) for point in conversation.path],
        "turning_point": conversation.turning_point,
        "turned": conversation.turned,
        "recovery": conversation.recovery,
        "cues": cues_json(experience.cues, place=place),
        "requests": requests_json(conversation.analysis, place=place),
        "apart": [{"reason": one.reason, **place(one.start, one.end)} for one in conversation.apart],
        "agent": _agent(conversation, place),
        "is_interview": conversation.is_interview,
    }


def experiences_json(analyses: Sequence[RecordAnalysis]) -> dict[str, Any]:
    """How it went over all records, in counts, the successes that left people unhappy first, by record."""
    found = [(analysis.record.id, analysis.experience) for analysis in analyses]
    return {
        "resolved_but_unhappy": [record_id for record_id, one in found if one.resolved_but_unhappy],
        "unresolved_but_kind": [record_id for record_id, one in found if one.unresolved_but_kind],
        "success": {name: sum(one.success == name for _, one in found) for name in ("yes", "no", "unknown")},
        "effort": {name: sum(one.effort == name for _, one in found) for name in ("low", "high", "unknown")},
        "effort_cues": _counts([kinds_of(one.effort_cues) for _, one in found]),
        "emotions": _counts([one.emotions for _, one in found]),
        "cues": _counts([kinds_of(one.cues) for _, one in found]),
    }


def _counts(names: Sequence[Sequence[str]]) -> dict[str, int]:
    """In how many records each name occurs, the most frequent first."""
    counts = Counter(name for own in names for name in own)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _agent(conversation: Conversation, place: Place) -> dict[str, Any]:
    """What the other side said of the outcome; only its last turns are read."""
    cues = [cue for reading in conversation.agent_readings for cue in reading.signals.cues]
    turns = [t for t in conversation.analysis.record.turns if t.role in ("agent", "bot", "interviewer")]
    return {
        "n_turns": len(turns),
        "n_bot_turns": sum(turn.role == "bot" for turn in turns),
        "n_read": len({reading.segment.turn for reading in conversation.agent_readings}),
        "outcome": cues_json(sorted(cues, key=lambda cue: (cue.start, cue.kind)), place=place),
    }


def _point(point: PathPoint, place: Place) -> dict[str, Any]:
    return {
        **place(point.start, point.end),
        "sentiment": point.sentiment.label,
        "confidence": point.sentiment.confidence,
        "mood": point.mood,
    }


def _request(request: FeatureRequest, place: Place) -> dict[str, Any]:
    return {
        **place(request.start, request.end),
        "wording": request.wording,
        "want": " ".join(request.wording.split()),
        "form": request.form,
        "polarity": request.polarity,
        "confidence": request.confidence,
    }


def _evidence(evidence: Evidence, place: Place) -> dict[str, Any]:
    return {**place(evidence.start, evidence.end), "role": evidence.role}


def _felt(felt: Felt, place: Place) -> dict[str, Any]:
    return {"emotion": felt.emotion, **place(felt.start, felt.end)}


def _moment(moment: Moment | None, place: Place) -> dict[str, Any] | None:
    return None if moment is None else {**place(moment.start, moment.end), "sentiment": moment.sentiment}
