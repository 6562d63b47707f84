"""Heads fitted on the encoder as it is: softmax regression with partial labels, calibrated on a development part."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp_service.errors import InvalidRequest
from nlp_service.inference import heads
from nlp_service.inference.engine import Encoder, Floats
from nlp_service.inference.heads import LABELS
from nlp_service.training.allowed import allowed_labels
from nlp_service.training.datasets import Corpus, Row, find_corpora, gold_cues, parallel_rows, sample
from nlp_service.training.features import features_of
from nlp_service.training.fit import fit_softmax, temperature
from nlp_service.training.scores import macro_f1

FOLDERS = {"sentiment": "sentiment", "act": "requests"}
CUES = ("success", "effort")
TASKS = (*FOLDERS, *CUES)
NOT_SAID = {"act": "other", "success": "none", "effort": "none"}
"""What encyclopedia sentences are, which no customer writes."""
VERSION = 1
L2_GRID = (1e-3, 3e-3, 1e-2, 3e-2, 1e-1)
TRAIN_ROWS = {"sentiment": 1000, "act": 3000, "success": 1000, "effort": 1000}
"""Rows taken from one corpus, so that big corpora do not drown small languages."""
DEV_ROWS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows of many corpora with their features; `allowed` (n, n_labels) marks the labels each row may truly have."""

    rows: list[Row]
    features: Floats
    allowed: NDArray[np.bool_]
    weights: Floats


def train(
    task: str, *, encoder: Encoder, data_dir: Path, models_dir: Path, gold_dir: Path, cache_dir: Path
) -> dict[str, Any]:
    """The card of the new head, which is written to `models_dir/heads`.

    Raises:
        InvalidRequest: the task is unknown, or no corpus may be trained on.
    """
    if task not in TASKS:
        raise InvalidRequest(f"There is no task {task}: choose among {', '.join(TASKS)}.")
    corpora = _corpora(task, data_dir, gold_dir)
    background = parallel_rows(data_dir) if task in NOT_SAID else {}
    training = _part(task, _chosen(task, corpora, "train") + _background(task, background), encoder, cache_dir)
    dev = _part(task, _chosen(task, corpora, "dev"), encoder, cache_dir)
    mean, scale = training.features.mean(axis=0), training.features.std(axis=0) + 1e-6
    fits = {
        l2: fit_softmax((training.features - mean) / scale, training.allowed, training.weights, l2=l2) for l2 in L2_GRID
    }
    scores = {l2: _dev_score(task, (dev.features - mean) / scale @ w + b, dev) for l2, (w, b) in fits.items()}
    best = max(scores, key=lambda l2: scores[l2])
    weight, bias = fits[best]
    heat = temperature((dev.features - mean) / scale @ weight + bias, dev.allowed)
    weight = weight / scale[:, None] / heat
    card = {
        "version": VERSION,
        "kind": "multinomial logistic regression on mean-pooled layers of the encoder",
        "encoder_sha256": encoder.sha256,
        "n_features": int(weight.shape[0]),
        "l2": best,
        "temperature": round(heat, 4),
        "dev_macro_f1": {str(l2): round(score, 4) for l2, score in scores.items()},
        "rows": dict(sorted(Counter(f"{row.language}/{row.corpus}" for row in training.rows).items())),
    }
    bias = bias / heat - mean @ weight
    heads.save(models_dir / "heads", task=task, weight=weight, bias=bias, card=card)
    return card


def _corpora(task: str, data_dir: Path, gold_dir: Path) -> list[Corpus]:
    if task in CUES:
        found = gold_cues(gold_dir, task)
    else:
        found = find_corpora(data_dir, FOLDERS[task], gold_dirs=[gold_dir] if task == "act" else [])
    corpora = [corpus for corpus in found if corpus.trainable]
    if not corpora:
        raise InvalidRequest(f"{data_dir} marks no corpus as `train` in its manifest.csv.")
    return corpora


Chosen = list[tuple[list[Row], set[str]]]


def _chosen(task: str, corpora: Sequence[Corpus], split: str) -> Chosen:
    """Rows of one split of each corpus, with the labels that the corpus tells apart."""
    limit = TRAIN_ROWS[task] if split == "train" else DEV_ROWS
    chosen: Chosen = []
    for corpus in corpora:
        everything = corpus.rows()
        rows = sample([row for row in everything if row.split == split], limit=limit)
        if rows:
            chosen.append((rows, {row.label for row in everything}))
    return chosen


def _background(task: str, by_language: Mapping[str, list[Row]]) -> Chosen:
    """News and encyclopedia sentences as what no customer says, in every language, weighing as one corpus."""
    rows = [replace(row, label=NOT_SAID[task]) for own in by_language.values() for row in own]
    return [(rows, set(LABELS[task]))] if rows else []


def _part(task: str, chosen: Chosen, encoder: Encoder, cache_dir: Path) -> Part:
    return Part(
        rows=[row for rows, _ in chosen for row in rows],
        features=np.concatenate([features_of(encoder, rows, cache_dir=cache_dir)[0] for rows, _ in chosen]),
        allowed=np.concatenate([allowed_labels(task, rows, known=known) for rows, known in chosen]),
        weights=np.concatenate([balanced_weights([row.label for row in rows]) for rows, _ in chosen]),
    )


def balanced_weights(labels: Sequence[str]) -> Floats:
    """A weight for each row of one corpus: rare labels and small corpora count for more, by the square root of size."""
    counts = Counter(labels)
    weights = np.array([counts[label] ** -0.5 for label in labels], np.float32)
    return np.asarray(weights / weights.sum() * len(labels) ** 0.5, np.float32)


def _dev_score(task: str, logits: Floats, dev: Part) -> float:
    """Macro-F1 averaged over the corpora, a prediction that its corpus cannot name read as one of those it can."""
    chosen = logits.argmax(axis=1)
    tolerated = dev.allowed[np.arange(len(chosen)), chosen]
    predicted = [row.label if ok else LABELS[task][i] for row, ok, i in zip(dev.rows, tolerated, chosen, strict=True)]
    by_corpus: dict[tuple[str, str], list[int]] = {}
    for i, row in enumerate(dev.rows):
        by_corpus.setdefault((row.language, row.corpus), []).append(i)
    return float(
        np.mean([macro_f1([dev.rows[i].label for i in ids], [predicted[i] for i in ids]) for ids in by_corpus.values()])
    )
