"""The running service: its settings, its store, and its engine, loaded once and off the request path."""

import threading
from collections.abc import Callable

from nlp_service.errors import NotReady, ServiceError
from nlp_service.inference.engine import Engine
from nlp_service.inference.load import load_engine
from nlp_service.jobs.context import Context
from nlp_service.jobs.worker import start_worker
from nlp_service.ops.logs import describe, get_log
from nlp_service.samples import add_sample_project
from nlp_service.settings import Settings
from nlp_service.store.engine import Store
from nlp_service.text.redact import Names
from nlp_service.topics.taxonomy import load_taxonomy

LOADING = "The model is being loaded: try again in a few seconds."


class Service:
    """The settings, the store and, once the engine is loaded, the context of the jobs."""

    def __init__(
        self, settings: Settings, store: Store, *, names: Names | None = None, with_samples: bool = False
    ) -> None:
        self.settings = settings
        self._names = names
        self._with_samples = with_samples
        self.store = store
        self._context: Context | None = None
        self._why_not: ServiceError = NotReady(LOADING)
        self.streams = threading.BoundedSemaphore(max(1, settings.threads // 2))
        """Streams of job events open at once: each holds a web thread, and calls need the others."""
        self._stop_worker: Callable[[], None] | None = None

    @property
    def context(self) -> Context:
        """What jobs and analyses need.

        Raises:
            NotReady: the engine is not loaded; the sentence says why.
        """
        if self._context is None:
            raise type(self._why_not)(self._why_not.detail)
        return self._context

    @property
    def engine(self) -> Engine | None:
        """The engine, or None before it is loaded."""
        return self._context.engine if self._context else None

    def use(self, engine: Engine, *, immediate: bool = False) -> None:
        """Makes the service ready with this engine: jobs run in a thread, or at once as they are submitted."""
        taxonomy = load_taxonomy(self.settings.taxonomy_dir)
        context = Context(
            settings=self.settings,
            store=self.store,
            engine=engine,
            taxonomy=taxonomy,
            immediate=immediate,
            names=self._names,
        )
        if not immediate:
            self._stop_worker = start_worker(context)
        self._context = context
        if self._with_samples:
            add_sample_project(context)

    def start(self) -> threading.Thread:
        """Loads the engine and starts the job worker, in a thread of its own."""
        thread = threading.Thread(target=self._load, name="engine-loader", daemon=True)
        thread.start()
        return thread

    def close(self) -> None:
        """Stops the worker and closes the store."""
        if self._stop_worker:
            self._stop_worker()
            self._stop_worker = None
        self.store.close()

    def _load(self) -> None:
        log = get_log()
        try:
            engine = load_engine(self.settings)
            self.use(engine)
        except ServiceError as error:
            self._why_not = error
            log.error("engine_not_loaded", code=error.code, **describe(error))
        except Exception as error:
            self._why_not = NotReady("The model could not be loaded: the log names the place.")
            log.error("engine_not_loaded", **describe(error))
        else:
            log.info("engine_loaded", engine=engine.name, version=engine.version)
