"""The encoder as it is tuned: its layers, its word pieces, a linear head a task, two matrices that place texts."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import torch
from torch import nn

from nlp_service.inference.heads import LABELS, WANT_AXES
from nlp_service.inference.transformer import PREFIX
from nlp_service.training.packed import pooled_layers

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import BertModel

TASKS = ("sentiment", "act", "emotion")
MAX_TOKENS = 96


class Tunable(nn.Module):
    """Token ids to standardized features (n, d × layers), logits by task, unit theme vectors (n, d), and
    unit vectors (n, `WANT_AXES`) of what is asked for."""

    mean: torch.Tensor
    scale: torch.Tensor
    base_pieces: torch.Tensor

    def __init__(self, model: "BertModel", tokenizer: "Tokenizer", *, feature_layers: tuple[int, ...]) -> None:
        super().__init__()
        self.encoder = model
        self.feature_layers = feature_layers
        self.tokenizer = tokenizer
        width = model.config.hidden_size
        n_features = width * len(feature_layers)
        self.heads = nn.ModuleDict({task: nn.Linear(n_features, len(LABELS[task])) for task in TASKS})
        for head in self.heads.values():
            assert isinstance(head, nn.Linear)
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)
        self.theme = nn.Linear(n_features, width, bias=False)
        self.want = nn.Linear(n_features, min(WANT_AXES, n_features), bias=False)
        with torch.no_grad():
            self.theme.weight.copy_(torch.eye(n_features)[-width:])
            self.want.weight.copy_(torch.eye(n_features)[-self.want.out_features :])
        self.register_buffer("mean", torch.zeros(n_features))
        self.register_buffer("scale", torch.ones(n_features))
        self.encoder.requires_grad_(False)
        self.encoder.encoder.layer.requires_grad_(True)
        self.pieces.weight.requires_grad_(True)
        self.pieces.sparse = True
        self.register_buffer("base_pieces", self.pieces.weight.detach().clone(), persistent=False)

    @property
    def pieces(self) -> nn.Embedding:
        """The embeddings of the vocabulary's pieces, of which a step moves those that it meets."""
        found: nn.Embedding = self.encoder.embeddings.word_embeddings
        return found

    def dense_parameters(self) -> list[nn.Parameter]:
        """What every step moves: all that is trained but the pieces and the heads."""
        modules = (self.encoder.encoder.layer, self.theme, self.want)
        return [parameter for module in modules for parameter in module.parameters()]

    def moved_pieces(self, most: int) -> torch.Tensor:
        """The ids (n,), ascending, of the pieces that training moved furthest, `most` of them at the most."""
        moved = (self.pieces.weight.detach() - self.base_pieces).norm(dim=1)
        furthest: torch.Tensor = moved.topk(min(most, int((moved > 0).sum()))).indices.sort().values
        return furthest

    def trained_state(self) -> dict[str, torch.Tensor]:
        """Everything that training changes, by name."""
        free = {name for name, parameter in self.named_parameters() if parameter.requires_grad}
        return {name: tensor.detach() for name, tensor in self.state_dict().items() if name in free | {"mean", "scale"}}

    def mix(self, before: Mapping[str, torch.Tensor], *, share: float) -> None:
        """Leaves `share` of what every trained weight has become and takes the rest from what it was before."""
        own = self.trained_state()
        mixed = {name: share * tensor + (1 - share) * before[name] for name, tensor in own.items()}
        self.load_state_dict(mixed, strict=False)

    def features(self, texts: Sequence[str]) -> torch.Tensor:
        """Pooled states (n, d × layers) of texts, cut at `MAX_TOKENS`."""
        encodings = self.tokenizer.encode_batch([PREFIX + text for text in texts])
        rows = [e.ids if len(e.ids) <= MAX_TOKENS else [*e.ids[: MAX_TOKENS - 1], e.ids[-1]] for e in encodings]
        return pooled_layers(self.encoder, rows, layers=self.feature_layers)

    def logits(self, task: str, features: torch.Tensor) -> torch.Tensor:
        """Logits (n, n_labels) of features."""
        found: torch.Tensor = self.heads[task]((features - self.mean) / self.scale)
        return found

    def vectors(self, features: torch.Tensor) -> torch.Tensor:
        """Unit theme vectors (n, d) of features."""
        return nn.functional.normalize(self.theme(features), dim=1)

    def want_vectors(self, features: torch.Tensor) -> torch.Tensor:
        """Unit vectors (n, axes) of what is asked for, from features."""
        return nn.functional.normalize(self.want(features - self.mean), dim=1)

    def standardize(self, texts: Sequence[str]) -> None:
        """Sets mean and scale of the features from some texts."""
        with torch.no_grad():
            found = torch.cat([self.features(texts[i : i + 32]) for i in range(0, len(texts), 32)])
            self.mean.copy_(found.mean(dim=0))
            self.scale.copy_(found.std(dim=0) + 1e-6)
