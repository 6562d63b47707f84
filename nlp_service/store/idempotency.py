"""Replies kept for 24 hours under the key that came with the request, so that sending it again does nothing twice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import Connection, delete, insert, select, update

from nlp_service.store.ids import ago, timestamp
from nlp_service.store.tables import idempotency

KEPT_S = 24 * 3600
ABANDONED_S = 600
"""A request that has not answered for so long died with its process; the next one may start again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What to do with a request: start it, replay the reply of before, wait, or refuse it."""

    state: Literal["started", "replay", "running", "mismatch"]
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None


def begin(connection: Connection, key_owner: str, key: str, body_sha256: str) -> Begun:
    """What to do with a request of that owner, key and body; in a write transaction, so that one of two starts."""
    connection.execute(delete(idempotency).where(idempotency.c.created_at < ago(KEPT_S)))
    row = connection.execute(select(idempotency).where(*_is(key_owner, key))).one_or_none()
    if row is not None and row.status is None and row.created_at < ago(ABANDONED_S):
        forget(connection, key_owner, key)
        row = None
    if row is None:
        values = {"owner": key_owner, "key": key, "body_sha256": body_sha256, "created_at": timestamp()}
        connection.execute(insert(idempotency).values(values))
        return Begun(state="started")
    if row.body_sha256 != body_sha256:
        return Begun(state="mismatch")
    if row.status is None:
        return Begun(state="running")
    return Begun(state="replay", status=row.status, headers=row.headers, body=row.body)


def finish(
    connection: Connection,
    key_owner: str,
    key: str,
    *,
    status: int,
    body: Any,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Keep the reply, a status and a JSON value, for those who ask again."""
    values = {"status": status, "headers": dict(headers), "body": body}
    connection.execute(update(idempotency).where(*_is(key_owner, key)).values(values))


def forget(connection: Connection, key_owner: str, key: str) -> None:
    """Let the next request with that key start afresh, for one that failed on our side."""
    connection.execute(delete(idempotency).where(*_is(key_owner, key)))


def _is(key_owner: str, key: str) -> tuple[Any, ...]:
    return idempotency.c.owner == key_owner, idempotency.c.key == key
