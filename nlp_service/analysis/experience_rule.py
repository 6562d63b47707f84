"""The numbers by which signals become an experience, all in one place; `train experience_rule` chooses them again.

They stand in `models/experience_rule.json`, chosen on the training conversations of `corpora/gold/conversations` with the
encoder that ships. Without that file those below hold, which an earlier encoder gave.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

from nlp_service.analysis.turning import FEATURES
from nlp_service.domain import EMOTIONS
from nlp_service.settings import ROOT

RULE_PATH = ROOT / "models" / "experience_rule.json"
TURNING = (-1.4, 2.2, 1.3, 0.7, -2.3, -2.1)
NEVER = 99.0
"""A margin that no logit reaches: the model alone does not say this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Weights and thresholds; what is said k customer turns before the end counts for success by `fading ** k`."""

    fading: float = 0.8
    agent_model: float = 1.5
    agent_cue: float = 2.0
    customer_model: float = 0.5
    customer_cue: float = 1.0
    alone_model: float = 1.0
    """The model's weight where nobody answers the customer: single texts are what it was trained on."""
    open_within: float = 0.5
    """In a text without an agent's answer a sum nearer to 0 than this leaves it open."""
    hard_over: float = 0.9
    """The probability of high effort over which the model is believed without a cue, where the mood is bad as well."""
    easy_over: float = 0.85
    """The probability of low effort in the last turns over which the model is believed without a cue."""
    felt_weight: float = 1.0
    """What an emotion that words name adds to a turn's mood, from -1 to 1 without it; an outcome adds `outcome_weight`."""
    outcome_weight: float = 0.3
    unhappy_under: float = -0.3
    kind_over: float = 0.1
    """The closing mood under which a success is unhappy, and over which a failure is kindly taken."""
    turning: Mapping[str, float] = field(default_factory=lambda: dict(zip(FEATURES, TURNING, strict=True)))
    """The weights of what tells a turning point (`analysis.turning`)."""
    emotion_margins: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(EMOTIONS, NEVER))
    """How far over its threshold a logit must be for the model to say an emotion that no words name."""


@cache
def load_rule(path: Path = RULE_PATH) -> Rule:
    """The rule that was chosen for the encoder that ships."""
    if not path.is_file():
        return Rule()
    content = json.loads(path.read_text(encoding="utf-8"))
    return Rule(**{name: content[name] for name in (f.name for f in fields(Rule)) if name in content})
