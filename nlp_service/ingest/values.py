"""Cells to values: ratings and times as people and tools write them, in every digit script."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime

ISO_DATE = re.compile(
    r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$"
)
PART_DATE = re.compile(
    r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(AM|PM)?)?$", re.I
)
NUMBER = re.compile(r"^\s*(\d+(?:[.,٫]\d+)?)\s*(?:(?:/|of|von|از|من|★|⭐|stars?).*)?$", re.IGNORECASE)
STAR_WORDS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}
EARLIEST_MS = 946_684_800_000  # the year 2000 in milliseconds


def ascii_digits(text: str) -> str:
    """The text with the digits of every script as ASCII."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in text)


def rating(cell: str) -> float | None:
    """The number at the start of a rating cell, or its word, else None."""
    cleaned = ascii_digits(cell.strip())
    match = NUMBER.match(cleaned)
    if match:
        return float(match.group(1).replace(",", ".").replace("٫", "."))
    if cleaned and set(cleaned) <= {"★", "☆", "⭐"}:
        return float(len(cleaned) - cleaned.count("☆"))
    return STAR_WORDS.get(cleaned.casefold())


def day_first(cells: Sequence[str]) -> bool | None:
    """Whether dates such as 3/4/2026 of one file begin with the day; None where nothing tells."""
    firsts, seconds = set(), set()
    for cell in cells:
        match = PART_DATE.match(ascii_digits(cell.strip()))
        if match:
            firsts.add(int(match.group(1)))
            seconds.add(int(match.group(2)))
    if max(firsts, default=0) > 12:
        return True
    if max(seconds, default=0) > 12:
        return False
    return True if any("." in cell for cell in cells) else None


def when(cell: str, *, is_day_first: bool | None) -> str | None:
    """The time as RFC 3339, without an offset where the cell has none; None where it cannot be told."""
    cleaned = ascii_digits(cell.strip())
    if cleaned.isdecimal():
        return epoch(int(cleaned))
    match = ISO_DATE.match(cleaned)
    if match:
        year, month, day, hour, minute, second, zone = match.groups()
        return _time(year, month, day, (hour, minute, second), _zone(zone))
    match = PART_DATE.match(cleaned)
    if match and is_day_first is not None:
        first, second_part, year, hour, minute, second, half = match.groups()
        day, month = (first, second_part) if is_day_first else (second_part, first)
        if half and hour:
            hour = str(int(hour) % 12 + (12 if half.upper() == "PM" else 0))
        return _time(year, month, day, (hour, minute, second), "")
    return None


def epoch(number: int) -> str | None:
    """The UTC time of seconds or milliseconds since 1970, None for numbers that are neither."""
    seconds = number / 1000 if number >= EARLIEST_MS else float(number)
    if not EARLIEST_MS / 1000 <= seconds < 4_102_444_800:
        return None
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _zone(zone: str | None) -> str:
    if not zone or zone == "Z":
        return zone or ""
    return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"


def _time(year: str, month: str, day: str, clock: tuple[str | None, ...], zone: str) -> str | None:
    hour, minute, second = (int(part or 0) for part in clock)
    try:
        moment = datetime(int(year), int(month), int(day), hour, minute, second)
    except ValueError:
        return None
    return moment.strftime("%Y-%m-%d") if clock[0] is None else moment.strftime("%Y-%m-%dT%H:%M:%S") + zone
