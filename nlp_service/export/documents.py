"""One analysed document as the item of a reply."""

from typing import Any, Literal

from nlp_service.analysis.emotions import together
from nlp_service.analysis.quality import is_generic
from nlp_service.domain import Language, Reading, RecordAnalysis, Sentiment
from nlp_service.text.languages import is_supported
from nlp_service.themes.requests import is_request

LOW_CONFIDENCE = 0.5


def document_json(analysis: RecordAnalysis, *, tasks: Literal["sentiment", "all"] = "all") -> dict[str, Any]:
    """The item result, without the caller's id; offsets are code points of the text as received."""
    item: dict[str, Any] = {
        "language": language_json(analysis.language),
        "sentiment": sentiment_json(analysis.sentiment),
    }
    if tasks == "all":
        item["emotions"] = list(together([reading.emotions for reading in analysis.readings]))
        item["segments"] = [_segment(reading) for reading in analysis.readings]
        item["requests"] = [_request(reading) for reading in analysis.readings if is_request(reading)]
        item["quality"] = {"generic": is_generic(analysis)}
    item["read"] = {"characters": len(analysis.record.text), "truncated": False}
    item["warnings"] = _warnings(analysis)
    return item


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


def _request(reading: Reading) -> dict[str, Any]:
    segment = reading.segment
    return {
        "start": segment.start,
        "end": segment.end,
        "wording": segment.text,
        "confidence": reading.act_confidence,
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
