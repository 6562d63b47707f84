"""The scorecard of topics: whole texts clustered without a number given, against their true subjects and their languages."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from sklearn.metrics import adjusted_rand_score, v_measure_score

from nlp_service.errors import InvalidRequest
from nlp_service.inference.engine import Engine
from nlp_service.settings import Settings
from nlp_service.topics.aspects import leanings, prototypes, with_leanings
from nlp_service.topics.center import center, load_centroids
from nlp_service.topics.cluster import cluster
from nlp_service.topics.taxonomy import load_taxonomy
from nlp_service.training.datasets import read_rows
from nlp_service.training.score import Score


@dataclass(frozen=True, slots=True)
class _Texts:
    texts: list[str]
    topics: list[str]
    languages: list[str]


def evaluate_topics(
    *, engine: Engine, settings: Settings, data_dir: Path, names: str, languages: Sequence[str], limit: int | None
) -> Iterator[Score]:
    """A score for each corpus of topics with test rows, of the given languages where some are given.

    Every text is clustered, so none is unassigned and `v_measure_assigned` is `v_measure`.

    Raises:
        InvalidRequest: no corpus matches.
    """
    paths = [p for p in sorted((data_dir / "topics").glob("*.jsonl*")) if fnmatch(_name(p), names)]
    if not paths:
        raise InvalidRequest(f"No corpus matches in {data_dir / 'topics'}: check --data and --corpus.")
    for path in paths:
        rows = [row for row in read_rows(path) if (row.get("split") or "test") == "test"]
        rows = [row for row in rows if not languages or row["lang"] in languages][:limit]
        if rows:
            found = _Texts([r["text"] for r in rows], [str(r["topic"]) for r in rows], [r["lang"] for r in rows])
            yield _score(_name(path), found, engine, settings)


def _score(name: str, found: _Texts, engine: Engine, settings: Settings) -> Score:
    centroids = load_centroids(settings.centroids_path, dimension=engine.dimension)
    taxonomy = load_taxonomy(settings.taxonomy_dir)
    aspects = prototypes(taxonomy, engine=engine, centroids=centroids, path=settings.aspects_path)
    vectors = engine.encode(found.texts).vectors
    started = time.perf_counter()
    centered = center(vectors, found.languages, centroids=centroids)
    labels = cluster(with_leanings(centered, leanings(centered, aspects)), found.languages, seed=settings.seed)
    v_measure = float(v_measure_score(found.topics, labels))
    metrics: dict[str, Any] = {
        "v_measure": v_measure,
        "v_measure_assigned": v_measure,
        "ari": float(adjusted_rand_score(found.topics, labels)),
        "n_topics": float(labels.max() + 1),
        "n_true": float(len(set(found.topics))),
        "unassigned": 0.0,
        "v_language": float(v_measure_score(found.languages, labels)),
    }
    return Score(
        task="topics",
        language="+".join(sorted(set(found.languages))),
        corpus=name,
        n=len(found.texts),
        metrics=metrics,
        seconds=time.perf_counter() - started,
        engine=engine.name,
    )


def _name(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(".jsonl")
