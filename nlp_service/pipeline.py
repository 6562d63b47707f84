"""THE flow: records → segments → one encoder pass → readings → topics → themes and requests → report."""

import hashlib
import json
from collections.abc import Callable, Sequence

from nlp_service import __version__
from nlp_service.analysis.acts import acts
from nlp_service.analysis.emotions import emotions
from nlp_service.analysis.sentiment import compose, sentiments
from nlp_service.domain import CUSTOMER_ROLES, Lineage, Reading, Record, RecordAnalysis, Report, Segment
from nlp_service.inference.engine import Engine
from nlp_service.settings import Settings
from nlp_service.text.identify import identify
from nlp_service.text.segment import split
from nlp_service.text.words import words
from nlp_service.themes import build
from nlp_service.themes.find import Evidence, find_requests, find_themes, with_requests
from nlp_service.themes.people import n_people
from nlp_service.topics.aspects import leanings, prototypes, said_terms
from nlp_service.topics.center import center, load_centroids
from nlp_service.topics.context import with_context
from nlp_service.topics.taxonomy import Taxonomy

Progress = Callable[[str, int, int], None]
"""Called with a stage, how much of it is done, and how much there is; it may raise to stop the run."""

ENCODE_BATCH = 256


def no_progress(stage: str, done: int, total: int) -> None:
    """Tells nobody."""


def analyze(
    records: Sequence[Record], *, engine: Engine, language: str | None = None, progress: Progress = no_progress
) -> tuple[RecordAnalysis, ...]:
    """The analysis of each record, in order: its language, and what each segment in the customer's voice says."""
    progress("reading", 0, len(records))
    languages = identify(
        [_customer_text(record) for record in records], hints=[record.language for record in records], language=language
    )
    segments = [segment_record(record, found.code) for record, found in zip(records, languages, strict=True)]
    readings = iter(read_segments([s for own in segments for s in own], engine=engine, progress=progress))
    analyses = []
    for record, found, own in zip(records, languages, segments, strict=True):
        own_readings = tuple(next(readings) for _ in own)
        whole = compose([r.sentiment for r in own_readings], [len(r.segment.text) for r in own_readings])
        analyses.append(RecordAnalysis(record=record, language=found, sentiment=whole, readings=own_readings))
    return tuple(analyses)


def segment_record(record: Record, language: str) -> list[Segment]:
    """The segments of a record in the customer's voice; of a conversation, those of its customers' turns."""
    spans: list[tuple[int, int, int | None]] = []
    if record.turns:
        for turn in record.turns:
            if turn.role in CUSTOMER_ROLES:
                own = split(record.text[turn.start : turn.end], language)
                spans += [(turn.start + start, turn.start + end, turn.index) for start, end in own]
    else:
        spans = [(start, end, None) for start, end in split(record.text, language)]
    return [
        Segment(
            id=f"{record.id}:{start}-{end}",
            record_id=record.id,
            start=start,
            end=end,
            text=record.text[start:end],
            language=language,
            turn=turn_index,
        )
        for start, end, turn_index in spans
    ]


def read_segments(segments: Sequence[Segment], *, engine: Engine, progress: Progress = no_progress) -> list[Reading]:
    """What each segment says, in order."""
    readings: list[Reading] = []
    for at in range(0, len(segments), ENCODE_BATCH):
        progress("encoding", at, len(segments))
        batch = segments[at : at + ENCODE_BATCH]
        encoded = engine.encode([segment.text for segment in batch])
        for segment, sentiment, (act, confidence), felt in zip(
            batch,
            sentiments(encoded.logits["sentiment"]),
            acts(encoded.logits["act"]),
            emotions(encoded.logits["emotion"]),
            strict=True,
        ):
            readings.append(
                Reading(segment=segment, sentiment=sentiment, act=act, act_confidence=confidence, emotions=felt)
            )
    progress("encoding", len(segments), len(segments))
    return readings


def report(
    analyses: Sequence[RecordAnalysis],
    *,
    engine: Engine,
    taxonomy: Taxonomy,
    settings: Settings,
    purpose: str,
    wished_themes: int | None = None,
    progress: Progress = no_progress,
) -> Report:
    """The themes and requests of the analysed records."""
    progress("themes", 0, 3)
    records_by_id = {analysis.record.id: analysis.record for analysis in analyses}
    evidence = _evidence(analyses, engine=engine, taxonomy=taxonomy, settings=settings)
    progress("themes", 1, 3)
    themes, unclustered = find_themes(evidence, records_by_id, seed=settings.seed, wished=wished_themes)
    progress("themes", 2, 3)
    requests = find_requests(evidence, records_by_id, themes)
    progress("themes", 3, 3)
    return Report(
        themes=with_requests(themes, requests),
        requests=tuple(requests),
        analyses=tuple(analyses),
        unclustered=unclustered,
        n_people=n_people(records_by_id.values()),
        sentiment=build.count_sentiments(analysis.sentiment.label for analysis in analyses),
        languages=build.count_languages(analysis.language.code for analysis in analyses),
        warnings=tuple(_warnings(analyses, n_themes=len(themes))),
        lineage=_lineage(analyses, engine, settings, purpose=purpose, wished_themes=wished_themes),
    )


def _evidence(
    analyses: Sequence[RecordAnalysis], *, engine: Engine, taxonomy: Taxonomy, settings: Settings
) -> Evidence:
    readings = [reading for analysis in analyses for reading in analysis.readings]
    texts = [reading.segment.text for reading in readings]
    languages = [reading.segment.language for reading in readings]
    centroids = load_centroids(settings.centroids_path, dimension=engine.dimension)
    aspects = prototypes(taxonomy, engine=engine, centroids=centroids, path=settings.aspects_path)
    vectors = with_context(
        center(engine.encode(texts).vectors, languages, centroids=centroids),
        [reading.segment.record_id for reading in readings],
    )
    return Evidence(
        readings=readings,
        words=[words(text, language) for text, language in zip(texts, languages, strict=True)],
        vectors=vectors,
        leaning=leanings(vectors, aspects),
        terms_said=said_terms(texts, languages, taxonomy),
        taxonomy=taxonomy,
    )


def _customer_text(record: Record) -> str:
    """What the customer said, for telling the language."""
    spoken = [record.text[turn.start : turn.end] for turn in record.turns if turn.role in CUSTOMER_ROLES]
    return "\n".join(spoken) or record.text


def _warnings(analyses: Sequence[RecordAnalysis], *, n_themes: int) -> list[str]:
    warnings = []
    n_silent = sum(not analysis.readings for analysis in analyses)
    if n_silent:
        warnings.append(f"{n_silent} of {len(analyses)} records have no words of a customer.")
    n_unknown = sum(analysis.language.code == "und" for analysis in analyses if analysis.readings)
    if n_unknown:
        warnings.append(f"The language of {n_unknown} of {len(analyses)} records could not be told.")
    if analyses and not n_themes:
        warnings.append(
            "There is too little text for themes: at least three different sentences on one subject are needed."
        )
    return warnings


def _lineage(
    analyses: Sequence[RecordAnalysis], engine: Engine, settings: Settings, *, purpose: str, wished_themes: int | None
) -> Lineage:
    decisive = {"seed": settings.seed, "wished_themes": wished_themes, "engine": settings.engine}
    return Lineage(
        origin=tuple(sorted({analysis.record.source for analysis in analyses})),
        purpose=purpose,
        service_version=__version__,
        models={engine.name: f"{engine.version}@{engine.sha256[:16]}"},
        settings_hash=hashlib.sha256(json.dumps(decisive, sort_keys=True).encode()).hexdigest()[:16],
    )
