"""A report as JSON values: one shape for the API, the command line and the store."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from nlp_service.domain import (
    Demand,
    Driver,
    Fieldwork,
    Keyphrase,
    Lineage,
    Problem,
    Quote,
    Reading,
    Record,
    Report,
    Request,
    Share,
    Theme,
)
from nlp_service.export.documents import language_json, quality_json, sentiment_json
from nlp_service.export.experience import cues_json, experience_json, experiences_json
from nlp_service.themes.quotes import speaker_of


def report_json(report: Report) -> dict[str, Any]:
    """Everything in a report."""
    return {
        **summary_json(report),
        "themes": themes_json(report),
        "requests": [request_json(request) for request in report.requests],
        "records": [
            {
                "id": analysis.record.id,
                "external_id": analysis.record.external_id,
                "language": language_json(analysis.language),
                "sentiment": sentiment_json(analysis.sentiment),
                "experience": experience_json(analysis.experience),
                "cues": cues_json(analysis.experience.cues),
                "quality": quality_json(report.quality.get(analysis.record.id, ()), name=analysis.record.id),
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
        "experience": experiences_json(report.analyses),
        "quality": dict(sorted(Counter(f.kind for own in report.quality.values() for f in own).items())),
        "unclustered": dict(sorted(Counter(report.unclustered.values()).items())),
        "drivers": [driver_json(driver) for driver in report.drivers],
        "problems": [problem_json(problem) for problem in report.problems],
        "interviews": fieldwork_json(report.fieldwork) if report.fieldwork else None,
        "warnings": list(report.warnings),
        "lineage": lineage_json(report.lineage),
    }


def fieldwork_json(fieldwork: Fieldwork) -> dict[str, Any]:
    """Coverage by participant and the curve of new themes by interview; `themes` are by id."""
    return {
        "participants": [asdict(participant) for participant in fieldwork.participants],
        "interviews": [asdict(interview) for interview in fieldwork.interviews],
        "saturated_after": fieldwork.saturated_after,
    }


def segments_json(report: Report) -> list[dict[str, Any]]:
    """Every segment with its theme, or the reason why it has none, and the theme it was in before edits."""
    theme_ids = {segment_id: theme.id for theme in report.themes for segment_id in theme.segment_ids}
    return [
        segment_json(
            reading,
            analysis.record,
            theme_id=theme_ids.get(reading.segment.id),
            reason=report.unclustered.get(reading.segment.id),
            found_in=report.found_in.get(reading.segment.id),
        )
        for analysis in report.analyses
        for reading in analysis.readings
    ]


def themes_json(report: Report) -> list[dict[str, Any]]:
    """Every theme, ranked, each with the drivers and the lineage that belong to it."""
    return [
        {
            **theme_json(theme),
            "drivers": [driver_json(driver) for driver in report.drivers if driver.theme_id == theme.id],
            "lineage": lineage_json(report.lineage),
        }
        for theme in report.themes
    ]


def theme_json(theme: Theme) -> dict[str, Any]:
    """One theme; `trend` is null where its records have no times, `found_label` where no language model named it."""
    return {
        "id": theme.id,
        "label": dict(theme.label),
        "found_label": dict(theme.found_label) if theme.found_label is not None else None,
        "aspect": theme.aspect,
        "keyphrases": _keyphrases(theme.keyphrases),
        "n_records": theme.n_records,
        "n_unflagged": theme.n_unflagged,
        "n_people": theme.n_people,
        "n_segments": theme.n_segments,
        "share": share_json(theme.share),
        "sentiment": dict(theme.sentiment),
        "polarized": theme.polarized,
        "languages": dict(theme.languages),
        "trend": asdict(theme.trend) if theme.trend else None,
        "splits": {name: dict(counts) for name, counts in theme.splits.items()},
        "requests": list(theme.request_ids),
        "quotes": [quote_json(quote) for quote in theme.quotes],
        "children": [theme_json(child) for child in theme.children],
    }


def driver_json(driver: Driver) -> dict[str, Any]:
    """One driver; `note` says what it is not."""
    return {**asdict(driver), "note": "An association in these records, not a cause."}


def request_json(request: Request) -> dict[str, Any]:
    """One request with its askers; `tell` are the pseudonyms of those who wait for an answer."""
    return {
        "id": request.id,
        "want": request.want,
        "known_want": request.known_want,
        "label": dict(request.label),
        "polarity": request.polarity,
        "forms": dict(request.forms),
        **_demand(request.demand),
        "n_askers": request.demand.n_people,
        "tell": list(request.demand.people),
        "quotes": [quote_json(quote) for quote in request.quotes],
        "theme_id": request.theme_id,
        "segment_ids": list(request.segment_ids),
        "status": request.status,
        "status_history": [asdict(change) for change in request.status_history],
    }


def problem_json(problem: Problem) -> dict[str, Any]:
    """One problem, ranked as requests are."""
    return {
        "theme_id": problem.theme_id,
        "label": dict(problem.label),
        **_demand(problem.demand),
        "quotes": [quote_json(quote) for quote in problem.quotes],
    }


def _demand(demand: Demand) -> dict[str, Any]:
    return {
        "n_people": demand.n_people,
        "n_records": demand.n_records,
        "languages": dict(demand.languages),
        "channels": dict(demand.channels),
        "first_seen": demand.first_seen,
        "last_seen": demand.last_seen,
        "trend": asdict(demand.trend) if demand.trend else None,
        "mean_rating": demand.mean_rating,
        "value": demand.value,
        "reasons": list(demand.reasons),
    }


def segment_json(
    reading: Reading, record: Record, *, theme_id: str | None, reason: str | None, found_in: str | None
) -> dict[str, Any]:
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
        "found_in": found_in,
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
        "question": quote.question,
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
