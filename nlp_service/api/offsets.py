"""Offsets in another unit than code points."""

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Any

Units = Sequence[int]


def in_utf16(value: Any, text: str) -> Any:
    """The JSON value with every `start` and `end` counted in UTF-16 code units, as JavaScript and Java count."""
    units = utf16_units(text)
    return recounted(value, lambda _: units)


def utf16_units(text: str) -> list[int]:
    """For each place between code points, from the first to the last, how many UTF-16 code units lie before it."""
    return [0, *accumulate(2 if ord(letter) > 0xFFFF else 1 for letter in text)]


def recounted(value: Any, units_of: Callable[[Mapping[str, Any]], Units]) -> Any:
    """The JSON value with `start` and `end` of every span counted in the units of the text that the span is of."""
    if isinstance(value, list):
        return [recounted(one, units_of) for one in value]
    if not isinstance(value, dict):
        return value
    counted = {name: recounted(one, units_of) for name, one in value.items()}
    if isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
        units = units_of(value)
        counted |= {"start": units[value["start"]], "end": units[value["end"]]}
    return counted
