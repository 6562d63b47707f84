"""An uploaded file into the project's records: a small one read whole, a large table in batches."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nlp_service.domain import Record
from nlp_service.errors import BatchTooLarge, UnreadableFile
from nlp_service.jobs.context import Context
from nlp_service.jobs.progress import Progress
from nlp_service.ops.secret import pseudonym_key
from nlp_service.store import projects, records, uploads
from nlp_service.store.jobs import Job
from nlp_service.store.records import Upserted
from nlp_service.store.uploads import StoredFile
from nlp_service.text.redact import Kind, Masking, counted, mask_records

if TYPE_CHECKING:
    from nlp_service.ingest.contents import Contents

STORE_BATCH = 500
STREAM_FROM_BYTES = 16_000_000
"""A table or JSON lines of this size is not read whole."""


def take_in(job: Job, context: Context, progress: Progress) -> Mapping[str, Any]:
    """What was read of the job's upload and stored, in counts.

    Raises:
        UnreadableFile: the file cannot be read, or no text is found in it.
        BatchTooLarge: there are more records than are allowed; of a large table, those allowed are stored.
    """
    progress("reading", 0, 1)
    how = {name: job.payload.get(name) for name in ("text_column", "mapping", "language", "encoding")}
    with context.store.read() as connection, uploads.opened(connection, job.payload["upload_id"]) as stored:
        if stored.n_bytes >= STREAM_FROM_BYTES:
            outcome = _stream(job, context, progress, stored, how)
            if outcome is not None:
                return outcome
    with context.store.read() as connection:
        upload = uploads.get(connection, job.payload["upload_id"])
    contents = context.read(upload, **how)
    n_records = len(contents.records)
    if n_records > context.settings.max_records:
        raise _too_large(context, f"The file has {n_records:,} records")
    batches = (contents.records[start : start + STORE_BATCH] for start in range(0, n_records, STORE_BATCH))
    sums, masked = _store(job, context, batches, lambda done: progress("storing", done, n_records))
    return _outcome(contents, sums, masked)


def _stream(
    job: Job, context: Context, progress: Progress, stored: StoredFile, how: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """The outcome of a large table read in batches, None where the file has to be read whole."""
    stream = context.read_rows(stored.file, stored.upload, **how)
    if stream is None:
        return None

    def show(n_records: int) -> None:
        if n_records >= context.settings.max_records:
            raise _too_large(context, "The file has more records")
        progress("storing", stored.file.tell(), stored.n_bytes)

    sums, masked = _store(job, context, stream, show)
    if not sums.n_new + sums.n_updated + sums.n_unchanged:
        raise UnreadableFile("No row of this file has text: check that the right column holds it.")
    return _outcome(stream.contents, sums, masked)


def _store(
    job: Job, context: Context, batches: Iterable[Sequence[Record]], show: Callable[[int], None]
) -> tuple[Upserted, Mapping[Kind, int]]:
    """What became of the records, and how much personal data was masked in them before they were stored."""
    masking = _masking(job, context)
    sums = Upserted(n_new=0, n_updated=0, n_unchanged=0)
    masked: Counter[Kind] = Counter()
    n_done = 0
    for read in batches:
        show(n_done)
        batch, counts = mask_records(read, masking) if masking else (read, {})
        masked.update(counts)
        with context.store.write() as connection:
            found = records.upsert(connection, job.project_id, batch)
        n_done += len(batch)
        sums = Upserted(
            n_new=sums.n_new + found.n_new,
            n_updated=sums.n_updated + found.n_updated,
            n_unchanged=sums.n_unchanged + found.n_unchanged,
        )
    return sums, masked


def _masking(job: Job, context: Context) -> Masking | None:
    """How the project wants personal data taken out of its records, None where it keeps it."""
    with context.store.read() as connection:
        mode = projects.get(connection, job.project_id).pii_mode
    if mode == "keep":
        return None
    key = pseudonym_key(context.settings)
    return Masking(key=key, language=job.payload.get("language"), marked=mode == "mask", names=context.names)


def _outcome(contents: "Contents", sums: Upserted, masked: Mapping[Kind, int]) -> Mapping[str, Any]:
    warnings = list(contents.warnings)
    if masked:
        n = sum(masked.values())
        warnings.append(f"Personal data was masked before it was stored, {n} in all: {counted(masked)}.")
    return {
        "format": contents.format,
        "encoding": contents.encoding,
        "kind": contents.kind,
        "columns": dict(contents.columns),
        "skipped": dict(contents.skipped),
        "warnings": warnings,
        "pii": dict(masked),
        **asdict(sums),
    }


def _too_large(context: Context, said: str) -> BatchTooLarge:
    return BatchTooLarge(f"{said} and {context.settings.max_records:,} are allowed: split it.")
