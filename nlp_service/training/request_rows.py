"""The rows that the recogniser of requests is fitted on: segments of real reviews, our own sentences, and public reviews."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp_service.analysis.cues import KINDS
from nlp_service.analysis.requests import log_odds, read_cues
from nlp_service.inference.engine import Encoder, Floats
from nlp_service.inference.heads import Head
from nlp_service.training.datasets import find_corpora, gold_rows, sample, split_of
from nlp_service.training.pointed import part_of, pointed_rows

REAL, OWN, PUBLIC = "real", "own", "public"
PUBLIC_ROWS = 400
"""Training rows of one public corpus."""
MOST_STOOD_FOR = 25.0
"""The largest weight of a segment beside others of its language, so that no single label decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Of each row its features (n, n_features), the act head's log-odds (n,), its cues (n, n_kinds), whether it asks for
    something, its weight, where it comes from, and a part of five that equal texts share."""

    features: Floats
    odds: Floats
    cues: Floats
    asks: NDArray[np.bool_]
    weights: Floats
    source: NDArray[np.str_]
    part: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.asks)


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    language: str
    asks: bool
    weight: float
    source: str


def request_rows(
    encoder: Encoder,
    act: Head,
    *,
    data_dir: Path,
    gold_dirs: Sequence[Path],
    reviews_dir: Path,
    tuned_on: Collection[str],
) -> Rows:
    """All rows; those that the encoder was tuned on (`language/corpus` in `tuned_on`) only where they are public."""
    rows = [*_real(reviews_dir, data_dir), *_own(gold_dirs, tuned_on), *_public(data_dir)]
    features, _ = encoder.features([row.text for row in rows])
    cues = [[kind in kinds for kind in KINDS] for kinds in (read_cues(row.text, row.language).kinds for row in rows)]
    return Rows(
        features=features,
        odds=log_odds(act.logits(features)),
        cues=np.array(cues, np.float32).reshape(len(rows), len(KINDS)),
        asks=np.array([row.asks for row in rows], np.bool_),
        weights=np.array([row.weight for row in rows], np.float32),
        source=np.array([row.source for row in rows], np.str_),
        part=np.array([part_of(row.text) for row in rows], np.int64),
    )


def _real(reviews_dir: Path, data_dir: Path) -> Iterator[_Row]:
    """Every language weighs the same."""
    rows = list(pointed_rows(reviews_dir, data_dir, "train"))
    for language in sorted({row.language for row in rows}):
        own = [row for row in rows if row.language == language]
        total = sum(min(row.weight, MOST_STOOD_FOR) for row in own)
        for row in own:
            yield _Row(row.text, language, row.asks, min(row.weight, MOST_STOOD_FOR) / total, REAL)


def _own(gold_dirs: Sequence[Path], tuned_on: Collection[str]) -> Iterator[_Row]:
    """Of rows that the encoder has seen its head is too sure to show what else there is to know."""
    for path, row in gold_rows(gold_dirs):
        was_seen = f"{path.stem}/gold_{path.parent.name}" in tuned_on
        if not was_seen or split_of(row["text"], row["split"]) == "dev":
            yield _Row(row["text"], path.stem, row["label"] == "feature_request", 1.0, OWN)


def _public(data_dir: Path) -> Iterator[_Row]:
    if (data_dir / "requests").is_dir():
        for corpus in find_corpora(data_dir, "requests"):
            everything = corpus.rows() if corpus.trainable else []
            if any(row.label == "feature_request" for row in everything):
                for row in sample([row for row in everything if row.split == "train"], limit=PUBLIC_ROWS):
                    yield _Row(row.text, corpus.language, row.label == "feature_request", 1.0, PUBLIC)
