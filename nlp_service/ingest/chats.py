"""Chat logs with a date on each message: WhatsApp exports and `[2026-08-03 10:02] Customer: text`."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from nlp_service.domain import Role
from nlp_service.errors import UnreadableFile
from nlp_service.ingest.archives import members_of
from nlp_service.ingest.cells import ascii_digits, without_marks
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance, conversation, role_warnings
from nlp_service.ingest.dates import decide_order, parse_date
from nlp_service.ingest.decode import decode
from nlp_service.ingest.phone_notes import persons_words

_DATE = r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2})"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
_HALF = r"(?:\s?(?:[ap]\.?\s?m\.?|öö|ös|[صم]|ب\.?\s?ظ\.?|ق\.?\s?ظ\.?|上午|下午))?"
_HALVES = {"上午": "am", "午前": "am", "오전": "am", "öö": "am", "下午": "pm", "午後": "pm", "오후": "pm", "ös": "pm"}
_HALF_FIRST = rf"(?:(?:{'|'.join(_HALVES)})\s?)?"
_STAMP = (
    rf"(?:{_DATE}(?:[,،T]?\s?|\sklo\s|\sà\s|\sum\s|\s[-–]\s){_HALF_FIRST}{_TIME}{_HALF}|{_TIME}{_HALF}[,،]\s{_DATE})"
)
_HEADER = re.compile(
    rf"\s?(?P<open>\[)?(?:[^\W\d_]{{2,12}}\.?[,،]\s?)?(?P<stamp>{_STAMP})(?(open)\]\s?|(?:\s[-–]\s|:\s))(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_HEADER = 160
_HALF_BEFORE = re.compile(rf"(?P<date>.*?)(?P<half>{'|'.join(_HALVES)})\s?(?P<time>{_TIME})", re.IGNORECASE)
_TIME_FIRST = re.compile(rf"({_TIME}{_HALF})[,،]\s({_DATE})", re.IGNORECASE)
_EARLY = 3
_MARKS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


@dataclass(frozen=True, slots=True)
class _Message:
    """One message: the raw stamp, the sender (empty for the service itself), the lines of its text."""

    stamp: str
    sender: str
    lines: list[str]

    @property
    def raw(self) -> str:
        """The words with the mark that a phone puts before what it says itself."""
        return "\n".join(self.lines).strip(" \n\u200f")


def is_chat_name(name: str) -> bool:
    """Whether a file in an archive is called as a phone calls an exported chat."""
    base = name.rsplit("/", 1)[-1].lower()
    return base == "_chat.txt" or (base.endswith(".txt") and "whatsapp" in base)


def read_chat_archive(source: Source) -> Contents:
    """The one chat in an archive that a phone exported; pictures and sound are left packed.

    Raises:
        UnreadableFile: the archive is damaged or holds more than one chat, or no message has words.
    """
    texts = list(members_of(source.content, is_chat_name).values())
    if len(texts) != 1:
        raise UnreadableFile("The archive holds more than one chat: send each _chat.txt by itself.")
    text, encoding = decode(texts[0])
    if not is_chat(text):
        raise UnreadableFile("The chat in the archive has no messages with dates: export the chat again.")
    return read_chat(replace(source, text=text, encoding=encoding))


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
    for place, message in enumerate(messages):
        text, reasons = persons_words(message.raw, sender=message.sender, is_early=place < _EARLY)
        skipped.update(reasons)
        if text:
            utterances.append(Utterance(speaker=message.sender, text=text, said_at=parse_date(message.stamp, order)))
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
    if not any(character.isdecimal() for character in line[:30]):
        return None
    head = line[:_LONGEST_HEADER]
    places = [place for place, character in enumerate(head) if character not in _MARKS]
    bare = "".join(head[place] for place in places)
    match = _HEADER.match(ascii_digits(re.sub("[\u00a0\u2009\u202f]", " ", bare)))
    if match is None:
        return None
    stamp = match["stamp"]
    reversed_stamp = _TIME_FIRST.fullmatch(stamp)
    if reversed_stamp:
        stamp = f"{reversed_stamp[2]} {reversed_stamp[1]}"
    half_first = _HALF_BEFORE.fullmatch(stamp)
    if half_first:
        stamp = f"{half_first['date'].strip()} {half_first['time']} {_HALVES[half_first['half'].casefold()]}"
    start = match.start("rest")
    return stamp, line[places[start] :] if start < len(places) else line[len(head) :]


def _sender(rest: str) -> tuple[str, str]:
    """The name before the first colon and the text; an empty name for a message of the service itself."""
    match = re.match(r"(?P<name>[^:：\n]{1,80})[:：](?:\s|$|(?=\S))(?P<text>.*)", rest, re.DOTALL)
    if match is None:
        return "", rest
    return without_marks(match["name"]).strip().lstrip("~").strip(), match["text"]
