"""Telegram Desktop's `result.json` → one record a chat."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from nlp_service.domain import Record
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance, conversation, role_warnings
from nlp_service.ingest.dates import parse_date
from nlp_service.ingest.decode import clean
from nlp_service.ingest.json_values import word


def chats_of(value: Any) -> Sequence[Mapping[str, Any]] | None:
    """The chats of an export of one chat or of a whole account, None where the JSON is something else."""
    if not isinstance(value, Mapping):
        return None
    chats = value.get("chats")
    if isinstance(chats, Mapping) and isinstance(chats.get("list"), list):
        return [chat for chat in chats["list"] if _is_chat(chat)]
    return [value] if _is_chat(value) else None


def read_chats(source: Source, chats: Sequence[Mapping[str, Any]]) -> Contents:
    """One record for each chat that has text; service messages, media and forwarded words are counted, not read."""
    skipped: Counter[str] = Counter()
    kind = source.kind_or("chats")
    records: list[Record] = []
    speakers: dict[str, Any] = {}
    for place, chat in enumerate(chats):
        utterances = [one for message in chat["messages"] if (one := _utterance(message, skipped)) is not None]
        if not utterances:
            continue
        external_id = word(chat.get("id")) or None
        name = {"chat": clean(str(chat["name"]))} if isinstance(chat.get("name"), str) else {}
        record = conversation(
            source,
            utterances,
            kind=kind,
            key=external_id or str(place),
            external_id=external_id,
            metadata=name,
            merge=False,
        )
        records.append(record)
        speakers.update({turn.speaker: turn.role for turn in record.turns})
    return Contents(
        format="telegram",
        encoding=source.encoding,
        kind=kind,
        speakers=speakers,
        records=tuple(records),
        skipped=dict(skipped),
        warnings=role_warnings(speakers, kind=kind),
    )


def _is_chat(value: Any) -> bool:
    if not isinstance(value, Mapping) or not isinstance(value.get("messages"), list):
        return False
    messages = value["messages"]
    return not messages or any(
        isinstance(one, Mapping) and "from" in one and ("date" in one or "date_unixtime" in one) for one in messages
    )


def _utterance(message: Any, skipped: Counter[str]) -> Utterance | None:
    if not isinstance(message, Mapping) or message.get("type", "message") != "message":
        skipped["service_message"] += 1
        return None
    text = _joined(message.get("text"))
    if not text.strip():
        skipped["media"] += 1
        return None
    if message.get("forwarded_from"):
        skipped["forwarded"] += 1
        return None
    name = message.get("from") or message.get("from_id") or ""
    moment = str(message.get("date_unixtime") or message.get("date") or "")
    return Utterance(speaker=str(name), text=text, said_at=parse_date(moment))


def _joined(text: Any) -> str:
    if isinstance(text, str):
        return text
    parts = text if isinstance(text, list) else []
    inner = [part if isinstance(part, str) else part.get("text") for part in parts if isinstance(part, str | Mapping)]
    return "".join(part for part in inner if isinstance(part, str))
