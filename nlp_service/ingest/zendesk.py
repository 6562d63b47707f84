"""Zendesk's tickets, comments, audits and webhook events → tickets."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from nlp_service.domain import Role
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.json_values import inner, mappings, word
from nlp_service.ingest.tickets import Message, Ticket, first_body, moment, read_tickets, words_of

_BODIES = ("plain_body", "body", "html_body", "value")
_TICKET_KEYS = ("status", "priority", "type", "tags")
_COMMENT_EVENTS = frozenset({"Comment", "VoiceComment", "TpeVoiceComment"})
_CHAT_LINE = re.compile(r"\(\d{1,2}:\d{2}:\d{2}(?:\s?[AP]M)?\)\s{1,3}(?P<name>[^:\n]{1,60}):\s(?P<text>.*)", re.DOTALL)
_SYSTEM_IDS = frozenset({"-1", ""})
_FIRST_WRITER = "No requester is named, so the writer of a ticket's first comment was taken as the customer."


def tickets_of(value: Any) -> Sequence[Ticket] | None:
    """The tickets in a Zendesk JSON value or list of them, None where it is something else."""
    values = value if isinstance(value, list) else [value]
    found = [_tickets(one) for one in values]
    if not found or any(one is None for one in found):
        return None
    return [ticket for one in found for ticket in one or ()]


def read_zendesk(source: Source, tickets: Sequence[Ticket]) -> Contents:
    """One record a ticket.

    Raises:
        UnreadableFile: no ticket has a message with words.
    """
    return read_tickets(source, tickets, format="zendesk")


def _tickets(value: Any) -> list[Ticket] | None:
    """The tickets of one JSON value: a webhook event, a list, one ticket, audits, or bare comments."""
    if not isinstance(value, Mapping):
        return None
    if word(value.get("type")).startswith("zen:event-type:ticket"):
        return [_event(value)]
    users = {word(user.get("id")): user for user in mappings(value.get("users"))}
    for many in (mappings(value.get("tickets")), mappings(value.get("results")), [value]):
        if many and all(_is_ticket(one) for one in many):
            return [_ticket(one, mappings(one.get("comments")), users) for one in many]
    beside = mappings(value.get("comments"))
    if _is_ticket(inner(value, "ticket")):
        ticket = inner(value, "ticket")
        return [_ticket(ticket, mappings(ticket.get("comments")) or beside or _comments(value.get("audit")), users)]
    audits = mappings(value.get("audits"))
    if audits and all("ticket_id" in audit and "events" in audit for audit in audits):
        return _of_audits(audits, users)
    is_comments = bool(beside) and all("author_id" in one and first_body(one, _BODIES[:3]) for one in beside)
    return [_ticket({}, beside, users)] if is_comments else None


def _is_ticket(value: Mapping[str, Any]) -> bool:
    """Whether an object is a ticket of Zendesk's; other help desks have a requester, too, but no `via.channel`."""
    has_text = any(key in value for key in ("description", "subject", "raw_subject", "comments"))
    return has_text and "requester_id" in value and ("via" in value or "raw_subject" in value or "comments" in value)


def _ticket(ticket: Mapping[str, Any], comments: Sequence[Mapping[str, Any]], users: Mapping[str, Any]) -> Ticket:
    subject = word(ticket.get("subject") or ticket.get("raw_subject"))
    requester = word(ticket.get("requester_id"))
    is_guess = not requester and not users
    requester = requester or (word(comments[0].get("author_id")) if comments and is_guess else "")
    reading = _Comments(requester, users)
    messages, left_out = reading.read(comments)
    if not comments:
        body = first_body(ticket, ("description",)) or subject
        said_at = moment(ticket.get("created_at"))
        messages = [Message(body=body, role="customer", name=reading.name(requester), said_at=said_at)] if body else []
    satisfaction = inner(ticket, "satisfaction_rating")
    remark = word(satisfaction.get("comment"))
    if remark:
        messages.append(Message(body=remark, role="customer", name=reading.name(requester)))
    score = word(satisfaction.get("score")) or word(ticket.get("satisfaction_rating"))
    return Ticket(
        external_id=word(ticket.get("id")) or None,
        messages=messages,
        subject=subject,
        author=requester or None,
        channel=word(inner(ticket, "via").get("channel")) or None,
        metadata=words_of(ticket, _TICKET_KEYS) | ({"satisfaction": score} if score else {}),
        left_out=left_out,
        warnings=(_FIRST_WRITER,) if is_guess and comments else (),
    )


