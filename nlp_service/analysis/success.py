"""Whether a dialogue reached the customer's goal: two heads on its last turns, stacked with what its segments say.

One linear rule with few named features (stacking: Wolpert 1992). What the heads on the last turns of either side give is
joined with the probabilities and cues of every segment, which fade with the customer turns that follow.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from nlp_service.analysis.experience_rule import Rule
from nlp_service.analysis.mood import mood
from nlp_service.analysis.turns import by_turn, closing
from nlp_service.domain import CueKind, Reading, Success
from nlp_service.settings import ROOT

SUCCESS_PATH = ROOT / "models" / "success_rule.json"
SUCCESSES: tuple[Success, ...] = ("yes", "no", "unknown")
"""In the order of the logits; the first of equals is said."""
OUTCOMES = ("outcome_yes", "outcome_no")
"""What the heads on the last turns say; one of `unknown` would add nothing, as the three sum to 1."""
FEATURES = (
    *OUTCOMES,
    "customer_yes",
    "customer_resolved",
    "agent_no",
    "agent_resolved",
    "agent_unresolved",
    "agent_is_last",
    "mood",
)
"""The two of the heads; probabilities and cues of either side, faded; who spoke last; the customer's mood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessRule:
    """A weight for each feature and answer; without the file of those fitted, cues and the heads alone decide."""

    weights: Mapping[str, Mapping[str, float]] = field(
        default_factory=lambda: {
            "outcome_yes": {"yes": 1.0},
            "outcome_no": {"no": 1.0},
            "customer_yes": {"yes": 1.0},
            "customer_resolved": {"yes": 1.0},
            "agent_no": {"no": 1.0},
            "agent_resolved": {"yes": 1.0},
            "agent_unresolved": {"no": 1.0},
        }
    )
    bias: Mapping[str, float] = field(default_factory=lambda: {"unknown": 0.4})

    def success(self, values: Mapping[str, float]) -> Success:
        """The answer whose bias and weighted features sum to most."""
        return max(SUCCESSES, key=lambda label: self._logit(label, values))

    def _logit(self, label: Success, values: Mapping[str, float]) -> float:
        told = sum(own.get(label, 0.0) * values[name] for name, own in self.weights.items())
        return self.bias.get(label, 0.0) + told


@cache
def load_success_rule(path: Path = SUCCESS_PATH) -> SuccessRule:
    """The rule that was fitted for the encoder that ships."""
    if not path.is_file():
        return SuccessRule()
    content = json.loads(path.read_text(encoding="utf-8"))
    return SuccessRule(weights=content["weights"], bias=content["bias"])


def success_features(readings: Sequence[Reading], agents: Sequence[Reading], rule: Rule) -> dict[str, float]:
    """The value of each of `FEATURES` for a dialogue's readings of both sides, in text order, neither side empty."""
    places = [turn[0].segment.start for turn in by_turn(readings)]
    of_customer, of_agent = _faded(readings, places, rule.fading), _faded(agents, places, rule.fading)
    ends = [_outcome(closing(side)) for side in (readings, agents)]
    return {
        "outcome_yes": sum(yes for yes, _ in ends),
        "outcome_no": sum(no for _, no in ends),
        "customer_yes": sum(weight * r.signals.success[0] for weight, r in of_customer),
        "customer_resolved": sum(weight for weight, r in of_customer if _has(r, "resolved")),
        "agent_no": sum(weight * r.signals.success[1] for weight, r in of_agent),
        "agent_resolved": sum(weight for weight, r in of_agent if _has(r, "resolved")),
        "agent_unresolved": sum(weight for weight, r in of_agent if _has(r, "unresolved")),
        "agent_is_last": float(agents[-1].segment.start > readings[-1].segment.start),
        "mood": mood(readings, rule),
    }


def _faded(readings: Sequence[Reading], places: Sequence[int], fading: float) -> list[tuple[float, Reading]]:
    """Each reading with the weight that the customer turns after it, which begin at `places`, leave it."""
    return [(fading ** sum(place > r.segment.start for place in places), r) for r in readings]


def _outcome(readings: Sequence[Reading]) -> tuple[float, float]:
    """The mean of the heads' scores of yes and no: what the heads give for the mean of the segments' features."""
    scores = [r.signals.outcome for r in readings]
    return sum(yes for yes, _ in scores) / len(scores), sum(no for _, no in scores) / len(scores)


def _has(reading: Reading, kind: CueKind) -> bool:
    return any(cue.kind == kind for cue in reading.signals.cues)
