"""Chooses what each kind of cue adds to the log-odds of a request, on training rows alone; quick and the same each time.

The cues alone, on all training rows, say where the shifts lie to begin with. The rows that the encoder was not tuned on then
move them to what the cues add to the head; of rows that it has seen, it is too sure to leave anything to add.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from nlp_service.analysis.cues import KINDS
from nlp_service.analysis.requests import REQUEST, Found, read_cues
from nlp_service.inference.engine import Engine, Floats
from nlp_service.training.datasets import read_rows, split_of

PENALTY = 0.5
"""Inverse strength of the penalty on the shifts of the cues alone."""
PULL = 1.0
"""How strongly they hold the shifts: in five parts of the training rows F1 changes by .01 from 0.05 to 1."""
REQUEST_SHARE = 0.35
"""What requests weigh beside other rows. The set holds more of them (.54) than customers' words do (about .12): in five
parts of the training rows .5 gives F1 .91 and .35 .88, but at the customers' rate .35 makes .59 of what is found right and
.5 makes .53."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The head's log-odds (n,), the cues (n, n_kinds), whether each is a request, and whether the encoder is new to it."""

    odds: Numbers
    cues: Numbers
    is_request: NDArray[np.bool_]
    is_new: NDArray[np.bool_]


def choose_rule(engine: Engine, *, gold_dirs: Sequence[Path], models_dir: Path) -> dict[str, Any]:
    """The rule, written to `models_dir`: the shift of each kind of cue, the bias, and figures on rows new to the head."""
    rows = _rows(engine, gold_dirs, tuned_on=_tuned_on(models_dir / "tuned" / "encoder.json"))
    alone = LogisticRegression(C=PENALTY, max_iter=1_000).fit(rows.cues, rows.is_request)
    shifts, bias = _fitted(rows, np.asarray(alone.coef_[0], np.float64))
    new = rows.is_new
    rule = {
        "shifts": {kind: round(float(shift), 3) for kind, shift in zip(KINDS, shifts, strict=True)},
        "bias": round(bias, 3),
        "engine": engine.name,
        "engine_sha256": engine.sha256,
        "rows": len(rows.odds),
        "new_rows": int(new.sum()),
        "f1_head": round(_f1(rows.odds[new], rows.is_request[new]), 4),
        "f1_joined": round(_f1((rows.odds + rows.cues @ shifts + bias)[new], rows.is_request[new]), 4),
    }
    (models_dir / "request_rule.json").write_text(json.dumps(rule, indent=1) + "\n", encoding="utf-8")
    return rule


def _fitted(rows: _Rows, start: Numbers) -> tuple[Numbers, float]:
    """The shifts and the bias of the highest likelihood on new rows, the shifts held near where they started."""
    new, sides = rows.is_new, np.where(rows.is_request, 1.0, -1.0)
    share = rows.is_request[new].mean()
    weights = np.where(rows.is_request[new], REQUEST_SHARE / share, (1 - REQUEST_SHARE) / (1 - share))

    def loss(values: Numbers) -> float:
        odds = rows.odds[new] + rows.cues[new] @ values[:-1] + values[-1]
        missed = (weights * np.logaddexp(0, -sides[new] * odds)).sum()
        return float(missed + PULL * ((values[:-1] - start) ** 2).sum())

    found = minimize(loss, np.append(start, 0.0), method="L-BFGS-B").x
    return np.asarray(found[:-1]), float(found[-1])


def _f1(odds: Numbers, is_request: NDArray[np.bool_]) -> float:
    found = odds > 0
    return float(2 * (found & is_request).sum() / max(1, found.sum() + is_request.sum()))


def _rows(engine: Engine, gold_dirs: Sequence[Path], *, tuned_on: Collection[str]) -> _Rows:
    texts, cues, is_request, is_new = [], [], [], []
    for path in [path for folder in gold_dirs for path in sorted(folder.glob("*.jsonl"))]:
        was_seen = f"{path.stem}/gold_{path.parent.name}" in tuned_on
        for row in read_rows(path):
            if row["split"] == "train":
                texts.append(row["text"])
                cues.append(_indicators(read_cues(row["text"], path.stem)))
                is_request.append(row["label"] == "feature_request")
                is_new.append(not was_seen or split_of(row["text"], "train") == "dev")
    odds = _log_odds(engine.encode(texts).logits["act"])
    return _Rows(odds, np.array(cues, np.float64), np.array(is_request), np.array(is_new))


def _indicators(found: Found) -> list[bool]:
    return [kind in found.kinds for kind in KINDS]


def _log_odds(logits: Floats) -> Numbers:
    others = np.delete(logits, REQUEST, axis=1).astype(np.float64)
    most = others.max(axis=1)
    return np.asarray(logits[:, REQUEST] - most - np.log(np.exp(others - most[:, None]).sum(axis=1)), np.float64)


def _tuned_on(card: Path) -> frozenset[str]:
    """The corpora of acts that the encoder's card names; none without a card."""
    if not card.is_file():
        return frozenset()
    return frozenset(json.loads(card.read_text(encoding="utf-8"))["rows"].get("act", {}))
