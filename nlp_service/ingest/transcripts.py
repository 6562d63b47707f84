"""Plain text → an interview or chat where lines name speakers, else one record of the whole text."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from nlp_service.domain import Record, Role
from nlp_service.errors import UnreadableFile
from nlp_service.ingest.cells import ascii_digits
from nlp_service.ingest.chats import is_chat, read_chat
from nlp_service.ingest.contents import Contents, Source, record_id
from nlp_service.ingest.conversation import Utterance, conversation, kind_of_names, role_warnings
from nlp_service.ingest.decode import clean
from nlp_service.ingest.roles import role_word, stated_roles
from nlp_service.ingest.speakers import split_prefix

Line = tuple[str | None, str, float | None]
"""Who begins to speak in a line (None: it goes on), the words, and when, in seconds."""

_CLOCK = r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d{1,3})?"
_STAMPED = re.compile(rf"\s*[\[(]{_CLOCK}[\])]\s*(?P<rest>.*)", re.DOTALL)
_ZOOM = re.compile(rf"{_CLOCK}\t\s?(?P<name>[^:\t]{{1,60}}):\t(?P<rest>.*)", re.DOTALL)
_NAME_TIME = re.compile(rf"(?P<name>[^\W\d_][^:\n]{{0,58}}?)(?:\s{{2,4}}|\t|\s\(){_CLOCK}\)?:?\s*")
_BRACKETED = re.compile(r"\s*\[(?P<name>[^\[\]\n\d:][^\[\]\n:]{0,30})\]:?\s+(?P<rest>\S.*)", re.DOTALL)
_OTTER_HEADINGS = ("SUMMARY KEYWORDS", "SPEAKERS")
_CLOSING = re.compile(r"Transcribed by https?://\S{1,80}", re.IGNORECASE)
_ALIAS = re.compile(r"(?P<name>.{2,50}?)\s*\((?P<alias>[^\W\d_]{1,3}\d{0,2})\)")
_WRAPPED = re.compile(r"([^\s.!?؟。:;-])\n(?=[a-zà-ÿ])")
_LONGEST_HEAD = 400
_MANY_SHORT_LINES = 20
_SHORT_LINE = 280
_LONG_PREAMBLE = 300


def read_transcript(source: Source) -> Contents:
    """The chat or interview in a plain text, or the text as one record where nobody is named.

    Raises:
        UnreadableFile: there is no text.
    """
    if is_chat(source.text):
        return read_chat(source)
    lines = source.text.split("\n")
    for format, reader, least in _SHAPES:
        found = [reader(line) for line in lines]
        names = _speakers(found, least=least)
        if names:
            return _interview(source, format, found, names)
    return _whole(source)


def _stamped(line: str) -> Line:
    """`[00:00:01] Alice: words`, and Zoom's `10:02:11<TAB>Alice:<TAB>words`."""
    head = ascii_digits(line[:_LONGEST_HEAD])
    zoom = _ZOOM.match(head)
    if zoom:
        return zoom["name"].strip(), line[zoom.start("rest") :], _seconds(zoom.groups()[:3])
    match = _STAMPED.match(head)
    split = split_prefix(line[match.start("rest") :]) if match else None
    return (split[0], split[1], _seconds(match.groups()[:3])) if match and split else (None, line, None)


def _named_line(line: str) -> Line:
    """`Name  1:35` on a line of its own, as Otter, Rev and Teams write it."""
    match = _NAME_TIME.fullmatch(ascii_digits(line)) if len(line) < 100 else None
    return (line[: match.end("name")].strip(), "", _seconds(match.groups()[1:4])) if match else (None, line, None)


def _bracketed(line: str) -> Line:
    """`[id1] words`."""
    match = _BRACKETED.match(line[:_LONGEST_HEAD])
    return (match["name"].strip(), line[match.start("rest") :], None) if match else (None, line, None)


def _prefixed(line: str) -> Line:
    """`Interviewer: words`, `**I:** words`, `- P1: words`."""
    split = split_prefix(line)
    if split is None:
        return None, line, None
    name, text = split
    stamp = _STAMPED.match(text[:_LONGEST_HEAD])
    return (name, text[stamp.start("rest") :], _seconds(stamp.groups()[:3])) if stamp else (name, text, None)


_SHAPES: Sequence[tuple[str, Callable[[str], Line], int]] = (
    ("timed_transcript", _stamped, 1),
    ("otter", _named_line, 1),
    ("bracketed_transcript", _bracketed, 2),
    ("transcript", _prefixed, 2),
)
"""Format, reader of one line, and how often a name must begin a line when it states no role."""


