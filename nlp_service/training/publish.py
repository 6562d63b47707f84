"""A tuned encoder to the files that ship, and back: layers and theme matrix in float16, one head a task."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from nlp_service.inference import heads, tuned
from nlp_service.inference.catalog import TUNED
from nlp_service.inference.heads import TUNED_WANT
from nlp_service.training.tunable import FIRST_TUNED, TASKS, Tunable

VERSION = 6


def publish(model: Tunable, *, models_dir: Path, card: Mapping[str, Any]) -> None:
    """Writes the tuned part and its heads, not yet calibrated, below `models_dir`."""
    state = model.encoder.state_dict()
    kept = tuple(f"encoder.layer.{i}." for i in range(FIRST_TUNED, len(model.encoder.encoder.layer)))
    layers = {name: tensor.cpu().numpy() for name, tensor in state.items() if name.startswith(kept)}
    theme = model.theme.weight.detach().cpu().numpy().T
    tuned.save(models_dir / TUNED, tuned.Tuned(layers=layers, theme=theme, card={"version": VERSION, **card}))
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
