"""Zendesk's tickets and chat events as a warehouse keeps them, in rows → tickets."""

import json
from collections.abc import Mapping
from typing import Any

from nlp_service.domain import Role
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.json_values import inner
from nlp_service.ingest.tables import Table
from nlp_service.ingest.tickets import Message, Ticket, moment, read_tickets, words_of

_EVENTS = frozenset({"chat_id", "actor_id", "message", "created_at"})
_TICKETS = frozenset({"id", "requester_id", "description", "subject", "via_channel"})
_TICKET_KEYS = ("status", "priority", "type", "tags")
_ROLES: Mapping[str, Role] = {"USER": "customer", "BUSINESS": "agent"}


def is_zendesk_table(table: Table) -> bool:
    """Whether the columns are those of Zendesk's tickets or chat events."""
    return set(table.header) >= _EVENTS or set(table.header) >= _TICKETS


def read_zendesk_table(source: Source, table: Table) -> Contents:
    """One record a ticket or chat.

    Raises:
        UnreadableFile: no ticket or chat has words.
    """
    rows = [dict(zip(table.header, row, strict=False)) for row in table.rows]
    if set(table.header) >= _EVENTS:
        return read_tickets(source, _chats(rows), format="zendesk_chat_events")
    return read_tickets(source, [_ticket(row) for row in rows], format="zendesk_tickets")


def _ticket(row: Mapping[str, str]) -> Ticket:
    said = Message(body=row["description"] or row["subject"], role="customer", said_at=moment(row.get("created_at")))
    return Ticket(
        external_id=row["id"] or None,
        messages=[said],
        subject=row["subject"],
        author=row["requester_id"] or None,
        channel=row["via_channel"] or None,
        metadata=words_of(row, _TICKET_KEYS),
    )


def _chats(rows: list[dict[str, str]]) -> list[Ticket]:
    """One ticket a chat, its events in the order of their time and number; events without words are counted."""
    messages: dict[str, list[tuple[str, int, Message]]] = {}
    left_out: dict[str, list[str]] = {}
    for row in rows:
        said = messages.setdefault(row["chat_id"], [])
        payload = _payload(row.get("original_message", ""))
        words = inner(payload, "content", "text").get("text")
        body = row["message"] or (words if isinstance(words, str) else "")
        if body.strip():
            number = row.get("chat_index", "")
            role, name = _writer(row["actor_id"], payload)
            message = Message(body=body, role=role, name=name, said_at=moment(row["created_at"]))
            said.append((row["created_at"], int(number) if number.isdecimal() and len(number) < 10 else 0, message))
        else:
            left_out.setdefault(row["chat_id"], []).append("service_message")
    return [
        Ticket(
            external_id=chat or None,
            messages=[message for *_, message in sorted(said, key=lambda one: one[:2])],
            channel="chat",
            left_out=left_out.get(chat, ()),
        )
        for chat, said in messages.items()
    ]


def _writer(actor: str, payload: Mapping[str, Any]) -> tuple[Role, str]:
    """Role and name: the message itself says them surely, the number of the actor only whether it is an agent."""
    author, via = inner(payload, "author"), inner(payload, "source").get("type")
    stated = author.get("type")
    if isinstance(stated, str) and stated in _ROLES:
        shown = author.get("display_name")
        role = "bot" if stated == "BUSINESS" and via == "zd:answerBot" else _ROLES[stated]
        return role, shown if isinstance(shown, str) else ""
    if actor.startswith("__"):
        return "bot", ""
    if actor.removeprefix("agent:") == "":
        return "unknown", ""
    return ("agent" if actor.startswith("agent:") else "customer"), ""


def _payload(cell: str) -> Mapping[str, Any]:
    try:
        value = json.loads(cell) if cell else {}
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, Mapping) else {}
