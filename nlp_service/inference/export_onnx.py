"""The `transformers` encoder as one int8 ONNX graph: token ids in, head features, unit vectors and token states out.

The word embeddings, four fifths of the weights, become an int8 table with one scale a row; the matrices of the layers are
quantized dynamically, per channel (`onnxruntime.quantization`).
"""

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from nlp_service.inference.engine import Floats
from nlp_service.inference.transformer import OUTPUTS, mean_pool

if TYPE_CHECKING:
    from transformers import BertModel

OPSET = 17
INPUTS = ("ids", "mask")


KEPT_FLOAT = tuple(f"/model/encoder/layer.{i}/output/dense/MatMul" for i in (0, 1, 4))
"""Feed-forward outputs whose inputs hold a few very large values, on which one scale a tensor is wasted: with them in
float32 the lowest cosine to the float32 model over 168 texts rises from .88 to .97."""


class Int8Embedding(nn.Module):
    """Looks rows up in an int8 table and scales them: ids (n, tokens) to float32 (n, tokens, d)."""

    table: torch.Tensor
    scale: torch.Tensor

    def __init__(self, weight: torch.Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("table", torch.round(weight / scale).to(torch.int8))

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.table[ids].to(torch.float32) * self.scale[ids]


def pooled_encoder(model: "BertModel", theme: Floats, *, feature_layers: tuple[int, ...]) -> "PooledEncoder":
    """The encoder with its theme matrix (d × layers, d), in evaluation mode."""
    return PooledEncoder(model, torch.from_numpy(theme), feature_layers=feature_layers).eval()


class PooledEncoder(nn.Module):
    """The encoder with its outputs: `features`, the pooled states that heads read, unit `vectors` for topics, and the states
    of each token."""

    theme: torch.Tensor

    def __init__(self, model: "BertModel", theme: torch.Tensor, *, feature_layers: tuple[int, ...]) -> None:
        super().__init__()
        self.model = model
        self.feature_layers = feature_layers
        self.register_buffer("theme", theme)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Features (n, d × layers), unit vectors (n, d) and states (n, tokens, d × layers) of ids and mask (n, tokens)."""
        outputs = self.model(input_ids=ids, attention_mask=mask, output_hidden_states=True)
        layers = [outputs.hidden_states[i] for i in self.feature_layers]
        features = torch.cat([mean_pool(layer, mask) for layer in layers], dim=1)
        # Einsum is left in float32 by `quantize`, MatMul and Gemm are not: it costs nothing and decides every theme
        vectors = nn.functional.normalize(torch.einsum("nf,fd->nd", features, self.theme), dim=1)
        return features, vectors, torch.cat(layers, dim=2)


def export(encoder: PooledEncoder, path: Path) -> None:
    """Writes the float32 graph with an int8 embedding table to `path`; the model keeps the table afterwards."""
    embeddings: Any = encoder.model.embeddings
    embeddings.word_embeddings = Int8Embedding(embeddings.word_embeddings.weight.detach())
    example = torch.tensor([[0, 5, 6, 2], [0, 5, 2, 1]])
    axes = {0: "n", 1: "tokens"}
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # the TorchScript exporter is deprecated; the new one needs onnxscript
        torch.onnx.export(
            encoder,
            (example, (example != 1).long()),
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes={"ids": axes, "mask": axes, "features": {0: "n"}, "vectors": {0: "n"}, "states": axes},
            opset_version=OPSET,
            dynamo=False,
        )


def quantize(source: Path, target: Path) -> None:
    """Writes the graph at `source` to `target` with int8 layer matrices.

    Seven bits of the range are used: without VNNI, eight overflow in the 16-bit sums of AVX2 (ONNX Runtime, "Quantize ONNX
    models"), and the same weights must mean the same output on every machine.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source,
        target,
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
        nodes_to_exclude=list(KEPT_FLOAT),
    )
