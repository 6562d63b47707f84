"""Segments that ask for something to requests: gathered by meaning across languages, their askers counted."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering

from nlp_service.domain import Reading, Record, Request
from nlp_service.inference.engine import Floats
from nlp_service.themes.build import Topic, count_languages, finding_id
from nlp_service.themes.people import n_people, seen_between
from nlp_service.themes.quotes import choose_quotes

MIN_CONFIDENCE = 0.6
MAX_DISTANCE = 0.5
"""Mean cosine distance up to which two groups of wordings are one request: on our own wants, seven in ten merges right
at 0.4, one in two here, one in four at 0.6."""
MAX_SEGMENTS = 5_000


def is_request(reading: Reading) -> bool:
    """Whether the act head is sure that the segment asks for a feature."""
    return reading.act == "feature_request" and reading.act_confidence >= MIN_CONFIDENCE


def gather(vectors: Floats) -> NDArray[np.int64]:
    """A group number for each vector (n, d): average linkage on cosine distance."""
    n = len(vectors)
    if n < 2:
        return np.zeros(n, np.int64)
    if n > MAX_SEGMENTS:  # quadratic: the rest join the group of their nearest neighbor
        head = gather(vectors[:MAX_SEGMENTS])
        nearest = np.argmax(vectors[MAX_SEGMENTS:] @ vectors[:MAX_SEGMENTS].T, axis=1)
        return np.concatenate([head, head[nearest]])
    model = AgglomerativeClustering(
        n_clusters=None, distance_threshold=MAX_DISTANCE, metric="precomputed", linkage="average"
    )
    distances = np.maximum(1 - vectors @ vectors.T, 0)  # a vector of zeros, which has no direction, is far from all
    return np.asarray(model.fit_predict(distances), np.int64)


def build_request(topic: Topic, records_by_id: Mapping[str, Record], theme_by_segment: Mapping[str, str]) -> Request:
    """The request that the readings of a topic make together."""
    records = list({r.segment.record_id: records_by_id[r.segment.record_id] for r in topic.readings}.values())
    quotes = choose_quotes(topic.readings, topic.vectors, records_by_id)
    segment_ids = tuple(reading.segment.id for reading in topic.readings)
    themes = Counter(theme_by_segment[i] for i in segment_ids if i in theme_by_segment)
    first_seen, last_seen = seen_between(records)
    return Request(
        id=finding_id("req", segment_ids),
        want=topic.label.get("en") or next(iter(topic.label.values()), "") or quotes[0].text,
        label=topic.label,
        n_askers=n_people(records),
        n_records=len(records),
        forms=_forms(topic.readings),
        languages=count_languages(reading.segment.language for reading in topic.readings),
        first_seen=first_seen,
        last_seen=last_seen,
        quotes=quotes,
        theme_id=min(themes.items(), key=lambda item: (-item[1], item[0]))[0] if themes else None,
        segment_ids=segment_ids,
    )


def rank(requests: Sequence[Request]) -> list[Request]:
    """The requests by askers, then records, then id."""
    return sorted(requests, key=lambda request: (-request.n_askers, -request.n_records, request.id))


def _forms(readings: Sequence[Reading]) -> dict[str, int]:
    """How many segments are shaped as a question; finer forms are not told apart yet."""
    n_questions = sum(reading.segment.text.rstrip("!. ").endswith(("?", "؟", "？")) for reading in readings)
    counts = {"question": n_questions, "statement": len(readings) - n_questions}
    return {form: n for form, n in counts.items() if n}
