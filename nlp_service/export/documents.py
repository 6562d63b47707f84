"""One analysed document as the item of a reply."""

from collections.abc import Sequence
from typing import Any, Literal

from nlp_service.analysis.emotions import together
from nlp_service.domain import Language, QualityFlag, Reading, RecordAnalysis, Sentiment
from nlp_service.export.experience import cues_json, experience_json, requests_json
from nlp_service.text.languages import is_supported

LOW_CONFIDENCE = 0.5


def document_json(
    analysis: RecordAnalysis,
    *,
    tasks: Literal["sentiment", "all"] = "all",
    flags: Sequence[QualityFlag] = (),
    name: str = "",
) -> dict[str, Any]:
    """The item result, without the caller's id; offsets are code points of the text as received.

    `flags` are those that the record has among the others of its call, where it goes by `name`.
    """
    item: dict[str, Any] = {
        "language": language_json(analysis.language),
        "sentiment": sentiment_json(analysis.sentiment),
    }
    if tasks == "all":
        item["emotions"] = list(together([reading.emotions for reading in analysis.readings]))
        item["experience"] = experience_json(analysis.experience)
        item["segments"] = [_segment(reading) for reading in analysis.readings]
        item["requests"] = requests_json(analysis)
        item["cues"] = cues_json(analysis.experience.cues)
        item["quality"] = quality_json(flags, name=name)
    item["read"] = {"characters": len(analysis.record.text), "truncated": False}
    item["warnings"] = _warnings(analysis)
    return item


def quality_json(flags: Sequence[QualityFlag], *, name: str) -> dict[str, Any]:
    """What makes the record weak evidence; `duplicate_of` is an earlier record with this or nearly this text."""
    copies = [flag.like for flag in flags if flag.kind in ("copied", "near_duplicate", "templated")]
    return {
        "generic": any(flag.kind == "generic" for flag in flags),
        "duplicate_of": next((like for like in copies if like != name), None),
        "flags": [{"kind": flag.kind, "reason": flag.reason, "like": flag.like} for flag in flags],
    }


def language_json(language: Language) -> dict[str, Any]:
    """The language with its confidence; `support` says whether the service tells it apart."""
    return {
        "code": language.code,
        "confidence": language.confidence,
        "mixed": list(language.mixed),
        "support": "partial" if is_supported(language.code) else "none",
    }


def sentiment_json(sentiment: Sentiment) -> dict[str, Any]:
    """The label, its confidence and the scores."""
    return {"label": sentiment.label, "confidence": sentiment.confidence, "scores": dict(sentiment.scores)}


def _segment(reading: Reading) -> dict[str, Any]:
    return {
        "start": reading.segment.start,
        "end": reading.segment.end,
        "sentiment": reading.sentiment.label,
        "sentiment_confidence": reading.sentiment.confidence,
        "act": reading.act,
        "act_confidence": reading.act_confidence,
        "emotions": list(reading.emotions),
    }


def _warnings(analysis: RecordAnalysis) -> list[str]:
    warnings = []
    if not is_supported(analysis.language.code):
        warnings.append("The language could not be told: sentiment is less certain. Give `language` if you know it.")
    if analysis.readings and analysis.sentiment.confidence < LOW_CONFIDENCE:
        warnings.append("Low confidence: treat the sentiment as open.")
    if not analysis.readings:
        warnings.append("The text has no words to judge.")
    return warnings
