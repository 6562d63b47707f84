"""The default encoder: ONNX Runtime, int8, one text a call.

Dynamic quantization takes its scale from everything in a call, so a text in a batch would depend on its neighbors. One text
a call, on several single-threaded lanes, gives every text one answer whatever is beside it and however many threads run;
and it pads nothing.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from nlp_service.inference.catalog import Built
from nlp_service.inference.engine import Floats
from nlp_service.inference.tokens import token_rows
from nlp_service.inference.transformer import OUTPUTS, PREFIX


class OnnxEncoder:
    """Encodes with the built graph; threads share one session."""

    name = "onnx-int8"

    def __init__(self, built: Built, *, threads: int) -> None:
        from tokenizers import Tokenizer

        self.sha256 = built.sha256["encoder.onnx"]
        self.dimension = built.dimension
        self.n_features = built.n_features
        self._tokenizer = Tokenizer.from_file(str(built.folder / "tokenizer.json"))
        self._lanes = ThreadPoolExecutor(threads, thread_name_prefix="encoder")
        self._session = _session(built.folder / "encoder.onnx")

    def features(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Features and unit vectors of the texts, the longest encoded first."""
        return self.read(texts, np.zeros((self.n_features, 0), np.float32))[:2]

    def read(self, texts: Sequence[str], weight: Floats) -> tuple[Floats, Floats, tuple[Floats, ...]]:
        """Features and unit vectors of the texts, and what `weight` makes of the states of their tokens."""
        encodings = self._tokenizer.encode_batch([PREFIX + text for text in texts])
        features = np.zeros((len(texts), self.n_features), np.float32)
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        tokens = {}
        order = sorted(range(len(texts)), key=lambda i: -len(encodings[i].ids))
        run = partial(self._run, weight=weight)
        for i, outputs in zip(order, self._lanes.map(run, (encodings[i] for i in order)), strict=True):
            features[i], vectors[i], tokens[i] = outputs
        return features, vectors, tuple(tokens[i] for i in range(len(texts)))

    def _run(self, encoding: Any, weight: Floats) -> tuple[Floats, Floats, Floats]:
        row = np.array([encoding.ids], np.int64)
        outputs = OUTPUTS if weight.shape[1] else OUTPUTS[:2]
        features, vectors, *states = self._session.run(outputs, {"ids": row, "mask": np.ones_like(row)})
        return features[0], vectors[0], token_rows(encoding.offsets, states[0][0] if states else None, weight)


def _session(path: Path) -> Any:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
