"""What is read in it: segment by segment, record by record, conversation by conversation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nlp_service.domain.labels import (
    Act,
    CueKind,
    Effort,
    Emotion,
    Polarity,
    QualityKind,
    RequestForm,
    Role,
    SentimentLabel,
    Success,
)
from nlp_service.domain.records import Language, Record, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentiment:
    """A label with its calibrated probability, and the probability of each of negative, neutral and positive."""

    label: SentimentLabel
    confidence: float
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureRequest:
    """What one segment asks for: `record.text[start:end] == wording`; `polarity` says whether it is to come or to go."""

    start: int
    end: int
    wording: str
    form: RequestForm
    polarity: Polarity
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that show what an experience was like: `record.text[start:end]`."""

    kind: CueKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """An emotion that is there, and the words that show it: `record.text[start:end]`."""

    emotion: Emotion
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What one segment says of an experience: its cues, its emotions, and the probabilities of success and effort.

    `felt` are emotions that words name, `inferred` those that only the model finds, in the whole segment. `success` holds
    those of yes and no, `effort` those of high and low; what is left of 1 is that nothing is said of it. `outcome` holds
    how much the segment, were it among the last of a dialogue, adds to that the goal was reached, and to that it was not.
    """

    cues: tuple[Cue, ...] = ()
    felt: tuple[Felt, ...] = ()
    inferred: tuple[Felt, ...] = ()
    success: tuple[float, float] = (0.0, 0.0)
    effort: tuple[float, float] = (0.0, 0.0)
    outcome: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one segment says: its sentiment, its act and how sure the model is of it (0 to 1), the emotions it shows.

    `request` is there exactly where the act is `feature_request`.
    """

    segment: Segment
    sentiment: Sentiment
    act: Act
    act_confidence: float
    emotions: tuple[Emotion, ...] = ()
    request: FeatureRequest | None = None
    signals: Signals = Signals()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A stretch that stays in mind, with its sentiment: `record.text[start:end]`."""

    start: int
    end: int
    sentiment: SentimentLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A stretch that speaks for what was concluded: `record.text[start:end]`, of the customer or, confirming, the agent."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """How it went for a customer: whether the goal was reached, with what effort, and which emotions are present.

    Every part has the words it rests on. `peak` is the strongest moment and `end` the last, None where nothing is said.
    """

    success: Success = "unknown"
    effort: Effort = "unknown"
    emotions: tuple[Emotion, ...] = ()
    resolved_but_unhappy: bool = False
    unresolved_but_kind: bool = False
    success_evidence: tuple[Evidence, ...] = ()
    effort_cues: tuple[Cue, ...] = ()
    felt: tuple[Felt, ...] = ()
    cues: tuple[Cue, ...] = ()
    peak: Moment | None = None
    end: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnalysis:
    """A record with its language, its composed sentiment and the readings of its customer segments, in text order."""

    record: Record
    language: Language
    sentiment: Sentiment
    readings: tuple[Reading, ...]
    experience: Experience = Experience()


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityFlag:
    """Something about an answer that makes it weak evidence, and a sentence that says why.

    `like` is the id of the first record of its group, where it is one of several.
    """

    kind: QualityKind
    reason: str
    like: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPoint:
    """One turn of the customer: its place, its sentiment, and its mood, a number around 0 that emotions named move."""

    turn: int
    start: int
    end: int
    sentiment: Sentiment
    mood: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Words in a customer's turn that do not count as said here: `record.text[start:end]`."""

    start: int
    end: int
    reason: Literal["greeting", "quoted", "signature"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A conversation in the customer's view: `turning_point` is the index of the turn where the mood turns for good.

    It is None where there is no such turn; `turned` says which way. `recovery` says that it turned for the better and
    ended well. `agent_readings` are the other side's last answers.
    """

    analysis: RecordAnalysis
    path: tuple[PathPoint, ...]
    turning_point: int | None
    turned: Literal["better", "worse"] | None
    recovery: bool
    apart: tuple[Apart, ...]
    agent_readings: tuple[Reading, ...]
    is_interview: bool
