"""WebVTT and SRT → timed cues: the strict reader where it can, a tolerant one where it cannot."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from webvtt import WebVTT
from webvtt.errors import MalformedCaptionError, MalformedFileError

from nlp_service.ingest.cells import ascii_digits

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
TIMING = re.compile(rf"\s*\[?\s*{_CLOCK}\s*--?>\s*{_CLOCK}\s*(?P<bracket>\])?(?P<rest>.*)")
_LONGEST_TIMING = 200
_WORD_TIME = re.compile(r"<\d{1,2}:[\d:.]{4,12}>")
_VOICE = re.compile(r"<v(?:\.[^\s>]{1,40})*\s+([^>\n]{1,120})>|<v\s*->")
_TAG = re.compile(r"</?(?:c|i|b|u|v|ruby|rt|lang|font|s)(?:[.\s][^<>\n]{0,200})?/?>|\{\\[^{}\n]{0,60}\}", re.IGNORECASE)
_SHORTEST_S = 0.011


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A caption on the screen: times in seconds, its lines with their tags."""

    starts_at_s: float
    ends_at_s: float
    lines: tuple[str, ...]


def has_timings(text: str) -> bool:
    """Whether one of the first lines is a time line of a cue."""
    return any(
        "->" in line and TIMING.match(ascii_digits(line[:_LONGEST_TIMING])) for line in text[:20_000].split("\n")[:200]
    )


def cues_of(text: str) -> list[Cue]:
    """The cues in their order; WebVTT that breaks the standard is read line by line."""
    if text.startswith("WEBVTT"):
        try:
            captions = WebVTT.from_string(text, strict=True).captions
        except (MalformedFileError, MalformedCaptionError, ValueError, IndexError, AttributeError, TypeError):
            captions = []
        if captions:
            return [
                Cue(
                    starts_at_s=_seconds(caption.start),
                    ends_at_s=_seconds(caption.end),
                    lines=tuple(caption.raw_text.split("\n")),
                )
                for caption in captions
            ]
    return list(_tolerant(text))


def unrolled(cues: Sequence[Cue]) -> list[Cue]:
    """The cues without the repetitions of rolling captions: of each, the lines that the one before did not show."""
    if not any(_WORD_TIME.search(line) for cue in cues for line in cue.lines):
        return list(cues)
    fresh: list[Cue] = []
    shown: tuple[str, ...] = ()
    for cue in cues:
        lines = tuple(line for line in (plain(raw) for raw in cue.lines) if line)
        new = tuple(line for line in lines if line not in shown)
        shown = lines or shown
        if new and cue.ends_at_s - cue.starts_at_s >= _SHORTEST_S:
            fresh.append(replace(cue, lines=new))
    return fresh


def voices(cue: Cue) -> list[tuple[str | None, str]]:
    """The voices of a cue's `<v Name>` tags with their words; None where no tag names one."""
    text = "\n".join(cue.lines)
    marks = list(_VOICE.finditer(text))
    if not marks:
        return [(None, plain(text))]
    before = plain(text[: marks[0].start()])
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    spoken = [
        (html.unescape(mark[1] or "").strip(), plain(text[mark.end() : end]))
        for mark, end in zip(marks, ends, strict=True)
    ]
    return [*([(None, before)] if before else []), *spoken]


def plain(text: str) -> str:
    """The words without tags, entities and line ends."""
    return " ".join(html.unescape(_TAG.sub("", _WORD_TIME.sub("", text))).split())


def _tolerant(text: str) -> Iterator[Cue]:
    """Every time line begins a cue; a number or id alone on the line before belongs to it."""
    lines = text.split("\n")
    starts = [
        (place, match)
        for place, line in enumerate(lines)
        if "->" in line and (match := TIMING.match(ascii_digits(line[:_LONGEST_TIMING])))
    ]
    ends = [place for place, _ in starts[1:]] + [len(lines)]
    for (place, match), after in zip(starts, ends, strict=False):
        body = lines[place + 1 : after]
        if after < len(lines) and body and _is_id(body):
            body = body[:-1]
        inline = lines[place][match.start("rest") :] if match["bracket"] else ""
        kept = _until_blank([inline, *body] if inline.strip() else body)
        if any(line.strip() for line in kept):
            groups = match.groups()
            yield Cue(starts_at_s=_clock(groups[:4]), ends_at_s=_clock(groups[4:8]), lines=tuple(kept))


def _until_blank(body: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for line in body:
        if not line and kept:
            break
        if line.strip():
            kept.append(line)
    return kept


def _is_id(body: Sequence[str]) -> bool:
    """Whether the last line before a time line is the next cue's id: a number, or a word after a blank line."""
    last = body[-1].strip()
    return ascii_digits(last).isdigit() or (len(body) > 1 and not body[-2].strip() and " " not in last)


def _seconds(stamp: str) -> float:
    match = re.fullmatch(_CLOCK, stamp)
    return _clock(match.groups()) if match else 0.0


def _clock(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole + int((fraction or "0").ljust(3, "0")) / 1000
