"""A project's records, in the order they first came; a record sent again replaces the one before.

A record is known by its external id: everywhere where the id is unique by itself (a UUID, `gp:…`), else among the files
of its source, that is of one name but for the ending and a browser's `(1)`. So the ticket 42 of one file does not
replace the ticket 42 of another, and a file sent again updates itself. JSON sent without a file is one source.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from nlp_service.domain import Record, Turn
from nlp_service.identity import qualified
from nlp_service.store.ids import timestamp
from nlp_service.store.tables import records

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Upserted:
    """How many records were not there before, were there and differed, and were there as they came."""

    n_new: int
    n_updated: int
    n_unchanged: int


def upsert(connection: Connection, project_id: str, batch: Sequence[Record]) -> Upserted:
    """What became of the records, each known by its external id or, without one, by its id; later ones win."""
    n_new = n_updated = n_unchanged = 0
    for start in range(0, len(batch), BATCH):
        latest = {_key(record): record for record in batch[start : start + BATCH]}
        stored = _digests(connection, project_id, list(latest))
        seen = dict(stored)
        for record in batch[start : start + BATCH]:
            key, digest = _key(record), _digest(record)
            n_new += key not in seen
            n_unchanged += seen.get(key) == digest
            n_updated += key in seen and seen[key] != digest
            seen[key] = digest
        _insert(connection, project_id, [latest[key] for key in latest if key not in stored])
        _update(connection, project_id, [latest[key] for key in latest if stored.get(key, seen[key]) != seen[key]])
    return Upserted(n_new=n_new, n_updated=n_updated, n_unchanged=n_unchanged)


def count(connection: Connection, project_id: str) -> int:
    """The number of records of the project."""
    query = select(func.count()).select_from(records).where(records.c.project_id == project_id)
    return connection.execute(query).scalar_one()


def iterate(connection: Connection, project_id: str) -> Iterator[Record]:
    """Every record of the project in the order they first came, a batch in memory at a time."""
    after = -1
    while True:
        query = (
            select(records)
            .where(records.c.project_id == project_id, records.c.position > after)
            .order_by(records.c.position)
            .limit(BATCH)
        )
        rows = connection.execute(query).all()
        yield from map(_record, rows)
        if len(rows) < BATCH:
            return
        after = rows[-1].position


def rekey(connection: Connection) -> None:
    """Give every record with an external id the key that it would get today."""
    columns = (records.c.position, records.c.external_id, records.c.source, records.c.key)
    found = connection.execute(select(*columns).where(records.c.external_id.is_not(None), records.c.external_id != ""))
    changed = [
        {"at": row.position, "new_key": key}
        for row in found
        if (key := _external_key(row.external_id, row.source)) != row.key
    ]
    if changed:
        statement = update(records).where(records.c.position == bindparam("at")).values(key=bindparam("new_key"))
        connection.execute(statement, changed)


def _key(record: Record) -> str:
    return _external_key(record.external_id, record.source) if record.external_id else f"id:{record.id}"


def _external_key(external_id: str, source: str) -> str:
    return f"external:{qualified(external_id, source)}"


def _digest(record: Record) -> str:
    text = json.dumps(_columns(record), sort_keys=True)
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _digests(connection: Connection, project_id: str, keys: Sequence[str]) -> dict[str, str]:
    query = select(records.c.key, records.c.digest).where(records.c.project_id == project_id, records.c.key.in_(keys))
    return {row.key: row.digest for row in connection.execute(query)}


def _insert(connection: Connection, project_id: str, new: Sequence[Record]) -> None:
    if not new:
        return
    now = timestamp()
    connection.execute(
        insert(records),
        [
            {
                **_columns(record),
                "project_id": project_id,
                "key": _key(record),
                "digest": _digest(record),
                "created_at": now,
                "updated_at": now,
            }
            for record in new
        ],
    )


def _update(connection: Connection, project_id: str, changed: Sequence[Record]) -> None:
    if not changed:
        return
    now = timestamp()
    statement = update(records).where(records.c.project_id == project_id, records.c.key == bindparam("known_as"))
    connection.execute(
        statement,
        [
            {**_columns(record), "known_as": _key(record), "digest": _digest(record), "updated_at": now}
            for record in changed
        ],
    )


def _columns(record: Record) -> dict[str, Any]:
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    values["metadata"] = dict(record.metadata)
    values["turns"] = [asdict(turn) for turn in record.turns]
    return values


def _record(row: Row[Any]) -> Record:
    values = {field.name: row._mapping[field.name] for field in fields(Record)}
    values["metadata"] = MappingProxyType(values["metadata"])
    values["turns"] = tuple(Turn(**turn) for turn in values["turns"])
    return Record(**values)
