"""The default encoder: ONNX Runtime, int8, one text a call.

Dynamic quantization takes its scale from everything in a call, so a text in a batch would depend on its neighbors. One text
a call, on several single-threaded lanes, gives every text one answer whatever is beside it and however many threads run;
and it pads nothing.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from nlp_service.inference.catalog import Built
from nlp_service.inference.engine import Floats
from nlp_service.inference.transformer import PREFIX


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
        token_ids = [encoding.ids for encoding in self._tokenizer.encode_batch([PREFIX + text for text in texts])]
        features = np.zeros((len(texts), self.n_features), np.float32)
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        order = sorted(range(len(texts)), key=lambda i: -len(token_ids[i]))
        for i, outputs in zip(order, self._lanes.map(self._run, (token_ids[i] for i in order)), strict=True):
            features[i], vectors[i] = outputs
        return features, vectors

    def _run(self, ids: list[int]) -> tuple[Floats, Floats]:
        row = np.array([ids], np.int64)
        features, vectors = self._session.run(None, {"ids": row, "mask": np.ones_like(row)})
        return features[0], vectors[0]


def _session(path: Path) -> Any:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
