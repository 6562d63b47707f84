"""The requests of version 1 as they are validated and documented: unknown fields are refused, with a pointer."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from nlp_service.domain import Act, SentimentLabel

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
    pii_mode: PiiMode = "mask"
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


class UploadFields(Wire):
    """How to read an upload; form fields of a multipart body, query parameters of a JSON body."""

    kind: AnyKind = Field("auto", description="What the records are.")
    text_column: Annotated[str, StringConstraints(max_length=500)] | None = Field(
        None, description="The text's column."
    )
    language: LanguageTag = Field("auto", description="The language of every record, when you know it.")
    wished_themes: int | None = Field(None, ge=1, le=500, description="For batches: about how many themes you want.")


class Mapping(Wire):
    """Which column is what."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=500)]


class UploadForm(UploadFields):
    """The form fields beside the file."""

    mapping: Mapping | None = Field(None, description="A JSON object; `text` names the text's column.")


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


class SegmentsQuery(PageQuery):
    """Which segments."""

    language: LanguageTag | None = Field(None, description="Only segments in this language.")
    sentiment: SentimentLabel | None = Field(None, description="Only segments of this sentiment.")
    act: Act | None = Field(None, description="Only segments that do this.")
    theme_id: Identifier | None = Field(None, description="Only segments of this theme.")
