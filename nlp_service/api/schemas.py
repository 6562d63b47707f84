"""The requests of version 1 as they are validated and documented: unknown fields are refused, with a pointer."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from nlp_service.domain import Act, RequestStatus, Role, SentimentLabel

AnyKind = Literal["auto", "reviews", "chats", "interviews"]
OffsetUnit = Literal["codepoint", "utf16"]
PiiMode = Literal["mask", "keep", "drop"]

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Purpose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
LanguageTag = Annotated[str, StringConstraints(max_length=35)]
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class Wire(BaseModel):
    """What every request model shares."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False, hide_input_in_errors=True)


class Document(Wire):
    """One text to read."""

    id: str | None = Field(None, max_length=256, description="Yours, given back; the position when absent.")
    text: str = Field(description="Up to the characters that /v1/models shows.")
    language: LanguageTag = Field("auto", description="A BCP 47 code, or `auto` to identify it.")


class AnalyzeRequest(Wire):
    """Several documents, or one text."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": ["documents"]}, {"required": ["text"]}],
            "examples": [
                {"documents": [{"id": "42", "text": "The app crashes when I pay.", "language": "auto"}]},
                {"text": "برنامه عالی است، فقط حالت شب ندارد."},
            ],
        }
    )

    documents: list[Document] = Field(default=[], description="1 to 100 documents; their order is kept.")
    text: str = Field("", description="The short form: one text.")
    language: LanguageTag = Field("auto", description="The language of `text`, and of documents that say `auto`.")
    offset_unit: OffsetUnit = Field("codepoint", description="What offsets count.")

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if ("documents" in self.model_fields_set) == ("text" in self.model_fields_set):
            raise ValueError("Send either `documents` or `text`.")
        if "documents" in self.model_fields_set and not self.documents:
            raise ValueError("Send at least one document.")
        return self


class ProjectCreate(Wire):
    """A new project; what its data is for must be said."""

    name: Name
    purpose: Purpose = Field(description="What the analysis is for; kept with every result.")
    owner: str = Field("", max_length=200)
    retention_days: int | None = Field(
        None, ge=1, le=36_500, description="Days that records are kept; null keeps them."
    )
    pii_mode: PiiMode = Field(
        "mask", description="Before records are stored, their personal data is masked with its kind, dropped, or kept."
    )
    glossary: dict[Name, Annotated[str, StringConstraints(max_length=500)]] = Field(default={}, max_length=1_000)


class ProjectPatch(Wire):
    """The fields of a project to change; absent ones stay."""

    name: Name | None = None
    purpose: Purpose | None = None
    owner: str | None = Field(None, max_length=200)
    retention_days: int | None = Field(None, ge=1, le=36_500)
    pii_mode: PiiMode | None = None
    glossary: dict[Name, Annotated[str, StringConstraints(max_length=500)]] | None = Field(None, max_length=1_000)

    @model_validator(mode="after")
    def _not_null(self) -> Self:
        for field in ("name", "purpose", "owner", "pii_mode", "glossary"):
            if field in self.model_fields_set and getattr(self, field) is None:
                raise ValueError(f"`{field}` cannot be null: leave it out to keep it.")
        return self


class RunRequest(Wire):
    """How to run over the stored records."""

    language: LanguageTag = Field("auto", description="Forces the language of every record.")
    wished_themes: int | None = Field(None, ge=1, le=500, description="About how many themes you want.")


ThemeLabel = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
ThemeLabels = Annotated[dict[LanguageTag, ThemeLabel], Field(min_length=1, max_length=20)]
SegmentIds = Annotated[list[Annotated[str, StringConstraints(min_length=1, max_length=200)]], Field(min_length=1)]


class ThemePatch(Wire):
    """What to change about a theme: exactly one of the fields, beside `run_id`."""

    label: ThemeLabels | None = Field(None, description="New names by language.")
    locked: Literal[True] | None = Field(None, description="Keep its present segments together in later runs.")
    segment_ids: SegmentIds | None = Field(None, description="Segments to move into this theme.")
    run_id: Identifier | None = Field(None, description="The run that showed the theme; the newest by default.")


class ThemesMerge(Wire):
    """Which themes become one."""

    theme_ids: Annotated[list[Identifier], Field(min_length=2, max_length=50)]
    into: Identifier | None = Field(None, description="The theme whose id and names stay; the first by default.")
    run_id: Identifier | None = None


class ThemeSplit(Wire):
    """Which segments leave a theme to be one of their own."""

    theme_id: Identifier
    segment_ids: SegmentIds
    label: ThemeLabels | None = None
    run_id: Identifier | None = None


class EditUndo(Wire):
    """Which edit to undo: by default the project's newest."""

    project_id: Identifier
    edit_id: Identifier | None = None


