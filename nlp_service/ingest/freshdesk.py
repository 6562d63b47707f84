"""Freshdesk's tickets, of API version 2 and of version 1 with notes → tickets."""

from collections.abc import Mapping, Sequence
from email.utils import parseaddr
from typing import Any

from nlp_service.domain import Role
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.json_values import inner, mappings, word
from nlp_service.ingest.tickets import Message, Ticket, first_body, moment, read_tickets, words_of

_STATUS = {"2": "open", "3": "pending", "4": "resolved", "5": "closed"}
_CHANNELS = {"1": "email", "2": "portal", "3": "phone", "7": "chat", "9": "feedback widget", "10": "outbound email"}
_OUTBOUND = "10"
_TEN = "A ticket has ten conversations, the most that Freshdesk sends along with a ticket: later ones may be missing."


def tickets_of(value: Any) -> Sequence[Ticket] | None:
    """The tickets in a Freshdesk JSON value or list of them, None where it is something else."""
    if isinstance(value, Mapping):
        value = mappings(value.get("tickets")) or mappings(value.get("results")) or [value]
    tickets = [inner(one, "helpdesk_ticket") or one for one in mappings(value)]
    if not tickets or not all(_is_ticket(one) for one in tickets):
        return None
    return [_ticket(one) for one in tickets]


def read_freshdesk(source: Source, tickets: Sequence[Ticket]) -> Contents:
    """One record a ticket.

    Raises:
        UnreadableFile: no ticket has a message with words.
    """
    return read_tickets(source, tickets, format="freshdesk")


def _is_ticket(value: Mapping[str, Any]) -> bool:
    is_numbered = all(isinstance(value.get(key), int) for key in ("status", "source"))
    return is_numbered and "requester_id" in value and ("description_text" in value or "notes" in value)


def _ticket(value: Mapping[str, Any]) -> Ticket:
    requester, name = word(value.get("requester_id")), word(inner(value, "requester").get("name"))
    name = name or word(value.get("requester_name"))
    notes = [inner(note, "note") or note for note in mappings(value.get("notes"))]
    replies = mappings(value.get("conversations")) or notes
    channel = word(value.get("source"))
    opening = Message(
        body=first_body(value, ("description_text", "description", "description_html")) or word(value.get("subject")),
        role="agent" if channel == _OUTBOUND else "customer",
        name="" if channel == _OUTBOUND else name,
        said_at=moment(value.get("created_at")),
    )
    public = [reply for reply in replies if reply.get("private") is not True]
    custom = inner(value, "custom_fields") or inner(value, "custom_field")
    status = word(value.get("status"))
    return Ticket(
        external_id=word(value.get("display_id") or value.get("id")) or None,
        messages=[opening, *(_reply(reply, requester, name) for reply in public)],
        subject=word(value.get("subject")),
        author=requester or None,
        channel=_CHANNELS.get(channel),
        metadata={
            "status": _STATUS.get(status, status),
            **words_of(value, ("type", "tags")),
            **words_of(custom, [str(key) for key in custom]),
        },
        left_out=["private_note"] * (len(replies) - len(public)),
        warnings=(_TEN,) if len(mappings(value.get("conversations"))) == 10 else (),
    )


def _reply(reply: Mapping[str, Any], requester: str, name: str) -> Message:
    is_customer = reply.get("incoming") is True or word(reply.get("user_id")) == requester
    role: Role = "customer" if is_customer else "agent"
    shown = name if is_customer else parseaddr(word(reply.get("from_email"))[:300])[0]
    body = first_body(reply, ("body_text", "body", "body_html"))
    return Message(body=body, role=role, name=shown, said_at=moment(reply.get("created_at")))
