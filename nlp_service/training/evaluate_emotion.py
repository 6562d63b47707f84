"""The scorecard of emotions: the labels that a corpus tells apart, present or absent in each of its test texts."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from nlp_service.domain import Record
from nlp_service.inference.engine import Engine
from nlp_service.inference.heads import LABELS
from nlp_service.pipeline import analyze
from nlp_service.text.languages import is_supported
from nlp_service.training.datasets import find_corpora, hash_of, read_rows
from nlp_service.training.emotions import known_labels, targets
from nlp_service.training.score import Score


def emotion_scores(
    engine: Engine,
    *,
    data_dir: Path,
    gold_dirs: Sequence[Path],
    names: str,
    languages: Sequence[str],
    limit: int | None,
) -> Iterator[Score]:
    """F1 of every label and their mean by corpus; what a corpus leaves open in a row is not scored there."""
    for corpus in find_corpora(data_dir, "emotion", names=names, languages=languages, gold_dirs=gold_dirs):
        everything = list(read_rows(corpus.path))
        known = known_labels({name for row in everything for name in row["emotions"]})
        rows = [row for row in everything if (row.get("split") or "test") == "test"]
        rows = sorted(rows, key=lambda row: hash_of(row["text"]))[:limit]
        if not rows:
            continue
        started = time.perf_counter()
        records = [Record(id=str(i), text=row["text"], kind="reviews") for i, row in enumerate(rows)]
        found = analyze(records, engine=engine, language=corpus.language if is_supported(corpus.language) else None)
        felt = [{emotion for reading in one.readings for emotion in reading.emotions} for one in found]
        gold = targets([row["emotions"] for row in rows], known)
        f1 = {
            f"f1_{label}": _f1(gold[:, column], [label in own for own in felt])
            for column, label in enumerate(LABELS["emotion"])
            if (gold[:, column] > 0).any()
        }
        yield Score(
            task="emotion",
            language=corpus.language,
            corpus=corpus.name,
            n=len(rows),
            metrics={"macro_f1": float(np.mean(list(f1.values()))), **f1},
            seconds=time.perf_counter() - started,
            engine=engine.name,
        )


def _f1(gold: np.ndarray, predicted: Sequence[bool]) -> float:
    scored = ~np.isnan(gold)
    return float(f1_score(gold[scored] > 0, np.array(predicted)[scored], zero_division=0))
