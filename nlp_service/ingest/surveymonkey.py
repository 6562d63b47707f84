"""SurveyMonkey's responses as its API gives them, with the questions where they were sent along → a survey's table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.columns import is_wordy, listed
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.decode import clean
from nlp_service.ingest.flat import scalar, table_of
from nlp_service.ingest.json_values import inner, mappings
from nlp_service.ingest.surveys import read_survey

_NO_QUESTIONS = (
    "The questions' texts are not in this file: send the survey's details with the responses in one JSON list."
)
_WHO = ("Respondent ID", "Collector ID", "Date Modified")


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The responses, and what the ids of questions, rows and choices stand for."""

    responses: Sequence[Mapping[str, Any]]
    names: Mapping[str, str]
    asked: Sequence[str]


def export_of(value: Any) -> Export | None:
    """What SurveyMonkey's API gave: responses, a survey's details, or both in one list or object."""
    parts = mappings(value if isinstance(value, list) else [value, *_inner_values(value)])
    responses = [one for part in parts for one in _responses(part)]
    details = [part for part in parts if _is_details(part)]
    if not responses and not details:
        return None
    return Export(
        responses=responses,
        names={key: name for part in details for key, name in _names(part)},
        asked=[_heading(question) for part in details for _, question in _questions(part)],
    )


def read_export(source: Source, export: Export) -> Contents:
    """A record for each answer in words.

    Raises:
        UnreadableFile: there are questions and no answers, or none in words.
    """
    if not export.responses:
        raise UnreadableFile(
            f"This file holds the questions of a survey ({listed(export.asked)}) and no answers: send its responses, or "
            "both in one JSON list."
        )
    rows, typed = [], dict[str, None]()
    for response in export.responses:
        row = dict(
            zip(_WHO, (scalar(response.get(key)) for key in ("id", "collector_id", "date_modified")), strict=True)
        )
        for name, answer, is_typed in _answers(response, export.names):
            row[name] = f"{row[name]}, {answer}" if name in row else answer
            if is_typed and is_wordy(answer):
                typed[name] = None
        rows.append(row)
    table = table_of(rows, format="json", encoding=source.encoding)
    places = frozenset(place for place, name in enumerate(table.header) if name in typed)
    if not places:
        raise UnreadableFile("No question of this survey was answered in words: there is no text to analyse.")
    contents = read_survey(source, replace(table, survey="surveymonkey", questions=table.header, open_places=places))
    return contents if export.names else replace(contents, warnings=(*contents.warnings, _NO_QUESTIONS))


def _inner_values(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, Mapping) else []


def _responses(part: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The responses in a reply of many or of one."""
    found = mappings(part.get("data")) or [part]
    return [one for one in found if "collector_id" in one and isinstance(one.get("pages"), list)]


def _is_details(part: Mapping[str, Any]) -> bool:
    return "collector_id" not in part and any("headings" in question for _, question in _questions(part))


def _questions(part: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for page in mappings(part.get("pages")):
        for question in mappings(page.get("questions")):
            yield scalar(question.get("id")), question


def _names(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the ids of a survey's questions, rows and choices stand for."""
    for key, question in _questions(part):
        yield key, _heading(question)
        answers = inner(question, "answers")
        for option in (*mappings(answers.get("choices")), *mappings(answers.get("rows")), inner(answers, "other")):
            yield scalar(option.get("id")), clean(scalar(option.get("text")))


def _heading(question: Mapping[str, Any]) -> str:
    return clean(" ".join(scalar(one.get("heading")) for one in mappings(question.get("headings"))))


def _answers(response: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Question, answer, and whether it was typed; rows of a matrix and boxes of several are questions of their own."""
    for key, question in _questions(response):
        asked = names.get(key) or clean(f"question {key}")
        for answer in mappings(question.get("answers")):
            row, choice = scalar(answer.get("row_id")), scalar(answer.get("choice_id"))
            name = f"{asked} – {names.get(row) or clean(row)}" if row else asked
            text = scalar(answer.get("text"))
            if text:
                yield (
                    (f"{name} – {names.get(other) or 'other'}" if (other := scalar(answer.get("other_id"))) else name),
                    text,
                    True,
                )
            elif choice:
                yield name, names.get(choice) or f"choice {choice}", False
