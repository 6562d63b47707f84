"""The web process: gunicorn with one worker, whose threads share one engine.

One worker, because each would hold its own copy of the model; threads, because the engine works outside the
interpreter's lock. The app is made in the worker, after the fork: an engine loaded before would hang (gunicorn #2478).
"""

from typing import Any

import click
from gunicorn.app.base import BaseApplication

from nlp_service.api.current import EXTENSION
from nlp_service.app import create_app
from nlp_service.ops.logs import configure_logs, get_log
from nlp_service.settings import Settings
from nlp_service.text.redact import check_names

TIMEOUT_S = 120
GRACEFUL_S = 20


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, told everything by our settings and nothing by its command line."""

    def __init__(self, settings: Settings, *, with_samples: bool) -> None:
        self.settings = settings
        self.with_samples = with_samples
        super().__init__()

    def load_config(self) -> None:
        """Hands our options to gunicorn."""
        for name, value in options(self.settings).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The app; gunicorn calls this in the worker."""
        return create_app(self.settings, with_samples=self.with_samples)


def options(settings: Settings) -> dict[str, Any]:
    """gunicorn's options."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": settings.threads,
        "timeout": TIMEOUT_S,
        "graceful_timeout": GRACEFUL_S,
        "preload_app": False,
        "accesslog": None,
        "loglevel": "warning",
        "when_ready": tell,
        "worker_exit": close,
        "proc_name": "nlp_service",
    }


def tell(server: Any) -> None:
    """Logs where the service listens, and prints the page's address."""
    configure_logs()
    addresses = [str(socket) for socket in server.LISTENERS]
    get_log().info("listening", address=" ".join(addresses))
    click.echo(f"The page: {addresses[0]}/    The API: {addresses[0]}/docs    Stop: Ctrl-C")


def close(_server: Any, worker: Any) -> None:
    """Stops the job worker and closes the store when gunicorn ends the worker."""
    app = getattr(worker.app, "callable", None)
    if app is not None:
        app.extensions[EXTENSION].close()


def serve(settings: Settings, *, with_samples: bool = False) -> None:
    """Serves until it is told to stop.

    Raises:
        NotReady: what NLP_PII_NAMES asks for is not installed.
        UnsupportedLanguage: it asks for names in a language that is not told apart.
    """
    check_names(settings.name_pipelines)  # in one sentence; from the worker it would come as a traceback
    Server(settings, with_samples=with_samples).run()
