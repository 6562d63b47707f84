"""What people often ask for, in several languages: `corpora/wants/*.jsonl`, against which each request is held.

Requests lie in a space of their own, that of the want head, in which wordings of one want are drawn together. A request
leans to the known wants that it is near to, or to none of them. Two requests that lean to one known want are alike in
whatever language they were written, and two near misses (export and import) are not.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlp_service.domain import UNDETERMINED
from nlp_service.inference.engine import Engine, Floats, unit
from nlp_service.topics.shipped import load_shipped, save_shipped

TEMPERATURE = 0.07
NO_WANT = 0.4
"""The nearness at which a request is as likely to be for none of the known wants. Chosen with the weights of
`themes.requests`."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask for a known want."""

    want: str
    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWants:
    """The ids of the wants; of each wording its want (a position in `ids`) and unit vector (n, d); the mean of each language
    before it was taken away, that of all under `und`."""

    ids: tuple[str, ...]
    owners: tuple[int, ...]
    vectors: Floats
    means: Mapping[str, Floats]


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


def known_wants(wordings: Sequence[Wording], *, engine: Engine, path: Path) -> KnownWants:
    """The wants with their wordings' vectors: those shipped at `path` where they are of these wordings and this encoder."""
    ids = tuple(dict.fromkeys(wording.want for wording in wordings))
    position = {want: i for i, want in enumerate(ids)}
    shipped = load_shipped(path, "wants", texts=tuple(wordings), engine=engine)
    raw = shipped if shipped is not None else _axes([wording.text for wording in wordings], engine)
    languages = [wording.language for wording in wordings]
    means = _means(raw, languages)
    return KnownWants(
        ids=ids,
        owners=tuple(position[wording.want] for wording in wordings),
        vectors=_centered(raw, languages, means),
        means=means,
    )


def save_wants(path: Path, wordings: Sequence[Wording], *, engine: Engine) -> None:
    """Writes the wordings' vectors with what they were made of."""
    raw = _axes([wording.text for wording in wordings], engine)
    save_shipped(path, "wants", raw, texts=tuple(wordings), engine=engine)


def placed(texts: Sequence[str], languages: Sequence[str], *, engine: Engine, known: KnownWants) -> Floats:
    """The unit vectors (n, d) of what is asked for, freed of the mean of their language."""
    return _centered(_axes(texts, engine), languages, known.means)


def _axes(texts: Sequence[str], engine: Engine) -> Floats:
    return engine.encode(texts).logits["want"]


def _means(raw: Floats, languages: Sequence[str]) -> dict[str, Floats]:
    names = np.array(languages)
    means = {language: raw[names == language].mean(axis=0) for language in sorted(set(languages))}
    return means | ({UNDETERMINED: np.mean(list(means.values()), axis=0)} if means else {})


def _centered(raw: Floats, languages: Sequence[str], means: Mapping[str, Floats]) -> Floats:
    """Means of known wordings alone: requests of a batch may be for one want, and their own mean would be that want."""
    if not len(raw) or not means:
        return unit(raw)
    return unit(raw - np.stack([means.get(language, means[UNDETERMINED]) for language in languages]))


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
