"""Segments that ask for something to requests: gathered by meaning across languages, and who stands behind each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering

from nlp_service.domain import (
    Demand,
    FeatureRequest,
    Polarity,
    Reading,
    Record,
    Request,
    StatusChange,
    Theme,
)
from nlp_service.inference.engine import Floats
from nlp_service.themes.build import LONGEST_LABEL, shortened
from nlp_service.themes.demand import demands, rank_key
from nlp_service.themes.history import History, matched
from nlp_service.themes.quotes import choose_quotes

WANTS_WEIGHT = 0.25
"""What leaning to the same known want weighs beside the meaning."""
OPPOSITE = 0.1
"""How much farther something to come lies from something to go."""
SAME_LANGUAGE = 0.15
"""How much farther two wordings of one language lie: what is said in one tongue looks more alike than it is."""
LEAST_OPPOSED = 0.45
"""The share of the smaller side from which a group falls into what is to come and what is to go."""
MAX_DISTANCE = 0.71
"""Mean distance up to which two groups of requests are one. Chosen with the weights on batches of some 120 sentences of 20
wants in near-miss pairs, 12 of the wants unknown to everything, the others' sentences left out of what is known: pairwise
F1 .77 (precision .83; of pairs with an unknown want .75), .73 at .66, .78 at .74 (precision .79, a quarter of the near
misses taken for one). The wanted words beside their segment, weighing .4, cost .09: they are too few to tell what is
meant."""
NAMED_FROM = 0.25
"""The mean leaning of a request's wordings from which a known want names it. In those batches .86 of the names are right
then, and a fifth of the requests for known wants are named; .67 and a quarter from .2 on."""
MAX_SEGMENTS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The readings that ask for something, row by row with their vectors and leanings to the known wants."""

    readings: Sequence[Reading]
    vectors: Floats
    leaning: Floats
    want_ids: tuple[str, ...]


def gather(asked: Asked) -> NDArray[np.int64]:
    """A group number for each request: average linkage on one less the likeness of meaning and of known wants."""
    is_removal = np.array([_said(reading).polarity == "remove" for reading in asked.readings], np.bool_)
    languages = np.array([reading.segment.language for reading in asked.readings], np.str_)
    return _parted(_gather(_joint(asked), is_removal, languages), is_removal)


def build_requests(
    asked: Asked,
    records_by_id: Mapping[str, Record],
    themes: Sequence[Theme],
    *,
    key: bytes,
    history: History | None = None,
) -> list[Request]:
    """The requests, ranked; one that an earlier run had found keeps its id and its status.

    `key` is the secret behind the pseudonyms of those who ask.
    """
    history = history or History()
    labels = gather(asked)
    groups = [np.flatnonzero(labels == number) for number in range(int(labels.max(initial=-1)) + 1)]
    readings = [[asked.readings[int(row)] for row in rows] for rows in groups]
    segment_ids = [frozenset(reading.segment.id for reading in own) for own in readings]
    ids = matched(segment_ids, history.asked, earlier=history.asked_then, prefix="req")
    theme_by_segment = {segment_id: theme.id for theme in themes for segment_id in theme.segment_ids}
    counted = demands(readings, records_by_id, key=key)
    found = [
        _request(asked, own, records_by_id, id=one, demand=demand, decided=history.statuses.get(one, ()))
        for own, one, demand in zip(groups, ids, counted, strict=True)
    ]
    placed = [replace(request, theme_id=_theme_of(request, theme_by_segment)) for request in found]
    return sorted(placed, key=lambda request: (*rank_key(request.demand), request.id))


def _request(
    asked: Asked,
    rows: NDArray[np.int64],
    records_by_id: Mapping[str, Record],
    *,
    id: str,
    demand: Demand,
    decided: tuple[StatusChange, ...],
) -> Request:
    readings = [asked.readings[int(row)] for row in rows]
    known, label = _known_want(asked, rows), _label(asked, rows)
    forms = Counter(_said(reading).form for reading in readings)
    return Request(
        id=id,
        want=known.replace("_", " ") if known else label.get("en") or next(iter(label.values())),
        known_want=known,
        label=label,
        polarity=_polarity(readings),
        demand=demand,
        forms=dict(sorted(forms.items(), key=lambda item: (-item[1], item[0]))),
        quotes=choose_quotes(readings, asked.vectors[rows], records_by_id),
        theme_id=None,
        segment_ids=tuple(reading.segment.id for reading in readings),
        status=decided[-1].status if decided else "open",
        status_history=decided,
    )


