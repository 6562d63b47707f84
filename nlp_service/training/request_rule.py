"""Fits the request head, and the rule that joins it with the act head and the cues, on training rows alone.

Our own sentences hold more requests than customers' words do (.54 against .04), so that what is learnt from them alone takes
praise and advice for requests. Segments of real reviews, each weighing as many as it stands for, say how rare requests are.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from nlp_service.analysis.cues import KINDS
from nlp_service.inference import heads
from nlp_service.inference.engine import Encoder
from nlp_service.training.pointed import KEPT_OUT, PARTS
from nlp_service.training.request_rows import OWN, PUBLIC, REAL, Rows, request_rows

SHARES: Mapping[str, float] = {REAL: 1.0, OWN: 0.6, PUBLIC: 0.3}
"""What the rows of each source weigh together. Of rows that a fit had not seen, F1 is .61 on real reviews, .85 on our own
sentences and .76 on public ones; with .3 for our own .64, .82 and .77, but a plain "please add" is missed then."""
RIDGE, CUE_RIDGE, WEIGHT_RIDGE = 0.05, 0.001, 0.01
"""How strongly the weights of the features, the shifts of the cues and the weight of the act head (towards 1) are held."""
OVER = np.linspace(-3, 3, 121)
"""Log-odds that are tried as the threshold. Real reviews alone hardly tell (with .3 for our own, F1 .64 over -.2 and .63
over -.6); our own sentences (.81 and .83) and public ones (.76 and .76) have an equal say."""
VERSION = 1
KIND = "logistic regression beside the act head, on segments of real reviews, our own sentences and public reviews"

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """Log-odds = act_weight · the act head's + features (standardized) · weight + cues · shifts + bias."""

    act_weight: float
    bias: float
    shifts: Numbers
    weight: Numbers

    def odds(self, rows: Rows, features: Numbers) -> Numbers:
        """The log-odds (n,) of the rows."""
        return np.asarray(
            self.act_weight * rows.odds + features @ self.weight + rows.cues @ self.shifts + self.bias, np.float64
        )


def choose_rule(
    encoder: Encoder, *, data_dir: Path, gold_dirs: Sequence[Path], reviews_dir: Path, models_dir: Path
) -> dict[str, Any]:
    """The rule, written to `models_dir` with the request head; its figures are of real reviews the fits had not seen."""
    (act,) = heads.load(models_dir / "heads", ["act"])
    tuned_on = _tuned_on(models_dir / "tuned" / "encoder.json")
    sources: dict[str, Any] = {"data_dir": data_dir, "gold_dirs": gold_dirs, "reviews_dir": reviews_dir}
    rows = request_rows(encoder, act, tuned_on=tuned_on, **sources)
    mean, scale = rows.features.mean(axis=0), rows.features.std(axis=0) + 1e-6
    features, weights = np.asarray((rows.features - mean) / scale, np.float64), _weights(rows)
    unseen = _unseen_odds(rows, features, weights)
    counted = rows.source == (REAL if REAL in rows.source else OWN)
    if any(name.endswith("/asking") for name in tuned_on):  # of what the encoder has seen, its heads are too sure
        counted &= rows.part == KEPT_OUT
    slope, shift = _calibration(unseen[counted], rows.asks[counted], weights[counted])
    asked_over, figures = _threshold(slope * unseen + shift, rows, weights, counted)
    whole = _fit(rows, features, weights)
    weight = slope * whole.weight / scale
    known = {"encoder_sha256": encoder.sha256, "rows": {name: int((rows.source == name).sum()) for name in SHARES}}
    heads.save(
        models_dir / "heads",
        task="request",
        weight=weight[:, None].astype(np.float32),
        bias=np.array([-(mean @ weight)], np.float32),
        card={"version": VERSION, "kind": KIND, "n_features": len(weight), **known},
    )
    rule = {
        "act_weight": round(slope * whole.act_weight, 4),
        "shifts": {kind: round(slope * float(own), 3) for kind, own in zip(KINDS, whole.shifts, strict=True)},
        "bias": round(slope * whole.bias + shift, 3),
        "asked_over": round(asked_over, 3),
        **known,
        **figures,
    }
    (models_dir / "request_rule.json").write_text(json.dumps(rule, indent=1) + "\n", encoding="utf-8")
    return rule


