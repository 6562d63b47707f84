"""Slack's export (a zip of days in channels) and single days of it → one record a channel."""

import html
import json
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from nlp_service.domain import Record, Role
from nlp_service.errors import UnreadableFile
from nlp_service.ingest.archives import members_of
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance, conversation, role_warnings
from nlp_service.ingest.decode import clean, decode
from nlp_service.ingest.json_values import inner, mappings, word
from nlp_service.ingest.tickets import moment

_TS = re.compile(r"\d{9,10}\.\d{1,6}")
_LINK = re.compile(r"<([@#!]?)([^<>|\n]{1,2000})(?:\|([^<>\n]{0,2000}))?>")
_SPEECH = frozenset(
    {"", "bot_message", "me_message", "thread_broadcast", "reply_broadcast", "file_share", "file_comment"}
)
_UPLOADED = re.compile(r"<@[^<>]{1,80}> (?:uploaded|shared) (?:a file|an image)\b", re.IGNORECASE)
_ROOMS = ("channels.json", "groups.json", "dms.json", "mpims.json")
_SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What a file of Slack's holds: channel → messages, with people and channels by their ids."""

    channels: Mapping[str, Sequence[Mapping[str, Any]]]
    users: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    rooms: Mapping[str, str] = field(default_factory=dict)
    """Name of a channel → its id."""


def day_of(value: Any) -> Export | None:
    """The one channel of a single day's JSON, None where it is something else."""
    messages = mappings(value)
    if not messages or len(messages) < len(value) or not all(_is_message(one) for one in messages):
        return None
    return Export(channels={"": messages})


def is_slack_archive(names: Collection[str]) -> bool:
    """Whether the files of a zip are those of an export: people and channels side by side, at its top or in a folder."""
    roots = [name.removesuffix("users.json") for name in names if f"/{name}".endswith("/users.json")]
    return any(f"{root}{room}" in names for root in roots for room in _ROOMS)


def read_slack_archive(source: Source) -> Contents:
    """One record for each channel of a zip export that has words.

    Raises:
        UnreadableFile: the archive or a JSON in it is damaged, or no message has words.
    """
    files = members_of(source.content, lambda name: name.endswith(".json"))
    root = next(
        (PurePosixPath(name).parent for name in files if PurePosixPath(name).name == "users.json"), PurePosixPath()
    )
    values = {name: _json(content) for name, content in files.items()}
    rooms = {
        word(room.get("name")) or word(room.get("id")): word(room.get("id"))
        for name in _ROOMS
        for room in mappings(values.get(str(root / name)))
    }
    channels: dict[str, list[Mapping[str, Any]]] = {}
    for name, value in values.items():
        folder = PurePosixPath(name).parent
        if folder.parent == root and folder != root:
            channels.setdefault(folder.name, []).extend(one for one in mappings(value) if _is_message(one))
    users = {word(user.get("id")): user for user in mappings(values.get(str(root / "users.json")))}
    return read_slack(source, Export(channels=channels, users=users, rooms=rooms))


def read_slack(source: Source, export: Export) -> Contents:
    """One record for each channel that has words, replies after the message that they answer.

    Raises:
        UnreadableFile: no message has words.
    """
    kind = source.kind_or("chats")
    skipped: Counter[str] = Counter()
    speakers: dict[str, Role] = {}
    records: list[Record] = []
    names = {room: name for name, room in export.rooms.items()}
    for channel, messages in export.channels.items():
        known: dict[str, Role] = {}
        ordered = sorted(messages, key=lambda one: (_thread(one), float(one["ts"])))
        spoken = [_utterance(one, export, names, known, skipped) for one in ordered]
        utterances = [one for one in spoken if one is not None]
        if not utterances:
            continue
        room = export.rooms.get(channel) or None
        name = {"chat": clean(channel)} if channel else {}
        record = conversation(
            source, utterances, kind=kind, key=channel, external_id=room, metadata=name, known=known, merge=False
        )
        records.append(record)
        speakers.update({turn.speaker: turn.role for turn in record.turns})
    if not records:
        raise UnreadableFile("No message of this Slack export has words: export the channels with their messages.")
    return Contents(
        format="slack",
        encoding=source.encoding or "utf-8",
        kind=kind,
        speakers=speakers,
        records=tuple(records),
        skipped=dict(skipped),
        warnings=role_warnings(speakers, kind=kind),
    )


