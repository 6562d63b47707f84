"""Whether a segment asks for something, how, and in which words: the act head joined with cues by a rule of named shifts.

Each kind of cue that a segment shows moves the head's logit of `feature_request`, which moves its log-odds by as much; the
shifts are chosen on training rows (`train request_rule`) and lie in `models/request_rule.json`. Where a language has no cues
the head decides alone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlp_service.analysis.acts import LABELS, acts
from nlp_service.analysis.cues import Cue, CueKind, Token, find_cues, lexicon, tokens
from nlp_service.domain import FeatureRequest, Polarity, RequestForm, Segment
from nlp_service.inference.engine import Floats
from nlp_service.settings import ROOT

RULE_PATH = ROOT / "models" / "request_rule.json"
REQUEST = LABELS.index("feature_request")
FORMS: tuple[RequestForm, ...] = ("comparison", "wish", "conditional", "question", "explicit")
"""The forms, those that say more first: a wish or a condition often holds an imperative too."""
ASKING: frozenset[CueKind] = frozenset({*FORMS, "imperative", "remove"})
"""The kinds of cue that speak for a request."""
LEAST_TOKENS = 2
"""Words that a want has at least, if there is one that has them."""
QUESTION_MARKS = frozenset("?؟？")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What each kind of cue adds to the log-odds of a request, and what is added always."""

    shifts: Mapping[str, float]
    bias: float


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
    """The rule that was chosen for the encoder that ships; without its file the head decides alone."""
    if not path.is_file():
        return Rule(shifts={}, bias=0.0)
    content = json.loads(path.read_text(encoding="utf-8"))
    return Rule(shifts=content["shifts"], bias=content["bias"])


def read_cues(text: str, language: str) -> Found:
    """The cues in a text; none in a language without a lexicon."""
    own = lexicon(language)
    if own is None:
        return Found((), ())
    found = tuple(tokens(text, language))
    return Found(found, tuple(find_cues(found, own)))


def detect(segments: Sequence[Segment], act_logits: Floats) -> tuple[Floats, list[FeatureRequest | None]]:
    """The act logits (n, 5) joined with the cues, and the request of each segment whose act is then to ask for one."""
    found = [read_cues(segment.text, segment.language) for segment in segments]
    moved = joined(act_logits, found, load_rule())
    requests = [
        request_of(segment, own, confidence=confidence) if act == "feature_request" else None
        for segment, own, (act, confidence) in zip(segments, found, acts(moved), strict=True)
    ]
    return moved, requests


def joined(act_logits: Floats, found: Sequence[Found], rule: Rule) -> Floats:
    """The act logits (n, 5) with that of a feature request moved by the cues."""
    moved = act_logits.copy()
    for row, own in enumerate(found):
        if own.tokens:
            moved[row, REQUEST] += rule.bias + sum(rule.shifts.get(kind, 0.0) for kind in own.kinds)
    return moved


def request_of(segment: Segment, found: Found, *, confidence: float) -> FeatureRequest:
    """The request that a segment makes: its form, its polarity and the words that say what is wanted."""
    form = form_of(segment.text, found)
    start, end = wording_span(segment.text, found)
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


def wording_span(text: str, found: Found) -> tuple[int, int]:
    """Offsets in the text of the wanted words: the fewest that a cue leaves, two at least, else all."""
    wants = [cue.want for cue in found.cues if cue.want and cue.kind in ASKING]
    if not wants:
        return 0, len(text)
    first, last = min(wants, key=lambda want: (want[1] - want[0] < LEAST_TOKENS, want[1] - want[0], want))
    return found.tokens[first].start, found.tokens[last - 1].end
