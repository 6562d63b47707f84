"""Dates as sources write them → RFC 3339 strings; day-first or month-first is decided once per file."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from nlp_service.ingest.cells import ascii_digits, without_marks

Order = Literal["day_first", "month_first"]

_TIME = (
    r"(?:[\sT,،]+(?:klo\s|à\s|um\s|at\s|ساعت\s)?(?P<h>\d{1,2})[:.](?P<mi>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<ampm>[ap]\.?\s?m\.?|öö|ös|ق\.?\s?ظ\.?|ب\.?\s?ظ\.?|[صم]|上午|下午)?"
    r"\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})[-/.](?P<a>\d{1,2})[-/.](?P<b>\d{1,2})" + _TIME, re.IGNORECASE)
_YEAR_LAST = re.compile(r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})" + _TIME, re.IGNORECASE)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_DAY_MONTH = re.compile(
    r"(?:[a-z]{3,9},?\s)?(?P<b>\d{1,2})(?:st|nd|rd|th)?[\s-](?P<mon>[a-z]{3,9})\.?,?[\s-](?P<y>\d{4})" + _TIME
)
_MONTH_DAY = re.compile(
    r"(?:[a-z]{3,9},\s)?(?P<mon>[a-z]{3,9})\.?\s(?P<b>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<y>\d{4})" + _TIME
)
_AFTERNOON = re.compile(r"p|ös|ب|م|下午")
_JALALI = range(1300, 1500)
_JALALI_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_GREGORIAN = range(1970, 2101)
_SPACES = re.compile("[\u00a0\u2009\u202f]")


@lru_cache(maxsize=8_192)
def parse_date(raw: str, order: Order | None = None) -> str | None:
    """The date as an RFC 3339 string, without an offset where the source has none; None where it is not certain.

    Milliseconds and seconds since 1970 become UTC; a year 13xx or 14xx is taken as Jalali.
    """
    text = _folded(raw)
    if re.fullmatch(r"\d{10}|\d{13}", text):
        seconds = int(text) / 1000 if len(text) == 13 else int(text)
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
        return moment.isoformat(timespec="milliseconds" if len(text) == 13 else "seconds").replace("+00:00", "Z")
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        return _written(match, int(match["y"]), int(match["a"]), int(match["b"]))
    match = _YEAR_LAST.fullmatch(text)
    if match:
        return _year_last(match, order)
    match = _DAY_MONTH.fullmatch(text) or _MONTH_DAY.fullmatch(text)
    if match and match["mon"][:3] in _MONTHS:
        return _written(match, int(match["y"]), _MONTHS[match["mon"][:3]], int(match["b"]))
    return None


def date_in(cell: str, header: str, order: Order | None) -> str | None:
    """The date in a cell of a column, in UTC where the header says so."""
    found = parse_date(cell, order)
    if found is not None and "(UTC)" in header and "T" in found and datetime.fromisoformat(found).tzinfo is None:
        return f"{found}Z"
    return found


def looks_like_date(raw: str) -> bool:
    """Whether the cell has the shape of a date, be its order known or not."""
    return parse_date(raw, "day_first") is not None or parse_date(raw, "month_first") is not None


def decide_order(raws: Sequence[str]) -> Order | None:
    """Day-first or month-first for all dates of a file, or None where nothing tells.

    A field over 12 tells; then dots, which are only day-first; then the one order that keeps time going one way.
    """
    matches = [match for match in (_YEAR_LAST.fullmatch(_folded(raw)) for raw in raws) if match]
    first, second = any(int(m["a"]) > 12 for m in matches), any(int(m["b"]) > 12 for m in matches)
    if first or second:
        return None if first and second else "day_first" if first else "month_first"
    if matches and all(match["sep"] == "." for match in matches):
        return "day_first"
    orders: tuple[Order, ...] = ("day_first", "month_first")
    steady = [order for order in orders if _goes_one_way(raws, order)]
    return steady[0] if len(steady) == 1 else None


def seconds_between(first: str | None, then: str | None) -> float | None:
    """Seconds from one RFC 3339 time to another, None where either is missing or has no time of day."""
    if first is None or then is None or "T" not in first or "T" not in then:
        return None
    start, end = datetime.fromisoformat(first), datetime.fromisoformat(then)
    if (start.tzinfo is None) != (end.tzinfo is None):
        return None
    return (end - start).total_seconds()


def _folded(raw: str) -> str:
    return _SPACES.sub(" ", ascii_digits(without_marks(raw[:60]))).strip().lower()


def _goes_one_way(raws: Sequence[str], order: Order) -> bool:
    found = [parse_date(raw, order) for raw in raws]
    times = [time for time in found if time is not None]
    days = [time[:10] for time in times]
    if len(set(days)) < 3 or len(times) < len(found):
        return False
    return days in (sorted(days), sorted(days, reverse=True))


def _year_last(match: re.Match[str], order: Order | None) -> str | None:
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    year = year if year > 99 else 2000 + year
    if a == b:
        return _written(match, year, a, b)
    if order is None:
        order = "day_first" if match["sep"] == "." or a > 12 else "month_first" if b > 12 else None
    if order is None:
        return None
    month, day = (b, a) if order == "day_first" else (a, b)
    return _written(match, year, month, day)


def _written(match: re.Match[str], year: int, month: int, day: int) -> str | None:
    if year in _JALALI:
        year, month, day = _from_jalali(year, month, day)
    if year not in _GREGORIAN:
        return None
    try:
        when = date(year, month, day).isoformat()
        if match["h"] is None:
            return when
        hour, minute, second = _hour(match), int(match["mi"]), int(match["s"] or 0)
        datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    written = f"{when}T{hour:02d}:{minute:02d}:{second:02d}" + _zone(match["zone"])
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return None
    return written


def _hour(match: re.Match[str]) -> int:
    hour, half = int(match["h"]), match["ampm"]
    if half is None or hour > 12:
        return hour
    return hour % 12 + (12 if _AFTERNOON.match(half) else 0)


def _zone(zone: str | None) -> str:
    if zone is None:
        return ""
    if zone[0] not in "+-":
        return "Z"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def _from_jalali(year: int, month: int, day: int) -> tuple[int, int, int]:
    """The Gregorian date of a Jalali one, by the 33-year cycle, which is exact for the years 1343 to 1472."""
    longest = 31 if month <= 6 else 30 if month <= 11 or year % 33 in _JALALI_LEAPS else 29
    if not (1 <= month <= 12 and 1 <= day <= longest and year >= 1343):
        return 0, 0, 0
    leaps = sum(earlier % 33 in _JALALI_LEAPS for earlier in range(1343, year))
    before = 31 * (month - 1) if month <= 7 else 30 * (month - 1) + 6
    found = date(1964, 3, 21) + timedelta(days=365 * (year - 1343) + leaps + before + day - 1)
    return found.year, found.month, found.day
