"""Offsets in another unit than code points."""

from itertools import accumulate
from typing import Any


def in_utf16(value: Any, text: str) -> Any:
    """The JSON value with every `start` and `end` counted in UTF-16 code units, as JavaScript and Java count."""
    return _counted(value, utf16_units(text))


def utf16_units(text: str) -> list[int]:
    """For each place between code points, from the first to the last, how many UTF-16 code units lie before it."""
    return [0, *accumulate(2 if ord(letter) > 0xFFFF else 1 for letter in text)]


def _counted(value: Any, units: list[int]) -> Any:
    if isinstance(value, list):
        return [_counted(one, units) for one in value]
    if isinstance(value, dict):
        is_span = isinstance(value.get("start"), int) and isinstance(value.get("end"), int)
        return {
            name: units[one] if is_span and name in ("start", "end") else _counted(one, units)
            for name, one in value.items()
        }
    return value
