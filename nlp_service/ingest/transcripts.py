"""Plain text → an interview or chat where lines name speakers, else one record of the whole text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from nlp_service.domain import Kind, Record, Role
from nlp_service.errors import UnreadableFile
from nlp_service.ingest.chats import is_chat, read_chat
from nlp_service.ingest.contents import Contents, Source, record_id
from nlp_service.ingest.conversation import Utterance, conversation, kind_of_names, role_warnings
from nlp_service.ingest.decode import clean
from nlp_service.ingest.matter import Matter, matter_of
from nlp_service.ingest.roles import role_word, stated_roles
from nlp_service.ingest.shapes import ALIAS, SHAPES, Line, is_clock, speakers, timed_paragraphs
from nlp_service.ingest.speakers import same_people

_HEADING = re.compile(r"#{1,6}\s+\S")
_NEXT_TALK = re.compile(
    r"#{1,6}\s+(?:[^\n:]{0,40}\s)?(?:transcript|interview|session|participant|respondent|conversation|مصاحبه|گفتگو|جلسه"
    r"|görüşme|mülakat|katılımcı|مقابلة|المقابلة|المشارك|interviewte?|gespräch|entrevista|entretien|intervista|интервью"
    r"|访谈|訪談|インタビュー|인터뷰)\s*(?:no\.?|nr\.?|n°|#|شماره|رقم)?\s*\d{1,3}\b",
    re.IGNORECASE,
)
_OTTER_HEADINGS = ("SUMMARY KEYWORDS", "SPEAKERS")
_CLOSING = re.compile(r"Transcribed by https?://\S{1,80}", re.IGNORECASE)
_WRAPPED = re.compile(r"([^\s.!?؟。:;-])\n(?=[a-zà-ÿ])")
_FIELD = re.compile(r"[^\W\d_][^\W_]*(?:\s[^\W_]+){0,3}\s?[:：]\s*\S")
_PERSON = re.compile(r"[^\W\d_a-z][\w.'’\u200c-]*(?:\s\(?[\w.'’\u200c-]+\)?){0,4}(?<![.])")
_GREETINGS = frozenset(
    {"hello", "hi", "hey", "yes", "no", "ok", "okay", "so", "well", "thanks", "thank", "right", "good", "سلام", "بله", "خب",
     "مرحبا", "أهلا", "نعم", "merhaba", "selam", "evet", "hallo", "ja", "hola", "sí", "bonjour", "oui", "ciao", "привет"}
)  # fmt: skip
_MANY_SHORT_LINES = 20
_SHORT_LINE = 280
_LONG_PREAMBLE = 300


def read_transcript(source: Source) -> Contents:
    """The chat or the interviews in a plain text, or the text as one record where nobody is named.

    Raises:
        UnreadableFile: there is no text.
    """
    if is_chat(source.text):
        return read_chat(source)
    matter = matter_of(source.text)
    lines = matter.text.split("\n")
    for shape in SHAPES:
        found = shape.read(lines)
        names = speakers(found, least=shape.least)
        if names:
            return _interviews(source, shape.format, _talks(found, lines, names), matter)
    talk = _timed(lines)
    return _interviews(source, "timed_paragraphs", [talk], matter) if talk.lines else _whole(source)


class _Talk:
    """One conversation of a file: what stands before it, and its lines with the speakers that are none put back."""

    def __init__(self, before: list[str], lines: list[Line]) -> None:
        self.before, self.lines = before, lines
        self.headings: list[str] = []


def _talks(found: Sequence[Line], lines: Sequence[str], names: set[str]) -> list[_Talk]:
    """The conversations of a file; a heading such as `## Interview 2` begins another where there are several."""
    n_marked = sum(_NEXT_TALK.match(line) is not None for line in lines if line.startswith("#"))
    aliases = _aliases(names)
    talks = [_Talk(list(lines[: (begins := _begins(found, names))]), [])]
    for line, whole in zip(found[begins:], lines[begins:], strict=True):
        is_heading = line.speaker is None and _HEADING.match(whole) is not None
        if is_heading and n_marked > 1 and _NEXT_TALK.match(whole):
            talks.append(_Talk([whole], []))
        elif line.speaker in names and line.speaker is not None:
            talks[-1].lines.append(replace(line, speaker=aliases.get(line.speaker, line.speaker)))
        elif not talks[-1].lines:
            talks[-1].before.append(line.text if line.speaker is None else whole)
        elif is_heading:
            talks[-1].headings.append(whole.strip(" #*"))
        elif not is_clock(whole):
            talks[-1].lines.append(Line(text=line.text if line.speaker is None else whole))
    return [talk for talk in talks if talk.lines] or talks[:1]


def _begins(found: Sequence[Line], names: set[str]) -> int:
    """How many lines at the top are fields such as `Interviewer: Dana Ray`, which name people and are no speech."""
    n_left = sum(line.speaker in names for line in found)
    n_fields, begins, before = 0, 0, 0
    for place, line in enumerate(found):
        text = line.text.strip()
        if line.speaker in names:
            is_name = _PERSON.fullmatch(text) is not None and text.split()[0].casefold() not in _GREETINGS
            if line.starts_at_s is not None or role_word(line.speaker or "") is None or not is_name:
                break
            before, begins, n_left = begins, place + 1, n_left - 1
            n_fields += 1
        elif _FIELD.match(text):
            n_fields += 1
        elif text and begins:
            begins = before if begins == place else begins  # the words go on: it was speech
            break
    return begins if n_fields > 1 and n_left > 1 else 0


def _timed(lines: Sequence[str]) -> _Talk:
    """The paragraphs with times of a talk that names nobody; headings, quotations and rules are no part of it."""
    spoken = [line for line in lines if not _HEADING.match(line) and not line.startswith((">", "---"))]
    talk = _Talk([], timed_paragraphs(spoken))
    talk.headings = [line.strip(" #*") for line in lines if _HEADING.match(line)]
    return talk


def _interviews(source: Source, format: str, talks: Sequence[_Talk], matter: Matter) -> Contents:
    kind = source.kind_or(kind_of_names(line.speaker or "" for talk in talks for line in talk.lines))
    found: list[Record] = []
    warnings: list[str] = []
    for place, talk in enumerate(talks):
        preamble = _preamble(talk.before)
        said = list(_utterances(talk.lines, matter))
        people = same_people([one.speaker for one in said])
        said = [replace(one, speaker=people.get(one.speaker, one.speaker)) for one in said]
        known = {**stated_roles(preamble, [one.speaker for one in said]), **matter.roles([one.speaker for one in said])}
        key = str(place) if len(talks) > 1 else ""
        meta = {**matter.fields, **({"heading": preamble[:_LONG_PREAMBLE]} if preamble else {}), **_topics(talk)}
        found.append(conversation(source, said, kind=kind, key=key, metadata=meta, known=known, merge=False))
        if len(preamble) > _LONG_PREAMBLE:
            warnings.append(f"{len(preamble):,} characters before the first speaker were left out.")
    records = tuple(replace(one, language=one.language or matter.language) for one in found if one.text)
    if not records:
        return _whole(source)
    roles: dict[str, Role] = {turn.speaker: turn.role for record in records for turn in record.turns if turn.speaker}
    return Contents(
        format=format,
        encoding=source.encoding,
        kind=kind,
        speakers=roles,
        records=records,
        skipped=matter.skipped,
        warnings=(*role_warnings(roles, kind=kind), *warnings),
    )


def _topics(talk: _Talk) -> Mapping[str, str]:
    return {"topics": "; ".join(talk.headings)} if talk.headings else {}


def _aliases(names: set[str]) -> dict[str, str]:
    """`I` → `Interviewer` where the first turn spells out `Interviewer (I)`; `Respondent (R2)` → `R2`."""
    full: dict[str, str] = {}
    for name in sorted(names):
        match = ALIAS.fullmatch(name)
        if match is None or match["alias"] not in names:
            continue
        is_numbered = match["alias"][-1].isdecimal()
        chosen = match["alias"] if is_numbered else match["name"]
        full |= {name: chosen, match["alias"]: chosen}
    return full


def _preamble(lines: Sequence[str]) -> str:
    kept = (line.strip(" #*") for line in lines if line.strip() and line.strip() not in _OTTER_HEADINGS)
    return clean(" ".join(kept))


def _utterances(lines: Sequence[Line], matter: Matter) -> Iterator[Utterance]:
    """Each speaker's lines up to the next one; without speakers, each paragraph."""
    groups: list[list[Line]] = []
    is_named = any(line.speaker is not None for line in lines)
    for line in lines:
        if groups and is_named and line.speaker is None:
            groups[-1].append(line)
        else:
            groups.append([line])
    for group in groups:
        first = group[0]
        yield Utterance(
            speaker=first.speaker or "",
            text=matter.without_anchors(_CLOSING.sub("", _paragraphs([line.text for line in group]))),
            starts_at_s=first.starts_at_s,
            ends_at_s=first.ends_at_s,
        )


def _paragraphs(lines: Sequence[str]) -> str:
    joined = "\n".join(line.strip() for line in lines).strip()
    return re.sub(r"\n+", "\n", _WRAPPED.sub(r"\1 ", joined))


def _whole(source: Source) -> Contents:
    """The text as one record; a review a line is not guessed.

    Raises:
        UnreadableFile: there are only control characters.
    """
    text = clean(source.text)
    if not text:
        raise UnreadableFile("There is no text in this file: check that the export was finished.")
    kind: Kind = source.kind_or("reviews")
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
