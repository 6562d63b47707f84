import threading

import pytest

from nlp_service.domain import Upload
from nlp_service.errors import NotFound
from nlp_service.store import jobs, uploads
from nlp_service.store.ids import ago
from nlp_service.store.tables import jobs as table


@pytest.fixture
def job(store, project):
    with store.write() as connection:
        return jobs.create(connection, project.id, "batch", {"text_column": "متن"})


def put(connection, job, state):
    """Brings a queued job to a state by the ways there are."""
    if state != "queued":
        jobs.claim(connection, job.id)
    match state:
        case "done":
            jobs.finish(connection, job.id, "/v1/runs/run_1")
        case "failed":
            jobs.fail(connection, job.id, "not_found", "It is gone.")
        case "cancelled":
            jobs.cancel(connection, job.id)


STEPS = {
    "claim": jobs.claim,
    "heartbeat": lambda connection, job_id: jobs.heartbeat(connection, job_id, "stage", 1, 2),
    "finish": lambda connection, job_id: jobs.finish(connection, job_id, "/v1/runs/run_2"),
    "fail": lambda connection, job_id: jobs.fail(connection, job_id, "internal_error", "It broke."),
    "cancel": jobs.cancel,
    "request_cancel": jobs.request_cancel,
    "requeue": lambda connection, job_id: jobs.requeue(connection, job_id, attempt=1),
}
MOVES = {
    ("queued", "claim"): "running",
    ("queued", "request_cancel"): "cancelled",
    ("running", "heartbeat"): "running",
    ("running", "finish"): "done",
    ("running", "fail"): "failed",
    ("running", "cancel"): "cancelled",
    ("running", "request_cancel"): "running",
    ("running", "requeue"): "queued",
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", ["queued", "running", "done", "failed", "cancelled"])
def test_a_job_moves_only_along_the_arrows(store, job, state, step):
    with store.write() as connection:
        put(connection, job, state)
        before = jobs.get(connection, job.id)
        outcome = STEPS[step](connection, job.id)
        after = jobs.get(connection, job.id)

    assert before.state == state
    if (state, step) in MOVES:
        assert after.state == MOVES[state, step]
        assert outcome
    else:
        assert after == before
        assert step == "request_cancel" or not outcome


def test_a_job_tells_how_it_went(store, job):
    with store.write() as connection:
        claimed = jobs.claim(connection, job.id)
        assert jobs.heartbeat(connection, job.id, "encoding", 3, 9)
        running = jobs.get(connection, job.id)
        jobs.finish(connection, job.id, "/v1/runs/run_1", outcome={"n_new": 2})
        done = jobs.get(connection, job.id)

    assert (job.started_at, job.finished_at, job.attempts) == (None, None, 0)
    assert claimed.started_at == claimed.heartbeat_at
    assert (claimed.attempts, claimed.payload) == (1, {"text_column": "متن"})
    assert (running.stage, running.done, running.total) == ("encoding", 3, 9)
    assert (done.result_url, done.outcome, done.error) == ("/v1/runs/run_1", {"n_new": 2}, None)
    assert done.finished_at >= done.started_at


def test_two_threads_that_claim_one_job_get_it_once(store, project):
    claims = []
    start = threading.Barrier(2)

    def claim(job_id: str) -> None:
        start.wait()
        with store.write() as connection:
            claims.append(jobs.claim(connection, job_id))

    for _ in range(10):
        with store.write() as connection:
            job = jobs.create(connection, project.id, "run", {})
        threads = [threading.Thread(target=claim, args=(job.id,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(claims) == 20
    assert sum(claim is not None for claim in claims) == 10


def test_a_heartbeat_says_stop_once_cancelling_is_wished(store, job):
    with store.write() as connection:
        jobs.claim(connection, job.id)
        assert jobs.request_cancel(connection, job.id).cancel_requested
        assert not jobs.heartbeat(connection, job.id, "encoding", 1, 9)


def test_a_worker_taken_for_dead_changes_nothing_when_it_comes_back(store, job):
    with store.write() as connection:
        first = jobs.claim(connection, job.id)
        jobs.requeue(connection, job.id, attempt=first.attempts)
        second = jobs.claim(connection, job.id)
        late = {"attempt": first.attempts}
        assert not jobs.heartbeat(connection, job.id, "late", 1, 1, **late)
        assert not jobs.finish(connection, job.id, "/late", **late)
        assert not jobs.fail(connection, job.id, "internal_error", "Late.", **late)
        assert not jobs.cancel(connection, job.id, **late)
        assert not jobs.requeue(connection, job.id, **late)
        assert jobs.get(connection, job.id) == second


def test_only_running_jobs_without_a_sign_of_life_are_stale(store, project):
    with store.write() as connection:
        made = [jobs.create(connection, project.id, "run", {}) for _ in range(4)]
        for job in made[:3]:
            jobs.claim(connection, job.id)
        jobs.finish(connection, made[2].id, "/x")
        connection.execute(table.update().where(table.c.id != made[1].id).values(heartbeat_at=ago(61)))

        assert [job.id for job in jobs.stale(connection, 60)] == [made[0].id]
        assert [job.id for job in jobs.queued(connection)] == [made[3].id]


def test_a_job_that_never_ends_is_given_up(store, job):
    with store.write() as connection:
        for attempt in range(1, jobs.MAX_ATTEMPTS):
            assert jobs.claim(connection, job.id).attempts == attempt
            assert jobs.requeue(connection, job.id, attempt=attempt)
        jobs.claim(connection, job.id)
        assert not jobs.requeue(connection, job.id, attempt=jobs.MAX_ATTEMPTS)
        assert jobs.get(connection, job.id).error["code"] == "internal_error"


def test_a_worker_that_stops_in_good_order_does_not_use_up_an_attempt(store, job):
    with store.write() as connection:
        for _ in range(2 * jobs.MAX_ATTEMPTS):
            jobs.claim(connection, job.id)
            assert jobs.requeue(connection, job.id, attempt=1, counted=False)
        assert jobs.get(connection, job.id).attempts == 0


@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_the_upload_is_forgotten_however_the_job_ends(store, project, state):
    with store.write() as connection:
        upload_id = uploads.save(connection, project.id, Upload(filename="a.csv", content=b"text"))
        job = jobs.create(connection, project.id, "ingest", {"upload_id": upload_id})
        put(connection, job, "running")
        assert uploads.get(connection, upload_id).content == b"text"
        {"done": STEPS["finish"], "failed": STEPS["fail"], "cancelled": STEPS["cancel"]}[state](connection, job.id)
        with pytest.raises(NotFound):
            uploads.get(connection, upload_id)


def test_cancelling_a_queued_job_forgets_its_upload(store, project):
    with store.write() as connection:
        upload_id = uploads.save(connection, project.id, Upload(filename="a.csv", content=b"text"))
        job = jobs.create(connection, project.id, "ingest", {"upload_id": upload_id})
        jobs.request_cancel(connection, job.id)
        with pytest.raises(NotFound):
            uploads.get(connection, upload_id)


def test_an_unknown_job_is_not_found_or_not_claimed(store):
    with store.write() as connection:
        assert jobs.claim(connection, "job_unknown") is None
        for call in (jobs.get, jobs.request_cancel):
            with pytest.raises(NotFound):
                call(connection, "job_unknown")


def test_the_latest_job_is_the_newest_of_the_kinds_in_any_state(store, project, job):
    with store.write() as connection:
        run = jobs.create(connection, project.id, "run", {})
        ingest = jobs.create(connection, project.id, "ingest", {})
        jobs.request_cancel(connection, run.id)

        assert jobs.latest(connection, project.id, ("run", "batch")).id == run.id
        assert jobs.latest(connection, project.id, ("batch",)) == job
        assert jobs.latest(connection, project.id, ("run", "batch", "ingest")) == ingest
        assert jobs.latest(connection, project.id, ()) is None
        assert jobs.latest(connection, "prj_unknown", ("batch",)) is None
