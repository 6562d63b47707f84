"""Chooses what each kind of cue adds to the log-odds of a request, on training rows alone; quick and the same each time.

The weights of the cues come from all training rows by logistic regression on the cues alone, so that a head that has seen
those rows cannot hide them. How strongly they count beside the head is chosen on the development part, unseen by it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlp_service.analysis.cues import KINDS
from nlp_service.analysis.requests import REQUEST, Found, read_cues
from nlp_service.inference.engine import Engine, Floats
from nlp_service.training.datasets import read_rows, split_of

STRENGTHS = (0.0, 0.25, 0.5, 0.75, 1.0)
BIASES = (-1.0, -0.5, 0.0, 0.5, 1.0)
PENALTY = 0.5
"""Inverse strength of the penalty on the cues' weights."""
LEAST_DEV = 40
"""Development rows below which the strength is not chosen but the middle one is taken."""


@dataclass(frozen=True, slots=True)
class _Rows:
    logits: Floats
    cues: Floats
    is_request: NDArray[np.bool_]
    is_dev: NDArray[np.bool_]


def choose_rule(engine: Engine, *, gold_dirs: Sequence[Path], path: Path) -> dict[str, Any]:
    """The rule, written to `path`: the shift of each kind of cue, the bias, and the figures it was chosen by."""
    rows = _rows(engine, gold_dirs)
    model = LogisticRegression(C=PENALTY, max_iter=1_000).fit(rows.cues, rows.is_request)
    weights = np.asarray(model.coef_[0], np.float32)
    intercept = float(model.intercept_[0] - np.log(rows.is_request.mean() / (1 - rows.is_request.mean())))
    strength, bias = _best(rows, weights, intercept)
    shifts = {kind: round(float(strength * weight), 3) for kind, weight in zip(KINDS, weights, strict=True)}
    rule = {
        "shifts": shifts,
        "bias": round(strength * intercept + bias, 3),
        "strength": strength,
        "engine": engine.name,
        "engine_sha256": engine.sha256,
        "rows": len(rows.is_request),
        "dev_rows": int(rows.is_dev.sum()),
        "f1_head": round(_f1(rows.logits, rows.is_request), 4),
        "f1_joined": round(
            _f1(_moved(rows, np.array(list(shifts.values())), rule_bias=strength * intercept + bias), rows.is_request),
            4,
        ),
    }
    path.write_text(json.dumps(rule, indent=1) + "\n", encoding="utf-8")
    return rule


def _best(rows: _Rows, weights: Floats, intercept: float) -> tuple[float, float]:
    """The strength and bias of the least log loss on the development part."""
    part = rows.is_dev
    losses = {}
    for strength in STRENGTHS:
        for bias in BIASES:
            moved = _moved(rows, strength * weights, rule_bias=strength * intercept + bias)[part]
            odds = _log_odds(moved)
            loss = np.log1p(np.exp(np.where(rows.is_request[part], -odds, odds))).mean()
            losses[strength, bias] = round(float(loss), 6)
    return min(losses, key=lambda key: (losses[key], abs(key[1]), key[0]))


def _moved(rows: _Rows, shifts: NDArray[np.floating], *, rule_bias: float) -> Floats:
    moved = rows.logits.copy()
    moved[:, REQUEST] += rows.cues @ shifts + rule_bias
    return moved


def _log_odds(logits: Floats) -> Floats:
    others = np.delete(logits, REQUEST, axis=1)
    most = others.max(axis=1)
    return np.asarray(logits[:, REQUEST] - most - np.log(np.exp(others - most[:, None]).sum(axis=1)), np.float32)


def _f1(logits: Floats, is_request: NDArray[np.bool_]) -> float:
    found = logits.argmax(axis=1) == REQUEST
    return float(2 * (found & is_request).sum() / max(1, found.sum() + is_request.sum()))


def _rows(engine: Engine, gold_dirs: Sequence[Path]) -> _Rows:
    texts, languages, labels, is_dev = [], [], [], []
    for path in [path for folder in gold_dirs for path in sorted(folder.glob("*.jsonl"))]:
        for row in read_rows(path):
            if row["split"] == "train":
                texts.append(row["text"])
                languages.append(path.stem)
                labels.append(row["label"] == "feature_request")
                is_dev.append(split_of(row["text"], "train") == "dev")
    found = [read_cues(text, language) for text, language in zip(texts, languages, strict=True)]
    return _Rows(engine.encode(texts).logits["act"], _matrix(found), np.array(labels), np.array(is_dev))


def _matrix(found: Sequence[Found]) -> Floats:
    return np.array([[kind in own.kinds for kind in KINDS] for own in found], np.float32)
