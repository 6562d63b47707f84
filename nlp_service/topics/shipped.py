"""Vectors that ship with the models, so that no run has to encode our own texts: of use while texts and encoder stay."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import save_file

from nlp_service.inference.engine import Engine, Floats


def load_shipped(path: Path, name: str, *, texts: Any, engine: Engine) -> Floats | None:
    """The vectors of that name as float32, None where there are none of these texts and this encoder."""
    if not path.is_file():
        return None
    with safe_open(path, framework="numpy") as file:
        if (file.metadata() or {}).get("of") != _key(texts, engine):
            return None
        return np.asarray(file.get_tensor(name), np.float32)


def save_shipped(path: Path, name: str, vectors: NDArray[np.floating], *, texts: Any, engine: Engine) -> None:
    """Writes the vectors with what they were made of; `texts` is told by its `repr`."""
    save_file({name: vectors}, path, metadata={"of": _key(texts, engine)})


def _key(texts: Any, engine: Engine) -> str:
    encoder = engine.name.split("/")[0]
    return hashlib.sha256(f"{encoder}:{engine.dimension}:{texts!r}".encode()).hexdigest()
