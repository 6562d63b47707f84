"""What people often ask for, in several languages: `corpora/wants/*.jsonl`, against which each request is held.

A request leans to the known wants that its meaning is near to, or to none of them. Two requests that lean to one known want
are alike in whatever language they were written, and two near misses (export and import) are not.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlp_service.inference.engine import Engine, Floats, unit
from nlp_service.topics.center import Centroids, center
from nlp_service.topics.shipped import load_shipped, save_shipped

TEMPERATURE = 0.07
NO_WANT = 0.45
"""The nearness at which a request is as likely to be for none of the known wants. Chosen with the temperature and the
weights of `themes.requests` on training rows of `corpora/gold/requests`: pairwise F1 .79, against .62 without the wants."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask for a known want."""

    want: str
    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWants:
    """The ids of the wants, and of each wording its want (a position in `ids`) and centered unit vector (n, d)."""

    ids: tuple[str, ...]
    owners: tuple[int, ...]
    vectors: Floats


def read_wordings(folder: Path) -> tuple[Wording, ...]:
    """Every wording of every file of the folder, in the order of the files' names and lines."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [json.loads(line) for line in lines if line.strip()]
    return tuple(
        Wording(row["id"], language, text)
        for row in rows
        for language, texts in row["wordings"].items()
        for text in texts
    )


def known_wants(wordings: Sequence[Wording], *, engine: Engine, centroids: Centroids, path: Path) -> KnownWants:
    """The wants with their wordings' vectors: those shipped at `path` where they are of these wordings and this encoder."""
    ids = tuple(dict.fromkeys(wording.want for wording in wordings))
    position = {want: i for i, want in enumerate(ids)}
    owners = tuple(position[wording.want] for wording in wordings)
    shipped = load_shipped(path, "wants", texts=tuple(wordings), engine=engine)
    vectors = shipped if shipped is not None else embed(wordings, engine=engine, centroids=centroids)
    return KnownWants(ids=ids, owners=owners, vectors=vectors)


def embed(wordings: Sequence[Wording], *, engine: Engine, centroids: Centroids) -> Floats:
    """A centered unit vector for each wording, (n, d)."""
    texts = [wording.text for wording in wordings]
    return center(engine.encode(texts).vectors, [wording.language for wording in wordings], centroids=centroids)


def save_wants(path: Path, wordings: Sequence[Wording], *, engine: Engine, centroids: Centroids) -> None:
    """Writes the wordings' vectors in float16 with what they were made of."""
    vectors = embed(wordings, engine=engine, centroids=centroids).astype(np.float16)
    save_shipped(path, "wants", vectors, texts=tuple(wordings), engine=engine)


def want_leanings(vectors: Floats, known: KnownWants) -> Floats:
    """How much each centered vector (n, d) leans to each known want, (n, n_wants); what is missing to 1 is for none.

    Near to a want is who is near to one of its wordings and to the middle of all, in equal parts.
    """
    n_wants = len(known.ids)
    near = np.full((len(vectors), n_wants + 1), NO_WANT, np.float32)
    if len(vectors) and n_wants:
        owners, nearness = np.array(known.owners), vectors @ known.vectors.T
        middles = unit(np.stack([known.vectors[owners == want].sum(axis=0) for want in range(n_wants)]))
        nearest = np.stack([nearness[:, owners == want].max(axis=1) for want in range(n_wants)], axis=1)
        near[:, :-1] = (nearest + vectors @ middles.T) / 2
    weights = np.exp((near - near.max(axis=1, keepdims=True)) / TEMPERATURE)
    return np.asarray((weights / weights.sum(axis=1, keepdims=True))[:, :-1], np.float32)
