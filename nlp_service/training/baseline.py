"""What every corpus is measured against: models fitted to its own train split alone, on test rows as for the service."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from nlp_service.inference.engine import Encoder, Floats
from nlp_service.training.datasets import find_corpora, sample
from nlp_service.training.score import Score
from nlp_service.training.scores import class_metrics

WORDS, CHARACTERS = 30_000, 60_000
"""The most frequent n-grams that are kept of each kind."""
FROZEN_ROWS = 500
"""Training rows of one corpus that the frozen encoder reads, which takes most of the time."""
FROZEN_STRENGTH = 0.01
"""Inverse strength of the penalty on standardized features."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A model of texts and labels to be fitted to each corpus, and how many of its training rows that takes at the most."""

    name: str
    model: Callable[[], Pipeline]
    rows: int | None = None


def baseline_scores(
    task: str,
    baseline: Baseline,
    *,
    data_dir: Path,
    gold_dirs: Sequence[Path] = (),
    names: str = "*",
    languages: Sequence[str] = (),
    limit: int | None = None,
) -> Iterator[Score]:
    """A score for each corpus that has training rows, of the baseline fitted to them alone."""
    for corpus in find_corpora(data_dir, task, names=names, languages=languages, gold_dirs=gold_dirs):
        everything = corpus.rows()
        training = sample([row for row in everything if row.split == "train"], limit=baseline.rows)
        rows = sample([row for row in everything if row.split == "test"], limit=limit)
        if rows and len({row.label for row in training}) > 1:
            started = time.perf_counter()
            fitted = baseline.model().fit([row.text for row in training], [row.label for row in training])
            predicted = [str(label) for label in fitted.predict([row.text for row in rows])]
            labels = [row.label for row in rows]
            yield Score(
                task=task,
                language=corpus.language,
                corpus=corpus.name,
                n=len(rows),
                metrics=class_metrics(labels, predicted, sorted(set(labels))),
                seconds=time.perf_counter() - started,
                engine=baseline.name,
            )


def _tf_idf() -> Pipeline:
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_features=WORDS)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, max_features=CHARACTERS)
    return make_pipeline(make_union(words, characters), LogisticRegression(C=10, class_weight="balanced", max_iter=300))


TF_IDF = Baseline(name="tf-idf", model=_tf_idf)


def frozen(encoder: Encoder) -> Baseline:
    """Logistic regression on the mean-pooled layers of an encoder that is not tuned."""

    def features(texts: Sequence[str]) -> Floats:
        return encoder.features(texts)[0]

    def model() -> Pipeline:
        regression = LogisticRegression(C=FROZEN_STRENGTH, class_weight="balanced", max_iter=300)
        return make_pipeline(FunctionTransformer(features), StandardScaler(), regression)

    return Baseline(name="frozen", model=model, rows=FROZEN_ROWS)
