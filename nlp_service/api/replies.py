"""The replies of version 1, as documented; fields may be added, so clients ignore what they do not know."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from nlp_service.domain import JobState


class Reply(BaseModel):
    """What every reply model shares."""

    model_config = ConfigDict(extra="allow")


class ProblemFault(Reply):
    """One thing wrong: a JSON pointer to it, a code, a sentence."""

    pointer: str
    code: str
    message: str


class Problem(Reply):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[ProblemFault] = []


class LanguageReply(Reply):
    """The language of a document, how sure we are, and how well we know it."""

    code: str
    confidence: float
    mixed: list[str] = []
    support: str


class SentimentReply(Reply):
    """A label, its calibrated probability and the probability of each label."""

    label: str
    confidence: float
    scores: dict[str, float]


class ReadReply(Reply):
    """How much of the text was read."""

    characters: int
    truncated: bool


class Result(Reply):
    """One document's result; `segments` and `requests` only from /v1/analyze."""

    id: str
    language: LanguageReply
    sentiment: SentimentReply
    experience: dict[str, Any] = {}
    segments: list[dict[str, Any]] = []
    requests: list[dict[str, Any]] = []
    cues: list[dict[str, Any]] = []
    pii: list[dict[str, Any]] = []
    read: ReadReply
    warnings: list[str] = []


class ItemError(Reply):
    """One document that could not be read, and why."""

    id: str
    code: str
    detail: str
    pointer: str


class ModelReply(Reply):
    """The engine that gave the results; equal checksums mean equal results."""

    name: str
    version: str
    sha256: str


class ResultsReply(Reply):
    """The results in the order of the documents, and the documents that failed."""

    results: list[Result]
    errors: list[ItemError]
    model: ModelReply
    request_id: str


class ProjectReply(Reply):
    """A project."""

    id: str
    name: str
    purpose: str
    owner: str | None = None
    retention_days: int | None = None
    pii_mode: str
    glossary: dict[str, str] = {}
    created_at: str


class Progress(Reply):
    """How far a job is: `done` of `total` in this stage."""

    stage: str
    done: int
    total: int


class JobReply(Reply):
    """A job."""

    id: str
    project_id: str
    kind: str
    state: JobState
    progress: Progress
    created_at: str
    started_at: str | None = None
    finished_at: str | None = None
    result_url: str | None = None
    outcome: dict[str, Any] | None = Field(None, description="What an ingest read and stored, in counts.")
    error: dict[str, Any] | None = None


class PreviewReply(Reply):
    """What was understood of a file, and its first records; nothing is stored."""

    filename: str
    format: str
    encoding: str | None
    kind: str
    columns: dict[str, str] = Field(description="Role → header.")
    speakers: dict[str, str] = Field(description="Speaker → role.")
    n_records: int | None = Field(description="Null for a large file, of which only the beginning was read.")
    skipped: dict[str, int] = Field(description="Reason → rows or messages.")
    warnings: list[str]
    records: list[dict[str, Any]]


class RequestReply(Reply):
    """A feature request, with the pseudonyms of those who asked."""

    id: str
    want: str
    n_askers: int
    status: str
    status_history: list[dict[str, Any]] = []
    tell: list[str] = []


class ThemeEditReply(Reply):
    """An edit of themes, with the theme as it now is or the job of the run that carries it out."""

    id: str
    kind: str
    theme_id: str
    members: dict[str, int] = Field({}, description="Segments by theme at the time.")
    label: dict[str, str] = {}
    created_at: str
    undone_at: str | None = None
    theme: dict[str, Any] | None = None
    job: JobReply | None = None


class RunReply(Reply):
    """A run: its summary, and where its parts are."""

    id: str
    project_id: str
    purpose: str
    created_at: str
    summary: dict[str, Any] | None = None
    links: dict[str, str] = {}


class PageReply(Reply):
    """A page of items; `next_cursor` opens the next one."""

    data: list[dict[str, Any]]
    next_cursor: str | None
    has_more: bool


class LineageReply(Reply):
    """Where the results of a run came from, and who took which export when."""

    origin: list[str] = []
    purpose: str = ""
    service_version: str = ""
    models: dict[str, str] = {}
    settings_hash: str = ""
    destinations: list[dict[str, str]] = []


class LanguageSupport(Reply):
    """One language and what was measured in it."""

    code: str
    name: str
    native_name: str
    script: str
    direction: str
    support: str = Field(description="`full` where measured on native text, else `partial`.")
    figures: list[dict[str, Any]] = []


class LanguagesReply(Reply):
    """The languages the service knows; every other one has support `none`."""

    data: list[LanguageSupport]
    measured_at: str | None = None


class ModelsReply(Reply):
    """The engine, the cards of its parts, and the limits of the service."""

    engine: ModelReply | None
    cards: list[dict[str, Any]]
    limits: dict[str, int]


class HealthReply(Reply):
    """`ok`, or `ready` with the engine's name."""

    status: str


class ConversationReply(Reply):
    """How a conversation went for the customer; places are a turn and offsets in its text."""

    id: str | None = None
    language: LanguageReply
    sentiment: SentimentReply
    experience: dict[str, Any]
    path: list[dict[str, Any]] = Field(description="The customer's turns with sentiment and mood.")
    turning_point: int | None = Field(None, description="The turn where the mood turns for good.")
    turned: str | None = Field(None, description="`better` or `worse`.")
    recovery: bool
    cues: list[dict[str, Any]] = []
    requests: list[dict[str, Any]] = []
    apart: list[dict[str, Any]] = Field([], description="Greetings, quoted lines and signatures, left out.")
    agent: dict[str, Any]
    is_interview: bool
    turns: list[dict[str, Any]]
    read: ReadReply
    warnings: list[str] = []
    model: ModelReply
    request_id: str
