"""What tuning changed: the upper layers and the theme matrix, in float16, laid over the base weights."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from nlp_service.errors import ModelCorrupt
from nlp_service.inference.engine import Floats

if TYPE_CHECKING:
    from transformers import BertModel

THEME = "theme.weight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """Tensors of the layers under their `transformers` names; `theme` (n_features, d) makes the theme vector."""

    layers: Mapping[str, Floats]
    theme: Floats
    card: Mapping[str, Any]


def save(folder: Path, tuned: Tuned) -> None:
    """Writes `encoder.safetensors` and `encoder.json`, the card with the checksum of the weights."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {**tuned.layers, THEME: tuned.theme}
    content = save_tensors({name: np.ascontiguousarray(tensor, np.float16) for name, tensor in tensors.items()})
    (folder / "encoder.safetensors").write_bytes(content)
    card = {**tuned.card, "sha256": hashlib.sha256(content).hexdigest()}
    (folder / "encoder.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load(folder: Path) -> Tuned | None:
    """The tuned part, or None where there is none and the base stays as it is.

    Raises:
        ModelCorrupt: the weights do not have the checksum on their card.
    """
    weights, card_path = folder / "encoder.safetensors", folder / "encoder.json"
    if not card_path.is_file():
        return None
    card = json.loads(card_path.read_text(encoding="utf-8"))
    content = weights.read_bytes() if weights.is_file() else b""
    if hashlib.sha256(content).hexdigest() != card["sha256"]:
        raise ModelCorrupt(f"{weights} does not match its card: restore both files from the repository.")
    tensors = {name: tensor.astype(np.float32) for name, tensor in load_tensors(content).items()}
    theme = tensors.pop(THEME)
    return Tuned(layers=tensors, theme=theme, card=card)


def checksum(folder: Path) -> str:
    """The checksum on the card of the tuned part; empty where there is none."""
    card_path = folder / "encoder.json"
    return str(json.loads(card_path.read_text(encoding="utf-8"))["sha256"]) if card_path.is_file() else ""


def lay_over(model: "BertModel", tuned: Tuned) -> None:
    """Puts the tuned layers into a model in place."""
    import torch

    state = {name: torch.from_numpy(tensor) for name, tensor in tuned.layers.items()}
    unexpected = model.load_state_dict(state, strict=False).unexpected_keys
    if unexpected:
        raise ModelCorrupt(f"The tuned layers do not fit the base: {', '.join(unexpected[:3])}.")
