"""The baseline that every corpus is measured against: TF-IDF of words and characters, logistic regression."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from nlp_service.training.datasets import Corpus, find_corpora, sample
from nlp_service.training.score import Score
from nlp_service.training.scores import class_metrics

ENGINE = "tf-idf"
WORDS, CHARACTERS = 30_000, 60_000
"""The most frequent n-grams that are kept of each kind."""


def baseline_scores(
    task: str,
    *,
    data_dir: Path,
    gold_dir: Path,
    names: str = "*",
    languages: Sequence[str] = (),
    limit: int | None = None,
) -> Iterator[Score]:
    """A score for each corpus that has training rows, of a model trained on them alone; test rows as for the service."""
    gold = gold_dir if task == "requests" else None
    for corpus in find_corpora(data_dir, task, names=names, languages=languages, gold_dir=gold):
        score = _score(task, corpus, limit)
        if score is not None:
            yield score


def _score(task: str, corpus: Corpus, limit: int | None) -> Score | None:
    everything = corpus.rows()
    training = [row for row in everything if row.split == "train"]
    rows = sample([row for row in everything if row.split == "test"], limit=limit)
    if not rows or len({row.label for row in training}) < 2:
        return None
    started = time.perf_counter()
    model = _model()
    model.fit([row.text for row in training], [row.label for row in training])
    predicted = [str(label) for label in model.predict([row.text for row in rows])]
    labels = [row.label for row in rows]
    return Score(
        task=task,
        language=corpus.language,
        corpus=corpus.name,
        n=len(rows),
        metrics=class_metrics(labels, predicted, sorted(set(labels))),
        seconds=time.perf_counter() - started,
        engine=ENGINE,
    )


def _model() -> Pipeline:
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_features=WORDS)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, max_features=CHARACTERS)
    return make_pipeline(make_union(words, characters), LogisticRegression(C=10, class_weight="balanced", max_iter=300))
