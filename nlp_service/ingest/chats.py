"""Chat logs with a date on each message: WhatsApp exports and `[2026-08-03 10:02] Customer: text`."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from nlp_service.domain import Role
from nlp_service.errors import UnreadableFile
from nlp_service.ingest.cells import ascii_digits, without_marks
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance, conversation, role_warnings
from nlp_service.ingest.dates import decide_order, parse_date

_DATE = r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2})"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
_HALF = r"(?:\s?(?:[ap]\.?\s?m\.?|öö|ös|[صم]|ب\.?\s?ظ\.?|ق\.?\s?ظ\.?|上午|下午))?"
_STAMP = rf"(?:{_DATE}(?:[,،T]?\s?|\sklo\s|\sà\s|\sum\s){_TIME}{_HALF}|{_TIME}{_HALF}[,،]\s{_DATE})"
_HEADER = re.compile(
    rf"\s?(?P<open>\[)?(?:[^\W\d_]{{2,12}}\.?[,،]\s?)?(?P<stamp>{_STAMP})(?(open)\]\s?|(?:\s[-–]\s|:\s))(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_HEADER = 160
_TIME_FIRST = re.compile(rf"({_TIME}{_HALF})[,،]\s({_DATE})", re.IGNORECASE)
_NOTICE = re.compile(
    r"end-to-end encrypt|uçtan uca|ende-zu-ende|bout en bout|extremo a extremo|ponta a ponta|سرتاسر"
    r"|تمامًا بين الطرفين|تام بين",
    re.IGNORECASE,
)
_SYSTEM = frozenset({"system", "sistem", "système", "sistema", "النظام", "سیستم"})
_MEDIA = re.compile(
    r"<[^<>\n]{3,60}>|(?:image|video|audio|sticker|gif|document|contact card) omitted|\S{0,80}\s?\([^()\n]{3,30}\)",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"\.\w{2,5}\s?\(|^[<(]|omitted$|^null$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Message:
    """One message: the raw stamp, the sender (empty for the service itself), the lines of its text."""

    stamp: str
    sender: str
    lines: list[str]

    @property
    def text(self) -> str:
        """The words, without the mark that a phone puts before a media line."""
        return "\n".join(self.lines).strip(" \n\u200e\u200f")


def is_chat(text: str) -> bool:
    """Whether lines begin with a date and time like a chat's: the first, and a good part of the others."""
    lines = [line for line in text[:50_000].split("\n") if line.strip()]
    headers = [_header(line) is not None for line in lines]
    return any(headers[:3]) and sum(headers) >= max(1, 0.15 * len(lines)) and (sum(headers) > 1 or len(lines) < 4)


def read_chat(source: Source) -> Contents:
    """One record of the whole chat, a turn a message; service messages and media are counted.

    Raises:
        UnreadableFile: no message has words.
    """
    messages = _messages(source.text)
    order = decide_order([message.stamp for message in messages])
    skipped: Counter[str] = Counter()
    utterances = []
    for message in messages:
        text = message.text
        if not message.sender or message.sender.casefold() in _SYSTEM or _NOTICE.search(text[:400]):
            skipped["service_message"] += 1
        elif not text or (_MEDIA.fullmatch(text[:200]) and _ATTACHED.search(text[:200])):
            skipped["media"] += 1
        else:
            said_at = parse_date(message.stamp, order)
            utterances.append(Utterance(speaker=message.sender, text=text, said_at=said_at))
    if not utterances:
        raise UnreadableFile("No message of this chat has words: export the chat again, with its messages.")
    kind = source.kind_or("chats")
    record = conversation(source, utterances, kind=kind, merge=False)
    first_stamp = {} if record.occurred_at else {"date": next(m.stamp for m in messages if m.sender)}
    speakers: dict[str, Role] = {turn.speaker: turn.role for turn in record.turns}
    undated = () if record.occurred_at else ("Day and month of the messages cannot be told apart: they have no dates.",)
    return Contents(
        format="chat",
        encoding=source.encoding,
        kind=kind,
        speakers=speakers,
        records=(replace(record, metadata=first_stamp),),
        skipped=dict(skipped),
        warnings=(*role_warnings(speakers, kind=kind), *undated),
    )


def _messages(text: str) -> list[_Message]:
    """A message begins where a line has the header; any other line goes on with the one before."""
    messages: list[_Message] = []
    for line in text.split("\n"):
        header = _header(line)
        if header is None:
            if messages:
                messages[-1].lines.append(line)
            continue
        stamp, rest = header
        sender, text_of = _sender(rest)
        messages.append(_Message(stamp, sender, [text_of]))
    return messages


def _header(line: str) -> tuple[str, str] | None:
    """The stamp and the rest of a line that begins a message; direction marks and odd spaces do not count."""
    if not any(character.isdecimal() for character in line[:24]):
        return None
    head = without_marks(line[:_LONGEST_HEADER])
    match = _HEADER.match(ascii_digits(re.sub("[\u00a0\u2009\u202f]", " ", head)))
    if match is None:
        return None
    stamp = match["stamp"]
    reversed_stamp = _TIME_FIRST.fullmatch(stamp)
    if reversed_stamp:
        stamp = f"{reversed_stamp[2]} {reversed_stamp[1]}"
    return stamp, head[match.start("rest") :] + line[_LONGEST_HEADER:]


def _sender(rest: str) -> tuple[str, str]:
    """The name before the first colon and the text; an empty name for a message of the service itself."""
    match = re.match(r"(?P<name>[^:：\n]{1,80})[:：](?:\s|$|(?=\S))(?P<text>.*)", rest, re.DOTALL)
    if match is None:
        return "", rest
    return match["name"].strip().lstrip("~").strip(), match["text"]
