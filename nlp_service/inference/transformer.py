"""The base weights as a `transformers` model and a `tokenizers` tokenizer."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nlp_service.inference.base_weights import BaseWeights, Vocabulary

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer
    from transformers import BertModel

PREFIX = "query: "
"""What e5 was trained to see before a text that is compared with its equals (Wang et al. 2024, arXiv 2402.05672)."""

OUTPUTS = ("features", "vectors", "states")
"""Of the built graph, in its order."""
LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def build_tokenizer(vocabulary: Vocabulary, *, max_tokens: int) -> "Tokenizer":
    """A Unigram tokenizer that writes `<s> … </s>` and cuts at `max_tokens`."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(list(vocabulary.pieces), unk_id=vocabulary.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    bos, eos = vocabulary.pieces[vocabulary.bos][0], vocabulary.pieces[vocabulary.eos][0]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}", special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)]
    )
    tokenizer.enable_truncation(max_length=max_tokens)
    return tokenizer


def build_model(weights: BaseWeights) -> "BertModel":
    """A float32 `BertModel` without pooler, in evaluation mode."""
    import torch
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=weights.tensors["emb.word"].size // weights.hidden,
        hidden_size=weights.hidden,
        num_hidden_layers=weights.layers,
        num_attention_heads=weights.heads,
        intermediate_size=weights.feed_forward,
        max_position_embeddings=weights.positions,
        type_vocab_size=weights.token_types,
        layer_norm_eps=weights.epsilon,
        pad_token_id=weights.vocabulary.pad,
    )
    config._attn_implementation = "eager"  # the one that exports to ONNX
    model: Any = BertModel(config, add_pooling_layer=False)
    shapes = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    state = {name: torch.from_numpy(tensor.reshape(shapes[name])) for name, tensor in named_tensors(weights).items()}
    missing, unexpected = model.load_state_dict(state, strict=False)
    unfilled = [name for name in missing if name.endswith(("weight", "bias"))]
    if unfilled or unexpected:
        raise ValueError(f"weights do not fit the model: missing {unfilled}, unexpected {unexpected}")
    ready: BertModel = model.eval()
    return ready


def named_tensors(weights: BaseWeights) -> dict[str, NDArray[np.float32]]:
    """The tensors under the names `transformers` gives them, still flat."""
    tensors = {theirs: weights.tensors[ours] for ours, theirs in EMBEDDING_NAMES.items()}
    for i in range(weights.layers):
        for ours, theirs in LAYER_NAMES.items():
            for suffix, parameter in (("w", "weight"), ("b", "bias")):
                tensors[f"encoder.layer.{i}.{theirs}.{parameter}"] = weights.tensors[f"l{i}.{ours}.{suffix}"]
    return tensors


def mean_pool(hidden: "torch.Tensor", mask: "torch.Tensor") -> "torch.Tensor":
    """The mean of the hidden states (n, tokens, d) over the tokens that `mask` (n, tokens) keeps: (n, d)."""
    kept = mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * kept).sum(1) / kept.sum(1).clamp(min=1e-9)
