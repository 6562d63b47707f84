"""JSON objects that hold a list of messages or turns → one record a conversation."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from nlp_service.domain import Kind, Record, Role
from nlp_service.ingest.cells import language_of
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance, conversation, role_warnings
from nlp_service.ingest.dates import parse_date
from nlp_service.ingest.decode import clean
from nlp_service.ingest.json_values import inner, word
from nlp_service.ingest.roles import role_word
from nlp_service.ingest.tickets import words_of

LISTS = ("turns", "messages", "utterances", "conversation", "dialog", "dialogue")
_SPEAKERS = ("speaker", "role", "author", "sender", "from", "name", "participant")
_TEXTS = ("text", "content", "message", "body", "utterance")
_TIMES = ("occurred_at", "created_at", "timestamp", "date", "time")
_NO_SPEECH = frozenset({"system", "tool", "function"})


def dialogues_of(items: Sequence[Any]) -> bool:
    """Whether every item holds a list whose first object has a speaker and a text."""
    return bool(items) and all(_turns(item) is not None for item in items)


def read_dialogues(source: Source, items: Sequence[Mapping[str, Any]], *, format: str) -> Contents:
    """One record for each conversation that has words; a message without any is counted."""
    skipped: Counter[str] = Counter()
    records: list[Record] = []
    speakers: dict[str, Role] = {}
    for place, item in enumerate(items):
        said = [_utterance(turn, skipped) for turn in _turns(item) or ()]
        utterances = [one for one in said if one is not None]
        stated = _stated_roles(item)
        kind = source.kind_or(_kind(utterances, stated))
        external_id = word(item.get("id")) or None
        key = external_id or str(place)
        record = conversation(
            source,
            utterances,
            kind=kind,
            key=key,
            external_id=external_id,
            metadata=_metadata(item),
            known=stated,
            merge=False,
        )
        if not record.text:
            skipped["no_text"] += 1
            continue
        claimed = language_of(word(item.get("language"))) if source.language is None else source.language
        records.append(replace(record, language=claimed))
        speakers.update({turn.speaker: turn.role for turn in record.turns})
    kind = records[0].kind if records else source.kind_or("chats")
    return Contents(
        format=f"{format}_dialogues",
        encoding=source.encoding,
        kind=kind,
        columns={"text": next((name for name in LISTS if items and name in items[0]), "")},
        speakers=speakers,
        records=tuple(records),
        skipped=dict(skipped),
        warnings=role_warnings(speakers, kind=kind),
    )


def _turns(item: Any) -> Sequence[Any] | None:
    if not isinstance(item, Mapping):
        return None
    for name in LISTS:
        turns = item.get(name)
        if isinstance(turns, list) and turns and isinstance(turns[0], Mapping):
            found = _first(turns[0], _SPEAKERS), _first(turns[0], _TEXTS)
            return turns if None not in found else None
    return None


def _metadata(item: Mapping[str, Any]) -> dict[str, str]:
    """The plain values of a conversation and of its labels; what is said of single turns has no place in a record."""
    plain = {**item, **inner(item, "metadata"), **inner(item, "labels")}
    return words_of(plain, [str(key) for key, value in plain.items() if key != "id" and not isinstance(value, list)])


def _stated_roles(item: Mapping[str, Any]) -> dict[str, Role]:
    """Speaker → role where turns have a name and, beside it, a role."""
    roles: dict[str, Role] = {}
    for turn in _turns(item) or ():
        stated = role_word(word(turn.get("role"))) if isinstance(turn, Mapping) else None
        name = clean(_first(turn, _SPEAKERS) or "") if stated else ""
        if stated and name:
            roles.setdefault(name, stated)
    return roles


def _first(turn: Mapping[str, Any], names: Sequence[str]) -> str | None:
    return next((str(turn[name]) for name in names if isinstance(turn.get(name), str | int)), None)


def _utterance(turn: Any, skipped: Counter[str]) -> Utterance | None:
    text = _first(turn, _TEXTS) if isinstance(turn, Mapping) else None
    speaker = (_first(turn, _SPEAKERS) or "") if isinstance(turn, Mapping) else ""
    role = word(turn.get("role")) if isinstance(turn, Mapping) else ""
    if text is None or not text.strip() or {speaker.casefold(), role.casefold()} & _NO_SPEECH:
        skipped["no_speech"] += 1
        return None
    return Utterance(speaker=speaker, text=text, said_at=parse_date(_first(turn, _TIMES) or ""))


def _kind(utterances: Sequence[Utterance], stated: Mapping[str, Role]) -> Kind:
    roles = {role_word(one.speaker) for one in utterances} | set(stated.values())
    return "interviews" if roles & {"interviewer", "participant"} else "chats"
