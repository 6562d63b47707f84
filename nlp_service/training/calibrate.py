"""Tuned heads made honest on a development part: a temperature for probabilities, a threshold for each emotion."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp_service.inference import heads
from nlp_service.inference.engine import Encoder, Floats
from nlp_service.inference.heads import LABELS, Head
from nlp_service.training.fit import temperature
from nlp_service.training.mixture import Example
from nlp_service.training.scores import best_threshold

Examples = Mapping[str, Sequence[Example]]


def calibrate(task: str, dev: Examples, *, encoder: Encoder, models_dir: Path) -> dict[str, Any]:
    """The card of the head, written anew with what the development part taught.

    Sentiment and act get one temperature (Guo et al. 2017) from texts of one segment; every emotion gets the threshold
    of best F1, folded into its bias so that a logit above 0 says present.
    """
    head = next(iter(heads.load(models_dir / "heads", [task])))
    examples = [example for own in dev.values() for example in own if len(example.segments) == 1]
    features, _ = encoder.features([example.segments[0] for example in examples])
    targets = np.stack([example.target for example in examples])
    logits = head.logits(features)
    found = _thresholds(head, logits, targets) if task == "emotion" else _heated(head, logits, targets > 0)
    weight, bias, card = found
    kept = {key: value for key, value in head.card.items() if key not in ("task", "labels", "sha256")}
    heads.save(models_dir / "heads", task=task, weight=weight, bias=bias, card={**kept, **card})
    return card


def _heated(head: Head, logits: Floats, allowed: NDArray[np.bool_]) -> tuple[Floats, Floats, dict[str, Any]]:
    heat = temperature(logits, allowed)
    card = {"temperature": round(heat * float(head.card["temperature"]), 4), "dev_rows": len(logits)}
    return head.weight / heat, head.bias / heat, card


def _thresholds(head: Head, logits: Floats, targets: Floats) -> tuple[Floats, Floats, dict[str, Any]]:
    """Logits are moved so that each label's threshold lies at 0; labels nobody knows on the development part stay."""
    moved = head.bias.copy()
    scores: dict[str, float] = {}
    for column, label in enumerate(LABELS["emotion"]):
        known = ~np.isnan(targets[:, column])
        if (targets[known, column] > 0).any():
            threshold, f1 = best_threshold(logits[known, column], targets[known, column] > 0)
            moved[column] -= threshold
            scores[label] = round(f1, 4)
    return head.weight, moved, {"dev_f1": scores, "dev_rows": len(logits)}
