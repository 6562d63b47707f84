"""Offsets in another unit than code points."""

from itertools import accumulate
from typing import Any

SPANS = ("segments", "requests", "cues", "pii")


def in_utf16(result: dict[str, Any], text: str) -> dict[str, Any]:
    """The item result with every `start` and `end` counted in UTF-16 code units, as JavaScript and Java count."""
    units = [0, *accumulate(2 if ord(letter) > 0xFFFF else 1 for letter in text)]
    converted = {
        name: [{**span, "start": units[span["start"]], "end": units[span["end"]]} for span in result[name]]
        for name in SPANS
        if name in result
    }
    return {**result, **converted}
