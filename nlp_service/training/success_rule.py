"""Fits the heads on a dialogue's last turns, and the rule that joins them with its signals, on training rows alone.

The rule is fitted on what the heads say of conversations that they were not fitted on (stacking: Wolpert 1992), and measured
on conversations that neither had seen: parts within parts, several times over, as one division of few rows says little.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp_service.analysis.experience_rule import Rule
from nlp_service.analysis.success import FEATURES, OUTCOMES, SUCCESSES, SuccessRule, load_success_rule
from nlp_service.inference import heads
from nlp_service.inference.engine import Encoder, Engine, Floats
from nlp_service.training.datasets import hash_of
from nlp_service.training.fit import fit_softmax
from nlp_service.training.success_rows import HEADS, Dialogues, dialogues

HEAD_RIDGE = 0.3
"""How strongly the heads are held, beside a mean square of 1 of the features; .1 and 1 are within two points of it."""
RULE_RIDGE = 0.008
PARTS, DIVISIONS = 10, 5
VERSION = 1
KIND = "ridge regression on the mean features of the last two turns of one side; the two heads are fitted together"

Numbers = NDArray[np.float64]
Chosen = NDArray[np.int64]
Told = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """Scores = values @ weight + bias; weight is (n_values, n_labels)."""

    weight: Numbers
    bias: Numbers

    def scores(self, values: Numbers) -> Numbers:
        """The scores (n, n_labels) of rows of values."""
        return np.asarray(values @ self.weight + self.bias, np.float64)


def choose_success_rule(encoder: Encoder, engine: Engine, *, gold_dir: Path, models_dir: Path) -> dict[str, Any]:
    """The rule, written to `models_dir` with its two heads, and its accuracy on conversations that no fit had seen.

    `engine` tells the signals; what it says of the outcome is not used.
    """
    rows = dialogues(encoder, engine, gold_dir=gold_dir)
    everything = np.arange(len(rows))
    figures = _figures(rows)
    _save_heads(ridge(rows.ends, rows.reached), rows, models_dir / "heads", encoder)
    rule = _named(_stack(rows, everything, _unseen(rows, everything, division=0)))
    content = {
        "weights": rule.weights,
        "bias": rule.bias,
        "fading": Rule().fading,
        "encoder_sha256": encoder.sha256,
        "rows": len(rows),
        **figures,
    }
    path = models_dir / "success_rule.json"
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    load_success_rule.cache_clear()
    return content


def ridge(values: Floats, reached: Told) -> Linear:
    """The linear scores nearest to which answer is true, of standardized values, held by `HEAD_RIDGE`; in closed form."""
    mean, scale = values.mean(axis=0, dtype=np.float64), values.std(axis=0, dtype=np.float64) + 1e-6
    own = (values - mean) / scale
    middle = reached.mean(axis=0)
    near = own @ own.T / own.shape[1] + HEAD_RIDGE * np.eye(len(own))
    weight = own.T @ np.linalg.solve(near, reached - middle) / own.shape[1] / scale[:, None]
    return Linear(weight=weight, bias=middle - mean @ weight)


def parts(rows: Dialogues, chosen: Chosen, *, division: int) -> Iterator[tuple[Chosen, Chosen]]:
    """The rows within and without each of ten parts, which hold every answer alike and do not hang on the rows' order."""
    answers = rows.reached[chosen].argmax(axis=1)
    drawn = [hash_of(f"{division} {rows.ids[i]}") for i in chosen]
    ranks = np.empty(len(chosen), np.int64)
    ranks[sorted(range(len(chosen)), key=lambda i: (answers[i], drawn[i]))] = np.arange(len(chosen))
    for part in range(min(PARTS, len(chosen))):
        yield chosen[ranks % PARTS == part], chosen[ranks % PARTS != part]


def _unseen(rows: Dialogues, chosen: Chosen, *, division: int) -> Numbers:
    """What the heads say (n_chosen, 2) of each row when fitted on the other parts of the chosen."""
    said = np.zeros((len(rows), len(OUTCOMES)))
    for within, without in parts(rows, chosen, division=division):
        said[within] = _said(ridge(rows.ends[without], rows.reached[without]), rows, within)
    return said[chosen]


def _said(fit: Linear, rows: Dialogues, chosen: Chosen) -> Numbers:
    return fit.scores(np.asarray(rows.ends[chosen], np.float64))[:, : len(OUTCOMES)]


def _stack(rows: Dialogues, chosen: Chosen, said: Numbers) -> Linear:
    """The rule fitted on the chosen rows and what the heads say of them."""
    values = np.hstack([said, rows.signals[chosen]])
    mean, scale = values.mean(axis=0), values.std(axis=0) + 1e-6
    even = np.ones(len(chosen), np.float32)
    standard = np.asarray((values - mean) / scale, np.float32)
    weight, bias = fit_softmax(standard, rows.reached[chosen], even, l2=RULE_RIDGE)
    own = np.asarray(weight, np.float64) / scale[:, None]
    return Linear(weight=own, bias=np.asarray(bias, np.float64) - mean @ own)


def _figures(rows: Dialogues) -> dict[str, Any]:
    """Accuracies on unseen rows, the mean of several divisions: of the rule, of the heads alone; the majority's beside."""
    right = np.zeros((DIVISIONS, 2, len(rows)))
    answers = rows.reached.argmax(axis=1)
    for division in range(DIVISIONS):
        for within, without in parts(rows, np.arange(len(rows)), division=division):
            # other parts within than without, so that one division is not measured twice
            inner = _unseen(rows, without, division=DIVISIONS + division)
            heads_alone = ridge(rows.ends[without], rows.reached[without])
            rule = _stack(rows, without, inner)
            values = np.hstack([_said(heads_alone, rows, within), rows.signals[within]])
            alone = heads_alone.scores(np.asarray(rows.ends[within], np.float64))
            right[division, 0, within] = rule.scores(values).argmax(axis=1) == answers[within]
            right[division, 1, within] = alone.argmax(axis=1) == answers[within]
    return {
        "unseen_accuracy": round(float(right[:, 0].mean()), 4),
        "unseen_accuracy_by_language": {
            language: round(float(right[:, 0, rows.languages == language].mean()), 4)
            for language in sorted(set(rows.languages.tolist()))
        },
        "unseen_accuracy_of_heads": round(float(right[:, 1].mean()), 4),
        "majority": round(float(rows.reached.mean(axis=0).max()), 4),
    }


def _named(rule: Linear) -> SuccessRule:
    weights: Mapping[str, Mapping[str, float]] = {
        name: _by_label(own) for name, own in zip(FEATURES, rule.weight, strict=True)
    }
    return SuccessRule(weights=weights, bias=_by_label(rule.bias))


def _by_label(values: Sequence[float] | Numbers) -> dict[str, float]:
    return {label: round(float(value), 4) for label, value in zip(SUCCESSES, values, strict=True)}


def _save_heads(fit: Linear, rows: Dialogues, folder: Path, encoder: Encoder) -> None:
    """Writes the head of either side; their scores sum to those of the fit, of which either takes half the bias."""
    card = {"version": VERSION, "kind": KIND, "encoder_sha256": encoder.sha256, "n_features": encoder.n_features}
    for task, weight in zip(HEADS, np.split(fit.weight, len(HEADS)), strict=True):
        bias = np.asarray(fit.bias / len(HEADS), np.float32)
        own = {**card, "ridge": HEAD_RIDGE, "rows": {"gold_conversations": len(rows)}}
        heads.save(folder, task=task, weight=np.asarray(weight, np.float32), bias=bias, card=own)
