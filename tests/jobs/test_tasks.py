import threading
from contextlib import closing
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from nlp_service.errors import NotFound, UnreadableFile
from nlp_service.jobs import tasks
from nlp_service.jobs.progress import Interrupted
from nlp_service.settings import Settings
from nlp_service.store import jobs, projects, records, runs, theme_edits, uploads
from nlp_service.store.ids import ago
from nlp_service.store.tables import jobs as table
from nlp_service.themes.history import History

SEGMENT = {
    "id": "s1",
    "record_id": "rec_0",
    "act": "problem",
    "sentiment": "neutral",
    "language": "en",
    "theme_id": "thm_a",
    "found_in": "thm_a",
}


class Killed(BaseException):
    """What nobody catches, as when the process dies."""


def test_an_ingest_stores_the_records_and_tells_what_it_read(context, store, project, queued, current):
    job = queued("ingest", language="fa")
    tasks.submit(context, job.id)

    done = current(job)
    assert (done.state, done.result_url) == ("done", f"/v1/projects/{project.id}")
    assert (done.outcome["n_new"], done.outcome["skipped"]) == (3, {"no_text": 1})
    with store.read() as connection:
        assert [record.language for record in records.iterate(connection, project.id)] == ["fa"] * 3
        with pytest.raises(NotFound):
            uploads.get(connection, job.payload["upload_id"])


def test_a_batch_reads_and_reports(context, store, project, queued, current):
    job = queued("batch")
    tasks.submit(context, job.id)

    done = current(job)
    assert (done.state, done.stage, done.done, done.total) == ("done", "saving", 1, 1)
    with store.read() as connection:
        run = runs.get(connection, done.result_url.removeprefix("/v1/runs/"))
    assert (run.project_id, run.purpose, run.summary["n_records"]) == (project.id, "To see", 3)


def test_a_run_reports_on_the_stored_records_under_the_id_it_was_given(context, store, project, queued, current):
    tasks.submit(context, queued("ingest").id)
    with store.write() as connection:
        run = runs.create(connection, project.id, "To see")
    job = queued("run", run_id=run.id, wished_themes=4)
    tasks.submit(context, job.id)

    assert current(job).result_url == f"/v1/runs/{run.id}"
    with store.read() as connection:
        assert runs.get(connection, run.id).finished_at is not None


def test_what_was_asked_for_reaches_the_stages(context, queued):
    asked = {}

    def analyze(stored, **options):
        asked.update(options)
        return context.analyze(stored, **options)

    def report(analyses, **options):
        asked.update(options)
        return context.report(analyses, **options)

    job = queued("batch", language="tr", wished_themes=7)
    tasks.run_job(job.id, context=replace(context, analyze=analyze, report=report))

    assert (asked["language"], asked["wished_themes"], asked["purpose"]) == ("tr", 7, "To see")


def test_a_run_knows_what_the_last_one_found_and_every_edit(context, store, project, queued, current):
    asked = []

    def report(analyses, *, history, **options):
        asked.append(history)
        return context.report(analyses, history=history, **options)

    tasks.run_job(queued("batch").id, context=replace(context, report=report))
    found = {"themes": [], "requests": [], "segments": [SEGMENT, {**SEGMENT, "id": "s2", "found_in": "thm_b"}]}
    with store.write() as connection:
        for run in runs.list_runs(connection, project.id):
            runs.save_results(connection, run.id, {}, **found)
        kept = theme_edits.add(connection, project.id, "lock", "thm_a", members={"thm_a": ["s1"]})
        theme_edits.add(connection, project.id, "rename", "thm_a", label={"en": "App"})
        undone = theme_edits.undo(connection, project.id)
    tasks.run_job(queued("run").id, context=replace(context, report=report))

    assert asked == [
        History(),
        History(members={"thm_a": frozenset(["s1"]), "thm_b": frozenset(["s2"])}, edits=(kept, undone)),
    ]


def test_a_run_without_records_fails_with_what_to_do(context, queued, current):
    job = queued("run")
    tasks.submit(context, job.id)

    assert current(job).state == "failed"
    assert current(job).error["code"] == "conflict"
    assert "no records" in current(job).error["detail"]


def test_a_file_with_too_many_records_is_refused(context, queued, current):
    job = queued("ingest")
    settings = Settings(engine="hashing", data_dir=context.settings.data_dir, max_records=2)
    tasks.run_job(job.id, context=replace(context, settings=settings))

    assert current(job).error == {
        "code": "batch_too_large",
        "detail": "The file has 3 records and 2 are allowed: split it.",
    }


def test_an_error_of_ours_keeps_its_code_and_sentence(context, queued, current):
    def read(upload, **_options):
        raise UnreadableFile("The file is empty: export it again.")

    job = queued("batch")
    tasks.run_job(job.id, context=replace(context, read=read))

    assert current(job).error == {"code": "unreadable_file", "detail": "The file is empty: export it again."}


