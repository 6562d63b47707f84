"""Numbers as people write them: groups of digits with spaces, points, hyphens, slashes and brackets between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LEAST_DIGITS, MOST_DIGITS, MOST_GROUPS = 7, 24, 8
_RUN = re.compile(
    r"(?<![A-Za-z\u00C0-\u024F\d_@%#&])(?<!\d[.,:])[+(]{0,2} ?\d(?:[\d()]|[ .\-/]{1,3}(?=[\d(]))*(?!\d)",
)
_GROUP = re.compile(r"\d+")
_GLUED = re.compile(r"[A-Za-z_@%]|[.,:]\d")
DATE = re.compile(
    r"(?<!\d)(?:(?:1[34]|19|20)\d\d([-./ ])\d{1,2}\1\d{1,2}|\d{1,2}([-./ ])\d{1,2}\2(?:1[34]|19|20)\d\d)(?!\d)"
)
"""A day with a year of this or the last century, Jalali and Hijri years included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """Neighboring groups of digits: where they are, their digits together, how many each group has.

    `signed` says that a plus stands before them; `whole` that no other groups stand beside them.
    """

    start: int
    end: int
    digits: str
    sizes: tuple[int, ...]
    separators: frozenset[str]
    signed: bool
    whole: bool


def numbers(text: str) -> Iterator[Number]:
    """Every stretch of 7 to 24 digits in a plain text that is whole groups of a run, but no day."""
    for run in _RUN.finditer(text):
        if run.end() - run.start() < LEAST_DIGITS:
            continue
        groups = list(_GROUP.finditer(text, run.start(), run.end()))
        if _GLUED.match(text, groups[-1].end()):
            groups.pop()
        for stretch in _without_dates(text, groups):
            for first in range(len(stretch)):
                yield from _from(text, stretch, first, begin=run.start())


def _without_dates(text: str, groups: "list[re.Match[str]]") -> "Iterator[list[re.Match[str]]]":
    """The groups before, between and behind the days among them."""
    at, days = 0, DATE.finditer(text, groups[0].start(), groups[-1].end()) if groups else ()
    for day in days:
        yield [group for group in groups[at:] if group.end() <= day.start()]
        at = next((n for n, group in enumerate(groups) if group.start() >= day.end()), len(groups))
    yield groups[at:]


def _from(text: str, groups: "list[re.Match[str]]", first: int, *, begin: int) -> Iterator[Number]:
    digits = ""
    for last in range(first, min(len(groups), first + MOST_GROUPS)):
        digits += groups[last][0]
        if len(digits) > MOST_DIGITS:
            return
        if len(digits) < LEAST_DIGITS:
            continue
        if not _stands(text, groups, first, last):
            continue
        start, end = _bounds(text, groups[first].start(), groups[last].end(), begin)
        between = text[groups[first].start() : end]
        yield Number(
            start=start,
            end=end,
            digits=digits,
            sizes=tuple(len(group[0]) for group in groups[first : last + 1]),
            separators=frozenset(between) - frozenset("0123456789"),
            signed="+" in text[start : groups[first].start()],
            whole=first == 0 and last == len(groups) - 1,
        )


def _stands(text: str, groups: "list[re.Match[str]]", first: int, last: int) -> bool:
    """Whether a space, and no point or hyphen, parts the groups from those beside them in the run."""
    before = text[groups[first].start() - 1] if first else " "
    behind = text[groups[last].end()] if last + 1 < len(groups) else " "
    return before in " (+" and behind in " )"


def _bounds(text: str, start: int, end: int, begin: int) -> tuple[int, int]:
    """The offsets with the plus and the bracket that belong to the number."""
    while start > begin and text[start - 1] in "+( ":
        start -= 1
    while text[start] == " ":
        start += 1
    if text[start:end].count("(") > text[start:end].count(")"):
        if text[end : end + 1] == ")":
            end += 1
        elif text[start] == "(":
            start += 1
    return start, end
