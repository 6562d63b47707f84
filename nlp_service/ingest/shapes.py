"""The shapes of lines that say who speaks and when: Otter, Rev, Teams, Trint, Zoom, researchers' own."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlp_service.ingest.cells import ascii_digits
from nlp_service.ingest.roles import role_word
from nlp_service.ingest.speakers import split_prefix

LONGEST_HEAD = 400
_CLOCK = r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,](\d{1,3}))?"
_STAMPED = re.compile(rf"\s*(?:\*\*)?[\[(]{_CLOCK}[\])](?:\*\*)?:?\s*(?P<rest>.*)", re.DOTALL)
_ZOOM = re.compile(rf"{_CLOCK}\t\s?(?P<name>[^:\t]{{1,60}}):\t(?P<rest>.*)", re.DOTALL)
_NAME_TIME = re.compile(rf"(?P<name>[^\W\d_][^:\n]{{0,58}}?)(?:\s{{2,4}}|\t|\s\(){_CLOCK}\)?:?\s*")
_NAME_STAMP = re.compile(rf"(?P<name>[^\W\d_][^:\n\[\]()]{{1,58}}?)\s?[\[(]{_CLOCK}[\])]:?\s*(?P<rest>.*)", re.DOTALL)
_BRACKETED = re.compile(r"\s*\[(?P<name>[^\[\]\n\d:][^\[\]\n:]{0,30})\]:?\s+(?P<rest>\S.*)", re.DOTALL)
_TIME_LINE = re.compile(
    r"\s*(\d{1,2}):(\d{1,2}):(-?\d{1,2})\.(-?\d{1,3})(?:\s*-->\s*(\d{1,2}):(\d{1,2}):(\d{1,2})\.(\d{1,3})|\s*-)?\s*"
)
_CLOCK_LINE = re.compile(rf"\s*{_CLOCK}\s*")
_NAME_LINE = re.compile(r"[^\W\d_][^\n.!?؟:;,]{1,58}")
_NAME_ALONE = re.compile(r"[^\W\d_][^\n.!?؟:;,]{0,58}")
_FEWEST_BLOCKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a transcript: who begins to speak in it (None: it goes on), the words, and when, in seconds."""

    speaker: str | None = None
    text: str = ""
    starts_at_s: float | None = None
    ends_at_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A way to write a talk down; `least` is how often a name must begin a line when it states no role."""

    format: str
    read: Callable[[Sequence[str]], list[Line]]
    least: int


def has_named_blocks(text: str) -> bool:
    """Whether time lines are followed by lines with names, as Teams writes them; captions have words there."""
    lines = text.split("\n")
    names = [name for _, name in _blocks(lines)]
    n_times = sum(_TIME_LINE.fullmatch(line) is not None for line in lines if len(line) < 60)
    return len(names) >= _FEWEST_BLOCKS and len(names) >= 0.8 * n_times and len(set(names)) <= 0.34 * len(names)


def speakers(found: Sequence[Line], *, least: int) -> set[str]:
    """The names that are speakers, empty where the lines are no conversation."""
    counts = Counter(line.speaker for line in found if line.speaker is not None)
    names = {name for name, n in counts.items() if n >= least or role_word(name) is not None}
    n_turns = sum(counts[name] for name in names)
    n_filled = sum(bool(line.text.strip()) or line.speaker is not None for line in found)
    has_roles = any(role_word(name) is not None for name in names)
    if not names or n_turns < 2 or (len(names) < 2 and n_turns < 3):
        return set()
    if n_turns < (0.05 if has_roles and len(names) > 1 else 0.2) * n_filled or len(names) > max(12, 0.5 * n_turns):
        return set()
    spelled = {name: match["alias"] for name in counts if (match := ALIAS.fullmatch(name))}
    return names | set(spelled) | {alias for alias in spelled.values() if alias in counts}


ALIAS = re.compile(r"(?P<name>.{2,50}?)\s*\((?P<alias>[^\W\d_]{1,3}\d{0,2})\)")
"""`Interviewer (I)`: a name that says how it is shortened from there on."""


def timed_paragraphs(lines: Sequence[str]) -> list[Line]:
    """The paragraphs with the times that stand before them, as of nobody; empty where few have one."""
    found = [_only_stamped(line) for line in lines if line.strip()]
    n_timed = sum(line.starts_at_s is not None for line in found)
    return found if n_timed > 2 and n_timed >= 0.4 * len(found) else []


def is_name_with_time(line: str) -> bool:
    """Whether a line holds a name and a time and nothing else."""
    return _name_then_time(line).speaker is not None


def begins_with_name_and_time(line: str) -> bool:
    """Whether a line begins with a name and a time, with words or nothing after them."""
    return is_name_with_time(line) or _name_then_stamp(line).speaker is not None


def is_clock(line: str) -> bool:
    """Whether a line holds a time and nothing else."""
    return len(line) < 40 and _CLOCK_LINE.fullmatch(ascii_digits(line)) is not None


def stamp_of(text: str) -> tuple[float, str] | None:
    """The seconds of a time in brackets that begins a text, and the rest of it."""
    match = _STAMPED.match(ascii_digits(text[:LONGEST_HEAD]))
    return (_seconds(match.groups()[:4]), text[match.start("rest") :]) if match else None


def _each(read: Callable[[str], Line]) -> Callable[[Sequence[str]], list[Line]]:
    return lambda lines: [read(line) for line in lines]


def _only_stamped(line: str) -> Line:
    stamp = stamp_of(line)
    return Line(text=stamp[1], starts_at_s=stamp[0]) if stamp else Line(text=line)


def _stamped(line: str) -> Line:
    """`[00:00:01] Alice: words`, and Zoom's `10:02:11<TAB>Alice:<TAB>words`."""
    head = ascii_digits(line[:LONGEST_HEAD])
    zoom = _ZOOM.match(head)
    if zoom:
        return Line(
            speaker=zoom["name"].strip(), text=line[zoom.start("rest") :], starts_at_s=_seconds(zoom.groups()[:4])
        )
    stamp = stamp_of(line)
    split = split_prefix(stamp[1]) if stamp else None
    return Line(speaker=split[0], text=split[1], starts_at_s=stamp[0]) if stamp and split else Line(text=line)


