"""Settings to an open database: connections that read, connections that write, a schema that is there."""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.exc import OperationalError

from nlp_service.errors import NotReady
from nlp_service.settings import Settings
from nlp_service.store import tables
from nlp_service.store.records import rekey

FILENAME = "nlp_service.sqlite3"
BUSY_S = 120.0
"""Seconds that a writer waits for another: longer than the results of the largest run take to be written."""

BEGIN = "sqlite_begin"
KEYS_WITH_SOURCE = 3
"""The schema version from which the keys of records name their source."""


class Store:
    """An open database; every connection it gives is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = threading.local()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database, whatever is written meanwhile."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection that commits at the end, or changes nothing when the block raises.

        On SQLite the lock is taken at once: a transaction that reads first and writes then would fail beside another
        writer without waiting for it.
        """
        if getattr(self._thread, "is_writing", False):
            raise RuntimeError("A write inside another of the same thread would wait for itself.")
        self._thread.is_writing = True
        try:
            connection = self._engine.connect().execution_options(**{BEGIN: "BEGIN IMMEDIATE"})
            with connection, connection.begin():
                yield connection
        finally:
            self._thread.is_writing = False

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def open_store(settings: Settings) -> Store:
    """The database in the data folder, created when it is not there.

    Raises:
        NotReady: a newer version of the service wrote it.
    """
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = settings.data_dir / FILENAME
    path.touch(mode=0o600)  # It holds what customers wrote; the files beside it get the same mode.
    url = URL.create("sqlite", database=str(path))
    engine = _sqlite_engine(url, n_connections=settings.threads + 4)
    store = Store(engine)
    try:
        _switch_to_wal(engine)
        with store.write() as connection:
            create_schema(connection)
    except BaseException:
        store.close()
        raise
    return store


@contextmanager
def opened_store(settings: Settings) -> Iterator[Store]:
    """The database in the data folder, closed at the end; to open it is to bring it up to date.

    Raises:
        NotReady: a newer version of the service wrote it.
    """
    store = open_store(settings)
    try:
        yield store
    finally:
        store.close()


def create_schema(connection: Connection) -> None:
    """Create the tables that are missing and write down their version.

    Raises:
        NotReady: the tables are of a newer version.
    """
    if not inspect(connection).has_table(tables.schema.name):
        tables.metadata.create_all(connection)
        connection.execute(tables.schema.insert().values(version=tables.SCHEMA_VERSION))
        return
    found = connection.execute(select(tables.schema.c.version)).scalar_one()
    if found < tables.SCHEMA_VERSION:
        tables.metadata.create_all(connection)
        if found < KEYS_WITH_SOURCE:
            rekey(connection)
        connection.execute(tables.schema.update().values(version=tables.SCHEMA_VERSION))
    if found > tables.SCHEMA_VERSION:
        raise NotReady(
            f"The database has schema version {found} and this service reads version {tables.SCHEMA_VERSION}: "
            "start the version of the service that wrote it, or point NLP_DATA_DIR at another folder."
        )


def to_json(value: Any) -> str:
    """The JSON of a value, always the same for the same value; keys keep their order."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _sqlite_engine(url: URL, *, n_connections: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=n_connections,
        connect_args={"timeout": BUSY_S},
        hide_parameters=True,  # An error must not carry customers' words into a log.
        json_serializer=to_json,
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # We say BEGIN ourselves.
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(BEGIN, "BEGIN"))


def _switch_to_wal(engine: Engine) -> None:
    """Let readers go on beside a writer; two processes that switch a new file at once meet a lock nobody waits for."""
    connection = engine.raw_connection()
    deadline = time.monotonic() + BUSY_S
    try:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL").close()
                return
            except (OperationalError, sqlite3.OperationalError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
    finally:
        connection.close()
