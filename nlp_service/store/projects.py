"""Projects: what customers' words are collected for, by whom and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Row, insert, select

from nlp_service.errors import NotFound, PurposeRequired
from nlp_service.store.ids import new_id, timestamp
from nlp_service.store.paging import Page, fetch_page
from nlp_service.store.tables import projects


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What a set of records is for; `retention_days` is None where nothing is deleted by age."""

    id: str
    name: str
    purpose: str
    owner: str
    retention_days: int | None
    pii_mode: str
    glossary: Mapping[str, Any]
    created_at: str


def create(
    connection: Connection,
    *,
    name: str,
    purpose: str,
    owner: str = "",
    retention_days: int | None = None,
    pii_mode: str = "mask",
    glossary: Mapping[str, Any] = MappingProxyType({}),
) -> Project:
    """A new project.

    Raises:
        PurposeRequired: the purpose is blank.
    """
    _check_purpose(purpose)
    values: dict[str, Any] = {
        "id": new_id("prj"),
        "name": name,
        "purpose": purpose,
        "owner": owner,
        "retention_days": retention_days,
        "pii_mode": pii_mode,
        "glossary": dict(glossary),
        "created_at": timestamp(),
    }
    connection.execute(insert(projects).values(values))
    return Project(**values)


def get(connection: Connection, project_id: str) -> Project:
    """The project of that id.

    Raises:
        NotFound: there is none.
    """
    row = connection.execute(select(projects).where(projects.c.id == project_id)).one_or_none()
    if row is None:
        raise _not_found()
    return _project(row)


def page(connection: Connection, *, limit: int = 100, cursor: str | None = None) -> Page[Project]:
    """Projects from the oldest on.

    Raises:
        InvalidRequest: the cursor or the limit is not valid.
    """
    return fetch_page(connection, select(projects), _project, order=projects.c.id, limit=limit, cursor=cursor)


def update(connection: Connection, project_id: str, **changes: Any) -> Project:
    """The project after the named fields were changed; `id` and `created_at` stay.

    Raises:
        NotFound: there is no such project.
        PurposeRequired: the new purpose is blank.
    """
    unknown = changes.keys() - {"name", "purpose", "owner", "retention_days", "pii_mode", "glossary"}
    if unknown:
        raise TypeError(f"A project has no field to change named {', '.join(sorted(unknown))}.")
    if "purpose" in changes:
        _check_purpose(changes["purpose"])
    if "glossary" in changes:
        changes["glossary"] = dict(changes["glossary"])
    if changes:
        connection.execute(sqlalchemy.update(projects).where(projects.c.id == project_id).values(changes))
    return get(connection, project_id)


def delete(connection: Connection, project_id: str) -> None:
    """Remove the project with its records, runs, jobs, keys and uploads.

    Raises:
        NotFound: there is no such project.
    """
    if not connection.execute(sqlalchemy.delete(projects).where(projects.c.id == project_id)).rowcount:
        raise _not_found()


def _check_purpose(purpose: str) -> None:
    if not purpose.strip():
        raise PurposeRequired("Say in a sentence what the project's records are collected for.")


def _not_found() -> NotFound:
    return NotFound("There is no project with this id.")


def _project(row: Row[Any]) -> Project:
    return Project(**{column.name: row._mapping[column] for column in projects.c})
