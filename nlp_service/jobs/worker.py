"""Workers: a thread inside the web process, or a process of their own."""

import signal
import threading
from collections.abc import Callable
from types import FrameType

from nlp_service.jobs.context import Context
from nlp_service.jobs.tasks import open_queue, rescue


def start_worker(context: Context) -> Callable[[], None]:
    """What stops the worker that now runs in a thread; a job at work goes back into the queue at its next batch."""
    stopping = threading.Event()
    queue = open_queue(context, stopping=stopping)
    rescue(context, queue)
    stop_consumer = queue.start()

    def stop() -> None:
        stopping.set()
        stop_consumer()
        queue.close()

    return stop


def work(context: Context) -> None:
    """Work through the queue until the process is told to end (SIGINT or SIGTERM); from the main thread only."""
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    stop = start_worker(context)
    try:
        ended.wait()
    finally:
        stop()
        for number, handler in before.items():
            signal.signal(number, handler)
