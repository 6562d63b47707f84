"""A context whose stages are small fakes, and ways to look at what became of a job."""

from collections.abc import Callable

import pytest

from nlp_service.domain import Language, Lineage, Record, RecordAnalysis, Report, Sentiment, Upload
from nlp_service.ingest.contents import Contents
from nlp_service.jobs.context import Context
from nlp_service.settings import Settings
from nlp_service.store import jobs, projects, uploads
from nlp_service.store.engine import Store
from nlp_service.store.jobs import Job, JobKind
from nlp_service.store.projects import Project

LINEAGE = Lineage(origin=("a.txt",), purpose="To see", service_version="0", models={}, settings_hash="0")


def read_lines(upload: Upload, *, language, **_) -> Contents:
    """One record a line; stands for `ingest.read`."""
    lines = upload.content.decode().splitlines()
    made = tuple(Record(id=f"rec_{n}", text=line, kind="reviews", language=language) for n, line in enumerate(lines))
    return Contents(records=made, format="txt", encoding="utf-8", kind="reviews", skipped={"no_text": 1})


def analyze_each(records, *, engine, language, progress) -> tuple[RecordAnalysis, ...]:
    """Everything is neutral; stands for `pipeline.analyze`."""
    analyses = []
    for number, record in enumerate(records):
        progress("encoding", number, len(records))
        sentiment = Sentiment(label="neutral", confidence=1.0, scores={"negative": 0, "neutral": 1, "positive": 0})
        code = Language(code=language or "und", confidence=1.0)
        analyses.append(RecordAnalysis(record=record, language=code, sentiment=sentiment, readings=()))
    return tuple(analyses)


def report_counts(analyses, *, engine, taxonomy, settings, purpose, wished_themes, history, progress) -> Report:
    """No theme, only counts; stands for `pipeline.report`."""
    progress("themes", 0, 1)
    return Report(
        themes=(),
        requests=(),
        analyses=analyses,
        unclustered={},
        n_people=len(analyses),
        sentiment={"neutral": len(analyses)},
        languages={},
        warnings=(),
        lineage=LINEAGE,
    )


@pytest.fixture
def project(store: Store) -> Project:
    with store.write() as connection:
        return projects.create(connection, name="App reviews", purpose="To see")


@pytest.fixture
def context(settings: Settings, store: Store) -> Context:
    return Context(
        settings=settings,
        store=store,
        engine=None,
        taxonomy=(),
        immediate=True,
        read=read_lines,
        analyze=analyze_each,
        report=report_counts,
    )


@pytest.fixture
def queued(store: Store, project: Project) -> Callable[..., Job]:
    """Makes a queued job, with an upload of the given text where it reads one."""

    def make(kind: JobKind, text: str = "Good\nBad\nSlow", **payload: object) -> Job:
        with store.write() as connection:
            if kind != "run":
                upload = Upload(filename="a.txt", content=text.encode())
                payload["upload_id"] = uploads.save(connection, project.id, upload)
            return jobs.create(connection, project.id, kind, payload)

    return make


@pytest.fixture
def current(store: Store) -> Callable[[Job], Job]:
    """The job as it stands in the database now."""

    def get(job: Job) -> Job:
        with store.read() as connection:
            return jobs.get(connection, job.id)

    return get
