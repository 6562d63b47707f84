"""The three kinds of job, and what happens to a job between the queue and its end.

Each can be run again after it was cut off: an ingest sends the same records again, a run puts its results in one
transaction with its end. A run's id is made of its job's, so that the second attempt finds the first one's.
"""

import threading
from contextlib import closing
from functools import partial
from typing import Any

from nlp_service.domain import Report
from nlp_service.errors import Conflict, ServiceError
from nlp_service.jobs.context import Context
from nlp_service.jobs.intake import take_in
from nlp_service.jobs.progress import Cancelled, Interrupted, Lease, Progress
from nlp_service.jobs.queue import FILENAME, Queue
from nlp_service.ops.logs import describe, get_log
from nlp_service.store import decisions, jobs, projects, records, runs, theme_edits
from nlp_service.store.jobs import Job
from nlp_service.themes.history import History

WENT_WRONG = "The job failed for a reason inside the service: the worker's log names the place under the job's id."


def submit(context: Context, job_id: str) -> None:
    """Put a job, committed before, on the queue; in immediate mode it has ended when this comes back."""
    with closing(open_queue(context)) as queue:
        queue.put(job_id)


def open_queue(context: Context, *, stopping: threading.Event | None = None) -> Queue:
    """The queue of the data folder, whose jobs run in this context and stop early when `stopping` is set."""
    return Queue(
        context.settings.data_dir / FILENAME,
        run=partial(run_job, context=context, stopping=stopping),
        rescue=partial(rescue, context),
        immediate=context.immediate,
    )


def rescue(context: Context, queue: Queue) -> None:
    """Take running jobs from workers that show no life, and queue again whatever waits and is not in the queue."""
    with context.store.write() as connection:
        for job in jobs.stale(connection, context.settings.job_lease_s):
            jobs.requeue(connection, job.id, attempt=job.attempts)
            get_log().warning("job_taken_over", job_id=job.id, kind=job.kind)
        waiting = jobs.queued(connection)
    known = queue.job_ids()
    for job in waiting:
        if job.id not in known:
            queue.put(job.id)


def run_job(job_id: str, *, context: Context, stopping: threading.Event | None = None) -> None:
    """Run the job to its end, whichever it is; nothing happens when it is not queued any more."""
    with context.store.write() as connection:
        job = jobs.claim(connection, job_id)
    if job is None:
        return
    log = get_log().bind(job_id=job.id, kind=job.kind, project_id=job.project_id)
    log.info("job_started")
    lease_s = context.settings.job_lease_s
    try:
        with Lease(context.store, job, lease_s=lease_s, stopping=stopping or threading.Event()) as lease:
            _perform(job, context, lease)
    except Cancelled:
        with context.store.write() as connection:
            jobs.cancel(connection, job.id, attempt=job.attempts)
        log.info("job_cancelled")
    except Interrupted:
        with context.store.write() as connection:
            jobs.requeue(connection, job.id, attempt=job.attempts, counted=False)
        log.info("job_interrupted")
    except Exception as error:
        code, detail = ("internal_error", WENT_WRONG)
        if isinstance(error, ServiceError):
            code, detail = error.code, error.detail
        with context.store.write() as connection:
            jobs.fail(connection, job.id, code, detail, attempt=job.attempts)
        log.error("job_failed", code=code, **describe(error))
    else:
        log.info("job_done")


def _perform(job: Job, context: Context, lease: Lease) -> None:
    outcome = None if job.kind == "run" else take_in(job, context, lease.progress)
    if job.kind == "ingest":
        results, result_url = None, f"/v1/projects/{job.project_id}"
    else:
        run_id = job.payload.get("run_id") or job.id.replace("job_", "run_", 1)
        results, result_url = _run(job, context, lease.progress), f"/v1/runs/{run_id}"
    lease.progress("saving", 0, 1)
    with context.store.write() as connection:
        if results is not None:
            run = runs.create(connection, job.project_id, results.lineage.purpose, run_id=run_id)
            runs.save_results(connection, run.id, **_findings(results))
        jobs.heartbeat(connection, job.id, "saving", 1, 1, attempt=job.attempts)
        if not jobs.finish(connection, job.id, result_url, attempt=job.attempts, outcome=outcome):
            raise Cancelled  # Somebody else has the job: what we wrote is taken back.


def _run(job: Job, context: Context, progress: Progress) -> Report:
    with context.store.read() as connection:
        purpose = projects.get(connection, job.project_id).purpose
        stored = tuple(records.iterate(connection, job.project_id))
        last = runs.latest(connection, job.project_id)
        history = History(
            members=runs.found_members(connection, last.id) if last else {},
            edits=theme_edits.log(connection, job.project_id),
            asked=decisions.members(connection, last.id) if last else {},
            asked_then=decisions.members_then(connection, job.project_id),
            statuses=decisions.histories(connection, job.project_id),
        )
    if not stored:
        raise Conflict("The project has no records yet: send some, then run.")
    language = job.payload.get("language")
    analyses = context.analyze(stored, engine=context.engine, language=language, progress=progress)
    return context.report(
        analyses,
        engine=context.engine,
        taxonomy=context.taxonomy,
        settings=context.settings,
        purpose=purpose,
        wished_themes=job.payload.get("wished_themes"),
        history=history,
        progress=progress,
    )


def _findings(report: Report) -> dict[str, Any]:
    from nlp_service.export.report import request_json, segments_json, summary_json, themes_json

    return {
        "summary": summary_json(report),
        "themes": themes_json(report),
        "requests": [request_json(request) for request in report.requests],
        "segments": segments_json(report),
    }
