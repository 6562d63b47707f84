"""What people changed about a project's themes, in order, kept when undone: the log is the memory of later runs."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from nlp_service.domain import EditKind, ThemeEdit
from nlp_service.errors import NotFound
from nlp_service.store.ids import new_id, timestamp
from nlp_service.store.tables import theme_edits


def add(
    connection: Connection,
    project_id: str,
    kind: EditKind,
    theme_id: str,
    *,
    members: Mapping[str, Iterable[str]] | None = None,
    label: Mapping[str, str] | None = None,
) -> ThemeEdit:
    """The edit, in force from now on."""
    values = {
        "id": new_id("edt"),
        "project_id": project_id,
        "kind": kind,
        "theme_id": theme_id,
        "members": {name: sorted(ids) for name, ids in (members or {}).items()},
        "label": dict(label or {}),
        "created_at": timestamp(),
    }
    connection.execute(insert(theme_edits).values(values))
    return _get(connection, project_id, str(values["id"]))


def log(connection: Connection, project_id: str) -> tuple[ThemeEdit, ...]:
    """Every edit of the project, the oldest first, undone ones too."""
    query = select(theme_edits).where(theme_edits.c.project_id == project_id).order_by(theme_edits.c.id)
    return tuple(_edit(row) for row in connection.execute(query))


def in_force(connection: Connection, project_id: str) -> tuple[ThemeEdit, ...]:
    """The edits that were not undone, the oldest first."""
    return tuple(edit for edit in log(connection, project_id) if edit.undone_at is None)


def undo(connection: Connection, project_id: str, edit_id: str | None = None) -> ThemeEdit:
    """The edit of that id, or the newest in force, undone.

    Raises:
        NotFound: there is nothing to undo.
    """
    standing = [edit.id for edit in in_force(connection, project_id) if edit_id in (None, edit.id)]
    if not standing:
        raise NotFound("There is no such edit in force: nothing to undo.")
    query = update(theme_edits).where(theme_edits.c.id == standing[-1]).values(undone_at=timestamp())
    connection.execute(query)
    return _get(connection, project_id, standing[-1])


def _get(connection: Connection, project_id: str, edit_id: str) -> ThemeEdit:
    return next(edit for edit in log(connection, project_id) if edit.id == edit_id)


def _edit(row: Row[Any]) -> ThemeEdit:
    return ThemeEdit(
        id=row.id,
        kind=row.kind,
        theme_id=row.theme_id,
        members={name: frozenset(ids) for name, ids in row.members.items()},
        label=row.label,
        created_at=row.created_at,
        undone_at=row.undone_at,
    )