class _Comments:
    """Comments of one ticket, read with what is known of their writers."""

    def __init__(self, requester: str, users: Mapping[str, Any]) -> None:
        self.requester = requester
        self.users = users

    def read(self, comments: Sequence[Mapping[str, Any]]) -> tuple[list[Message], list[str]]:
        """The public messages, and a reason for each of the others."""
        messages: list[Message] = []
        left_out: list[str] = []
        for comment in comments:
            if comment.get("public") is False:
                left_out.append("private_note")
            elif word(inner(comment, "via", "source").get("rel")) == "merge":
                left_out.append("service_message")
            else:
                messages.extend(self._messages(comment))
        return messages, left_out

    def name(self, user: str) -> str:
        """The name of a user where the file has it."""
        return word(inner(self.users, user).get("name"))

    def _messages(self, comment: Mapping[str, Any]) -> list[Message]:
        author, said_at = word(comment.get("author_id")), moment(comment.get("created_at"))
        body = first_body(comment, _BODIES)
        chat = _chat_lines(body)
        customer = self.name(self.requester)
        if chat:
            roles: dict[str, Role] = {customer: "customer"} if customer else {}
            return [
                Message(body=text, role=roles.get(name, "unknown"), name=name, said_at=said_at) for name, text in chat
            ]
        role = "bot" if word(inner(comment, "via").get("channel")) == "rule" else self._role(author)
        return [Message(body=body, role=role, name=self.name(author), said_at=said_at)]

    def _role(self, author: str) -> Role:
        if author in _SYSTEM_IDS:
            return "bot"
        stated = word(inner(self.users, author).get("role"))
        if author == self.requester or stated == "end-user":
            return "customer"
        return "agent" if stated or self.requester else "unknown"


def _chat_lines(body: str) -> list[tuple[str, str]]:
    """Speaker and words of a chat that was pasted into one comment; empty for any other body."""
    messages: list[tuple[str, str]] = []
    for line in body.replace("\u00a0", " ").split("\n"):
        match = _CHAT_LINE.match(line.strip())
        if match:
            messages.append((match["name"].strip(), match["text"]))
        elif messages and line.strip():
            name, text = messages[-1]
            messages[-1] = (name, f"{text}\n{line.strip()}")
        elif line.strip():
            return []
    return messages if len(messages) > 1 else []


def _comments(audit: Any) -> list[Mapping[str, Any]]:
    """The comments among an audit's events, with the audit's time and channel."""
    if not isinstance(audit, Mapping):
        return []
    around = {"created_at": audit.get("created_at"), "via": audit.get("via"), "author_id": audit.get("author_id")}
    return [
        {**around, **event} for event in mappings(audit.get("events")) if word(event.get("type")) in _COMMENT_EVENTS
    ]


def _of_audits(audits: Sequence[Mapping[str, Any]], users: Mapping[str, Any]) -> list[Ticket]:
    """The tickets that a list of audits tells of; what is set in the first events is the requester and the subject."""
    tickets: dict[str, dict[str, Any]] = {}
    comments: dict[str, list[Mapping[str, Any]]] = {}
    for audit in audits:
        number = word(audit.get("ticket_id"))
        ticket = tickets.setdefault(number, {"id": number, "via": audit.get("via")})
        comments.setdefault(number, []).extend(_comments(audit))
        for event in mappings(audit.get("events")):
            if event.get("type") in ("Create", "Change") and isinstance(event.get("field_name"), str):
                ticket[event["field_name"]] = event.get("value")
    return [_ticket(ticket, comments[number], users) for number, ticket in tickets.items()]


def _event(value: Mapping[str, Any]) -> Ticket:
    """The ticket of a webhook event; the comment that was added is the message, else the description."""
    detail, comment = inner(value, "detail"), inner(value, "event", "comment")
    if not comment:
        return _ticket(detail, [], {})
    author = inner(comment, "author")
    user = {"name": author.get("name"), "role": "agent" if author.get("is_staff") else "end-user"}
    added = {
        "author_id": author.get("id"),
        "body": comment.get("body"),
        "public": comment.get("is_public"),
        "created_at": value.get("time"),
    }
    return _ticket(detail, [added], {word(author.get("id")): user})
