"""What every job needs, put together once for a process."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from nlp_service.domain import Record, RecordAnalysis, Report, Upload
from nlp_service.inference.engine import Engine
from nlp_service.jobs.progress import Progress
from nlp_service.settings import Settings
from nlp_service.store.engine import Store
from nlp_service.text.redact import Names
from nlp_service.themes.history import History
from nlp_service.topics.taxonomy import Taxonomy

if TYPE_CHECKING:
    from nlp_service.ingest import Contents, RecordStream


class Read(Protocol):
    """Bytes in, records out: `ingest.read`."""

    def __call__(self, upload: Upload, **how: Any) -> "Contents": ...


class ReadRows(Protocol):
    """A large file in, batches of records out, None where it has to be read whole: `ingest.read_rows`."""

    def __call__(self, file: BinaryIO, upload: Upload, **how: Any) -> "RecordStream | None": ...


class Analyze(Protocol):
    """Records in, one analysis a record out: `pipeline.analyze`."""

    def __call__(
        self, records: tuple[Record, ...], *, engine: Engine, language: str | None, progress: Progress
    ) -> tuple[RecordAnalysis, ...]: ...


class MakeReport(Protocol):
    """Analyses in, findings out: `pipeline.report`."""

    def __call__(
        self,
        analyses: tuple[RecordAnalysis, ...],
        *,
        engine: Engine,
        taxonomy: Taxonomy,
        settings: Settings,
        purpose: str,
        wished_themes: int | None,
        history: History,
        progress: Progress,
    ) -> Report: ...


def _read(upload: Upload, **how: Any) -> "Contents":
    from nlp_service.ingest import read

    return read(upload, **how)


def _read_rows(file: BinaryIO, upload: Upload, **how: Any) -> "RecordStream | None":
    from nlp_service.ingest import read_rows

    return read_rows(file, upload, **how)


def _analyze(
    records: tuple[Record, ...], *, engine: Engine, language: str | None, progress: Progress
) -> tuple[RecordAnalysis, ...]:
    from nlp_service.pipeline import analyze

    return analyze(records, engine=engine, language=language, progress=progress)


def _report(
    analyses: tuple[RecordAnalysis, ...],
    *,
    engine: Engine,
    taxonomy: Taxonomy,
    settings: Settings,
    purpose: str,
    wished_themes: int | None,
    history: History,
    progress: Progress,
) -> Report:
    from nlp_service.pipeline import report

    return report(
        analyses,
        engine=engine,
        taxonomy=taxonomy,
        settings=settings,
        purpose=purpose,
        wished_themes=wished_themes,
        history=history,
        progress=progress,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The settings, the store, the engine and the taxonomy; `immediate` runs a job in place as it is submitted.

    `names` finds names of people, where pipelines for it are set.

    The three stages load their modules when first called, so that a process that only submits stays light.
    """

    settings: Settings
    store: Store
    engine: Engine
    taxonomy: Taxonomy
    immediate: bool = False
    names: Names | None = None
    read: Read = _read
    read_rows: ReadRows = _read_rows
    analyze: Analyze = _analyze
    report: MakeReport = _report
