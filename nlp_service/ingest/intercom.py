"""Intercom's conversations → tickets."""

from collections.abc import Mapping, Sequence
from typing import Any

from nlp_service.domain import Role
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.json_values import inner, mappings, word
from nlp_service.ingest.tickets import Message, Ticket, moment, read_tickets, words_of

_CUSTOMERS = frozenset({"user", "lead", "contact", "visitor"})


def conversations_of(value: Any) -> Sequence[Ticket] | None:
    """The conversations in an Intercom JSON value or list of them, None where it is something else."""
    values = value if isinstance(value, list) else [value]
    found = [_conversations(one) for one in values]
    if not found or not all(found):
        return None
    return [_ticket(one) for group in found for one in group]


def read_intercom(source: Source, conversations: Sequence[Ticket]) -> Contents:
    """One record a conversation.

    Raises:
        UnreadableFile: no conversation has a message with words.
    """
    return read_tickets(source, conversations, format="intercom")


def _conversations(value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, Mapping):
        return []
    if value.get("type") == "notification_event":
        value = inner(value, "data", "item")
    many = mappings(value.get("conversations")) or [value]
    return many if all(_is_conversation(one) for one in many) else []


def _is_conversation(value: Mapping[str, Any]) -> bool:
    is_named = word(value.get("type")) == "conversation" or "conversation_message" in value
    return is_named and bool(inner(value, "source") or inner(value, "conversation_parts"))


def _ticket(value: Mapping[str, Any]) -> Ticket:
    source, container = inner(value, "source"), inner(value, "conversation_parts")
    parts = mappings(container.get("conversation_parts"))
    messages, left_out = [], []
    for part in [{"created_at": value.get("created_at"), **source}, *parts]:
        body, reason = part.get("body"), _left_out(part)
        if reason:
            left_out.append(reason)
        elif isinstance(body, str):
            name = word(inner(part, "author").get("name"))
            messages.append(Message(body=body, role=_role(part), name=name, said_at=moment(part.get("created_at"))))
    rating = inner(value, "conversation_rating")
    score = rating.get("rating")
    if word(rating.get("remark")):
        messages.append(Message(body=word(rating["remark"]), role="customer", said_at=moment(rating.get("created_at"))))
    contacts = mappings(inner(value, "contacts").get("contacts"))
    return Ticket(
        external_id=word(value.get("id")) or None,
        messages=messages,
        subject=word(source.get("subject")) or word(value.get("title")),
        author=word(contacts[0].get("id")) or None if contacts else None,
        channel=word(source.get("type")) or None,
        rating=float(score) if isinstance(score, int | float) and 1 <= score <= 5 else None,
        metadata=_metadata(value),
        left_out=left_out,
        warnings=_missing(container.get("total_count"), len(parts)),
    )


def _left_out(part: Mapping[str, Any]) -> str:
    """Why a part is nobody's public speech; empty where it is."""
    if word(part.get("part_type")) == "note":
        return "private_note"
    if part.get("redacted") is True:
        return "deleted"
    body = part.get("body")
    if isinstance(body, str) and body.strip():
        return ""
    return "media" if mappings(part.get("attachments")) else "service_message"


def _role(part: Mapping[str, Any]) -> Role:
    author = inner(part, "author")
    kind = word(author.get("type"))
    if kind in _CUSTOMERS:
        return "customer"
    if kind == "bot" or author.get("from_ai_agent") is True or word(part.get("delivered_as")) == "automated":
        return "bot"
    return "agent" if kind in ("admin", "team") else "unknown"


def _metadata(value: Mapping[str, Any]) -> dict[str, str]:
    attributes = inner(value, "custom_attributes")
    names = ", ".join(name for tag in mappings(inner(value, "tags").get("tags")) if (name := word(tag.get("name"))))
    tags = {"tags": names} if names else {}
    return {**words_of(value, ("state",)), **tags, **words_of(attributes, [str(key) for key in attributes])}


def _missing(total: Any, n_parts: int) -> tuple[str, ...]:
    """What to say where the export holds the newest parts only."""
    if not isinstance(total, int) or total <= n_parts:
        return ()
    return (
        "A conversation is longer than its export: Intercom gives the newest 500 parts only, older ones are missing.",
    )
