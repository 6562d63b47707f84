"""Surveys → a record for each open answer, with its question, the respondent's scores and closed answers beside it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nlp_service.domain import Kind, Record
from nlp_service.errors import UnreadableFile
from nlp_service.identity import qualified
from nlp_service.ingest.cells import is_no_answer, language_of, rating_of
from nlp_service.ingest.columns import assign_columns, listed
from nlp_service.ingest.contents import Contents, Source, record_id
from nlp_service.ingest.dates import Order, date_in, decide_order
from nlp_service.ingest.decode import clean_cells
from nlp_service.ingest.headers import header_key
from nlp_service.ingest.questions import (
    ScoreColumn,
    is_personal,
    is_question,
    open_places,
    question_of,
    score_column,
)
from nlp_service.ingest.repeats import Found, Item, Repeats, newest, records_from
from nlp_service.ingest.rows import WHERE_PEOPLE_ARE
from nlp_service.ingest.tables import Table

_TIMESTAMPS = frozenset(
    {
        "timestamp", "zeitstempel", "horodateur", "marca temporal", "carimbo de data hora", "zaman damgası", "tijdstempel",
        "informazioni cronologiche", "отметка времени", "sygnatura czasowa", "طابع زمنی", "مهر زمان", "مهر زمانی",
    }
)  # fmt: skip
_RESPONDENTS = frozenset(
    header_key(name)
    for name in (
        "case", "case id", "respondent", "participant", "participant id", "katılımcı", "katılımcı no", "شرکت کننده",
        "پاسخ دهنده", "المشارك", "المستجيب", "teilnehmer", "befragte", "participante", "répondant",
    )
)  # fmt: skip
_TYPEFORM = frozenset({"submit date utc", "start date utc", "network id"})
_LIMESURVEY = frozenset({"submitdate", "lastpage", "startlanguage"})
_ROLES = ("id", "date", "language", "channel")
_NO_RESPONSES = frozenset({"1", "2", "8", "survey preview", "survey test", "spam", "umfragevorschau", "umfragetest"})
_MADE_BY_MACHINES = (" - topics", " - parent topics", " - sentiment", " - topic sentiment", "_nps_group")
_OWN_COLUMNS = frozenset(
    {
        "progress", "duration in seconds", "finished", "status", "recipient last name", "recipient first name",
        "recipient email", "external reference", "distribution channel", "network id", "collector id", "ip address",
        "start date", "end date", "recorded date", "date created", "date modified", "start date utc", "submit date utc",
        "lastpage", "seed", "datestamp", "refurl", "ipaddr", "startdate",
    }
)  # fmt: skip
"""Columns that the survey's program fills."""


def survey_of(table: Table) -> str:
    """Whose survey a table is: by its marks, or `survey` where it has several open questions; empty for no survey."""
    if table.survey:
        return table.survey
    keys = [header_key(name) for name in table.header]
    if keys[0] == "#" and _TYPEFORM & set(keys):
        return "typeform"
    if set(keys) >= _LIMESURVEY:
        return "limesurvey"
    if keys[0] in _TIMESTAMPS and any(is_question(name) for name in table.header[1:]):
        return "google_forms"
    asked = [place for place in open_places(table) if is_question(table.header[place])]
    return "survey" if len(asked) > 1 else ""


def is_survey(source: Source, table: Table) -> bool:
    """Whether to read a table as a survey: it is one, and the sender names no text column."""
    return "text" not in source.mapping and bool(survey_of(table))


