"""Zoom's chat of a meeting, of either client generation → one record with a turn a message."""

import re
from collections import Counter

from nlp_service.domain import Role
from nlp_service.errors import UnreadableFile
from nlp_service.ingest.cells import ascii_digits
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance, conversation, role_warnings

_CLOCK = r"(?P<h>\d{1,2}):(?P<m>\d{2}):(?P<s>\d{2})"
_TABBED = re.compile(rf"{_CLOCK}\t\s?(?P<name>[^:\t]{{1,80}}):\t(?P<text>.*)", re.DOTALL)
_ADDRESSED = re.compile(
    rf"{_CLOCK}\s{{1,3}}From\s{{1,3}}(?P<name>[^\t\n]{{1,80}}?)\s{{1,3}}to\s{{1,3}}[^\t\n:]{{1,80}}:(?P<text>.*)",
    re.DOTALL | re.IGNORECASE,
)
_OLDER = re.compile(
    rf"{_CLOCK}\s{{1,3}}From\s{{1,3}}(?P<name>[^\t\n:]{{1,80}}?)\s{{0,3}}:(?P<text>.*)", re.DOTALL | re.IGNORECASE
)
_REACTION = re.compile(r"(?:Reacted to|Removed a) .{0,300}", re.DOTALL)
_REPLY = re.compile(r"Replying to [\"“].{0,300}?[\"”]\s*\n", re.DOTALL)
_LONGEST_HEAD = 300
_DAY_S = 86_400


def is_zoom_chat(text: str) -> bool:
    """Whether the lines begin with a clock and a name between tabs, or with `From Name to Everyone:`."""
    lines = [line for line in text[:20_000].split("\n") if line.strip()]
    heads = [_head(line) is not None for line in lines]
    return bool(heads) and heads[0] and sum(heads) >= 0.2 * len(heads)


def read_zoom_chat(source: Source) -> Contents:
    """One record of the whole chat with seconds since the first message; reactions are counted.

    Raises:
        UnreadableFile: no message has words.
    """
    messages: list[tuple[str, float, list[str]]] = []
    began = now = 0
    for line in source.text.split("\n"):
        head = _head(line)
        if head is not None:
            clock = int(head["h"]) * 3600 + int(head["m"]) * 60 + int(head["s"])
            began, now = (clock, clock) if not messages else (began, now + (clock - now) % _DAY_S)
            messages.append((head["name"].strip(), float(now - began), [line[head.start("text") :].strip()]))
        elif messages:
            messages[-1][2].append(line.strip())
    skipped: Counter[str] = Counter()
    utterances = []
    for name, seconds, lines in messages:
        text = _own("\n".join(lines).strip(), skipped)
        if text:
            utterances.append(Utterance(speaker=name, text=text, starts_at_s=seconds))
    kind = source.kind_or("chats")
    record = conversation(source, utterances, kind=kind, merge=False)
    if not record.text:
        raise UnreadableFile("No message of this chat has words: save the chat again, with its messages.")
    speakers: dict[str, Role] = {turn.speaker: turn.role for turn in record.turns}
    return Contents(
        format="zoom_chat",
        encoding=source.encoding,
        kind=kind,
        speakers=speakers,
        records=(record,),
        skipped=dict(skipped),
        warnings=role_warnings(speakers, kind=kind),
    )


def _own(text: str, skipped: Counter[str]) -> str:
    """The message without the quotation that it answers; nothing for a reaction."""
    if _REACTION.fullmatch(text):
        skipped["reaction"] += 1
        return ""
    quoted = _REPLY.match(text)
    if quoted is None:
        skipped.update(["no_speech"] * (not text))
        return text
    skipped["quoted_reply"] += 1
    return text[quoted.end() :].strip()


def _head(line: str) -> re.Match[str] | None:
    head = ascii_digits(line[:_LONGEST_HEAD])
    return _TABBED.match(head) or _ADDRESSED.match(head) or _OLDER.match(head)
