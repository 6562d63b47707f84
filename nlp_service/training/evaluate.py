"""Scorecards: the engine that ships, against the test rows of labelled corpora, one row a corpus and language."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nlp_service.domain import Record, Segment
from nlp_service.errors import InvalidRequest
from nlp_service.inference.engine import Engine
from nlp_service.inference.heads import LABELS
from nlp_service.pipeline import analyze, read_segments
from nlp_service.settings import Settings
from nlp_service.text.languages import is_supported
from nlp_service.training.datasets import Corpus, Row, find_corpora, gold_cues, sample
from nlp_service.training.evaluate_emotion import emotion_scores
from nlp_service.training.evaluate_experience import experience_scores
from nlp_service.training.score import Score
from nlp_service.training.scores import calibration_error, class_metrics

TASKS = ("sentiment", "emotion", "requests", "cues", "experience")
OTHER_TASKS = ("language", "segments")


def evaluate(
    task: str,
    *,
    engine: Engine,
    settings: Settings,
    data_dir: Path,
    names: str = "*",
    languages: Sequence[str] = (),
    limit: int | None = None,
) -> Iterator[Score]:
    """A score for each corpus that has test rows; at most `limit` of them, chosen by hash.

    Raises:
        InvalidRequest: the task is unknown or not measured by this version, or no corpus matches.
    """
    if task not in TASKS:
        known = "is not measured by this version" if task in OTHER_TASKS else "is unknown"
        raise InvalidRequest(f"The task {task} {known}: choose among {', '.join(TASKS)}.")
    scope: dict[str, Any] = {"names": names, "languages": languages, "limit": limit}
    if task == "emotion":
        yield from emotion_scores(engine, data_dir=data_dir, gold_dirs=settings.gold_dirs(task), **scope)
        return
    if task == "experience":
        yield from experience_scores(engine, data_dir=data_dir, gold_dir=settings.gold_conversations_dir, **scope)
        return
    if task == "cues":
        yield from _cue_scores(engine, settings.gold_cues_dir, languages=languages, limit=limit)
        return
    wholes = (settings.gold_documents_dir,) if task == "sentiment" else ()
    own = (*settings.gold_dirs(task), *wholes)
    for corpus in find_corpora(data_dir, task, names=names, languages=languages, gold_dirs=own):
        rows = sample([row for row in corpus.rows() if row.split == "test"], limit=limit)
        if rows:
            yield _score(task, corpus, rows, engine)


def _score(task: str, corpus: Corpus, rows: Sequence[Row], engine: Engine) -> Score:
    started = time.perf_counter()
    gold = [row.label for row in rows]
    if task == "sentiment":
        metrics = _sentiment_metrics(gold, *_predict_sentiment(rows, corpus.language, engine))
    else:
        known = {row.label for row in corpus.rows()}
        metrics = _act_metrics(gold, _predict_acts(rows, engine), known)
    return Score(
        task=task,
        language=corpus.language,
        corpus=corpus.name,
        n=len(rows),
        metrics=metrics,
        seconds=time.perf_counter() - started,
        engine=engine.name,
    )


def _cue_scores(engine: Engine, cues_dir: Path, *, languages: Sequence[str], limit: int | None) -> Iterator[Score]:
    """Success and effort on our own sentences, each as a corpus of its own."""
    for task in ("success", "effort"):
        for corpus in gold_cues(cues_dir, task):
            rows = sample([row for row in corpus.rows() if row.split == "test"], limit=limit)
            if rows and (not languages or corpus.language in languages):
                started = time.perf_counter()
                chosen = engine.encode([row.text for row in rows]).logits[task].argmax(axis=1)
                predicted = [LABELS[task][i] for i in chosen]
                gold = [row.label for row in rows]
                yield Score(
                    task="cues",
                    language=corpus.language,
                    corpus=f"{corpus.name}_{task}",
                    n=len(rows),
                    metrics=class_metrics(gold, predicted, LABELS[task]),
                    seconds=time.perf_counter() - started,
                    engine=engine.name,
                )


def _predict_sentiment(rows: Sequence[Row], language: str, engine: Engine) -> tuple[list[str], list[float]]:
    records = [Record(id=str(i), text=row.text, kind="reviews") for i, row in enumerate(rows)]
    found = analyze(records, engine=engine, language=language if is_supported(language) else None)
    return [one.sentiment.label for one in found], [one.sentiment.confidence for one in found]


def _sentiment_metrics(gold: Sequence[str], predicted: Sequence[str], confidences: Sequence[float]) -> dict[str, float]:
    """A two-class corpus is scored on its two labels, neutral and mixed being errors there; where a corpus does not tell
    mixed apart it is neutral."""
    labels = sorted(set(gold))
    share_mixed = float(np.mean([label == "mixed" for label in predicted]))
    read = ["neutral" if label == "mixed" and label not in labels else label for label in predicted]
    hits = [p == g for p, g in zip(read, gold, strict=True)]
    return {
        **class_metrics(gold, read, labels),
        "calibration_error": calibration_error(np.array(confidences, np.float32), hits),
        "share_neutral": float(np.mean([label == "neutral" for label in read])),
        "share_mixed": share_mixed,
    }


def _predict_acts(rows: Sequence[Row], engine: Engine) -> list[str]:
    """The act of each row as the service says it: the head's, moved by the cues of requests."""
    segments = [
        Segment(id=str(i), record_id=str(i), start=0, end=len(row.text), text=row.text, language=row.language)
        for i, row in enumerate(rows)
    ]
    return [reading.act for reading in read_segments(segments, engine=engine)]


def _act_metrics(gold: Sequence[str], predicted: Sequence[str], known: set[str]) -> dict[str, float]:
    """Labels that the corpus does not tell apart are read as `other`, and not scored."""
    read = [label if label in known else "other" for label in predicted]
    return class_metrics(gold, read, sorted(set(gold)))
