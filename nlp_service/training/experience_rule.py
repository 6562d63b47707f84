"""Chooses the thresholds of an experience on the training conversations alone; quick, and the same each time.

One threshold after the other takes the value of its grid that does best while the others stand, twice round; the default
wins a tie. Success is not chosen here: `train success_rule` runs before and knows these conversations nearly by heart, so
that its accuracy on them is not told, and the flags that rest on it look better here than they are. The weights of cues
against model are not searched: whoever wrote the cues had read the training conversations, so that these would overrate
them. The margins of emotions come from the model's logits alone, for the same reason.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from nlp_service.analysis.conversation import converse
from nlp_service.analysis.experience_rule import NEVER, Rule
from nlp_service.domain import EMOTIONS, Conversation
from nlp_service.inference.engine import Engine, Floats
from nlp_service.training.datasets import read_rows
from nlp_service.training.evaluate_experience import Row, experience_metrics, read_conversations
from nlp_service.training.turning import fit_turning, turn_choices, unseen_accuracy

GRIDS: Mapping[str, Sequence[float]] = {
    "hard_over": (0.8, 0.9, 0.97),
    "easy_over": (0.75, 0.85, 0.95),
    "unhappy_under": (-0.5, -0.4, -0.3, -0.2, -0.1),
    "kind_over": (0.0, 0.1, 0.2, 0.3),
}
AIMS = (
    "effort_accuracy",
    "resolved_but_unhappy_f1",
    "unresolved_but_kind_f1",
)
ROUNDS = 2
LEAST_PRECISION, LEAST_HITS = 0.55, 3
"""How often the model must be right, and in how many conversations, where it says an emotion that no words name."""
MARGINS = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0)


def choose_experience_rule(engine: Engine, *, gold_dir: Path, path: Path) -> dict[str, Any]:
    """The rule, written to `path`, with the figures on the training conversations that it was chosen by."""
    rows, found = _train(engine, gold_dir)
    rule = replace(Rule(), emotion_margins=_margins(rows, found, engine))
    for _ in range(ROUNDS):
        for name, grid in GRIDS.items():
            candidates = [rule, *(_with(rule, name, value) for value in grid)]
            worths = [_worth(rows, found, candidate) for candidate in candidates]
            rule = candidates[worths.index(max(worths))]
    choices = turn_choices(rows, [converse(one.analysis, one.agent_readings, rule=rule) for one in found])
    rule = replace(rule, turning=fit_turning(choices))
    content = {
        **asdict(rule),
        "engine": engine.name,
        "engine_sha256": engine.sha256,
        "rows": len(rows),
        "unseen_turning_point_accuracy": round(unseen_accuracy(choices), 4),
        "train_metrics": {
            name: round(value, 4)
            for name, value in _metrics(rows, found, rule).items()
            if not name.startswith("success")
        },
    }
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return content


def _with(rule: Rule, name: str, value: float) -> Rule:
    changes: dict[str, Any] = {name: value}
    return replace(rule, **changes)


def _train(engine: Engine, gold_dir: Path) -> tuple[list[Row], list[Conversation]]:
    rows: list[Row] = []
    found: list[Conversation] = []
    for path in sorted(gold_dir.glob("*.jsonl")):
        own = [row for row in read_rows(path) if row["split"] == "train"]
        rows += own
        found += read_conversations(own, path.stem, engine)
    return rows, found


def _metrics(rows: Sequence[Row], found: Sequence[Conversation], rule: Rule) -> dict[str, float]:
    return experience_metrics(rows, [converse(one.analysis, one.agent_readings, rule=rule) for one in found])


def _worth(rows: Sequence[Row], found: Sequence[Conversation], rule: Rule) -> float:
    metrics = _metrics(rows, found, rule)
    return round(sum(metrics[aim] for aim in AIMS), 6)


def _margins(rows: Sequence[Row], found: Sequence[Conversation], engine: Engine) -> dict[str, float]:
    """For each emotion the least margin at which the model alone is right often enough, `NEVER` where there is none."""
    highest = np.stack([_highest(one, engine) for one in found])
    margins: dict[str, float] = {}
    for column, emotion in enumerate(EMOTIONS):
        gold = np.array([emotion in row["gold"]["emotions"] for row in rows])
        margins[emotion] = NEVER
        for margin in MARGINS:
            said = highest[:, column] > margin
            n_hits = int((said & gold).sum())
            if n_hits >= LEAST_HITS and n_hits >= LEAST_PRECISION * said.sum():
                margins[emotion] = margin
                break
    return margins


def _highest(conversation: Conversation, engine: Engine) -> Floats:
    """The highest logit of each emotion over the customer's segments (13,)."""
    texts = [reading.segment.text for reading in conversation.analysis.readings]
    return np.asarray(engine.encode(texts).logits["emotion"].max(axis=0), np.float32)
