"""POST /v1/sentiment and /v1/analyze: documents in, results in the same order out, one bad document failing alone."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from flask import g
from flask_openapi.blueprint import APIBlueprint

from nlp_service import pipeline
from nlp_service.analysis.answers import flag_answers
from nlp_service.api import languages
from nlp_service.api.auth import scope
from nlp_service.api.current import context, settings
from nlp_service.api.documentation import SECURITY, problems
from nlp_service.api.offsets import in_utf16
from nlp_service.api.replies import ResultsReply
from nlp_service.api.schemas import AnalyzeRequest, Document
from nlp_service.domain import Record, RecordAnalysis
from nlp_service.errors import BatchTooLarge, Fault, InvalidRequest, ServiceError, TextTooLong, UnsupportedLanguage
from nlp_service.export.documents import document_json
from nlp_service.text.redact import find

Tasks = Literal["sentiment", "all"]

blueprint = APIBlueprint(
    "analyze",
    __name__,
    url_prefix="/v1",
    abp_tags=[{"name": "Documents", "description": "Up to 100 texts at once, answered at once."}],
    abp_security=SECURITY,
    abp_responses={200: ResultsReply, **problems(400, 401, 403, 413, 415, 503)},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A document with the pointer to its text and its forced language, if any."""

    id: str
    text: str
    pointer: str
    language: str | None


@blueprint.post("/sentiment")
@scope("analyze")
def post_sentiment(body: AnalyzeRequest) -> dict[str, Any]:
    """The language and sentiment of each document"""
    return _reply(body, "sentiment")


@blueprint.post("/analyze")
@scope("analyze")
def post_analyze(body: AnalyzeRequest) -> dict[str, Any]:
    """Everything the service reads in each document: sentiment, segments, requests, personal data"""
    return _reply(body, "all")


def _reply(body: AnalyzeRequest, tasks: Tasks) -> dict[str, Any]:
    engine = context().engine
    documents = _documents(body)
    items: list[Item] = []
    errors: list[dict[str, str]] = []
    for index, document in enumerate(documents):
        identifier = document.id if document.id is not None else str(index)
        base = "" if "text" in body.model_fields_set else f"/documents/{index}"
        try:
            items.append(_item(document, identifier, base=base, default=body.language))
        except ServiceError as error:
            fault = error.faults[0]
            row = {"id": identifier, "code": error.code, "detail": error.detail, "pointer": fault.pointer}
            errors.append(row)
    if not items:
        raise _all_failed(errors)
    results = _results(items, tasks, utf16=body.offset_unit == "utf16")
    model = {"name": engine.name, "version": engine.version, "sha256": engine.sha256}
    return {"results": results, "errors": errors, "model": model, "request_id": g.request_id}


def _documents(body: AnalyzeRequest) -> Sequence[Document]:
    if "text" in body.model_fields_set:
        return [Document(text=body.text)]
    most = settings().max_documents
    if len(body.documents) > most:
        message = f"At most {most} documents in one call: send more calls, or a job for larger sets."
        fault = Fault(pointer="/documents", code=BatchTooLarge.code, message=message)
        raise BatchTooLarge(message, faults=[fault])
    return body.documents


def _item(document: Document, identifier: str, *, base: str, default: str) -> Item:
    pointer = f"{base}/text"
    most = settings().max_characters
    if not document.text.strip():
        raise _error(InvalidRequest, pointer, "The text is empty: send at least one word.")
    if len(document.text) > most:
        raise _error(TextTooLong, pointer, f"The text is longer than {most} characters: split it or send it as a job.")
    tag = document.language if document.language != "auto" else default
    language = languages.forced(tag, pointer=f"{base}/language")
    return Item(id=identifier, text=document.text, pointer=pointer, language=language)


def _error(kind: type[ServiceError], pointer: str, message: str) -> ServiceError:
    return kind(message, faults=[Fault(pointer=pointer, code=kind.code, message=message)])


def _all_failed(errors: Sequence[dict[str, str]]) -> ServiceError:
    faults = [Fault(pointer=row["pointer"], code=row["code"], message=row["detail"]) for row in errors]
    codes = {row["code"] for row in errors}
    detail = errors[0]["detail"] if len(errors) == 1 else "No document could be read: see `errors`."
    for kind in (TextTooLong, UnsupportedLanguage):
        if codes == {kind.code}:
            return kind(detail, faults=faults)
    return InvalidRequest(detail, faults=faults)


def _results(items: Sequence[Item], tasks: Tasks, *, utf16: bool) -> list[dict[str, Any]]:
    results = []
    analyses = _analyze(items)
    flags = flag_answers(analyses) if tasks == "all" else {}
    names = {analysis.record.id: item.id for item, analysis in zip(items, analyses, strict=True)}
    for item, analysis in zip(items, analyses, strict=True):
        own = [replace(flag, like=names.get(flag.like or "")) for flag in flags.get(analysis.record.id, ())]
        result = {"id": item.id, **document_json(analysis, tasks=tasks, flags=own, name=item.id)}
        result["language"] = {**result["language"], "support": languages.support(analysis.language.code)}
        if tasks == "all":
            result["pii"] = _personal_data(item.text, analysis.language.code)
        results.append(in_utf16(result, item.text) if utf16 else result)
    return results


def _personal_data(text: str, language: str) -> list[dict[str, Any]]:
    every = context().names
    names = every.within(language) if every is not None else None
    return [asdict(one) for one in find(text, language=language, names=names)]


def _analyze(items: Sequence[Item]) -> list[RecordAnalysis]:
    """The analyses in the order of the items; those with a forced language are read together, by language."""
    found: dict[int, RecordAnalysis] = {}
    for language in dict.fromkeys(item.language for item in items):
        group = [(index, item) for index, item in enumerate(items) if item.language == language]
        records = [Record(id=f"rec_{index}", text=item.text, kind="reviews") for index, item in group]
        analyses = pipeline.analyze(records, engine=context().engine, language=language)
        found.update(zip((index for index, _ in group), analyses, strict=True))
    return [found[index] for index in range(len(items))]
