"""Tickets of any help desk → records: who is the customer, what is not speech, and what each message adds of its own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from nlp_service.domain import Record, Role
from nlp_service.errors import UnreadableFile
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance, conversation, role_warnings
from nlp_service.ingest.dates import parse_date
from nlp_service.ingest.decode import clean
from nlp_service.ingest.json_values import word
from nlp_service.ingest.markup import text_of_body
from nlp_service.ingest.replies import own_words

_NAMES: Mapping[Role, str] = {"customer": "Customer", "agent": "Agent", "bot": "Bot"}
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message of a ticket; the body may be HTML, the name empty, and the role is `unknown` where nothing tells it."""

    body: str
    role: Role
    name: str = ""
    said_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A ticket as a help desk gives it; `left_out` has a reason for each message that is nobody's public speech."""

    external_id: str | None
    messages: Sequence[Message]
    subject: str = ""
    author: str | None = None
    channel: str | None = None
    rating: float | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    left_out: Sequence[str] = ()
    warnings: Sequence[str] = ()


def read_tickets(source: Source, tickets: Sequence[Ticket], *, format: str) -> Contents:
    """One record for each ticket that has words, its messages in order of time; of a repeated ticket the fullest counts.

    Raises:
        UnreadableFile: no ticket has a message with words.
    """
    kind = source.kind_or("chats")
    skipped: Counter[str] = Counter()
    records: list[Record] = []
    speakers: dict[str, Role] = {}
    for place, ticket in enumerate(_distinct(tickets, skipped)):
        skipped.update(ticket.left_out)
        record = _record(source, ticket, str(place), skipped)
        if not record.text:
            skipped["no_text"] += 1
            continue
        records.append(record)
        speakers.update({turn.speaker: turn.role for turn in record.turns})
    if not records:
        raise UnreadableFile(
            "No ticket of this file has a public message: export the tickets with their conversations."
        )
    notes = dict.fromkeys(warning for ticket in tickets for warning in ticket.warnings)
    return Contents(
        format=format,
        encoding=source.encoding,
        kind=kind,
        speakers=speakers,
        records=tuple(records),
        skipped=dict(skipped),
        warnings=(*role_warnings(speakers, kind=kind), *notes),
    )


def words_of(value: Mapping[str, Any], keys: Sequence[str]) -> dict[str, str]:
    """The plain values under the keys, for metadata; lists of plain values are joined."""
    found = {key: value.get(key) for key in keys}
    texts = {key: ", ".join(map(word, one)) if isinstance(one, list) else word(one) for key, one in found.items()}
    return {clean(key): text for key, text in texts.items() if text.strip(" ,")}


def moment(value: Any) -> str | None:
    """A time in seconds since 1970 or in words as an RFC 3339 string."""
    text = word(value)
    head, _, tail = text.partition(".")
    return parse_date(head if head.isdecimal() and tail.isdecimal() else text)


def first_body(message: Mapping[str, Any], keys: Sequence[str]) -> str:
    """The first body with words among the keys of a message."""
    return next((body for key in keys if isinstance(body := message.get(key), str) and body.strip()), "")


def _distinct(tickets: Sequence[Ticket], skipped: Counter[str]) -> list[Ticket]:
    kept: dict[tuple[str, str], Ticket] = {}
    for place, ticket in enumerate(tickets):
        key = ("id", ticket.external_id) if ticket.external_id else ("place", str(place))
        earlier = kept.get(key)
        if earlier is not None:
            skipped["duplicate"] += 1
        if earlier is None or len(ticket.messages) >= len(earlier.messages):
            kept[key] = ticket
    return list(kept.values())


def _record(source: Source, ticket: Ticket, place: str, skipped: Counter[str]) -> Record:
    known: dict[str, Role] = {}
    utterances = []
    for index, message in enumerate(_in_order(ticket.messages)):
        own = own_words(text_of_body(message.body), subject=ticket.subject if index == 0 else "")
        skipped.update(own.removed)
        if clean(own.text):
            name = _speaker(message, known)
            utterances.append(Utterance(speaker=name, text=own.text, said_at=message.said_at))
        elif not own.removed:
            skipped["no_speech"] += 1
    subject = {"subject": ticket.subject} if ticket.subject else {}
    record = conversation(
        source,
        utterances,
        kind=source.kind_or("chats"),
        key=ticket.external_id or place,
        external_id=ticket.external_id,
        metadata={**subject, **ticket.metadata},
        known=known,
        merge=False,
    )
    return replace(record, author=ticket.author, channel=ticket.channel, rating=ticket.rating)


def _speaker(message: Message, known: dict[str, Role]) -> str:
    """The name to show; two sides of one name are told apart by their role."""
    name = clean(message.name)[:_LONGEST_NAME].strip() or _NAMES.get(message.role, "Unknown")
    if known.get(name, message.role) != message.role:
        name = f"{name} ({message.role})"
    known[name] = message.role
    return name


def _in_order(messages: Sequence[Message]) -> list[Message]:
    """The messages by time where all have one; some help desks write the newest first."""
    times = [_instant(message.said_at) for message in messages]
    known = [time for time in times if time is not None]
    if len(known) < len(times):
        return list(messages)
    order = sorted(range(len(times)), key=lambda place: (known[place], place))
    if len(set(known)) == 1:
        return list(messages)
    return [messages[place] for place in order]


def _instant(said_at: str | None) -> datetime | None:
    if said_at is None or "T" not in said_at:
        return None
    when = datetime.fromisoformat(said_at)
    return when if when.tzinfo else when.replace(tzinfo=UTC)
