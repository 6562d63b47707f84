"""What is found over many records: themes, requests, problems, drivers, and where each came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from nlp_service.domain.labels import Direction, EditKind, Polarity, RequestStatus, SentimentLabel
from nlp_service.domain.readings import QualityFlag, RecordAnalysis


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
    question: str | None = None
    """What the interviewer had asked, where the quote is of a short answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A proportion with its 95 % Wilson interval (Wilson 1927)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeEdit:
    """What a person changed about themes, to hold in every later run until it is undone.

    `rename` gives `label`; `merge` joins the themes of `members` into `theme_id`; `split`, `move` and `lock` bind the
    segments of `members[theme_id]` to that theme, a new one in a split. `members` is theme id → segment ids at the time,
    of a split or move also for the themes that the segments were in.
    """

    id: str
    kind: EditKind
    theme_id: str
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    label: Mapping[str, str] = field(default_factory=dict)
    created_at: str = ""
    undone_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """How many records of a week or month speak of a theme, of how many; `start` is its first day."""

    start: str
    n_records: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A theme over time: its share of late and before, and whether the difference is more than chance.

    `p_value` is corrected for the number of themes; `emerging` says that the share at least doubled.
    """

    unit: Literal["week", "month"]
    periods: tuple[Period, ...]
    recent_share: float
    earlier_share: float
    p_value: float
    direction: Direction
    emerging: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """How much an outcome differs where a theme is spoken of, with a 95 % interval: an association, not a cause.

    `low` and `high` are None where the interval is not defined; `p_value` is corrected for the number of comparisons.
    """

    theme_id: str
    outcome: str
    n_with: int
    n_without: int
    mean_with: float
    mean_without: float
    effect: float
    low: float | None
    high: float | None
    p_value: float
    significant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A finding shown to people: what a set of segments is about, in how many words of how many people, with quotes.

    `label` is by reader's language; `sentiment` and `languages` count records; `polarized` says that both sides are
    strong; `aspect` is the taxonomy entry that gave the name, None where keyphrases did. `splits` counts records by the
    values of each field that tells them apart; `children` are the sub-themes, themselves without children. `found_label` is
    the label that was found, where a language model has put its own names over it. `n_unflagged` counts the records
    that nothing makes weak evidence, None where that was not looked at.
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
    trend: Trend | None = None
    splits: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    children: tuple["Theme", ...] = ()
    found_label: Mapping[str, str] | None = None
    n_unflagged: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Who stands behind a request or a problem, and in words why it has its place among the others.

    `channels` counts records; `mean_rating` is of their records and `value` the sum of what each person is worth by the
    records' `value`, both None where no record says; `people` are pseudonyms, so that they can be told.
    """

    n_people: int
    n_records: int
    languages: Mapping[str, int]
    channels: Mapping[str, int]
    first_seen: str | None
    last_seen: str | None
    trend: Trend | None
    mean_rating: float | None
    value: float | None
    reasons: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """What people decided about a request, and when."""

    status: RequestStatus
    note: str
    changed_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Something customers ask for: the askers counted, each wording a verbatim quote; the status is set by people.

    `known_want` is its id in `corpora/wants`, None for what is not there; `label` holds customers' own words by language.
    """

    id: str
    want: str
    known_want: str | None
    label: Mapping[str, str]
    polarity: Polarity
    demand: Demand
    forms: Mapping[str, int]
    quotes: tuple[Quote, ...]
    theme_id: str | None
    segment_ids: tuple[str, ...]
    status: RequestStatus = "open"
    status_history: tuple[StatusChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What goes wrong in a theme: the segments of it that report a problem, and who wrote them."""

    theme_id: str
    label: Mapping[str, str]
    demand: Demand
    quotes: tuple[Quote, ...]
    segment_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Who was interviewed, under the same pseudonym in every interview: `themes` counts segments by theme."""

    id: str
    record_ids: tuple[str, ...]
    n_segments: int
    themes: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """An interview, the themes that none before it spoke of, and how many are known after it."""

    record_id: str
    participants: tuple[str, ...]
    n_segments: int
    new_themes: tuple[str, ...]
    n_themes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fieldwork:
    """What the interviews cover; `saturated_after` is the number of them after which hardly a new theme came, if any is."""

    participants: tuple[Participant, ...]
    interviews: tuple[Interview, ...]
    saturated_after: int | None


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
    """Segment id → why it is in no theme: `too_short`, `generic`, `singleton`, `off_topic`, `few_people`."""
    n_people: int
    sentiment: Mapping[SentimentLabel, int]
    languages: Mapping[str, int]
    warnings: tuple[str, ...]
    lineage: Lineage
    drivers: tuple[Driver, ...] = ()
    quality: Mapping[str, tuple[QualityFlag, ...]] = field(default_factory=dict)
    """Record id → what makes the record weak evidence; records without a flag are not in it."""
    problems: tuple[Problem, ...] = ()
    fieldwork: Fieldwork | None = None
    """None where no record is an interview."""
    found_in: Mapping[str, str] = field(default_factory=dict)
    """Segment id → the theme it was in before people's edits: what the next run compares its own with."""
