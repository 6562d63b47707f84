"""THE flow: records → segments → one encoder pass → readings → topics → themes and requests → report."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from nlp_service import __version__
from nlp_service.analysis import requests
from nlp_service.analysis.answers import Flags, flag_answers, quality_warnings
from nlp_service.analysis.conversation import converse
from nlp_service.analysis.emotions import emotions
from nlp_service.analysis.experience import conclude
from nlp_service.analysis.lexical import load_lexical
from nlp_service.analysis.quality import is_repeat, unthemed_reason
from nlp_service.analysis.questions import question_before
from nlp_service.analysis.sentiment import compose, sentiments
from nlp_service.analysis.signals import signals
from nlp_service.domain import (
    AGENT_ROLES,
    CUSTOMER_ROLES,
    Conversation,
    Lineage,
    Reading,
    Record,
    RecordAnalysis,
    Report,
    Role,
    Segment,
)
from nlp_service.inference.engine import Engine
from nlp_service.ingest.roles import role_word
from nlp_service.ops.llm import ask, language_model
from nlp_service.ops.secret import pseudonym_key
from nlp_service.settings import Settings
from nlp_service.text.identify import identify
from nlp_service.text.segment import split
from nlp_service.text.words import words
from nlp_service.themes import build
from nlp_service.themes.detail import detailed, record_ids
from nlp_service.themes.drivers import drivers
from nlp_service.themes.find import Evidence, find_themes, with_requests
from nlp_service.themes.history import History, settled_names
from nlp_service.themes.interviews import fieldwork
from nlp_service.themes.naming import name_themes
from nlp_service.themes.people import n_people
from nlp_service.themes.problems import find_problems
from nlp_service.themes.requests import Asked, build_requests
from nlp_service.topics.aspects import leanings, prototypes, said_terms
from nlp_service.topics.center import center, load_centroids
from nlp_service.topics.context import with_context
from nlp_service.topics.taxonomy import Taxonomy
from nlp_service.topics.wants import known_wants, placed, read_wordings, want_leanings

Progress = Callable[[str, int, int], None]
"""Called with a stage, how much of it is done, and how much there is; it may raise to stop the run."""

ENCODE_BATCH = 256
LAST_ANSWERS = 8
"""Turns of an agent, from the end, that are read for whether the customer's goal was reached."""


def no_progress(stage: str, done: int, total: int) -> None:
    """Tells nobody."""


def analyze(
    records: Sequence[Record], *, engine: Engine, language: str | None = None, progress: Progress = no_progress
) -> tuple[RecordAnalysis, ...]:
    """The analysis of each record, in order: its language, and what each segment in the customer's voice says."""
    found = []
    for analysis, answers in _read(records, engine=engine, language=language, progress=progress):
        if analysis.record.turns:
            found.append(converse(analysis, answers).analysis)
        else:
            found.append(replace(analysis, experience=conclude(analysis.readings)))
    return tuple(found)


def analyze_conversations(
    records: Sequence[Record], *, engine: Engine, language: str | None = None
) -> tuple[Conversation, ...]:
    """The analysis of each record with turns, in order: the path of the customer's mood, and how it went."""
    return tuple(converse(*read) for read in _read(records, engine=engine, language=language, progress=no_progress))


def _read(
    records: Sequence[Record], *, engine: Engine, language: str | None, progress: Progress
) -> list[tuple[RecordAnalysis, list[Reading]]]:
    """The analysis of each record without its experience, and the readings of the agent's last answers."""
    progress("reading", 0, len(records))
    languages = identify(
        [_customer_text(record) for record in records], hints=[record.language for record in records], language=language
    )
    coded = [(record, found.code) for record, found in zip(records, languages, strict=True)]
    segments = [segment_record(record, code) for record, code in coded]
    answers = [segment_record(record, code, roles=AGENT_ROLES, last=LAST_ANSWERS) for record, code in coded]
    readings = iter(read_segments([s for own in segments for s in own], engine=engine, progress=progress))
    answered = iter(read_segments([s for own in answers for s in own], engine=engine, of_agents=True))
    analyses = []
    for record, found, own, replies in zip(records, languages, segments, answers, strict=True):
        own_readings = tuple(next(readings) for _ in own)
        whole = compose([r.sentiment for r in own_readings], [len(r.segment.text) for r in own_readings])
        analysis = RecordAnalysis(record=record, language=found, sentiment=whole, readings=own_readings)
        analyses.append((analysis, [next(answered) for _ in replies]))
    return analyses