def test_any_other_error_says_nothing_of_what_customers_wrote(context, queued, current):
    def analyze(stored, **_options):
        raise KeyError(stored[0].text)

    job = queued("batch", text="my secret words")
    with capture_logs() as logs:
        tasks.run_job(job.id, context=replace(context, analyze=analyze))

    assert current(job).error == {"code": "internal_error", "detail": tasks.WENT_WRONG}
    assert "secret" not in str(logs)
    [failed] = [line for line in logs if line["event"] == "job_failed"]
    assert (failed["job_id"], failed["error"]) == (job.id, "KeyError")
    assert any("analyze" in frame for frame in failed["frames"])


@pytest.mark.parametrize("state", ["running", "done", "cancelled"])
def test_a_job_that_is_not_queued_is_left_alone(context, store, queued, current, state):
    job = queued("batch")
    with store.write() as connection:
        if state == "cancelled":
            jobs.request_cancel(connection, job.id)
        else:
            jobs.claim(connection, job.id)
        if state == "done":
            jobs.finish(connection, job.id, "/v1/runs/run_1")
    before = current(job)
    tasks.run_job(job.id, context=context)

    assert current(job) == before


def test_a_job_of_a_deleted_project_does_nothing(context, store, project, queued):
    job = queued("batch")
    with store.write() as connection:
        projects.delete(connection, project.id)

    tasks.run_job(job.id, context=context)


def test_cancelling_midway_stops_between_batches_and_leaves_no_run(context, store, project, queued, current):
    n_batches = 0

    def analyze(stored, *, progress, **_options):
        nonlocal n_batches
        pause = threading.Event()
        progress("encoding", 0, 1000)
        with store.write() as connection:
            assert jobs.request_cancel(connection, job.id).state == "running"
        for n_batches in range(1, 1000):
            pause.wait(0.02)
            progress("encoding", n_batches, 1000)
        raise AssertionError("nobody stopped it")

    job = queued("batch")
    tasks.run_job(job.id, context=replace(context, analyze=analyze))

    assert current(job).state == "cancelled"
    assert n_batches < 200
    with store.read() as connection:
        assert runs.list_runs(connection, project.id) == ()


def test_a_cancel_that_outlived_its_worker_is_carried_out_by_the_next(context, store, queued, current):
    job = queued("batch")
    with store.write() as connection:
        jobs.claim(connection, job.id)
        jobs.request_cancel(connection, job.id)
        jobs.requeue(connection, job.id, attempt=1)
    tasks.run_job(job.id, context=context)

    assert current(job).state == "cancelled"


def test_a_job_killed_midway_is_taken_over_and_ends_as_if_nothing_had_been(context, store, project, queued, current):
    def analyze(stored, *, progress, **_options):
        progress("encoding", 1, 3)
        raise Killed

    job = queued("batch")
    with pytest.raises(Killed):
        tasks.run_job(job.id, context=replace(context, analyze=analyze))
    assert current(job).state == "running"

    with closing(tasks.open_queue(context)) as queue:
        tasks.rescue(context, queue)
        assert current(job).state == "running"
        with store.write() as connection:
            connection.execute(table.update().values(heartbeat_at=ago(context.settings.job_lease_s + 1)))
        tasks.rescue(context, queue)

    done = current(job)
    assert (done.state, done.attempts) == ("done", 2)
    assert (done.outcome["n_new"], done.outcome["n_unchanged"]) == (0, 3)
    with store.read() as connection:
        assert [f"/v1/runs/{run.id}" for run in runs.list_runs(connection, project.id)] == [done.result_url]


def test_what_a_worker_taken_for_dead_found_is_not_kept(context, store, project, queued, current):
    def report(analyses, **options):
        with store.write() as connection:
            jobs.requeue(connection, job.id, attempt=1)
            jobs.claim(connection, job.id)
        return context.report(analyses, **options)

    job = queued("batch")
    tasks.run_job(job.id, context=replace(context, report=report))

    assert (current(job).state, current(job).attempts) == ("running", 2)
    with store.read() as connection:
        assert runs.list_runs(connection, project.id) == ()


def test_a_worker_that_stops_gives_its_job_back(context, queued, current):
    stopping = threading.Event()

    def analyze(stored, *, progress, **_options):
        stopping.set()
        with pytest.raises(Interrupted):
            progress("encoding", 1, 3)
        raise Interrupted

    job = queued("batch")
    tasks.run_job(job.id, context=replace(context, analyze=analyze), stopping=stopping)
    assert (current(job).state, current(job).attempts) == ("queued", 0)

    tasks.run_job(job.id, context=context)
    assert current(job).state == "done"


def test_a_queued_job_that_the_queue_lost_is_queued_again_once(context, queued):
    context = replace(context, immediate=False)
    lost, waiting = queued("batch"), queued("run")
    tasks.submit(context, waiting.id)
    with closing(tasks.open_queue(context)) as queue:
        tasks.rescue(context, queue)
        tasks.rescue(context, queue)
        assert queue.job_ids() == {lost.id, waiting.id}
        assert queue.n_messages() == 2
