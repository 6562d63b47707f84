"""Settings to a ready engine: an encoder, the heads of every task, a cache."""

import hashlib
from collections.abc import Sequence

import numpy as np

from nlp_service.errors import ModelCorrupt
from nlp_service.inference import catalog, heads
from nlp_service.inference.cache import CachedEngine
from nlp_service.inference.engine import Encoded, Encoder, Engine
from nlp_service.inference.hashing import HashingEngine
from nlp_service.settings import Settings


class HeadedEngine:
    """One encoder pass, then every head on its features or on the states of its tokens."""

    def __init__(self, encoder: Encoder, task_heads: Sequence[heads.Head], *, weights: str = catalog.NAME) -> None:
        for head in task_heads:
            if head.weight.shape[0] != encoder.n_features:
                raise ModelCorrupt(f"The {head.task} head was trained for another encoder: run `train {head.task}`.")
        self._encoder = encoder
        self._heads = tuple(head for head in task_heads if head.task not in heads.TOKEN_LABELS)
        of_tokens = [head for head in task_heads if head.task in heads.TOKEN_LABELS]
        none = np.zeros((encoder.n_features, 0), np.float32)
        self._token_weight = np.concatenate([none, *(head.weight for head in of_tokens)], axis=1)
        self._token_bias = np.concatenate([none[0], *(head.bias for head in of_tokens)])
        checksums = "".join([encoder.sha256, *(head.sha256 for head in task_heads)])
        self.name = f"{weights}/{encoder.name}"
        self.version = "+".join([str(catalog.BUILD_VERSION), *(f"{h.task}-{h.card['version']}" for h in task_heads)])
        self.sha256 = hashlib.sha256(checksums.encode()).hexdigest()
        self.dimension = encoder.dimension

    def encode(self, texts: Sequence[str]) -> Encoded:
        """The vectors and logits of the texts, in their order."""
        features, vectors, tokens = self._encoder.read(texts, self._token_weight)
        return Encoded(
            vectors=vectors,
            logits={head.task: head.logits(features) for head in self._heads},
            tokens=tuple(np.concatenate([own[:, :2], own[:, 2:] + self._token_bias], axis=1) for own in tokens),
        )


def load_encoder(settings: Settings) -> Encoder:
    """The transformer that the settings name.

    Raises:
        ModelMissing: it is not installed.
    """
    built = catalog.find(settings.models_dir)
    if settings.engine == "torch":
        from nlp_service.inference.torch_encoder import TorchEncoder

        return TorchEncoder(built, threads=settings.engine_threads, batch_tokens=settings.batch_tokens)
    from nlp_service.inference.onnx_encoder import OnnxEncoder

    return OnnxEncoder(built, threads=settings.engine_threads)


def load_engine(settings: Settings) -> Engine:
    """The engine that the settings name, with its cache.

    Raises:
        ModelMissing: the encoder or a head is not installed.
        ModelCorrupt: a head does not match its card or the encoder.
    """
    engine: Engine
    if settings.engine == "hashing":
        engine = HashingEngine()
    else:
        engine = HeadedEngine(
            load_encoder(settings),
            heads.load(settings.heads_dir),
            weights=catalog.find(settings.models_dir).weights,
        )
    return CachedEngine(engine, size=settings.cache_size)
