"""Linear heads over the encoder's features: one matrix a task, in safetensors beside a card."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from nlp_service.domain import EMOTIONS
from nlp_service.errors import ModelCorrupt, ModelMissing
from nlp_service.inference.engine import Floats, row_by_row

WANT_AXES = 128
"""Dimensions of the space in which what people ask for lies together by want (`training.wants`)."""
LABELS: Mapping[str, tuple[str, ...]] = {
    "sentiment": ("negative", "neutral", "positive"),
    "act": ("feature_request", "problem", "praise", "question", "other"),
    "request": ("feature_request",),
    "emotion": EMOTIONS,
    "success": ("yes", "no", "none"),
    "effort": ("high", "low", "none"),
    "outcome_customer": ("yes", "no", "unknown"),
    "outcome_agent": ("yes", "no", "unknown"),
    "want": tuple(f"axis_{number}" for number in range(WANT_AXES)),
}
"""The labels of every task, in the order of its logits."""
TOKEN_LABELS: Mapping[str, tuple[str, ...]] = {"wanted": ("wanted",)}
"""The labels of the tasks whose heads read the states of single tokens."""
SERVED = (*LABELS, *TOKEN_LABELS)
"""The tasks whose heads an engine has."""
TUNED_WANT = "tuned_want"
"""The axes of wants as they were tuned with the encoder: `train wants` turns and scales them to what is served as `want`."""
_EVERY_LABEL = {**LABELS, **TOKEN_LABELS, TUNED_WANT: LABELS["want"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Logits = features @ weight + bias; weight is (n_features, n_labels). A temperature on the card is divided in already.

    The two outcome heads give scores that the rule of success weighs, and the want head places: neither are probabilities.
    """

    task: str
    labels: tuple[str, ...]
    weight: Floats
    bias: Floats
    card: Mapping[str, Any]
    sha256: str

    def logits(self, features: Floats) -> Floats:
        """Logits of shape (n, n_labels) for features of shape (n, n_features)."""
        return np.asarray(row_by_row(features, self.weight) + self.bias, np.float32)


def save(folder: Path, *, task: str, weight: Floats, bias: Floats, card: Mapping[str, Any]) -> None:
    """Writes `<task>.safetensors` and `<task>.json`, the card with the checksum of the weights."""
    folder.mkdir(parents=True, exist_ok=True)
    # in C order: safetensors writes the buffer as it lies, and a transposed matrix would come back scrambled
    tensors = {"weight": np.ascontiguousarray(weight, np.float32), "bias": np.ascontiguousarray(bias, np.float32)}
    content = save_tensors(tensors)
    (folder / f"{task}.safetensors").write_bytes(content)
    full = {
        "task": task,
        "labels": list(_EVERY_LABEL[task]),
        **card,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    (folder / f"{task}.json").write_text(json.dumps(full, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load(folder: Path, tasks: Sequence[str] = SERVED) -> tuple[Head, ...]:
    """The heads of the tasks.

    Raises:
        ModelMissing: a head is not in the folder.
        ModelCorrupt: its weights do not have the checksum on its card.
    """
    return tuple(_load_one(folder, task) for task in tasks)


def _load_one(folder: Path, task: str) -> Head:
    weights, card_path = folder / f"{task}.safetensors", folder / f"{task}.json"
    if not (weights.is_file() and card_path.is_file()):
        raise ModelMissing(f"The {task} head is missing from {folder}: restore it from the repository, or run `train`.")
    content = weights.read_bytes()
    card = json.loads(card_path.read_text(encoding="utf-8"))
    if hashlib.sha256(content).hexdigest() != card["sha256"]:
        raise ModelCorrupt(f"The {task} head does not match its card: restore both files from the repository.")
    tensors = load_tensors(content)
    return Head(
        task=task,
        labels=tuple(card["labels"]),
        weight=tensors["weight"],
        bias=tensors["bias"],
        card=card,
        sha256=card["sha256"],
    )
