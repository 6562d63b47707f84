"""Segments and clusters matched to the taxonomy, so that a theme gets a name that people read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp_service.inference.engine import Engine, Floats, unit
from nlp_service.text.normalize import fold
from nlp_service.topics.center import Centroids, center
from nlp_service.topics.shipped import load_shipped, save_shipped
from nlp_service.topics.taxonomy import Aspect, Taxonomy

TEMPERATURE = 0.07
"""How sharply a segment leans to its nearest aspects: that of the loss which trained the vectors. On the sample reviews,
v-measure with their subjects is .53 at .05, .63 at .07 and .62 at .1."""
LEANING_WEIGHT = 0.5
"""What the leanings weigh beside the meaning when clusters are sought. On train splits of six corpora the v-measure is .71
without them, .72 at .5 and .69 at 1."""
MIN_SHARE = 0.08
"""The mean leaning of a cluster's segments from which an aspect gives it its name; 0.006 would be chance."""
MOST_NEAR, LEAST_AGREEING = 3, 0.25
"""The share of a cluster's segments that have the aspect among so many nearest ones or say a term of it: a few that lean
to it alone do not name the others. Of the names that it took away in three real exports most were wrong."""
TERM_WEIGHT = 0.2
"""What it adds to the leaning when every segment uses one of the aspect's everyday terms."""
USUAL_FROM = 20
"""Segments at which the batch's own mean nearness weighs half; a single text has no background to stand out from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The aspect that names a cluster, and the evidence: the mean leaning, and the share of segments that say a term."""

    aspect: Aspect
    share: float
    term_share: float


def leanings(vectors: Floats, prototypes: Floats) -> Floats:
    """How much each centered vector (n, d) leans to each aspect, (n, n_aspects), rows summing to 1."""
    if not prototypes.size or not len(vectors):
        return np.zeros((len(vectors), len(prototypes)), np.float32)
    nearness = vectors @ prototypes.T
    usual = nearness.mean(axis=0) * len(vectors) / (len(vectors) + USUAL_FROM)
    exponent = (nearness - usual) / TEMPERATURE
    weights = np.exp(exponent - exponent.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)


def with_leanings(vectors: Floats, leaning: Floats) -> Floats:
    """Unit vectors of shape (n, d + n_aspects): the meaning beside the aspects it leans to."""
    return unit(np.concatenate([vectors, LEANING_WEIGHT * np.sqrt(leaning)], axis=1)) if leaning.size else vectors


def match(
    leaning: Floats, labels: NDArray[np.int64], terms_said: NDArray[np.bool_], taxonomy: Taxonomy
) -> dict[int, Match]:
    """The best aspect of each cluster from 0 on, where one is leaned to enough; `terms_said` is (n, n_aspects)."""
    matches: dict[int, Match] = {}
    if not leaning.size:
        return matches
    for number in sorted({int(label) for label in labels if label >= 0}):
        members = labels == number
        shares = leaning[members].mean(axis=0)
        said = terms_said[members].mean(axis=0)
        best = int(np.argmax(np.round(shares + TERM_WEIGHT * said, 6)))
        agreeing = _is_near(leaning[members], best) | terms_said[members, best]
        if shares[best] + TERM_WEIGHT * said[best] >= MIN_SHARE and agreeing.mean() >= LEAST_AGREEING:
            matches[number] = Match(
                aspect=taxonomy[best], share=round(float(shares[best]), 4), term_share=round(float(said[best]), 4)
            )
    return matches


def _is_near(leaning: Floats, aspect: int) -> NDArray[np.bool_]:
    """Which segments (n,) lean as much to no more than two other aspects."""
    ahead = (np.round(leaning, 6) > np.round(leaning[:, aspect], 6)[:, None]).sum(axis=1)
    return np.asarray(ahead < MOST_NEAR)


def said_terms(texts: Sequence[str], languages: Sequence[str], taxonomy: Taxonomy) -> NDArray[np.bool_]:
    """Whether each text uses an everyday term of each aspect in its language, at the start of a word: (n, n_aspects)."""
    said = np.zeros((len(texts), len(taxonomy)), np.bool_)
    terms = {language: _folded_terms(taxonomy, language) for language in sorted(set(languages))}
    for row, (text, language) in enumerate(zip(texts, languages, strict=True)):
        padded = " " + fold(text, language)
        for term, column in terms[language]:
            if term in padded:
                said[row, column] = True
    return said


def _folded_terms(taxonomy: Taxonomy, language: str) -> list[tuple[str, int]]:
    return [
        (" " + fold(term, language), column)
        for column, aspect in enumerate(taxonomy)
        for term in aspect.terms.get(language, ())
    ]


def embed(taxonomy: Taxonomy, *, engine: Engine, centroids: Centroids) -> Floats:
    """A centered unit vector for each aspect, (n_aspects, d): the mean of its names and examples in every language."""
    texts, languages, owners = [], [], []
    for owner, aspect in enumerate(taxonomy):
        for language, examples in aspect.examples.items():
            for text in (aspect.name[language], *examples):
                texts.append(text)
                languages.append(language)
                owners.append(owner)
    centered = center(engine.encode(texts).vectors, languages, centroids=centroids)
    sums = np.zeros((len(taxonomy), centered.shape[1]), np.float32)
    np.add.at(sums, owners, centered)
    return unit(sums)


def prototypes(taxonomy: Taxonomy, *, engine: Engine, centroids: Centroids, path: Path) -> Floats:
    """The aspects' vectors (n_aspects, d): those shipped at `path` where they are of this taxonomy and encoder."""
    if not taxonomy:
        return np.zeros((0, engine.dimension), np.float32)
    shipped = load_shipped(path, "aspects", texts=taxonomy, engine=engine)
    return shipped if shipped is not None else embed(taxonomy, engine=engine, centroids=centroids)


def save_prototypes(path: Path, taxonomy: Taxonomy, *, engine: Engine, centroids: Centroids) -> None:
    """Writes the aspects' vectors with what they were made of."""
    vectors = embed(taxonomy, engine=engine, centroids=centroids)
    save_shipped(path, "aspects", vectors, texts=taxonomy, engine=engine)
