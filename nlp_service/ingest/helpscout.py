"""Help Scout's conversations with their threads → tickets."""

from collections.abc import Mapping, Sequence
from typing import Any

from nlp_service.domain import Role
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.json_values import inner, mappings, word
from nlp_service.ingest.tickets import Message, Ticket, moment, read_tickets, words_of

_ROLES: Mapping[str, Role] = {
    "customer": "customer", "chat": "customer", "phone": "customer", "message": "agent", "reply": "agent",
    "beaconchat": "customer",
}  # fmt: skip
_NO_SPEECH = {"note": "private_note", "lineitem": "service_message", "forwardparent": "private_note",
              "forwardchild": "private_note"}  # fmt: skip
_UNSEEN = frozenset({"draft", "hidden", "review"})


def conversations_of(value: Any) -> Sequence[Ticket] | None:
    """The conversations in a Help Scout JSON value or list of them, None where it is something else."""
    if isinstance(value, Mapping):
        value = mappings(inner(value, "_embedded").get("conversations")) or [value]
    found = mappings(value)
    if not found or not all(_is_conversation(one) for one in found):
        return None
    return [_ticket(one) for one in found]


def read_helpscout(source: Source, conversations: Sequence[Ticket]) -> Contents:
    """One record a conversation.

    Raises:
        UnreadableFile: no conversation has a message with words.
    """
    return read_tickets(source, conversations, format="helpscout")


def _is_conversation(value: Mapping[str, Any]) -> bool:
    return "mailboxId" in value and ("_embedded" in value or isinstance(value.get("threads"), int))


def _ticket(value: Mapping[str, Any]) -> Ticket:
    threads = mappings(inner(value, "_embedded").get("threads"))
    reasons = [_left_out(thread) for thread in threads]
    spoken = [thread for thread, reason in zip(threads, reasons, strict=True) if not reason]
    tags = ", ".join(name for tag in mappings(value.get("tags")) if (name := word(tag.get("tag"))))
    fields = {word(one.get("name")): word(one.get("value")) for one in mappings(value.get("customFields"))}
    customer = inner(value, "primaryCustomer") or inner(value, "createdBy")
    return Ticket(
        external_id=word(value.get("id")) or None,
        messages=[_message(thread, value) for thread in spoken],
        subject=word(value.get("subject")),
        author=word(customer.get("id")) or None,
        channel=word(value.get("type")) or None,
        metadata={
            **words_of(value, ("status", "number")),
            **({"tags": tags} if tags else {}),
            **{name: text for name, text in fields.items() if name and text},
        },
        left_out=[reason for reason in reasons if reason],
    )


def _left_out(thread: Mapping[str, Any]) -> str:
    """Why a thread is nobody's public speech; empty where it is."""
    if word(thread.get("state")) in _UNSEEN:
        return "draft"
    return _NO_SPEECH.get(word(thread.get("type")), "")


def _message(thread: Mapping[str, Any], conversation: Mapping[str, Any]) -> Message:
    role = _ROLES.get(word(thread.get("type")), "unknown")
    writer = inner(thread, "customer") if role == "customer" else inner(thread, "createdBy")
    name = " ".join(part for part in (word(writer.get("first")), word(writer.get("last"))) if part)
    said_at = thread.get("createdAt") or inner(thread, "createdBy").get("createdAt")
    body = thread.get("body")
    return Message(body=body if isinstance(body, str) else "", role=role, name=name, said_at=moment(said_at))