def segment_record(
    record: Record, language: str, *, roles: Collection[Role] = CUSTOMER_ROLES, last: int | None = None
) -> list[Segment]:
    """The segments of a record in the customer's voice; of a conversation, those of the `last` turns of these roles."""
    spans: list[tuple[int, int, int | None]] = []
    if record.turns:
        turns = [turn for turn in record.turns if turn.role in roles]
        for turn in turns[-last:] if last else turns:
            own = split(record.text[turn.start : turn.end], language)
            spans += [(turn.start + start, turn.start + end, turn.index) for start, end in own]
    elif roles is CUSTOMER_ROLES:
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


def read_segments(
    segments: Sequence[Segment], *, engine: Engine, of_agents: bool = False, progress: Progress = no_progress
) -> list[Reading]:
    """What each segment says, in order."""
    readings: list[Reading] = []
    for at in range(0, len(segments), ENCODE_BATCH):
        progress("encoding", at, len(segments))
        batch = segments[at : at + ENCODE_BATCH]
        texts = [segment.text for segment in batch]
        encoded = engine.encode(texts)
        acts, asked = requests.detect(batch, encoded.logits["act"], encoded.logits["request"], encoded.tokens)
        shown = signals(batch, encoded.logits, of_agents=of_agents)
        for segment, sentiment, (act, confidence), felt, request, own in zip(
            batch,
            sentiments(load_lexical().added(encoded.logits["sentiment"], texts, [s.language for s in batch])),
            acts,
            emotions(encoded.logits["emotion"]),
            asked,
            shown,
            strict=True,
        ):
            reading = Reading(
                segment=segment,
                sentiment=sentiment,
                act=act,
                act_confidence=confidence,
                emotions=felt,
                request=request,
                signals=own,
            )
            readings.append(reading)
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
    history: History | None = None,
    progress: Progress = no_progress,
) -> Report:
    """The themes and requests of the analysed records; `history` keeps themes and people's edits from run to run."""
    progress("themes", 0, 3)
    n_all, analyses = len(analyses), [analysis for analysis in analyses if not is_repeat(analysis.record)]
    records, key = [analysis.record for analysis in analyses], pseudonym_key(settings)
    records_by_id = {record.id: record for record in records}
    evidence = _evidence(analyses, records_by_id, engine=engine, taxonomy=taxonomy, settings=settings)
    progress("themes", 1, 3)
    found = find_themes(evidence, records_by_id, wished=wished_themes, history=history, **_decisive(settings))
    progress("themes", 2, 3)
    asked = asked_of(evidence.readings, engine=engine, settings=settings)
    wanted, flags = build_requests(asked, records_by_id, found.themes, key=key, history=history), flag_answers(analyses)
    progress("themes", 3, 3)
    made = Report(
        themes=with_requests(detailed(found.themes, records, flagged=flags.keys()), wanted),
        requests=tuple(wanted),
        problems=tuple(find_problems(evidence.readings, evidence.vectors, records_by_id, found.themes, key=key)),
        analyses=tuple(analyses),
        unclustered=found.unclustered,
        found_in=found.found_in,
        n_people=n_people(records),
        sentiment=build.count_sentiments(analysis.sentiment.label for analysis in analyses),
        languages=build.count_languages(analysis.language.code for analysis in analyses),
        warnings=tuple(_warnings(analyses, flags, n_themes=len(found.themes), n_repeats=n_all - len(analyses))),
        lineage=_lineage(analyses, engine, settings, purpose=purpose, wished_themes=wished_themes),
        fieldwork=fieldwork(analyses, found.themes, is_role=lambda name: role_word(name) is not None),
        drivers=tuple(drivers(records, found.themes, [record_ids(theme) for theme in found.themes])),
        quality=flags,
    )
    return _named(made, settings=settings, history=history, progress=progress)