@dataclass(frozen=True, kw_only=True)
class SurveyRows:
    """How to read the rows of a survey: who answers, which columns are open questions, scores and closed answers."""

    source: Source
    table: Table
    taken: Mapping[str, int]
    open_places: tuple[int, ...]
    score: ScoreColumn | None
    order: Order | None
    kind: Kind

    def __call__(self, number: int, cells: Sequence[str]) -> Sequence[Found]:
        """An item for each open answer of a respondent, or why there is none."""
        cells = clean_cells(cells)
        if self._status is not None and cells[self._status].casefold() in _NO_RESPONSES:
            return ("test_response",)
        said = [(place, cells[place]) for place in self.open_places if cells[place]]
        if not said:
            return ("no_text",)
        shared = self._shared(number, cells)
        return [
            "no_answer" if is_no_answer(text) else self._item(shared, place, text, number=number)
            for place, text in said
        ]

    def _item(self, shared: Mapping[str, Any], place: int, text: str, *, number: int) -> Item:
        key = header_key(self.table.header[place]) or str(place)
        respondent = shared["respondent"]
        external_id = f"{respondent}:{key[:60]}"
        metadata = {**shared["closed"], "question": question_of(self.table, place)}
        record = Record(
            id=record_id(self.source.filename, external_id, text),
            text=text,
            external_id=external_id,
            metadata=metadata,
            **shared["fields"],
        )
        return Item(record=record, place=f"{number} {key}", created=shared["created"])

    def _shared(self, number: int, cells: Sequence[str]) -> dict[str, Any]:
        """What all answers of a respondent have in common."""
        told = cells[self.taken["id"]] if "id" in self.taken else ""
        respondent = told or f"row {number}"
        closed = {name: cells[place] for place, name in self._closed if cells[place]}
        rating = rating_of(cells[self.score.place]) if self.score else None
        if rating is not None and self.score is not None:
            closed["score"] = self.score.score
        date = self.taken.get("date")
        occurred_at = None if date is None else date_in(cells[date], self.table.header[date], self.order)
        if date is not None and cells[date] and occurred_at is None:
            closed[self.table.header[date]] = cells[date]
        language = self.taken.get("language")
        fields = {
            "kind": self.kind,
            "source": self.source.filename,
            "language": self.source.language or (None if language is None else language_of(cells[language])),
            "author": qualified(respondent, self.source.filename),
            "rating": rating,
            "occurred_at": occurred_at,
            "channel": (cells[self.taken["channel"]] or None) if "channel" in self.taken else None,
        }
        created = "" if date is None else cells[date]
        return {"respondent": respondent, "closed": closed, "fields": fields, "created": created}

    @cached_property
    def _status(self) -> int | None:
        is_qualtrics = self.table.survey == "qualtrics"
        return self.table.header.index("Status") if is_qualtrics and "Status" in self.table.header else None

    @cached_property
    def _closed(self) -> tuple[tuple[int, str], ...]:
        used = {*self.open_places, *self.taken.values()}
        return tuple(
            (place, question_of(self.table, place))
            for place, name in enumerate(self.table.header)
            if place not in used and not _is_left_out(name) and name.strip()
        )


def read_survey(source: Source, table: Table) -> Contents:
    """A record for each open answer; columns that tell who somebody is are left out.

    Raises:
        UnreadableFile: there is no open question.
    """
    read = survey_rows(source, table)
    skipped, repeats = Counter({"bad_row": table.n_bad} if table.n_bad else {}), Repeats()
    numbered = zip(table.numbers, table.rows, strict=True)
    records = newest(records_from(numbered, read, repeats=repeats, skipped=skipped), skipped)
    return Contents(
        format=survey_of(table),
        encoding=table.encoding,
        kind=read.kind,
        columns=survey_columns(read),
        records=records,
        skipped=dict(skipped),
        warnings=(*table.warnings, *repeats.warnings, *survey_warnings(read)),
    )


def survey_rows(source: Source, table: Table) -> SurveyRows:
    """How to read the rows of this survey.

    Raises:
        UnreadableFile: there is no open question.
    """
    places = open_places(table)
    if not places:
        raise UnreadableFile(
            f"No question of this survey was answered in words. The columns are {listed(table.header)}: name the one to "
            "read (--text-column)."
        )
    taken = assign_columns(table, mapping=source.mapping, roles=_ROLES)
    taken = {role: place for role, place in taken.items() if place not in places}
    respondent = next((place for place, name in enumerate(table.header) if header_key(name) in _RESPONDENTS), None)
    if respondent is not None:
        taken.setdefault("id", respondent)
    if header_key(table.header[0]) in _TIMESTAMPS:
        taken.setdefault("date", 0)
    dates = [row[taken["date"]] for row in table.rows if row[taken["date"]].strip()] if "date" in taken else []
    return SurveyRows(
        source=source,
        table=table,
        taken=taken,
        open_places=places,
        score=score_column(table),
        order=decide_order(dates),
        kind=source.kind_or("reviews"),
    )


def survey_columns(read: SurveyRows) -> dict[str, str]:
    """Role → header; the open questions are `text`, `text 2`, …"""
    texts = {f"text {k}" if k > 1 else "text": read.table.header[place] for k, place in enumerate(read.open_places, 1)}
    score = {"rating": read.table.header[read.score.place]} if read.score else {}
    return {**texts, **score, **{role: read.table.header[place] for role, place in read.taken.items()}}


def survey_warnings(read: SurveyRows) -> list[str]:
    """Which columns were left out because they tell who or where somebody is."""
    personal = [name for name in read.table.header if is_personal(name)]
    return [f"Columns that tell who somebody is were left out: {listed(personal)}."] if personal else []


def _is_left_out(name: str) -> bool:
    key = header_key(name)
    is_machine_made = name.casefold().endswith(_MADE_BY_MACHINES)
    return is_machine_made or is_personal(name) or key in WHERE_PEOPLE_ARE or key in _OWN_COLUMNS
