"""Workers: a thread inside the web process, or a process of their own."""

import signal
import threading
from collections.abc import Callable
from types import FrameType

from nlp_service.jobs.context import Context
from nlp_service.jobs.tasks import open_queue, rescue
from nlp_service.ops.logs import configure_logs
from nlp_service.settings import Settings
from nlp_service.store.engine import opened_store


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


def work(settings: Settings) -> None:
    """Work through the queue until the process is told to end (SIGINT or SIGTERM); from the main thread only.

    Raises:
        ModelMissing: the weights are not installed, or what NLP_PII_NAMES asks for is not.
    """
    from nlp_service.inference.load import load_engine
    from nlp_service.text.redact import load_names
    from nlp_service.topics.taxonomy import load_taxonomy

    configure_logs()
    names = load_names(settings.name_pipelines)
    with opened_store(settings) as store:
        taxonomy = load_taxonomy(settings.taxonomy_dir)
        engine = load_engine(settings)
        work_until_told(Context(settings=settings, store=store, engine=engine, taxonomy=taxonomy, names=names))


def work_until_told(context: Context) -> None:
    """The same in a context that is there already."""
    told = threading.Event()

    def tell(_signal: int, _frame: FrameType | None) -> None:
        told.set()

    before = {number: signal.signal(number, tell) for number in (signal.SIGINT, signal.SIGTERM)}
    stop = start_worker(context)
    try:
        told.wait()
    finally:
        stop()
        for number, handler in before.items():
            signal.signal(number, handler)