def _joint(asked: Asked) -> Floats:
    """Vectors whose products are the weighted likeness of meaning and of known wants."""
    meaning = np.sqrt(1 - WANTS_WEIGHT) * asked.vectors
    return np.asarray(np.concatenate([meaning, np.sqrt(WANTS_WEIGHT * asked.leaning)], axis=1), np.float32)


def _gather(vectors: Floats, is_removal: NDArray[np.bool_], languages: NDArray[np.str_]) -> NDArray[np.int64]:
    n = len(vectors)
    if n < 2:
        return np.zeros(n, np.int64)
    if n > MAX_SEGMENTS:  # quadratic: the rest join the group of their nearest neighbor
        head = _gather(vectors[:MAX_SEGMENTS], is_removal[:MAX_SEGMENTS], languages[:MAX_SEGMENTS])
        nearest = np.argmax(np.round(vectors[MAX_SEGMENTS:] @ vectors[:MAX_SEGMENTS].T, 5), axis=1)
        return np.concatenate([head, head[nearest]])
    opposite, alike = is_removal[:, None] != is_removal, languages[:, None] == languages
    distances = np.round(np.maximum(1 - vectors @ vectors.T + OPPOSITE * opposite + SAME_LANGUAGE * alike, 0), 5)
    np.fill_diagonal(distances, 0)
    model = AgglomerativeClustering(
        n_clusters=None, distance_threshold=MAX_DISTANCE, metric="precomputed", linkage="average"
    )
    return np.asarray(model.fit_predict(distances), np.int64)


def _parted(labels: NDArray[np.int64], is_removal: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The labels, a group that wants the same thing to come and to go made two; a stray member stays."""
    found = labels.copy()
    for number in range(int(labels.max(initial=-1)) + 1):
        own = labels == number
        share = float(is_removal[own].mean())
        if min(share, 1 - share) >= LEAST_OPPOSED:
            found[own & is_removal] = found.max() + 1
    return found


def _said(reading: Reading) -> FeatureRequest:
    if reading.request is None:
        raise ValueError("A reading without a request is none of those that ask.")
    return reading.request


def _known_want(asked: Asked, rows: NDArray[np.int64]) -> str | None:
    if not asked.leaning.shape[1]:
        return None
    mean = asked.leaning[rows].mean(axis=0)
    best = int(np.argmax(np.round(mean, 5)))
    return asked.want_ids[best] if mean[best] >= NAMED_FROM else None


def _label(asked: Asked, rows: NDArray[np.int64]) -> dict[str, str]:
    """In each language the wanted words nearest to the middle, short ones first."""
    middle = asked.vectors[rows].mean(axis=0)
    nearest_first = rows[np.argsort(-np.round(asked.vectors[rows] @ middle, 5), kind="stable")]
    readings = [asked.readings[int(row)] for row in nearest_first]
    label: dict[str, str] = {}
    for reading in sorted(readings, key=lambda reading: len(_said(reading).wording) > LONGEST_LABEL):
        label.setdefault(reading.segment.language, shortened(" ".join(_said(reading).wording.split())))
    return dict(sorted(label.items()))


def _polarity(readings: Sequence[Reading]) -> Polarity:
    n_removals = sum(_said(reading).polarity == "remove" for reading in readings)
    return "remove" if 2 * n_removals > len(readings) else "add"


def _theme_of(request: Request, theme_by_segment: Mapping[str, str]) -> str | None:
    themes = Counter(theme_by_segment[one] for one in request.segment_ids if one in theme_by_segment)
    return min(themes.items(), key=lambda item: (-item[1], item[0]))[0] if themes else None
