"""Logs as JSON lines on standard error: ids, counts and times, never what a customer wrote.

A line may carry only the fields listed here, each short; anything else is dropped and counted, so a slip in a call site
cannot leak text.
"""

import logging
import sys
import traceback
from pathlib import Path

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, WrappedLogger

ALLOWED_FIELDS = frozenset(
    [
        *("event", "level", "timestamp", "request_id", "method", "route", "status", "code", "duration_ms", "seconds"),
        *(
            "key_id",
            "project_id",
            "job_id",
            "run_id",
            "kind",
            "state",
            "engine",
            "version",
            "address",
            "port",
            "threads",
        ),
        *("threads", "n_documents", "n_characters", "n_bytes", "n_records", "error", "frames"),
    ]
)
MAX_CHARACTERS = 300
N_FRAMES = 12


def configure_logs() -> None:
    """Sets structlog up once for the process: allowed fields, a time, one JSON line an event."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            keep_allowed_fields,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def get_log() -> FilteringBoundLogger:
    """The logger of the service."""
    log: FilteringBoundLogger = structlog.get_logger()
    return log


def keep_allowed_fields(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """The event with its allowed fields only, long strings cut, and the number of fields dropped."""
    kept: EventDict = {key: _short(value) for key, value in event.items() if key in ALLOWED_FIELDS}
    if len(kept) < len(event):
        kept["n_dropped_fields"] = len(event) - len(kept)
    return kept


def describe(error: BaseException) -> dict[str, object]:
    """The type of an error and where it arose, without its message, which may quote a customer."""
    frames = traceback.extract_tb(error.__traceback__)[-N_FRAMES:]
    return {
        "error": type(error).__name__,
        "frames": [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames],
    }


def _short(value: object) -> object:
    return value[:MAX_CHARACTERS] if isinstance(value, str) else value
