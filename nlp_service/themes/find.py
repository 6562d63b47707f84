"""Readings to themes and requests: cluster what carries a subject, describe it, count who said it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress, product

import numpy as np
from numpy.typing import NDArray

from nlp_service.domain import Keyphrase, Reading, Record, Request, Theme
from nlp_service.inference.engine import Floats, unit
from nlp_service.text.normalize import fingerprint
from nlp_service.text.words import Word
from nlp_service.themes import build
from nlp_service.themes.build import LONGEST_LABEL, Topic, build_theme, shortened
from nlp_service.themes.history import History, labels_given, settle
from nlp_service.topics.aspects import Match, match, with_leanings
from nlp_service.topics.cluster import by_size, cluster
from nlp_service.topics.keyphrases import keyphrases
from nlp_service.topics.taxonomy import Taxonomy

Labels = NDArray[np.int64]

LEAST_SEGMENTS = 3
"""Distinct segments that make a theme; fewer are `singleton`."""
LEAST_RECORDS = 2
MANY_RECORDS = 10
"""Records from which what only one of them says is no theme, but `singleton`."""
OFF_TOPIC_NEARNESS = 0.1
"""Cosine to the middle of its cluster below which a segment is in none; unrelated centered vectors have about 0."""
GENERAL_PRAISE, PRAISE_SHARE = "overall_praise", 0.7
"""The aspect of what praises no aspect, and the share of a cluster's segments that must be praise for it."""
MOST_SAID = 8
"""The strongest phrases of a cluster by which a wording is chosen to name it."""
LEAST_TO_DIVIDE = 20
"""Segments from which a theme is looked into for sub-themes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The readings of a run, row by row with their words, vectors, leanings to the aspects and the terms they use."""

    readings: Sequence[Reading]
    texts: Sequence[str]
    """What each is understood by: its own words, after the question that a short answer answers."""
    silent: Sequence[str | None]
    """Why each can carry no theme, None where it can."""
    words: Sequence[Sequence[Word]]
    vectors: Floats
    """Centered, with context: (n, d)."""
    leaning: Floats
    """To each aspect: (n, n_aspects)."""
    terms_said: NDArray[np.bool_]
    taxonomy: Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The themes with their sub-themes, ranked; for each segment in none the reason; and where edits took each from."""

    themes: tuple[Theme, ...]
    unclustered: Mapping[str, str]
    found_in: Mapping[str, str]


def find_themes(
    evidence: Evidence,
    records_by_id: Mapping[str, Record],
    *,
    seed: int,
    wished: int | None = None,
    min_people: int = 1,
    history: History | None = None,
) -> Found:
    """The themes of the evidence; with a `history`, those found again keep their ids and people's edits hold.

    What fewer than `min_people` speak of is shown as no theme, so that nobody is made out in it.
    """
    history = history or History()
    labels, reasons = _cluster(evidence, seed=seed, wished=wished)
    settled = settle(labels, [reading.segment.id for reading in evidence.readings], history)
    given = labels_given(history.in_force)
    themes = []
    for number, topic in describe(evidence, settled.labels):
        theme = build_theme(topic, records_by_id, n_records=len(records_by_id))
        inside = _inside(evidence, np.flatnonzero(settled.labels == number), topic.aspect)
        children = _children(inside, records_by_id, seed=seed)
        theme_id = settled.theme_ids[number]
        label = {**theme.label, **given.get(theme_id, {})}
        themes.append(replace(theme, id=theme_id, label=label, children=children))
    placed = {segment_id for theme in themes for segment_id in theme.segment_ids}
    hidden = {i: "few_people" for theme in themes if theme.n_people < min_people for i in theme.segment_ids}
    return Found(
        themes=tuple(build.rank([_shown(theme, min_people) for theme in themes if theme.n_people >= min_people])),
        unclustered={i: reason for i, reason in reasons.items() if i not in placed} | hidden,
        found_in=settled.found_in,
    )


def _shown(theme: Theme, min_people: int) -> Theme:
    return replace(theme, children=tuple(child for child in theme.children if child.n_people >= min_people))


def _children(evidence: Evidence, records_by_id: Mapping[str, Record], *, seed: int) -> tuple[Theme, ...]:
    """The sub-themes of one theme's evidence, ranked; none where it does not fall into two at least."""
    if len(evidence.readings) < LEAST_TO_DIVIDE:
        return ()
    labels, _ = _cluster(evidence, seed=seed, wished=None)
    topics = [topic for _, topic in describe(evidence, labels)]
    found = [build_theme(topic, records_by_id, n_records=len(records_by_id)) for topic in topics]
    found = [replace(theme, id=build.finding_id("sub", theme.segment_ids)) for theme in found]
    return tuple(build.rank(found)) if len(found) > 1 else ()


