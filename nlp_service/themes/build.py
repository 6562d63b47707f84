"""Clusters of segments to themes: counts of records and people, sentiment, languages, quotes, and stable ids."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nlp_service.analysis.sentiment import compose
from nlp_service.domain import Keyphrase, Reading, Record, SentimentLabel, Theme
from nlp_service.inference.engine import Floats
from nlp_service.themes.people import n_people, share
from nlp_service.themes.quotes import choose_quotes

LONGEST_LABEL = 60
"""Characters of a wording that names a theme or a request."""
SENTIMENTS: tuple[SentimentLabel, ...] = ("negative", "neutral", "mixed", "positive")
POLARIZED_SHARE = 0.25
POLARIZED_RECORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A described cluster: its readings with their centered vectors, its names and its words."""

    readings: tuple[Reading, ...]
    vectors: Floats
    label: Mapping[str, str]
    aspect: str | None
    keyphrases: tuple[Keyphrase, ...]


def build_theme(topic: Topic, records_by_id: Mapping[str, Record], *, n_records: int) -> Theme:
    """The theme of a topic, in a run over `n_records` records."""
    by_record: dict[str, list[Reading]] = {}
    for reading in topic.readings:
        by_record.setdefault(reading.segment.record_id, []).append(reading)
    records = [records_by_id[record_id] for record_id in by_record]
    sentiment = count_sentiments(_composed(readings) for readings in by_record.values())
    polarized = is_polarized(sentiment)
    segment_ids = tuple(reading.segment.id for reading in topic.readings)
    return Theme(
        id=finding_id("thm", segment_ids),
        label=topic.label,
        aspect=topic.aspect,
        keyphrases=topic.keyphrases,
        n_segments=len(topic.readings),
        n_records=len(records),
        n_people=n_people(records),
        share=share(len(records), n_records),
        sentiment=sentiment,
        polarized=polarized,
        languages=count_languages(readings[0].segment.language for readings in by_record.values()),
        quotes=choose_quotes(topic.readings, topic.vectors, records_by_id, both_sides=polarized),
        segment_ids=segment_ids,
    )


def shortened(text: str, most: int = LONGEST_LABEL) -> str:
    """The text, cut with an ellipsis where it has more than `most` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def rank(themes: Sequence[Theme]) -> list[Theme]:
    """The themes by people, then records, then id."""
    return sorted(themes, key=lambda theme: (-theme.n_people, -theme.n_records, theme.id))


def _composed(readings: Sequence[Reading]) -> SentimentLabel:
    return compose([r.sentiment for r in readings], [len(r.segment.text) for r in readings]).label


def count_sentiments(labels: Iterable[SentimentLabel]) -> dict[SentimentLabel, int]:
    """How many records are of each sentiment, every sentiment named."""
    counts = Counter(labels)
    return {label: counts[label] for label in SENTIMENTS}


def count_languages(languages: Iterable[str]) -> dict[str, int]:
    """How many records are in each language, the most frequent first."""
    return dict(sorted(Counter(languages).items(), key=lambda item: (-item[1], item[0])))


def is_polarized(sentiment: Mapping[SentimentLabel, int]) -> bool:
    """Whether both sides are strong: a quarter of the records or more each, of at least six."""
    total = sum(sentiment.values())
    weaker = min(sentiment["negative"], sentiment["positive"])
    return total >= POLARIZED_RECORDS and weaker >= POLARIZED_SHARE * total


def finding_id(prefix: str, segment_ids: Sequence[str]) -> str:
    """An id that follows from the segments alone."""
    return f"{prefix}_{hashlib.blake2b(' '.join(sorted(segment_ids)).encode(), digest_size=10).hexdigest()}"