def _named(report: Report, *, settings: Settings, history: History | None, progress: Progress) -> Report:
    """The report with the names that a language model gives to themes, where one is set."""
    model = language_model(settings)
    if model is None:
        return report
    settled = settled_names(history.in_force) if history else frozenset()
    return name_themes(report, partial(ask, model), by=(model.name, model.host), settled=settled, progress=progress)


def _decisive(settings: Settings) -> dict[str, int]:
    """The settings that themes depend on."""
    return {"seed": settings.seed, "min_people": settings.min_people}


def _evidence(
    analyses: Sequence[RecordAnalysis],
    records_by_id: Mapping[str, Record],
    *,
    engine: Engine,
    taxonomy: Taxonomy,
    settings: Settings,
) -> Evidence:
    readings = [reading for analysis in analyses for reading in analysis.readings]
    segments = [reading.segment for reading in readings]
    languages = [segment.language for segment in segments]
    own_words = [words(segment.text, segment.language) for segment in segments]
    asked = [question_before(segment, records_by_id[segment.record_id]) for segment in segments]
    texts = [f"{asking} {own.text}" if asking else own.text for asking, own in zip(asked, segments, strict=True)]
    subjects = [words(a, o.language) if a else w for a, o, w in zip(asked, segments, own_words, strict=True)]
    centroids = load_centroids(settings.centroids_path, dimension=engine.dimension)
    aspects = prototypes(taxonomy, engine=engine, centroids=centroids, path=settings.aspects_path)
    vectors = with_context(
        center(engine.encode(texts).vectors, languages, centroids=centroids),
        [reading.segment.record_id for reading in readings],
    )
    return Evidence(
        readings=readings,
        texts=texts,
        silent=[unthemed_reason(subject) for subject in subjects],
        words=own_words,
        vectors=vectors,
        leaning=leanings(vectors, aspects),
        terms_said=said_terms(texts, languages, taxonomy),
        taxonomy=taxonomy,
    )


def asked_of(readings: Sequence[Reading], *, engine: Engine, settings: Settings) -> Asked:
    """Those of the readings that ask for something, and where they lie among known wants."""
    own = [reading for reading in readings if reading.request is not None]
    languages = [reading.segment.language for reading in own]
    known = known_wants(read_wordings(settings.wants_dir), engine=engine, path=settings.wants_path)
    vectors = placed([reading.segment.text for reading in own], languages, engine=engine, known=known)
    return Asked(readings=own, vectors=vectors, leaning=want_leanings(vectors, known), want_ids=known.ids)


def _customer_text(record: Record) -> str:
    """What the customer said, for telling the language."""
    spoken = [record.text[turn.start : turn.end] for turn in record.turns if turn.role in CUSTOMER_ROLES]
    return "\n".join(spoken) or record.text


def _warnings(analyses: Sequence[RecordAnalysis], flags: Flags, *, n_themes: int, n_repeats: int) -> list[str]:
    warnings = []
    if n_repeats:
        warnings.append(f"{n_repeats} more records repeat another one (`duplicate_of`) and were not counted again.")
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
    return [*warnings, *quality_warnings(flags, n_records=len(analyses))]


def _lineage(
    analyses: Sequence[RecordAnalysis], engine: Engine, settings: Settings, *, purpose: str, wished_themes: int | None
) -> Lineage:
    decisive: dict[str, object] = {**_decisive(settings), "wished_themes": wished_themes, "engine": settings.engine}
    if settings.llm_url is not None:
        decisive["llm_model"] = settings.llm_model
    return Lineage(
        origin=tuple(sorted({analysis.record.source for analysis in analyses})),
        purpose=purpose,
        service_version=__version__,
        models={
            engine.name: f"{engine.version}@{engine.sha256[:16]}",
            "sentiment n-grams": load_lexical().sha256[:16],
        },
        settings_hash=hashlib.sha256(json.dumps(decisive, sort_keys=True).encode()).hexdigest()[:16],
    )
