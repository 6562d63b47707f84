"""Long lists in pieces: a cursor names the last item seen, so inserts before it move nothing."""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select

from nlp_service.errors import InvalidRequest

T = TypeVar("T")

MAX_LIMIT = 1000
MAX_CURSOR = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """Some items in order, and the cursor of the page after them, None at the end."""

    items: tuple[T, ...]
    next_cursor: str | None


def fetch_page(
    connection: Connection,
    query: Select[Any],
    convert: Callable[[Row[Any]], T],
    *,
    order: ColumnElement[Any],
    limit: int,
    cursor: str | None = None,
) -> Page[T]:
    """The rows of the query after the cursor, at most `limit`, by a unique column, converted.

    Raises:
        InvalidRequest: the cursor is not one of ours, or the limit is out of bounds.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise InvalidRequest(f"Ask for 1 to {MAX_LIMIT} items a page.")
    query = query.add_columns(order.label("order_key")).order_by(order).limit(limit + 1)
    if cursor is not None:
        query = query.where(order > decode_cursor(cursor, like=order))
    rows = connection.execute(query).all()
    shown = rows[:limit]
    more = len(rows) > limit
    return Page(
        items=tuple(convert(row) for row in shown),
        next_cursor=encode_cursor(shown[-1].order_key) if more else None,
    )


def encode_cursor(key: str | int) -> str:
    """An opaque word for the ordering key of the last item seen."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *, like: ColumnElement[Any]) -> str | int:
    """The ordering key in a cursor, of the type of the column.

    Raises:
        InvalidRequest: the cursor is not one of ours.
    """
    if len(cursor) > MAX_CURSOR:
        raise InvalidRequest(_BAD_CURSOR)
    try:
        key = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise InvalidRequest(_BAD_CURSOR) from error
    if type(key) is not like.type.python_type or (isinstance(key, int) and abs(key) >= 2**63):
        raise InvalidRequest(_BAD_CURSOR)
    return key  # type: ignore[no-any-return]


_BAD_CURSOR = "The cursor is not valid: send `next_cursor` of the page before, unchanged."