class ExportQuery(Wire):
    """Where an export goes."""

    destination: str = Field("", max_length=500, description="Where it goes and to whom, for the run's lineage.")


class RequestPath(BaseModel):
    """A request's id."""

    request_id: Identifier


class RequestPatch(Wire):
    """What people decided about a request."""

    status: RequestStatus
    note: str = Field("", max_length=2_000, description="Why, for those who read the history.")
    run_id: Identifier | None = Field(None, description="The run that showed the request; the newest by default.")


class ThemePath(BaseModel):
    """A theme's id."""

    theme_id: Identifier


class UploadFields(Wire):
    """How to read an upload; form fields of a multipart body, query parameters of a JSON body."""

    kind: AnyKind = Field("auto", description="What the records are.")
    text_column: Annotated[str, StringConstraints(max_length=500)] | None = Field(
        None, description="The text's column."
    )
    language: LanguageTag = Field("auto", description="The language of every record, when you know it.")
    encoding: Annotated[str, StringConstraints(max_length=40)] | None = Field(
        None, description="The file's encoding, where it is told wrong."
    )
    preview: bool = Field(False, description="Only show what is understood, with the first records; nothing is stored.")
    wished_themes: int | None = Field(None, ge=1, le=500, description="For batches: about how many themes you want.")


Header = Annotated[str, StringConstraints(min_length=1, max_length=500)] | None


class Mapping(Wire):
    """Which column is what: a header of the file for each role that is found wrong, or not at all."""

    text: Header = None
    title: Header = None
    rating: Header = None
    date: Header = None
    updated: Header = None
    id: Header = None
    author: Header = None
    language: Header = None
    channel: Header = None
    version: Header = None
    reply: Header = None


class UploadForm(UploadFields):
    """The form fields beside the file."""

    mapping: Mapping | None = Field(None, description="A JSON object: role → header, as `text`.")


class ProjectPath(BaseModel):
    """A project's id."""

    project_id: Identifier


class JobPath(BaseModel):
    """A job's id."""

    job_id: Identifier


class RunPath(BaseModel):
    """A run's id."""

    run_id: Identifier


class ProblemPath(BaseModel):
    """A problem's code."""

    code: Identifier


class PageQuery(Wire):
    """Which page: its length and where it begins."""

    limit: int = Field(50, ge=1, le=200, description="Items in one page.")
    cursor: str | None = Field(None, min_length=1, max_length=500, description="`next_cursor` of the page before.")


class ThemesQuery(PageQuery):
    """Which themes."""

    language: LanguageTag | None = Field(None, description="Only those with records in this language.")
    sentiment: SentimentLabel | None = Field(None, description="Only those with records of this sentiment.")


class RequestsQuery(PageQuery):
    """Which feature requests."""

    language: LanguageTag | None = Field(None, description="Only those asked for in this language.")
    theme_id: Identifier | None = Field(None, description="Only those of this theme.")
    status: RequestStatus | None = Field(None, description="Only those of this status.")


class SegmentsQuery(PageQuery):
    """Which segments."""

    language: LanguageTag | None = Field(None, description="Only segments in this language.")
    sentiment: SentimentLabel | None = Field(None, description="Only segments of this sentiment.")
    act: Act | None = Field(None, description="Only segments that do this.")
    theme_id: Identifier | None = Field(None, description="Only segments of this theme.")


class SpokenTurn(Wire):
    """What one side said in one go."""

    text: str = Field(description="Up to the characters that /v1/models shows.")
    role: Role | None = Field(None, description="Told by the speaker's name when absent, if that can be.")
    speaker: str = Field("", max_length=256, description="A name, to tell speakers apart.")
    at: datetime | None = Field(None, description="When it was said, RFC 3339.")


class ConversationRequest(Wire):
    """One ticket, chat or interview."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "turns": [
                        {"role": "customer", "text": "Third time I write: my refund is still not here."},
                        {"role": "agent", "text": "I am sorry. It has been sent today."},
                        {"role": "customer", "text": "It is here now, after two months of chasing you."},
                    ]
                }
            ]
        }
    )

    id: str | None = Field(None, max_length=256, description="Yours, given back.")
    kind: Literal["chats", "interviews"] = Field("chats", description="Tickets and calls are chats.")
    turns: list[SpokenTurn] = Field(min_length=1, max_length=2_000, description="In the order in which they were said.")
    language: LanguageTag = Field("auto", description="A BCP 47 code, or `auto` to identify it.")
    offset_unit: OffsetUnit = Field("codepoint", description="What offsets count.")
