"""What the encoder is tuned to: losses with missing labels, over bags of segments, and of themes."""

import torch
from torch import nn

from nlp_service.analysis.sentiment import NEUTRAL_WEIGHT

NEUTRAL = 1
CONTRAST_TEMPERATURE = 0.07


def composed_sentiment(logits: torch.Tensor, lengths: torch.Tensor, bags: torch.Tensor, n_bags: int) -> torch.Tensor:
    """Probabilities (n_bags, 3) of wholes from the logits (n, 3) of their segments, as `analysis.sentiment.compose` does."""
    scores = logits.softmax(dim=1)
    weights = lengths.sqrt() * (NEUTRAL_WEIGHT - scores[:, NEUTRAL]).detach()
    summed = scores.new_zeros(n_bags, scores.shape[1]).index_add(0, bags, scores * weights[:, None])
    total = scores.new_zeros(n_bags).index_add(0, bags, weights)
    return summed / total[:, None]


def allowed_loss(probabilities: torch.Tensor, allowed: torch.Tensor) -> torch.Tensor:
    """Mean of −log of the probability of any allowed label (Jin and Ghahramani 2002); both (n, n_labels)."""
    return -(probabilities * allowed).sum(dim=1).clamp(min=1e-6).log().mean()


def present_loss(logits: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
    """Binary cross-entropy over the labels that are known; `present` (n, n_labels) is 1, 0 or NaN for unknown."""
    known = ~present.isnan()
    return nn.functional.binary_cross_entropy_with_logits(logits[known], present[known])


def contrast_loss(vectors: torch.Tensor, same: torch.Tensor, ignored: torch.Tensor) -> torch.Tensor:
    """Supervised contrastive loss (Khosla et al. 2020) of unit vectors (n, d).

    `same` (n, n) marks pairs to draw together, `ignored` pairs that are neither that nor to be pushed apart.
    """
    eye = torch.eye(len(vectors), dtype=torch.bool, device=vectors.device)
    logits = (vectors @ vectors.T / CONTRAST_TEMPERATURE).masked_fill(eye | (ignored & ~same), float("-inf"))
    log_probability = logits - logits.logsumexp(dim=1, keepdim=True)
    pulled = same & ~eye
    has_any = pulled.any(dim=1)
    mean = log_probability.masked_fill(~pulled, 0.0).sum(dim=1)[has_any] / pulled.sum(dim=1)[has_any]
    return -mean.mean()


def relation_loss(vectors: torch.Tensor, teacher: torch.Tensor) -> torch.Tensor:
    """Mean squared difference of all pairwise cosines of unit vectors (n, d) to their teacher's (Park et al. 2019)."""
    return (vectors @ vectors.T - teacher @ teacher.T).square().mean()
