"""What tuning changed, laid over the base weights: layers and word pieces in int8, the theme matrix in float16.

A matrix of a layer has a scale for every 32 weights of a row (as llama.cpp's Q8_0), a piece one for its whole row, which is
how the built graph holds it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from nlp_service.errors import ModelCorrupt
from nlp_service.inference.engine import Floats

if TYPE_CHECKING:
    from transformers import BertModel

THEME = "theme.weight"
IDS, PIECES, SCALE = "pieces.ids", "pieces.rows", ".scale"
BLOCK = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """Tensors of the layers under their `transformers` names; `theme` (n_features, d) makes the theme vector.

    `pieces` (n, d) are the embeddings of the vocabulary's pieces `ids` (n,).
    """

    layers: Mapping[str, Floats]
    theme: Floats
    card: Mapping[str, Any]
    ids: NDArray[np.int32]
    pieces: Floats


def save(folder: Path, tuned: Tuned) -> None:
    """Writes `encoder.safetensors` and `encoder.json`, the card with the checksum of the weights."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors: dict[str, NDArray[Any]] = {THEME: tuned.theme.astype(np.float16), IDS: tuned.ids}
    tensors |= _packed(PIECES, tuned.pieces, tuned.pieces.shape[1])
    for name, tensor in tuned.layers.items():
        tensors |= _packed(name, tensor, BLOCK) if tensor.ndim == 2 else {name: tensor.astype(np.float16)}
    content = save_tensors({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()})
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
    stored = load_tensors(content)
    ids = stored.pop(IDS)
    tensors = {name: _unpacked(name, stored) for name in stored if not name.endswith(SCALE)}
    theme, pieces = tensors.pop(THEME), tensors.pop(PIECES)
    return Tuned(layers=tensors, theme=theme, card=card, ids=ids, pieces=pieces)


def _packed(name: str, matrix: Floats, block: int) -> dict[str, NDArray[Any]]:
    """One byte a weight, with the scale of every `block` of a row beside them."""
    blocks = matrix.reshape(len(matrix), matrix.shape[1] // block, block)
    scale = np.maximum(np.abs(blocks).max(axis=2, keepdims=True) / 127, 1e-7).astype(np.float16)
    rounded = np.round(blocks / scale.astype(np.float32)).clip(-127, 127).astype(np.int8)
    return {name: rounded.reshape(matrix.shape), name + SCALE: scale[:, :, 0]}


def _unpacked(name: str, stored: Mapping[str, NDArray[Any]]) -> Floats:
    tensor = stored[name].astype(np.float32)
    if name + SCALE not in stored:
        return tensor
    scale = stored[name + SCALE].astype(np.float32)
    blocks = tensor.reshape(*scale.shape, tensor.shape[1] // scale.shape[1])
    return np.asarray(blocks * scale[:, :, None]).reshape(tensor.shape)


def checksum(folder: Path) -> str:
    """The checksum on the card of the tuned part; empty where there is none."""
    card_path = folder / "encoder.json"
    return str(json.loads(card_path.read_text(encoding="utf-8"))["sha256"]) if card_path.is_file() else ""


def lay_over(model: "BertModel", tuned: Tuned) -> None:
    """Puts the tuned layers and pieces into a model in place."""
    import torch

    state = {name: torch.from_numpy(tensor) for name, tensor in tuned.layers.items()}
    unexpected = model.load_state_dict(state, strict=False).unexpected_keys
    if unexpected:
        raise ModelCorrupt(f"The tuned layers do not fit the base: {', '.join(unexpected[:3])}.")
    table: Any = model.embeddings.word_embeddings.weight
    with torch.no_grad():
        table[torch.from_numpy(tuned.ids).long()] = torch.from_numpy(tuned.pieces)
