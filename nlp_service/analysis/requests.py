"""Whether a segment asks for something, how, and in which words: two heads joined with cues by a rule of named shifts.

The log-odds of a request are a part of the act head's, what the request head adds, fitted on segments of real reviews, and a
shift for each kind of cue. The rule lies in `models/request_rule.json` (`train request_rule`). Where a language has no cues
the heads decide alone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

import numpy as np

from nlp_service.analysis.acts import REQUEST, acts
from nlp_service.analysis.cues import Cue, CueKind, Token, find_cues, lexicon, read_line
from nlp_service.analysis.wording import wording_span
from nlp_service.domain import Act, FeatureRequest, Polarity, RequestForm, Segment
from nlp_service.inference.engine import Floats
from nlp_service.settings import ROOT

RULE_PATH = ROOT / "models" / "request_rule.json"
FORMS: tuple[RequestForm, ...] = ("comparison", "wish", "conditional", "question", "explicit")
"""The forms, those that say more first: a wish or a condition often holds an imperative too."""
ASKING: frozenset[CueKind] = frozenset({*FORMS, "imperative", "remove"})
"""The kinds of cue that speak for a request."""
LEAST_TOKENS = 2
"""Words that a want has at least, if there is one that has them."""
QUESTION_MARKS = frozenset("?؟？")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What the act head's log-odds weigh, what each kind of cue adds and what is added always; over which sum is asked."""

    act_weight: float = 1.0
    shifts: Mapping[str, float] = field(default_factory=dict)
    bias: float = 0.0
    asked_over: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """The words of a segment and the cues among them."""

    tokens: tuple[Token, ...]
    cues: tuple[Cue, ...]

    @property
    def kinds(self) -> frozenset[CueKind]:
        """The kinds of cue that occur."""
        return frozenset(cue.kind for cue in self.cues)


@cache
def load_rule(path: Path = RULE_PATH) -> Rule:
    """The rule that was chosen for the encoder that ships; without its file the heads decide alone."""
    if not path.is_file():
        return Rule()
    content = json.loads(path.read_text(encoding="utf-8"))
    return Rule(**{one.name: content[one.name] for one in fields(Rule)})


def read_cues(text: str, language: str) -> Found:
    """The cues in a text; none in a language without a lexicon."""
    own = lexicon(language)
    if own is None:
        return Found((), ())
    line = read_line(text, language)
    return Found(line.tokens, tuple(find_cues(line, own)))


def detect(
    segments: Sequence[Segment], act_logits: Floats, request_logits: Floats, tokens: Sequence[Floats]
) -> tuple[list[tuple[Act, float]], list[FeatureRequest | None]]:
    """The act of each segment with its probability, from logits (n, 5) and (n, 1), and the request where it asks for one.

    `tokens` are those of each segment (n_tokens, 3), with the log-odds that they say what is wanted.
    """
    found, rule = [read_cues(segment.text, segment.language) for segment in segments], load_rule()
    read = acts(act_logits, joined(act_logits, request_logits, found, rule), asked_over=rule.asked_over)
    return read, [
        request_of(segment, own, said, confidence=confidence) if act == "feature_request" else None
        for segment, own, said, (act, confidence) in zip(segments, found, tokens, read, strict=True)
    ]


def joined(act_logits: Floats, request_logits: Floats, found: Sequence[Found], rule: Rule) -> Floats:
    """The log-odds (n,) that each segment asks for something."""
    shifts = [sum(rule.shifts.get(kind, 0.0) for kind in own.kinds) for own in found]
    heads = rule.act_weight * log_odds(act_logits) + request_logits[:, 0]
    return np.asarray(heads + np.array(shifts, np.float32) + rule.bias, np.float32)


def log_odds(act_logits: Floats) -> Floats:
    """The act head's log-odds (n,) of a feature request against all other acts, from its logits (n, 5)."""
    others = np.delete(act_logits, REQUEST, axis=1).astype(np.float64)
    most = others.max(axis=1)
    return np.asarray(act_logits[:, REQUEST] - most - np.log(np.exp(others - most[:, None]).sum(axis=1)), np.float32)


def request_of(segment: Segment, found: Found, tokens: Floats, *, confidence: float) -> FeatureRequest:
    """The request that a segment makes: its form, its polarity and the words that say what is wanted."""
    form = form_of(segment.text, found)
    start, end = wording_span(segment.text, tokens, cued_span(found))
    return FeatureRequest(
        start=segment.start + start,
        end=segment.start + end,
        wording=segment.text[start:end],
        form=form,
        polarity=polarity_of(found),
        confidence=confidence,
    )


def form_of(text: str, found: Found) -> RequestForm:
    """The first form whose cue occurs; without one, a question by its mark, else explicit."""
    for form in FORMS:
        if form in found.kinds:
            return form
    return "question" if text.rstrip("!. )»\"'").endswith(tuple(QUESTION_MARKS)) else "explicit"


def polarity_of(found: Found) -> Polarity:
    """Whether something is to come or to go."""
    return "remove" if "remove" in found.kinds else "add"


def cued_span(found: Found) -> tuple[int, int] | None:
    """Offsets in the text of the few words that a cue of many words leaves, two at least; None without such a cue."""
    wants = [(cue, cue.want) for cue in found.cues if cue.want and cue.kind in ASKING]
    if not wants:
        return None
    first, last = min(wants, key=lambda one: _looseness(*one))[1]
    return found.tokens[first].start, found.tokens[last - 1].end


def _looseness(cue: Cue, want: tuple[int, int]) -> tuple[bool, int, tuple[int, int]]:
    n = want[1] - want[0]
    return n < LEAST_TOKENS, n - (cue.last - cue.first), want