def _utterance(
    message: Mapping[str, Any],
    export: Export,
    rooms: Mapping[str, str],
    known: dict[str, Role],
    skipped: Counter[str],
) -> Utterance | None:
    subtype, raw = word(message.get("subtype")), _raw(message)
    if subtype not in _SPEECH or message.get("hidden") is True:
        skipped["service_message"] += 1
        return None
    if not raw.strip() or (_UPLOADED.match(raw) and subtype == "file_share"):
        skipped["media" if message.get("file") or message.get("files") else "no_speech"] += 1
        return None
    name, role = _speaker(message, export)
    known.setdefault(name, role)
    text = _resolved(raw, export, rooms)
    return Utterance(speaker=name, text=text, said_at=moment(message.get("ts")))


def _raw(message: Mapping[str, Any]) -> str:
    """The words as Slack stores them: of a comment on a file, of a message, or of what a program attached."""
    comment = inner(message, "comment").get("comment")
    if isinstance(comment, str):
        return comment
    text = message.get("text")
    if isinstance(text, str) and text.strip():
        return text
    return "\n".join(filter(None, (_attached(one) for one in mappings(message.get("attachments")))))


def _attached(attachment: Mapping[str, Any]) -> str:
    parts = [attachment.get(key) for key in ("pretext", "title", "text")]
    texts = [part for part in parts if isinstance(part, str) and part.strip()]
    fallback = attachment.get("fallback")
    return "\n".join(texts) or (fallback if isinstance(fallback, str) else "")


def _speaker(message: Mapping[str, Any], export: Export) -> tuple[str, Role]:
    user = word(message.get("user") or inner(message, "comment").get("user"))
    is_program = bool(message.get("bot_id")) or word(message.get("subtype")) == "bot_message" or user == _SLACKBOT
    profile = export.users.get(user, {})
    if is_program or profile.get("is_bot") is True:
        name = word(message.get("username")) or word(inner(message, "bot_profile").get("name")) or _name(profile)
        return clean(name) or ("Slackbot" if user == _SLACKBOT else "Bot"), "bot"
    return _name(profile) or _name({"profile": message.get("user_profile")}) or user or "Unknown", "unknown"


def _name(user: Mapping[str, Any]) -> str:
    profile = inner(user, "profile")
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    return next((found for name in names if (found := word(name))), "")


def _resolved(text: str, export: Export, rooms: Mapping[str, str]) -> str:
    """The text with mentions as names, links as their labels, and character references decoded last."""

    def shown(match: re.Match[str]) -> str:
        sign, target, label = match[1], match[2], match[3]
        if sign == "@":
            return f"@{label or _name(export.users.get(target, {})) or target}"
        if sign == "#":
            return f"#{label or rooms.get(target) or target}"
        if sign == "!":
            return label or f"@{target.split('^')[0]}"
        return label or target

    return html.unescape(_LINK.sub(shown, text))


def _is_message(value: Mapping[str, Any]) -> bool:
    is_timed = isinstance(value.get("ts"), str) and _TS.fullmatch(value["ts"]) is not None
    return is_timed and word(value.get("type")) == "message"


def _thread(message: Mapping[str, Any]) -> float:
    root = message.get("thread_ts")
    return float(root if isinstance(root, str) and _TS.fullmatch(root) else message["ts"])


def _json(content: bytes) -> Any:
    try:
        return json.loads(decode(content)[0]) if content.strip() else None
    except (ValueError, RecursionError):
        raise UnreadableFile("A JSON file in the Slack export is broken: export it again.") from None
