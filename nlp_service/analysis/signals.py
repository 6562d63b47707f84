"""Segments and their logits → what each says of an experience, before anything is concluded from it."""

from collections.abc import Mapping, Sequence

from nlp_service.analysis.cues import read_line
from nlp_service.analysis.experience_cues import find_cues, find_felt, lexicon
from nlp_service.analysis.experience_rule import Rule, load_rule
from nlp_service.analysis.sentiment import softmax
from nlp_service.domain import EMOTIONS, Emotion, Felt, Segment, Signals
from nlp_service.inference.engine import Floats

NOT_SAID: frozenset[Emotion] = frozenset({"disgust"})
"""Emotions that an experience does not list: its set is of twelve."""


def signals(
    segments: Sequence[Segment], logits: Mapping[str, Floats], *, of_agents: bool = False, rule: Rule | None = None
) -> list[Signals]:
    """The signals of each segment, from the logits of success, effort, outcome and emotion; agents show no emotions."""
    rule = rule or load_rule()
    success, effort = softmax(logits["success"]).tolist(), softmax(logits["effort"]).tolist()
    outcome = logits["outcome_agent" if of_agents else "outcome_customer"].tolist()
    found = []
    for segment, reached, effortful, ended, emotion in zip(
        segments, success, effort, outcome, logits["emotion"].tolist(), strict=True
    ):
        own = lexicon(segment.language)
        line = read_line(segment.text, segment.language) if own else None
        cues = find_cues(line, own, offset=segment.start, of_agent=of_agents) if own and line else ()
        named = find_felt(line, own, offset=segment.start) if own and line and not of_agents else ()
        found.append(
            Signals(
                cues=cues,
                felt=named,
                inferred=() if of_agents else _inferred(segment, named, emotion, rule),
                success=(round(reached[0], 4), round(reached[1], 4)),
                effort=(round(effortful[0], 4), round(effortful[1], 4)),
                outcome=(round(ended[0], 4), round(ended[1], 4)),
            )
        )
    return found


def _inferred(segment: Segment, named: Sequence[Felt], logits: Sequence[float], rule: Rule) -> tuple[Felt, ...]:
    """The emotions that the model is sure enough of and no words name; what shows them is the whole segment."""
    known = {felt.emotion for felt in named} | NOT_SAID
    return tuple(
        Felt(emotion=emotion, start=segment.start, end=segment.end)
        for emotion, logit in zip(EMOTIONS, logits, strict=True)
        if emotion not in known and logit > rule.emotion_margins[emotion]
    )
