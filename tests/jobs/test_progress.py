import threading
import time

import pytest

from nlp_service.jobs.progress import Cancelled, Interrupted, Lease
from nlp_service.store import jobs


@pytest.fixture
def job(store, queued):
    job = queued("run")
    with store.write() as connection:
        return jobs.claim(connection, job.id)


def lease_on(job, store, *, lease_s=60.0, stopping=None):
    return Lease(store, job, lease_s=lease_s, stopping=stopping or threading.Event())


def wait_for(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_ten_thousand_calls_write_at_most_twice_a_second(store, job, monkeypatch):
    beats = []
    heartbeat = jobs.heartbeat

    def count(*arguments, **options):
        beats.append(time.monotonic())
        return heartbeat(*arguments, **options)

    monkeypatch.setattr(jobs, "heartbeat", count)
    started = time.monotonic()
    with lease_on(job, store) as lease:
        for number in range(10_000):
            lease.progress("encoding", number, 10_000)

    assert len(beats) <= 2 + 2 * (time.monotonic() - started)


def test_progress_reaches_the_database(store, job, current):
    with lease_on(job, store) as lease:
        lease.progress("encoding", 4, 9)
        wait_for(lambda: (current(job).stage, current(job).done, current(job).total) == ("encoding", 4, 9))


def test_a_job_that_says_nothing_keeps_its_lease(store, job, current):
    with lease_on(job, store, lease_s=0.4):
        first = current(job).heartbeat_at
        wait_for(lambda: current(job).heartbeat_at > first)


def test_a_wish_to_cancel_is_raised_at_the_next_call(store, job):
    with lease_on(job, store) as lease, pytest.raises(Cancelled):
        lease.progress("encoding", 0, 9)
        with store.write() as connection:
            jobs.request_cancel(connection, job.id)
        for number in range(1000):
            time.sleep(0.01)
            lease.progress("encoding", number, 1000)


def test_a_wish_from_before_is_raised_at_the_first_call(store, job):
    with store.write() as connection:
        jobs.request_cancel(connection, job.id)
    with lease_on(job, store) as lease, pytest.raises(Cancelled):
        lease.progress("reading", 0, 1)


def test_a_job_that_another_worker_took_over_is_given_up(store, job):
    with store.write() as connection:
        jobs.requeue(connection, job.id, attempt=job.attempts)
        jobs.claim(connection, job.id)
    with lease_on(job, store) as lease, pytest.raises(Cancelled):
        lease.progress("reading", 0, 1)


def test_a_stopping_worker_interrupts_the_work(store, job):
    stopping = threading.Event()
    with lease_on(job, store, stopping=stopping) as lease:
        lease.progress("encoding", 0, 9)
        stopping.set()
        with pytest.raises(Interrupted):
            lease.progress("encoding", 1, 9)


def test_one_failed_sign_of_life_does_not_stop_the_work(store, job, monkeypatch, current):
    with lease_on(job, store) as lease:
        heartbeat, failures = jobs.heartbeat, []

        def fail_once(*arguments, **options):
            if not failures:
                failures.append(1)
                raise OSError
            return heartbeat(*arguments, **options)

        monkeypatch.setattr(jobs, "heartbeat", fail_once)
        lease.progress("encoding", 5, 9)
        wait_for(lambda: current(job).done == 5)
    assert failures
