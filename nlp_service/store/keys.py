"""API keys: 256 random bits, shown once; stored as a hash, found by their first letters.

A plain SHA-256 is enough for a secret that cannot be guessed; a slow hash is for passwords.
"""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, exists, insert, select, update

from nlp_service.errors import InvalidRequest, NotFound
from nlp_service.store import projects
from nlp_service.store.ids import new_id, sha256, timestamp
from nlp_service.store.tables import keys

SCOPES = ("analyze", "read", "write", "admin")

MARK = "nlp_"
PREFIX_LENGTH = len(MARK) + 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a key allows; `project_id` is None where it opens every project."""

    id: str
    project_id: str | None
    scopes: tuple[str, ...]
    prefix: str
    created_at: str
    revoked_at: str | None


def create(connection: Connection, project_id: str | None, scopes: Iterable[str]) -> tuple[Key, str]:
    """A new key, and its secret, which nobody can read again.

    Raises:
        InvalidRequest: there is no scope, or an unknown one.
        NotFound: there is no such project.
    """
    if project_id is not None:
        projects.get(connection, project_id)
    wanted = set(scopes)
    if not wanted or wanted - set(SCOPES):
        raise InvalidRequest(f"Give a key one or more of the scopes {', '.join(SCOPES)}.")
    secret = MARK + secrets.token_urlsafe(32)
    key = Key(
        id=new_id("key"),
        project_id=project_id,
        scopes=tuple(scope for scope in SCOPES if scope in wanted),
        prefix=secret[:PREFIX_LENGTH],
        created_at=timestamp(),
        revoked_at=None,
    )
    connection.execute(
        insert(keys).values(
            id=key.id,
            project_id=project_id,
            scopes=list(key.scopes),
            prefix=key.prefix,
            secret_sha256=sha256(secret),
            created_at=key.created_at,
        )
    )
    return key, secret


def find(connection: Connection, secret: str) -> Key | None:
    """The key of that secret, None where there is none or it was revoked."""
    digest = sha256(secret)
    query = select(keys).where(keys.c.prefix == secret[:PREFIX_LENGTH], keys.c.revoked_at.is_(None))
    for row in connection.execute(query).all():
        if hmac.compare_digest(row.secret_sha256, digest):
            return _key(row)
    return None


def list_keys(connection: Connection, project_id: str | None = None) -> tuple[Key, ...]:
    """Every key, revoked ones too, the oldest first; with a project, only its own."""
    query = select(keys).order_by(keys.c.id)
    if project_id is not None:
        query = query.where(keys.c.project_id == project_id)
    return tuple(_key(row) for row in connection.execute(query))


def revoke(connection: Connection, key_id: str) -> Key:
    """The key, which from now on opens nothing.

    Raises:
        NotFound: there is no such key.
    """
    connection.execute(
        update(keys).where(keys.c.id == key_id, keys.c.revoked_at.is_(None)).values(revoked_at=timestamp())
    )
    row = connection.execute(select(keys).where(keys.c.id == key_id)).one_or_none()
    if row is None:
        raise NotFound("There is no key with this id.")
    return _key(row)


def any_keys(connection: Connection) -> bool:
    """Whether a key was ever made; revoked ones count, so that revoking the last one does not open the service."""
    return bool(connection.execute(select(exists(select(keys.c.id)))).scalar_one())


def _key(row: Row[Any]) -> Key:
    return Key(
        id=row.id,
        project_id=row.project_id,
        scopes=tuple(row.scopes),
        prefix=row.prefix,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
    )
