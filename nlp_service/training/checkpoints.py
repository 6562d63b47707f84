"""The state of a training run in safetensors: a run that was killed goes on at its last step."""

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from nlp_service.training.tunable import Tunable

Optimizers = Sequence[torch.optim.Optimizer]


def save(path: Path, model: Tunable, optimizers: Optimizers, *, step: int, note: dict[str, float]) -> None:
    """Writes the weights, the optimizers' moments and the step in one rename."""
    tensors = {f"model.{name}": tensor for name, tensor in model.trained_state().items()}
    for i, (optimizer, parameter) in enumerate(_parameters(optimizers)):
        for key, value in optimizer.state.get(parameter, {}).items():
            tensors[f"optimizer.{i}.{key}"] = torch.as_tensor(value)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    contiguous = {name: tensor.contiguous() for name, tensor in tensors.items()}
    save_file(contiguous, partial, metadata={"step": str(step), "note": json.dumps(note)})
    partial.rename(path)


def resume(path: Path, model: Tunable, optimizers: Optimizers) -> int:
    """The step to go on with, with weights and moments put back; 0 where there is no checkpoint."""
    if not path.is_file():
        return 0
    tensors = load_file(path)
    load_weights(model, tensors)
    for i, (optimizer, parameter) in enumerate(_parameters(optimizers)):
        prefix = f"optimizer.{i}."
        state = {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
        if state:
            optimizer.state[parameter] = state
    return int(metadata(path)["step"])


def load_weights(model: Tunable, tensors: dict[str, torch.Tensor]) -> None:
    """Puts the weights of a checkpoint into the model."""
    prefix = "model."
    model.load_state_dict(
        {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}, strict=False
    )


def metadata(path: Path) -> dict[str, str]:
    """The step and the notes that were saved with a checkpoint."""
    from safetensors import safe_open

    with safe_open(path, framework="pt") as opened:
        found: dict[str, str] = opened.metadata()
        return found


def _parameters(optimizers: Optimizers) -> list[tuple[torch.optim.Optimizer, torch.Tensor]]:
    """Every parameter with the optimizer that moves it."""
    return [
        (optimizer, parameter)
        for optimizer in optimizers
        for group in optimizer.param_groups
        for parameter in group["params"]
    ]