def _speakers(found: Sequence[Line], *, least: int) -> set[str]:
    """The names that are speakers, empty where the lines are no conversation."""
    counts = Counter(name for name, _, _ in found if name is not None)
    names = {name for name, n in counts.items() if n >= least or role_word(name) is not None}
    n_turns = sum(counts[name] for name in names)
    n_filled = sum(bool(text.strip()) or name is not None for name, text, _ in found)
    has_roles = any(role_word(name) is not None for name in names)
    if not names or n_turns < 2 or (len(names) < 2 and n_turns < 3):
        return set()
    if n_turns < (0.05 if has_roles and len(names) > 1 else 0.2) * n_filled or len(names) > max(12, 0.5 * n_turns):
        return set()
    spelled = {name: match["alias"] for name in counts if (match := _ALIAS.fullmatch(name))}
    return names | set(spelled) | {alias for alias in spelled.values() if alias in counts}


def _interview(source: Source, format: str, found: Sequence[Line], names: set[str]) -> Contents:
    aliases = _aliases(names)
    preamble, utterances = _utterances(found, names, aliases)
    kind = source.kind_or(kind_of_names(names))
    heading = {"heading": preamble[:_LONG_PREAMBLE]} if preamble else {}
    known = stated_roles(preamble, [one.speaker for one in utterances])
    record = conversation(source, utterances, kind=kind, metadata=heading, known=known, merge=False)
    if not record.text:
        return _whole(source)
    speakers: dict[str, Role] = {turn.speaker: turn.role for turn in record.turns}
    warnings = list(role_warnings(speakers, kind=kind))
    if len(preamble) > _LONG_PREAMBLE:
        warnings.append(f"{len(preamble):,} characters before the first speaker were left out.")
    return Contents(
        format=format,
        encoding=source.encoding,
        kind=kind,
        speakers=speakers,
        records=(record,),
        warnings=tuple(warnings),
    )


def _aliases(names: set[str]) -> dict[str, str]:
    """`I` → `Interviewer` where the first turn spells out `Interviewer (I)` and later ones are short."""
    spelled = {name: match for name in sorted(names) if (match := _ALIAS.fullmatch(name)) and match["alias"] in names}
    full = {name: match["name"] for name, match in spelled.items()}
    return full | {match["alias"]: match["name"] for match in spelled.values()}


def _utterances(found: Sequence[Line], names: set[str], aliases: dict[str, str]) -> tuple[str, list[Utterance]]:
    """What came before the first speaker, and each speaker's lines up to the next one."""
    preamble: list[str] = []
    groups: list[tuple[str, float | None, list[str]]] = []
    for (name, text, at), whole in zip(found, _wholes(found), strict=True):
        if name in names and name is not None:
            groups.append((aliases.get(name, name), at, [text]))
        elif groups:
            groups[-1][2].append(whole)
        else:
            preamble.append(whole)
    utterances = [
        Utterance(speaker=name, text=_CLOSING.sub("", _paragraphs(lines)), starts_at_s=at) for name, at, lines in groups
    ]
    heading = " ".join(line.strip(" #*") for line in preamble if line.strip() and line.strip() not in _OTTER_HEADINGS)
    return clean(heading), utterances


def _wholes(found: Sequence[Line]) -> Iterator[str]:
    """Each line as it was, for lines whose prefix turned out to be no speaker."""
    return (text if name is None else f"{name}: {text}" for name, text, _ in found)


def _paragraphs(lines: Sequence[str]) -> str:
    joined = "\n".join(line.strip() for line in lines).strip()
    return re.sub(r"\n+", "\n", _WRAPPED.sub(r"\1 ", joined))


def _seconds(parts: Sequence[str | None]) -> float:
    """Seconds of `h:mm:ss` or `m:ss`."""
    numbers = [int(part) for part in parts if part is not None]
    return float(sum(number * 60**power for power, number in enumerate(reversed(numbers))))


def _whole(source: Source) -> Contents:
    """The text as one record; a review a line is not guessed.

    Raises:
        UnreadableFile: there are only control characters.
    """
    text = clean(source.text)
    if not text:
        raise UnreadableFile("There is no text in this file: check that the export was finished.")
    kind = source.kind_or("reviews")
    record = Record(
        id=record_id(source.filename, "", text), text=text, kind=kind, source=source.filename, language=source.language
    )
    short = [line for line in text.split("\n") if line.strip() and len(line) <= _SHORT_LINE]
    warning = f"The text has {len(short)} short lines and was read as one record: if each is a text, send them as CSV."
    return Contents(
        format="text",
        encoding=source.encoding,
        kind=kind,
        records=(record,),
        warnings=(warning,) if len(short) > _MANY_SHORT_LINES else (),
    )
