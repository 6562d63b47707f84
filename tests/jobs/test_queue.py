import sqlite3
import threading
from contextlib import closing

from nlp_service.jobs.queue import FILENAME, Queue


def open_queue(settings, run=None, rescue=None, *, immediate=False):
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Queue(
        settings.data_dir / FILENAME,
        run=run or (lambda job_id: None),
        rescue=rescue or (lambda queue: None),
        immediate=immediate,
    )


def test_an_id_put_is_there_when_the_queue_is_opened_again(settings):
    with closing(open_queue(settings)) as queue:
        queue.put("job_1")
    with closing(open_queue(settings)) as queue:
        assert queue.job_ids() == {"job_1"}


def test_many_threads_may_put_into_one_new_queue(settings):
    def put(number: int) -> None:
        with closing(open_queue(settings)) as queue:
            queue.put(f"job_{number}")

    threads = [threading.Thread(target=put, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with closing(open_queue(settings)) as queue:
        assert queue.job_ids() == {f"job_{number}" for number in range(8)}


def test_messages_are_json(settings):
    with closing(open_queue(settings)) as queue:
        queue.put("job_1")
    with closing(sqlite3.connect(settings.data_dir / FILENAME)) as connection:
        [(message,)] = connection.execute("SELECT data FROM task").fetchall()

    assert message.startswith(b"[") and b'["job_1"]' in message


def test_in_immediate_mode_the_job_runs_as_it_is_put_and_nothing_is_written(settings):
    seen = []
    with closing(open_queue(settings, run=seen.append, immediate=True)) as queue:
        queue.put("job_1")

    assert seen == ["job_1"]
    assert not (settings.data_dir / FILENAME).exists()


def test_a_started_queue_delivers_what_was_put_and_calls_for_rescue(settings):
    delivered, rescued, seen = threading.Event(), threading.Event(), []

    def run(job_id: str) -> None:
        seen.append(job_id)
        if len(seen) == 2:
            delivered.set()

    with closing(open_queue(settings, run=run, rescue=lambda queue: rescued.set())) as queue:
        queue.put("job_1")
        stop = queue.start()
        queue.put("job_2")
        assert delivered.wait(10)
        assert rescued.wait(10)
        stop()

    assert seen == ["job_1", "job_2"]