def _inside(evidence: Evidence, rows: NDArray[np.int64], aspect: str | None) -> Evidence:
    """The evidence of some rows, blind to the aspect that all of them share and to praise of nothing in particular."""
    kept = np.array([own.id not in (aspect, GENERAL_PRAISE) for own in evidence.taxonomy], np.bool_)
    leaning = evidence.leaning[rows][:, kept] if evidence.leaning.size else evidence.leaning[rows]
    return Evidence(
        readings=[evidence.readings[int(row)] for row in rows],
        texts=[evidence.texts[int(row)] for row in rows],
        silent=[evidence.silent[int(row)] for row in rows],
        words=[evidence.words[int(row)] for row in rows],
        vectors=evidence.vectors[rows],
        leaning=leaning / np.maximum(leaning.sum(axis=1, keepdims=True), 1e-9),
        terms_said=evidence.terms_said[rows][:, kept] if evidence.terms_said.size else evidence.terms_said[rows],
        taxonomy=tuple(compress(evidence.taxonomy, kept)),
    )


def with_requests(themes: Sequence[Theme], found: Sequence[Request]) -> tuple[Theme, ...]:
    """The themes, each with the ids of the requests inside it."""
    return tuple(
        replace(theme, request_ids=tuple(request.id for request in found if request.theme_id == theme.id))
        for theme in themes
    )


def _cluster(evidence: Evidence, *, seed: int, wished: int | None) -> tuple[Labels, dict[str, str]]:
    """A cluster for each reading, −1 for none, and the reasons; equal texts always lie together."""
    reasons: dict[str, str] = {}
    labels = np.full(len(evidence.readings), -1, np.int64)
    groups: dict[str, list[int]] = {}
    for row, (reading, text, reason) in enumerate(zip(evidence.readings, evidence.texts, evidence.silent, strict=True)):
        if reason:
            reasons[reading.segment.id] = reason
        else:
            groups.setdefault(fingerprint(text), []).append(row)
    vectors, leaning = (
        np.stack([values[rows].mean(axis=0) for rows in groups.values()]) if groups else values[:0]
        for values in (evidence.vectors, evidence.leaning)
    )
    vectors = unit(vectors)
    languages = [evidence.readings[rows[0]].segment.language for rows in groups.values()]
    distinct = cluster(with_leanings(vectors, leaning), languages, seed=seed, wished=wished)
    if wished is None:
        distinct = _merged(distinct, leaning, evidence, [rows[0] for rows in groups.values()])
    alone = _said_by_one(evidence, list(groups.values()), distinct)
    for rows, label, why in zip(groups.values(), distinct, _kept(vectors, distinct), strict=True):
        for row in rows:
            if label in alone or why:
                reasons[evidence.readings[row].segment.id] = why or "singleton"
            else:
                labels[row] = label
    return labels, reasons


def _merged(labels: Labels, leaning: Floats, evidence: Evidence, rows: Sequence[int]) -> Labels:
    """The clusters with those of one aspect made one: a reader takes two themes of one name for a mistake."""
    matches = _matches(evidence, labels, leaning, rows)
    first_of: dict[str, int] = {}
    target = {number: number for number in range(int(labels.max(initial=-1)) + 1)}
    for number, found in sorted(matches.items()):
        target[number] = first_of.setdefault(found.aspect.id, number)
    return by_size(np.array([target[int(label)] for label in labels], np.int64))


def _matches(evidence: Evidence, labels: Labels, leaning: Floats, rows: Sequence[int]) -> dict[int, Match]:
    """The aspect of each cluster of the rows that has one; what mostly praises, and nothing in particular, is praise."""
    matches = match(leaning, labels, evidence.terms_said[list(rows)], evidence.taxonomy)
    praise = [column for column, aspect in enumerate(evidence.taxonomy) if aspect.id == GENERAL_PRAISE]
    praises = np.array([evidence.readings[row].act == "praise" for row in rows], np.bool_)
    nameless = sorted({int(label) for label in labels if label >= 0} - matches.keys())
    for number, column in product(nameless, praise):
        members = labels == number
        if praises[members].mean() >= PRAISE_SHARE:
            share, said = leaning[members, column].mean(), evidence.terms_said[list(rows)][members, column].mean()
            matches[number] = Match(aspect=evidence.taxonomy[column], share=float(share), term_share=float(said))
    return matches


