"""The words that the values are made of: what each may be."""

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
RequestForm = Literal["explicit", "question", "wish", "conditional", "comparison"]
Polarity = Literal["add", "remove"]
RequestStatus = Literal["open", "planned", "in_progress", "shipped", "declined"]
Success = Literal["yes", "no", "unknown"]
Effort = Literal["low", "high", "unknown"]
EffortKind = Literal[
    "wait", "transfer", "repeat_contact", "steps", "missing_information", "channel_switch", "workaround"
]
BusinessKind = Literal["churn", "loyalty", "referral", "repurchase", "competitor", "price"]
CueKind = Literal[EffortKind, BusinessKind, "easy", "resolved", "unresolved"]
"""`easy` speaks of little effort, `resolved` and `unresolved` of whether a goal was reached."""
QualityKind = Literal["empty", "generic", "gibberish", "copied", "near_duplicate", "templated", "burst"]
Direction = Literal["rising", "falling", "steady"]
EditKind = Literal["rename", "merge", "split", "move", "lock"]
JobState = Literal["queued", "running", "done", "failed", "cancelled"]

UNDETERMINED = "und"
EMOTIONS: tuple[Emotion, ...] = get_args(Emotion)
EFFORT_KINDS: tuple[EffortKind, ...] = get_args(EffortKind)
BUSINESS_KINDS: tuple[BusinessKind, ...] = get_args(BusinessKind)
CUSTOMER_ROLES: frozenset[Role] = frozenset({"customer", "participant", "unknown"})
"""Roles whose words count as the customer's voice."""
AGENT_ROLES: frozenset[Role] = frozenset({"agent", "bot", "interviewer"})
"""Roles of the other side."""
