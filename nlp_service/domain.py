"""The values that flow through the service: frozen, without behaviour beyond a slice, importing nothing of ours.

Offsets count Unicode code points and are end-exclusive; `record.text[segment.start:segment.end] == segment.text` always.
Languages are ISO 639-1 codes, or `und` when nobody knows. Times are RFC 3339 strings; without an offset they are local to
their source.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Kind = Literal["reviews", "chats", "interviews"]
Role = Literal["customer", "agent", "bot", "interviewer", "participant", "unknown"]
SentimentLabel = Literal["negative", "neutral", "positive", "mixed"]
Act = Literal["feature_request", "problem", "praise", "question", "other"]
Emotion = Literal[
    "anger",
    "frustration",
    "disappointment",
    "sadness",
    "fear",
    "confusion",
    "surprise",
    "joy",
    "gratitude",
    "relief",
    "trust",
    "pride",
    "disgust",
]
JobState = Literal["queued", "running", "done", "failed", "cancelled"]

UNDETERMINED = "und"
EMOTIONS: tuple[Emotion, ...] = get_args(Emotion)
CUSTOMER_ROLES: frozenset[Role] = frozenset({"customer", "participant", "unknown"})
"""Roles whose words count as the customer's voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file as it came: its bytes, the name it had, and what the sender says it is."""

    filename: str
    content: bytes
    kind: Kind | Literal["auto"] = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One speaker's stretch of a conversation: `record.text[start:end]`; times in seconds from the beginning."""

    index: int
    speaker: str
    role: Role
    start: int
    end: int
    starts_at_s: float | None = None
    ends_at_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing a customer sent: a review, an answer, a ticket, a whole chat or interview."""

    id: str
    text: str
    kind: Kind
    source: str = ""
    external_id: str | None = None
    language: str | None = None
    """The language the source claims: a hint, never a fact."""
    author: str | None = None
    rating: float | None = None
    occurred_at: str | None = None
    channel: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What a text is written in: a code, how sure we are (0 to 1), and other languages inside it."""

    code: str
    confidence: float
    mixed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A sentence or clause, the unit of analysis: `record.text[start:end] == text`."""

    id: str
    record_id: str
    start: int
    end: int
    text: str
    language: str
    turn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentiment:
    """A label with its calibrated probability, and the probability of each of negative, neutral and positive."""

    label: SentimentLabel
    confidence: float
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one segment says: its sentiment, its act and how sure the model is of it (0 to 1), the emotions it shows."""

    segment: Segment
    sentiment: Sentiment
    act: Act
    act_confidence: float
    emotions: tuple[Emotion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnalysis:
    """A record with its language, its composed sentiment and the readings of its customer segments, in text order."""

    record: Record
    language: Language
    sentiment: Sentiment
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyphrase:
    """A phrase that sets a topic apart in one language, as customers wrote it most often."""

    text: str
    language: str
    weight: float
    n_segments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A verbatim slice that shows a theme: `record.text[start:end] == text`."""

    record_id: str
    segment_id: str
    start: int
    end: int
    text: str
    language: str
    sentiment: SentimentLabel
    speaker: str | None = None
    at_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A proportion with its 95 % Wilson interval (Wilson 1927)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A finding shown to people: what a set of segments is about, in how many words of how many people, with quotes.

    `label` is by reader's language; `sentiment` and `languages` count records; `polarized` says that both sides are
    strong; `aspect` is the taxonomy entry that gave the name, None where keyphrases did.
    """

    id: str
    label: Mapping[str, str]
    aspect: str | None
    keyphrases: tuple[Keyphrase, ...]
    n_segments: int
    n_records: int
    n_people: int
    share: Share
    sentiment: Mapping[SentimentLabel, int]
    polarized: bool
    languages: Mapping[str, int]
    quotes: tuple[Quote, ...]
    segment_ids: tuple[str, ...]
    request_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Something customers ask for: the askers counted, each wording a verbatim quote; `status` is set by people."""

    id: str
    want: str
    label: Mapping[str, str]
    n_askers: int
    n_records: int
    forms: Mapping[str, int]
    languages: Mapping[str, int]
    first_seen: str | None
    last_seen: str | None
    quotes: tuple[Quote, ...]
    theme_id: str | None
    segment_ids: tuple[str, ...]
    status: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Where a result came from and why: sources, purpose, the models and settings that made it."""

    origin: tuple[str, ...]
    purpose: str
    service_version: str
    models: Mapping[str, str]
    settings_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of one run; equal input, version and settings give an equal report."""

    themes: tuple[Theme, ...]
    requests: tuple[Request, ...]
    analyses: tuple[RecordAnalysis, ...]
    unclustered: Mapping[str, str]
    """Segment id → why it is in no theme: `too_short`, `generic`, `singleton`, `off_topic`."""
    n_people: int
    sentiment: Mapping[SentimentLabel, int]
    languages: Mapping[str, int]
    warnings: tuple[str, ...]
    lineage: Lineage