def _said_by_one(evidence: Evidence, groups: Sequence[Sequence[int]], labels: Labels) -> set[int]:
    """The clusters that only one record speaks of, in a batch of many."""
    record_of = [reading.segment.record_id for reading in evidence.readings]
    if len(set(record_of)) < MANY_RECORDS:
        return set()
    speaking: dict[int, set[str]] = {}
    for rows, label in zip(groups, labels, strict=True):
        speaking.setdefault(int(label), set()).update(record_of[row] for row in rows)
    return {label for label, record_ids in speaking.items() if len(record_ids) < LEAST_RECORDS}


def _kept(vectors: Floats, labels: Labels) -> list[str]:
    """For each distinct segment the reason to leave it out of its cluster, or nothing."""
    reasons = [""] * len(labels)
    for number in np.unique(labels):
        members = np.flatnonzero(labels == number)
        middle = unit(vectors[members].mean(axis=0, keepdims=True))[0]
        near = vectors[members] @ middle >= OFF_TOPIC_NEARNESS
        for i, is_near in zip(members, near, strict=True):
            if near.sum() < LEAST_SEGMENTS:
                reasons[i] = "singleton"
            elif not is_near:
                reasons[i] = "off_topic"
    return reasons


def describe(evidence: Evidence, labels: Labels) -> list[tuple[int, Topic]]:
    """The topics of the clusters from 0 on with their numbers, named by the taxonomy where it fits and by a wording of their
    own where not."""
    if not len(labels) or labels.max() < 0:
        return []
    phrases = keyphrases(
        [reading.segment.text for reading in evidence.readings],
        evidence.words,
        [reading.segment.language for reading in evidence.readings],
        [int(label) for label in labels],
    )
    matches = _matches(evidence, labels, evidence.leaning, range(len(labels)))
    names = _names(matches, phrases)
    topics = []
    for number in range(int(labels.max()) + 1):
        rows = np.flatnonzero(labels == number)
        if len(rows):
            own = phrases.get(number, ())
            topic = Topic(
                readings=tuple(evidence.readings[int(i)] for i in rows),
                vectors=evidence.vectors[rows],
                label=names.get(number) or _wording_label(evidence, rows, own),
                aspect=matches[number].aspect.id if number in matches else None,
                keyphrases=own,
            )
            topics.append((number, topic))
    return topics


def _names(matches: Mapping[int, Match], phrases: Mapping[int, Sequence[Keyphrase]]) -> dict[int, dict[str, str]]:
    """The aspect's name by language for each matched cluster; where two share an aspect, each adds its strongest phrase."""
    shared = Counter(found.aspect.id for found in matches.values())
    names: dict[int, dict[str, str]] = {}
    for number, found in matches.items():
        names[number] = dict(found.aspect.name)
        own = phrases.get(number, ())
        if shared[found.aspect.id] > 1 and own:
            first = {phrase.language: phrase.text for phrase in reversed(own)}
            for language, name in found.aspect.name.items():
                if language in first:
                    names[number][language] = f"{name}: {first[language]}"
    return names


def _wording_label(evidence: Evidence, rows: NDArray[np.int64], phrases: Sequence[Keyphrase]) -> dict[str, str]:
    """Where no aspect fits, customers' own words name it: in each language the short segment that says most of the
    cluster's phrases, of equals the nearest to the middle."""
    nearness = np.round(evidence.vectors[rows] @ evidence.vectors[rows].mean(axis=0), 5)
    segments = [evidence.readings[int(row)].segment for row in rows]
    said = [sum(phrase.text in segment.text for phrase in phrases[:MOST_SAID]) for segment in segments]
    order = sorted(range(len(rows)), key=lambda i: (len(segments[i].text) > LONGEST_LABEL, -said[i], -nearness[i], i))
    label: dict[str, str] = {}
    for i in order:
        label.setdefault(segments[i].language, f"“{shortened(segments[i].text)}”")
    return dict(sorted(label.items()))
