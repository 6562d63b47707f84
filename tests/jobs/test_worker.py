import os
import signal
import threading
import time
from dataclasses import replace

import pytest

from nlp_service.jobs import tasks
from nlp_service.jobs.worker import start_worker, work, work_until_told
from nlp_service.store import jobs
from nlp_service.store.engine import open_store
from nlp_service.store.ids import ago
from nlp_service.store.tables import jobs as table


@pytest.fixture
def context(context):
    return replace(context, immediate=False)


def wait_for(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_worker_runs_what_is_submitted_before_and_after_it_starts(context, queued, current):
    before, after = queued("batch"), queued("ingest")
    tasks.submit(context, before.id)
    stop = start_worker(context)
    tasks.submit(context, after.id)
    wait_for(lambda: current(after).state == "done")
    stop()

    assert current(before).state == "done"


def test_a_worker_takes_over_at_its_start_what_a_dead_one_left(context, store, queued, current):
    job = queued("batch")
    with store.write() as connection:
        jobs.claim(connection, job.id)
        connection.execute(table.update().values(heartbeat_at=ago(3600)))
    stop = start_worker(context)
    wait_for(lambda: current(job).state == "done")
    stop()

    assert current(job).attempts == 2


def test_stopping_hands_a_job_at_work_to_the_next_worker(context, queued, current):
    at_work = threading.Event()

    def analyze(stored, *, progress, **_options):
        while True:
            progress("encoding", 0, 1)
            at_work.set()
            time.sleep(0.01)

    job = queued("batch")
    stop = start_worker(replace(context, analyze=analyze))
    assert at_work.wait(10)
    stop()
    assert current(job).state == "queued"

    stop = start_worker(context)
    wait_for(lambda: current(job).state == "done")
    stop()


def test_a_failing_job_does_not_stop_the_worker(context, queued, current):
    failing, fine = queued("run"), queued("batch")
    stop = start_worker(context)
    wait_for(lambda: current(fine).state == "done")
    stop()

    assert current(failing).state == "failed"


def test_another_store_on_the_same_file_sees_the_work_of_the_worker(context, queued):
    job = queued("batch")
    stop = start_worker(context)
    web = open_store(context.settings)

    def state() -> str:
        with web.read() as connection:
            return jobs.get(connection, job.id).state

    wait_for(lambda: state() == "done")
    web.close()
    stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_work_process_ends_when_told_to_and_leaves_the_signals_as_they_were(context, queued, current, number):
    job = queued("batch")
    before = signal.getsignal(number)

    def end() -> None:
        wait_for(lambda: current(job).state == "done")
        os.kill(os.getpid(), number)

    thread = threading.Thread(target=end)
    thread.start()
    work_until_told(context)
    thread.join()

    assert signal.getsignal(number) is before


def test_a_worker_of_its_own_needs_only_the_settings(settings):
    before = signal.getsignal(signal.SIGTERM)

    def end() -> None:
        wait_for(lambda: signal.getsignal(signal.SIGTERM) is not before)
        os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=end)
    thread.start()
    work(settings)
    thread.join()

    assert signal.getsignal(signal.SIGTERM) is before
