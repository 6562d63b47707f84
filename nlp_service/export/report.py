"""A report as JSON values: one shape for the API, the command line and the store."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from nlp_service.domain import Keyphrase, Lineage, Quote, Reading, Record, Report, Request, Share, Theme
from nlp_service.export.documents import language_json, sentiment_json
from nlp_service.themes.quotes import speaker_of


def report_json(report: Report) -> dict[str, Any]:
    """Everything in a report."""
    return {
        **summary_json(report),
        "themes": [theme_json(theme, report.lineage) for theme in report.themes],
        "requests": [request_json(request) for request in report.requests],
        "records": [
            {
                "id": analysis.record.id,
                "external_id": analysis.record.external_id,
                "language": language_json(analysis.language),
                "sentiment": sentiment_json(analysis.sentiment),
            }
            for analysis in report.analyses
        ],
        "segments": segments_json(report),
    }


def summary_json(report: Report) -> dict[str, Any]:
    """The counts, what is left out and why, and the lineage."""
    n_segments = sum(len(analysis.readings) for analysis in report.analyses)
    return {
        "n_records": len(report.analyses),
        "n_people": report.n_people,
        "n_segments": n_segments,
        "n_themes": len(report.themes),
        "n_requests": len(report.requests),
        "languages": dict(report.languages),
        "sentiment": dict(report.sentiment),
        "unclustered": dict(sorted(Counter(report.unclustered.values()).items())),
        "warnings": list(report.warnings),
        "lineage": lineage_json(report.lineage),
    }


def segments_json(report: Report) -> list[dict[str, Any]]:
    """Every segment with its theme, or the reason why it has none."""
    theme_ids = {segment_id: theme.id for theme in report.themes for segment_id in theme.segment_ids}
    return [
        segment_json(
            reading,
            analysis.record,
            theme_id=theme_ids.get(reading.segment.id),
            reason=report.unclustered.get(reading.segment.id),
        )
        for analysis in report.analyses
        for reading in analysis.readings
    ]


def theme_json(theme: Theme, lineage: Lineage) -> dict[str, Any]:
    """One theme; `trend` and `drivers` are null because this version does not compute them."""
    return {
        "id": theme.id,
        "label": dict(theme.label),
        "aspect": theme.aspect,
        "keyphrases": _keyphrases(theme.keyphrases),
        "n_records": theme.n_records,
        "n_people": theme.n_people,
        "n_segments": theme.n_segments,
        "share": share_json(theme.share),
        "sentiment": dict(theme.sentiment),
        "polarized": theme.polarized,
        "languages": dict(theme.languages),
        "trend": None,
        "drivers": None,
        "requests": list(theme.request_ids),
        "quotes": [quote_json(quote) for quote in theme.quotes],
        "children": [],
        "lineage": lineage_json(lineage),
    }


def request_json(request: Request) -> dict[str, Any]:
    """One request with its askers."""
    return {
        "id": request.id,
        "want": request.want,
        "label": dict(request.label),
        "n_askers": request.n_askers,
        "n_records": request.n_records,
        "forms": dict(request.forms),
        "languages": dict(request.languages),
        "first_seen": request.first_seen,
        "last_seen": request.last_seen,
        "quotes": [quote_json(quote) for quote in request.quotes],
        "theme_id": request.theme_id,
        "status": request.status,
    }


def segment_json(reading: Reading, record: Record, *, theme_id: str | None, reason: str | None) -> dict[str, Any]:
    """One segment with what it says and where it went."""
    segment = reading.segment
    return {
        "id": segment.id,
        "record_id": segment.record_id,
        "start": segment.start,
        "end": segment.end,
        "text": record.text[segment.start : segment.end],
        "language": segment.language,
        "speaker": speaker_of(segment, record),
        "sentiment": reading.sentiment.label,
        "act": reading.act,
        "theme_id": theme_id,
        "unclustered": reason,
    }


def quote_json(quote: Quote) -> dict[str, Any]:
    """One verbatim quote: `record text[start:end]` equals `text`."""
    return {
        "record_id": quote.record_id,
        "segment_id": quote.segment_id,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "language": quote.language,
        "sentiment": quote.sentiment,
        "speaker": quote.speaker,
        "time": quote.at_s,
    }


def share_json(share: Share) -> dict[str, float]:
    """The proportion with its 95 % interval."""
    return {"value": share.value, "low": share.low, "high": share.high}


def lineage_json(lineage: Lineage) -> dict[str, Any]:
    """Origin, purpose, and what made it."""
    return {
        "origin": list(lineage.origin),
        "purpose": lineage.purpose,
        "service_version": lineage.service_version,
        "models": dict(lineage.models),
        "settings_hash": lineage.settings_hash,
    }


def _keyphrases(keyphrases: tuple[Keyphrase, ...]) -> Mapping[str, list[dict[str, Any]]]:
    by_language: dict[str, list[dict[str, Any]]] = {}
    for phrase in keyphrases:
        by_language.setdefault(phrase.language, []).append({"text": phrase.text, "n_segments": phrase.n_segments})
    return by_language
