"""Parts of a JSON value that may be anything: what is asked for, or something empty of its kind."""

from collections.abc import Mapping
from typing import Any

from nlp_service.ingest.decode import clean


def mappings(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a JSON list; empty where it is none."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def inner(value: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """The object under a path of keys; empty where there is none."""
    for key in path:
        found = value.get(key)
        value = found if isinstance(found, Mapping) else {}
    return value


def word(value: Any) -> str:
    """A JSON text, number or truth value as clean text; empty for everything else."""
    if isinstance(value, bool):
        return str(value).lower()
    return clean(str(value)) if isinstance(value, str | int | float) else ""
