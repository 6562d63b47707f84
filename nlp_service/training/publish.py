"""A tuned encoder to the files that ship, and back: layers, word pieces and theme matrix, one head a task."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from nlp_service.inference import heads, tuned
from nlp_service.inference.catalog import TUNED
from nlp_service.inference.heads import TUNED_WANT
from nlp_service.training.tunable import TASKS, Tunable

VERSION = 7
MOST_PIECES = 32_000
"""Word pieces that ship, 12 MB: those that training moved furthest."""


def publish(model: Tunable, *, models_dir: Path, card: Mapping[str, Any]) -> None:
    """Writes the tuned part and its heads, not yet calibrated, below `models_dir`."""
    state = model.encoder.state_dict()
    ids = model.moved_pieces(MOST_PIECES)
    changed = tuned.Tuned(
        layers={name: tensor.cpu().numpy() for name, tensor in state.items() if name.startswith("encoder.layer.")},
        theme=model.theme.weight.detach().cpu().numpy().T,
        card={"version": VERSION, **card, "pieces": len(ids)},
        ids=ids.cpu().numpy().astype(np.int32),
        pieces=model.pieces.weight.detach()[ids].cpu().numpy(),
    )
    tuned.save(models_dir / TUNED, changed)
    mean, scale = model.mean.cpu().numpy(), model.scale.cpu().numpy()
    own = {
        "version": VERSION,
        "kind": "linear, tuned together with the encoder",
        "tuned_sha256": tuned.checksum(models_dir / TUNED),
        "n_features": len(mean),
    }
    for task in TASKS:
        linear = model.heads[task].state_dict()
        weight = linear["weight"].cpu().numpy().T / scale[:, None]
        bias = linear["bias"].cpu().numpy() - mean @ weight
        heads.save(models_dir / "heads", task=task, weight=weight, bias=bias, card={**own, "temperature": 1.0})
    axes = model.want.weight.detach().cpu().numpy().T
    heads.save(models_dir / "heads", task=TUNED_WANT, weight=axes, bias=np.zeros(axes.shape[1], np.float32), card=own)


def published_steps(models_dir: Path) -> int:
    """Steps of tuning behind what is published; 0 where the base encoder was never tuned."""
    published = tuned.load(models_dir / TUNED)
    return int(published.card["steps"]) if published else 0


def restore(model: Tunable, *, models_dir: Path) -> None:
    """Puts what is published into a standardized model in place; the temperatures of the heads are taken out again."""
    published = tuned.load(models_dir / TUNED)
    assert published is not None
    tuned.lay_over(model.encoder, published)
    with torch.no_grad():
        model.theme.weight.copy_(torch.from_numpy(published.theme.T.copy()))
        mean, scale = model.mean.cpu().numpy(), model.scale.cpu().numpy()
        if (models_dir / "heads" / f"{TUNED_WANT}.json").is_file():
            (axes,) = heads.load(models_dir / "heads", [TUNED_WANT])
            model.want.weight.copy_(torch.from_numpy(axes.weight.T.copy()))
        for head in heads.load(models_dir / "heads", TASKS):
            heat = float(head.card["temperature"])
            linear = model.heads[head.task]
            assert isinstance(linear, torch.nn.Linear)
            linear.weight.copy_(torch.from_numpy((head.weight * heat * scale[:, None]).T.copy()))
            linear.bias.copy_(torch.from_numpy(heat * (head.bias + mean @ head.weight)))
