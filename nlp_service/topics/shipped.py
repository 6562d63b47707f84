"""Vectors that ship with the models, so that no run has to encode our own texts: of use while texts and encoder stay.

A value takes one byte, and every vector has a scale of its own.
"""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

from nlp_service.inference.engine import Engine, Floats

SCALES = "scales"
MOST = 127
SMALLEST = 1e-6


def load_shipped(path: Path, name: str, *, texts: Any, engine: Engine) -> Floats | None:
    """The vectors of that name as float32, None where there are none of these texts and this encoder."""
    if not path.is_file():
        return None
    with safe_open(path, framework="numpy") as file:
        if (file.metadata() or {}).get("of") != _key(texts, engine):
            return None
        return np.asarray(file.get_tensor(name) * file.get_tensor(SCALES)[:, None], np.float32)


def save_shipped(path: Path, name: str, vectors: Floats, *, texts: Any, engine: Engine) -> None:
    """Writes the vectors (n, d) with what they were made of; `texts` is told by its `repr`."""
    scales = (np.abs(vectors).max(axis=1, initial=SMALLEST) / MOST).astype(np.float32)
    steps = np.rint(vectors / scales[:, None]).astype(np.int8)
    save_file({name: steps, SCALES: scales}, path, metadata={"of": _key(texts, engine)})


def _key(texts: Any, engine: Engine) -> str:
    encoder = engine.name.split("/")[0]
    return hashlib.sha256(f"{encoder}:{engine.dimension}:{texts!r}".encode()).hexdigest()
