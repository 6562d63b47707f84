"""JSON objects → a table with a column for each dotted name of a leaf."""

from collections.abc import Mapping, Sequence
from typing import Any

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.decode import clean
from nlp_service.ingest.tables import Table

_DEEPEST = 8
_MOST_KEYS = 2_000
_MOST_CELLS = 50_000_000


def flatten(value: Any, prefix: str = "", depth: int = 0) -> dict[str, str]:
    """Dotted name → text of each leaf; lists of plain values are joined with commas, lists of objects are left out."""
    if isinstance(value, Mapping):
        flat: dict[str, str] = {}
        for key, inner in value.items() if depth < _DEEPEST else ():
            name = clean(f"{prefix}.{key}" if prefix else str(key))
            flat.update(flatten(inner, name.removesuffix(".label"), depth + 1))
        return flat
    if isinstance(value, list):
        plain = [scalar(one) for one in value if not isinstance(one, list | Mapping)]
        return {prefix: ", ".join(plain)} if plain else {}
    return {prefix or "text": scalar(value)}


def scalar(value: Any) -> str:
    """The text of a plain JSON value; whole numbers have no point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def table_of(rows: Sequence[Mapping[str, str]], *, format: str, encoding: str | None) -> Table:
    """The table of flat rows, whose columns are all names in the order in which they come.

    Raises:
        UnreadableFile: there are no names, or too many.
    """
    header = _header(rows)
    return Table(
        format=format,
        header=header,
        rows=tuple(tuple(row.get(name, "") for name in header) for row in rows),
        numbers=tuple(range(1, len(rows) + 1)),
        encoding=encoding,
    )


def _header(rows: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for row in rows:
        names.update(dict.fromkeys(row))
        if len(names) > _MOST_KEYS:
            raise UnreadableFile(
                f"The JSON has more than {_MOST_KEYS:,} different keys: send a list of objects with a text."
            )
    if len(names) * len(rows) > _MOST_CELLS:
        raise UnreadableFile("The JSON objects have too many different keys: keep the text and a few others.")
    if not names:
        raise UnreadableFile("The JSON objects are empty: send a list of objects with a text.")
    return tuple(names)
