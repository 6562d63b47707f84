"""The float32 encoder on torch: the reference that the int8 graph is measured against, and the one for a GPU."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from safetensors.numpy import load_file

from nlp_service.inference.batching import TokenBatch, batches, gather
from nlp_service.inference.catalog import Built
from nlp_service.inference.engine import Floats
from nlp_service.inference.tokens import token_rows
from nlp_service.inference.transformer import PREFIX


class TorchEncoder:
    """Encodes in padded, length-sorted batches on a GPU where there is one."""

    name = "torch-float32"

    def __init__(self, built: Built, *, threads: int, batch_tokens: int) -> None:
        import torch
        from tokenizers import Tokenizer
        from transformers import BertModel

        from nlp_service.inference.export_onnx import pooled_encoder

        torch.set_num_threads(threads)
        self._torch = torch
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        model: Any = BertModel.from_pretrained(
            built.folder, add_pooling_layer=False, attn_implementation="eager", dtype=torch.float32
        )
        theme = load_file(built.folder / "theme.safetensors")["theme"]
        self._pad = model.config.pad_token_id
        self._encoder = pooled_encoder(model, theme, feature_layers=built.feature_layers).to(self._device)
        self._tokenizer = Tokenizer.from_file(str(built.folder / "tokenizer.json"))
        self._batch_tokens = batch_tokens
        self.sha256 = built.sha256["model.safetensors"] + built.sha256["theme.safetensors"]
        self.dimension = built.dimension
        self.n_features = built.n_features

    def features(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Features and unit vectors of the texts."""
        return self.read(texts, np.zeros((self.n_features, 0), np.float32))[:2]

    def read(self, texts: Sequence[str], weight: Floats) -> tuple[Floats, Floats, tuple[Floats, ...]]:
        """Features and unit vectors of the texts, and what `weight` makes of the states of their tokens."""
        token_batches = batches(
            self._tokenizer,
            [PREFIX + text for text in texts],
            batch_tokens=self._batch_tokens,
            pad=self._pad,
        )
        tokens: dict[int, Floats] = {}

        def forward(batch: TokenBatch) -> tuple[Floats, Floats]:
            features, vectors, states = self._forward(batch)
            for row, (position, offsets) in enumerate(zip(batch.positions, batch.offsets, strict=True)):
                own = np.asarray(states[row, : len(offsets)].cpu()) if weight.shape[1] else None
                tokens[position] = token_rows(offsets, own, weight)
            return features, vectors

        features, vectors = gather(token_batches, forward, n=len(texts), widths=(self.n_features, self.dimension))
        return features, vectors, tuple(tokens[i] for i in range(len(texts)))

    def _forward(self, batch: TokenBatch) -> tuple[Floats, Floats, Any]:
        torch = self._torch
        with torch.inference_mode():
            ids, mask = (torch.from_numpy(array).to(self._device) for array in (batch.ids, batch.mask))
            features, vectors, states = self._encoder(ids, mask)
            return np.asarray(features.cpu()), np.asarray(vectors.cpu()), states
