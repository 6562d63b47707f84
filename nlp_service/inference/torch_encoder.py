"""The float32 encoder on torch: the reference that the int8 graph is measured against, and the one for a GPU."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nlp_service.inference.batching import TokenBatch, batches, gather
from nlp_service.inference.catalog import Built
from nlp_service.inference.engine import Floats
from nlp_service.inference.transformer import PREFIX


class TorchEncoder:
    """Encodes in padded, length-sorted batches on a GPU where there is one."""

    name = "torch-float32"

    def __init__(self, built: Built, *, threads: int, batch_tokens: int) -> None:
        import torch
        from tokenizers import Tokenizer
        from transformers import BertModel

        torch.set_num_threads(threads)
        self._torch = torch
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        model: Any = BertModel.from_pretrained(
            built.folder, add_pooling_layer=False, attn_implementation="eager", dtype=torch.float32
        )
        self._model = model.eval().to(self._device)
        self._layers = built.feature_layers
        self._tokenizer = Tokenizer.from_file(str(built.folder / "tokenizer.json"))
        self._batch_tokens = batch_tokens
        self.sha256 = built.sha256["model.safetensors"]
        self.dimension = built.dimension
        self.n_features = built.n_features

    def features(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Features and unit vectors of the texts."""
        token_batches = batches(
            self._tokenizer,
            [PREFIX + text for text in texts],
            batch_tokens=self._batch_tokens,
            pad=self._model.config.pad_token_id,
        )
        return gather(token_batches, self._forward, n=len(texts), widths=(self.n_features, self.dimension))

    def _forward(self, batch: TokenBatch) -> tuple[Floats, Floats]:
        from nlp_service.inference.export_onnx import pooled_outputs

        torch = self._torch
        with torch.inference_mode():
            ids, mask = (torch.from_numpy(array).to(self._device) for array in (batch.ids, batch.mask))
            features, vectors = pooled_outputs(self._model, self._layers, ids, mask)
            return np.asarray(features.cpu()), np.asarray(vectors.cpu())
