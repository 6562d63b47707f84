"""Clusters matched to the taxonomy, so that a theme gets a name that people read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp_service.inference.engine import Engine, Floats, unit
from nlp_service.text.normalize import fold
from nlp_service.topics.center import Centroids, center
from nlp_service.topics.taxonomy import Aspect, Taxonomy

MIN_MARGIN = 0.06
"""How much nearer than the average segment of the batch a cluster must lie to an aspect to take its name."""
TERM_WEIGHT = 0.25
"""What it adds when every segment of a cluster uses one of the aspect's everyday terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The aspect that names a cluster, and the evidence: nearness above the batch's own, and the share that says a term."""

    aspect: Aspect
    margin: float
    term_share: float


def aspect_vectors(taxonomy: Taxonomy, *, engine: Engine, centroids: Centroids) -> Floats:
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


def match(
    vectors: Floats,
    labels: NDArray[np.int64],
    terms_said: NDArray[np.bool_],
    *,
    taxonomy: Taxonomy,
    prototypes: Floats,
) -> dict[int, Match]:
    """The best aspect of each cluster that has one near enough; centered vectors (n, d), `terms_said` (n, n_aspects)."""
    if not len(vectors):
        return {}
    nearness = vectors @ prototypes.T
    usual = nearness.mean(axis=0)
    matches = {}
    for number in range(int(labels.max()) + 1):
        members = labels == number
        margins = nearness[members].mean(axis=0) - usual
        shares = terms_said[members].mean(axis=0)
        best = int(np.argmax(margins + TERM_WEIGHT * shares))
        if margins[best] + TERM_WEIGHT * shares[best] >= MIN_MARGIN:
            matches[number] = Match(
                aspect=taxonomy[best], margin=round(float(margins[best]), 4), term_share=round(float(shares[best]), 4)
            )
    return matches


def said_terms(texts: Sequence[str], languages: Sequence[str], taxonomy: Taxonomy) -> NDArray[np.bool_]:
    """Whether each text uses an everyday term of each aspect in its language, at the start of a word: (n, n_aspects)."""
    said = np.zeros((len(texts), len(taxonomy)), np.bool_)
    terms = {language: _folded_terms(taxonomy, language) for language in sorted(set(languages))}
    for row, (text, language) in enumerate(zip(texts, languages, strict=True)):
        padded = " " + fold(text, language)
        for term, column in terms[language].items():
            if term in padded:
                said[row, column] = True
    return said


def _folded_terms(taxonomy: Taxonomy, language: str) -> Mapping[str, int]:
    return {
        " " + fold(term, language): column
        for column, aspect in enumerate(taxonomy)
        for term in aspect.terms.get(language, ())
    }


def distinct_names(
    matches: Mapping[int, Match], keyphrase_of: Mapping[int, Mapping[str, str]]
) -> dict[int, dict[str, str]]:
    """A name by language for each matched cluster; where two share an aspect, each adds its first keyphrase."""
    shared = Counter(found.aspect.id for found in matches.values())
    names: dict[int, dict[str, str]] = {}
    for number, found in matches.items():
        names[number] = dict(found.aspect.name)
        if shared[found.aspect.id] > 1:
            phrases = keyphrase_of.get(number, {})
            usual = next(iter(phrases.values()), None)
            for language, name in found.aspect.name.items():
                phrase = phrases.get(language, usual)
                names[number][language] = f"{name}: {phrase}" if phrase else name
    return names