def _stamped_or_prefixed(lines: Sequence[str]) -> list[Line]:
    """Lines with times, and between them those without one whose name has a time elsewhere, repeats or states a role."""
    found = [_stamped(line) for line in lines]
    timed = {line.speaker for line in found if line.speaker is not None}
    splits = [
        split_prefix(line) if one.speaker is None and timed else None for one, line in zip(found, lines, strict=True)
    ]
    counts = Counter(split[0] for split in splits if split)
    return [
        Line(speaker=split[0], text=split[1])
        if split and (split[0] in timed or counts[split[0]] > 1 or role_word(split[0]) is not None)
        else line
        for line, split in zip(found, splits, strict=True)
    ]


def _name_lines(lines: Sequence[str]) -> list[Line]:
    """A name on a line of its own and words below, where one name states a role and all of them repeat."""
    counts = Counter(line.strip(" *:：") for line in lines if len(line) < 60)
    names = {name for name, n in counts.items() if n > 1 and _NAME_ALONE.fullmatch(name) and len(name.split()) <= 4}
    if len(names) < 2 or not any(role_word(name) in ("interviewer", "participant") for name in names):
        return [Line(text=line) for line in lines]
    return [Line(speaker=line.strip(" *:：")) if line.strip(" *:：") in names else Line(text=line) for line in lines]


def _name_then_time(line: str) -> Line:
    """`Name  1:35` on a line of its own, as Otter, Rev and Teams write it."""
    match = _NAME_TIME.fullmatch(ascii_digits(line)) if len(line) < 100 else None
    if match is None:
        return Line(text=line)
    return Line(speaker=line[: match.end("name")].strip(), starts_at_s=_seconds(match.groups()[1:5]))


def _name_then_stamp(line: str) -> Line:
    """`Name [00:00:04] words`, as Trint writes it."""
    match = _NAME_STAMP.match(ascii_digits(line[:LONGEST_HEAD]))
    if match is None:
        return Line(text=line)
    name, text = line[: match.end("name")].strip(), line[match.start("rest") :]
    return Line(speaker=name, text=text, starts_at_s=_seconds(match.groups()[1:5]))


def _bracketed(line: str) -> Line:
    """`[id1] words`."""
    match = _BRACKETED.match(line[:LONGEST_HEAD])
    return Line(speaker=match["name"].strip(), text=line[match.start("rest") :]) if match else Line(text=line)


def _prefixed(line: str) -> Line:
    """`Interviewer: words`, `**I:** words`, `- P1: words`."""
    split = split_prefix(line)
    if split is None:
        return Line(text=line)
    stamp = stamp_of(split[1])
    return Line(speaker=split[0], text=stamp[1] if stamp else split[1], starts_at_s=stamp[0] if stamp else None)


def _named_blocks(lines: Sequence[str]) -> list[Line]:
    """A time on a line, a name on the next, then words: `0:0:5.900 --> 0:0:8.930`, thousandths written as a number."""
    found = [Line(text=line) for line in lines]
    for place, name in _blocks(lines):
        time = _TIME_LINE.fullmatch(lines[place])
        begun, ended = (time.groups()[:4], time.groups()[4:]) if time else ((), ())
        found[place] = Line()
        found[place + 1] = Line(speaker=name, starts_at_s=_instant(begun), ends_at_s=_instant(ended))
    return [Line() if _is_time_line(line) else line for line in found]


def _is_time_line(line: Line) -> bool:
    return line.speaker is None and len(line.text) < 60 and _TIME_LINE.fullmatch(line.text) is not None


def _blocks(lines: Sequence[str]) -> list[tuple[int, str]]:
    """The place of each time line that a line with a name follows, and the name."""
    return [
        (place, after.strip())
        for place, (line, after) in enumerate(pairwise(lines))
        if len(line) < 60 and len(after) < 80 and _TIME_LINE.fullmatch(line) and _NAME_LINE.fullmatch(after.strip())
    ]


def _instant(parts: Sequence[str | None]) -> float | None:
    """Seconds; what lies before the beginning is the beginning."""
    if not parts or parts[0] is None:
        return None
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return max(0, (hours * 3600 + minutes * 60 + seconds) * 1000 + thousandths) / 1000


def _seconds(parts: Sequence[str | None]) -> float:
    """Seconds of `h:mm:ss` or `m:ss`, and of a fraction after them."""
    *clock, fraction = parts
    numbers = [int(part) for part in clock if part is not None]
    whole = 0
    for number in numbers:
        whole = whole * 60 + number
    return (whole * 1000 + int((fraction or "0").ljust(3, "0"))) / 1000


SHAPES: Sequence[Shape] = (
    Shape(format="timed_transcript", read=_stamped_or_prefixed, least=1),
    Shape(format="otter", read=_each(_name_then_time), least=1),
    Shape(format="teams_transcript", read=_named_blocks, least=1),
    Shape(format="trint", read=_each(_name_then_stamp), least=2),
    Shape(format="bracketed_transcript", read=_each(_bracketed), least=2),
    Shape(format="transcript", read=_each(_prefixed), least=2),
    Shape(format="name_lines", read=_name_lines, least=2),
)
"""The shapes, the surest first."""
