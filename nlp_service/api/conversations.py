"""POST /v1/conversations/analyze: one ticket, chat or interview as turns in; how it went for the customer out."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import g
from flask_openapi.blueprint import APIBlueprint

from nlp_service import pipeline
from nlp_service.api import languages
from nlp_service.api.auth import scope
from nlp_service.api.current import context, settings
from nlp_service.api.documentation import SECURITY, problems
from nlp_service.api.offsets import recounted, utf16_units
from nlp_service.api.replies import ConversationReply
from nlp_service.api.schemas import ConversationRequest, SpokenTurn
from nlp_service.domain import AGENT_ROLES, CUSTOMER_ROLES, Kind, Record, Role
from nlp_service.errors import Fault, InvalidRequest, TextTooLong
from nlp_service.export.documents import document_json
from nlp_service.export.experience import conversation_json
from nlp_service.ingest.roles import roles_of
from nlp_service.ingest.turns import turns_of

blueprint = APIBlueprint(
    "conversations",
    __name__,
    url_prefix="/v1/conversations",
    abp_tags=[{"name": "Conversations", "description": "A ticket, chat or interview as turns, answered at once."}],
    abp_security=SECURITY,
    abp_responses={200: ConversationReply, **problems(400, 401, 403, 413, 415, 503)},
)


@blueprint.post("/analyze")
@scope("analyze")
def post_conversation(body: ConversationRequest) -> dict[str, Any]:
    """How it went for the customer: path, turning point, recovery, success, effort, emotions"""
    engine = context().engine
    _refuse(body.turns)
    record = record_of(body.turns, kind=body.kind)
    forced = languages.forced(body.language, pointer="/language")
    (found,) = pipeline.analyze_conversations([record], engine=engine, language=forced)
    whole = document_json(found.analysis)
    result = {
        "id": body.id,
        "language": {**whole["language"], "support": languages.support(found.analysis.language.code)},
        "sentiment": whole["sentiment"],
        **conversation_json(found),
        "turns": [{"speaker": turn.speaker, "role": turn.role} for turn in record.turns],
        "read": whole["read"],
        "warnings": [*_warnings(body.turns, record), *whole["warnings"]],
        "model": {"name": engine.name, "version": engine.version, "sha256": engine.sha256},
        "request_id": g.request_id,
    }
    if body.offset_unit == "utf16":
        units = [utf16_units(turn.text) for turn in body.turns]
        counted: dict[str, Any] = recounted(result, lambda span: units[span["turn"]])
        return counted
    return result


def record_of(turns: Sequence[SpokenTurn], *, kind: Kind) -> Record:
    """The turns as one record; a role that is not given is told by the speaker's name, where that can be."""
    names = [turn.speaker for turn in turns if turn.speaker]
    known: dict[str, Role] = {turn.speaker: turn.role for turn in turns if turn.speaker and turn.role}
    by_name = roles_of(names, kind=kind, known=known)
    text, own = turns_of((t.speaker, t.role or by_name.get(t.speaker, "unknown"), t.text) for t in turns)
    return Record(id="conversation", text=text, kind=kind, turns=own)


def _refuse(turns: Sequence[SpokenTurn]) -> None:
    most = settings().max_characters
    for index, turn in enumerate(turns):
        if len(turn.text) > most:
            message = f"The text of a turn is longer than {most} characters: split it."
            raise TextTooLong(
                message, faults=[Fault(pointer=f"/turns/{index}/text", code=TextTooLong.code, message=message)]
            )
    if not any(turn.text.strip() for turn in turns):
        message = "Every turn is empty: send at least one with words."
        raise InvalidRequest(message, faults=[Fault(pointer="/turns", code=InvalidRequest.code, message=message)])


def _warnings(turns: Sequence[SpokenTurn], record: Record) -> list[str]:
    """What to know of the turns: who is taken for the customer, one side alone, empty turns, times that run back."""
    warnings = []
    roles = [turn.role for turn in record.turns]
    n_unknown, n_empty = roles.count("unknown"), sum(not turn.text.strip() for turn in turns)
    if n_unknown:
        warnings.append(f"The role of {n_unknown} of {len(roles)} turns is not known: they count as the customer's.")
    if not CUSTOMER_ROLES & set(roles):
        warnings.append("No turn is the customer's, so there is nothing to conclude: give `role` to those that are.")
    elif not AGENT_ROLES & set(roles):
        warnings.append("Only the customer's side is there: success rests on the customer's words alone.")
    if n_empty:
        warnings.append(f"{n_empty} of {len(roles)} turns are empty and say nothing.")
    warnings += [
        f"Turn {index} has an earlier time than the turn before: the order given is kept."
        for index in _running_back([turn.at for turn in turns])
    ]
    return warnings


def _running_back(times: Sequence[datetime | None]) -> list[int]:
    """The turns whose time lies before one already seen; a time without an offset is read as UTC."""
    found, latest = [], None
    for index, time in enumerate(times):
        if time is None:
            continue
        at = time.timestamp() if time.tzinfo else time.replace(tzinfo=UTC).timestamp()
        if latest is not None and at < latest:
            found.append(index)
        latest = at if latest is None else max(latest, at)
    return found