def _unseen_odds(rows: Rows, features: Numbers, weights: Numbers) -> Numbers:
    """The log-odds (n,) of each row by a fit on the other parts."""
    odds = np.zeros(len(rows))
    for part in range(PARTS):
        is_out = rows.part == part
        odds[is_out] = _fit(rows, features, np.where(is_out, 0.0, weights)).odds(rows, features)[is_out]
    return odds


def _weights(rows: Rows) -> Numbers:
    weights = np.zeros(len(rows))
    for source, share in SHARES.items():
        own = rows.source == source
        if own.any():
            weights[own] = share * rows.weights[own] / rows.weights[own].sum()
    return np.asarray(weights / weights.sum())


def _fit(rows: Rows, features: Numbers, weights: Numbers) -> _Fit:
    """The weights of the highest likelihood, held as the ridges say."""
    sides = np.where(rows.asks, 1.0, -1.0)
    n_kinds = rows.cues.shape[1]

    def loss(values: Numbers) -> tuple[float, Numbers]:
        own = _unpacked(values, n_kinds)
        margins = sides * own.odds(rows, features)
        pulls = -weights * sides * np.exp(-np.logaddexp(0, margins))
        held = RIDGE * own.weight @ own.weight + CUE_RIDGE * own.shifts @ own.shifts
        gradient = np.concatenate(
            [
                [pulls @ rows.odds + 2 * WEIGHT_RIDGE * (own.act_weight - 1), pulls.sum()],
                rows.cues.T @ pulls + 2 * CUE_RIDGE * own.shifts,
                features.T @ pulls + 2 * RIDGE * own.weight,
            ]
        )
        return float(
            (weights * np.logaddexp(0, -margins)).sum() + held + WEIGHT_RIDGE * (own.act_weight - 1) ** 2
        ), gradient

    start = np.concatenate([[1.0, 0.0], np.zeros(n_kinds + features.shape[1])])
    return _unpacked(np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x), n_kinds)


def _unpacked(values: Numbers, n_kinds: int) -> _Fit:
    return _Fit(
        act_weight=float(values[0]), bias=float(values[1]), shifts=values[2 : 2 + n_kinds], weight=values[2 + n_kinds :]
    )


def _calibration(odds: Numbers, asks: NDArray[np.bool_], weights: Numbers) -> tuple[float, float]:
    """Slope and shift under which the log-odds are honest (Platt 1999)."""
    sides, weights = np.where(asks, 1.0, -1.0), weights / weights.sum()

    def loss(values: Numbers) -> float:
        return float((weights * np.logaddexp(0, -sides * (values[0] * odds + values[1]))).sum())

    slope, shift = minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B", bounds=[(0.2, 5.0), (-10.0, 10.0)]).x
    return float(slope), float(shift)


def _threshold(
    odds: Numbers, rows: Rows, weights: Numbers, counted: NDArray[np.bool_]
) -> tuple[float, dict[str, float]]:
    """The log-odds over which the mean F1 of the sources is highest, and the figures there of the rows counted.

    Of real reviews the rows counted alone have a say; each row weighs what it stands for.
    """
    sources = [counted, *(rows.source == name for name in (OWN, PUBLIC))]
    known = [own for own in sources if rows.asks[own].any()]
    means = [np.mean([_figures(odds > over, rows.asks, weights * own)["f1"] for own in known]) for over in OVER]
    best = float(OVER[int(np.argmax(np.round(means, 4)))])
    return best, _figures(odds > best, rows.asks, weights * counted)


def _figures(is_taken: NDArray[np.bool_], asks: NDArray[np.bool_], weights: Numbers) -> dict[str, float]:
    hits, taken, asked = (float(weights[which].sum()) for which in (is_taken & asks, is_taken, asks))
    figures = {"precision": hits / max(taken, 1e-9), "recall": hits / asked, "f1": 2 * hits / (taken + asked)}
    return {name: round(value, 4) for name, value in figures.items()}


def _tuned_on(card: Path) -> frozenset[str]:
    """The corpora of acts that the encoder's card names; none without a card."""
    if not card.is_file():
        return frozenset()
    return frozenset(json.loads(card.read_text(encoding="utf-8"))["rows"].get("act", {}))
