"""A report as a page of text for a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nlp_service.domain import Fieldwork, Quote, Report, Request, SentimentLabel, Theme
from nlp_service.themes.build import shortened
from nlp_service.themes.interviews import RUN

MAX_QUOTE = 160
BAR = 24


def report_text(report: Report, *, language: str = "en") -> str:
    """The report in plain text, theme names in the reader's language where there are such."""
    return "\n".join(_lines(report, language)) + "\n"


def pick(label: Mapping[str, str], language: str) -> str:
    """The label in the reader's language, else in English, else in the one it has."""
    return label.get(language) or label.get("en") or next(iter(label.values()), "—")


def _lines(report: Report, language: str) -> Iterator[str]:
    n_segments = sum(len(analysis.readings) for analysis in report.analyses)
    yield f"{len(report.analyses)} records of {report.n_people} people, {n_segments} segments in the customers' voice"
    yield "languages  " + _counts(report.languages)
    yield "sentiment  " + _counts(report.sentiment)
    yield f"in no theme  {len(report.unclustered)} segments  " + _counts(_tally(report.unclustered))
    for warning in report.warnings:
        yield f"note  {warning}"
    yield ""
    yield f"THEMES ({len(report.themes)})"
    for number, theme in enumerate(report.themes, 1):
        yield from _theme(number, theme, language)
    if report.fieldwork is not None:
        yield ""
        yield from _fieldwork(report.fieldwork, report.themes, language)
    yield ""
    yield f"FEATURE REQUESTS ({len(report.requests)})"
    for number, request in enumerate(report.requests, 1):
        yield from _request(number, request, language)


def _theme(number: int, theme: Theme, language: str) -> Iterator[str]:
    share = theme.share
    yield ""
    yield f"{number}. {pick(theme.label, language)}{'  (polarized)' if theme.polarized else ''}"
    if theme.found_label is not None:
        yield f"   named by a language model; found as {pick(theme.found_label, language)}"
    yield (
        f"   {theme.n_records} records{_unflagged(theme)}, {theme.n_people} people, {share.value:.0%} of records "
        f"(95 % interval {share.low:.0%}–{share.high:.0%}); {_counts(theme.languages)}"
    )
    yield f"   {_bar(theme.sentiment)}  {_counts(theme.sentiment)}"
    phrases = [f"{phrase.text} ({phrase.language})" for phrase in theme.keyphrases[:8]]
    if phrases:
        yield "   words: " + " · ".join(phrases)
    yield from (_quote(quote) for quote in theme.quotes)


def _fieldwork(fieldwork: Fieldwork, themes: Sequence[Theme], language: str) -> Iterator[str]:
    labels = {theme.id: pick(theme.label, language) for theme in themes}
    yield f"INTERVIEWS ({len(fieldwork.interviews)} with {len(fieldwork.participants)} participants)"
    yield ""
    for participant in fieldwork.participants:
        spoken = ", ".join(f"{labels[theme_id]} {n}" for theme_id, n in participant.themes.items())
        yield f"   {participant.id}: {participant.n_segments} segments; {spoken or 'in no theme'}"
    curve = ", ".join(str(interview.n_themes) for interview in fieldwork.interviews)
    yield f"   themes known after each interview: {curve}"
    if fieldwork.saturated_after is not None:
        yield f"   hardly a new theme after interview {fieldwork.saturated_after - RUN}"


def _request(number: int, request: Request, language: str) -> Iterator[str]:
    demand = request.demand
    seen = f", {demand.first_seen} – {demand.last_seen}" if demand.first_seen else ""
    yield ""
    known = f"{request.want[0].upper()}{request.want[1:]}: " if request.known_want else ""
    removal = " (to be removed)" if request.polarity == "remove" else ""
    yield f"{number}. {known}{pick(request.label, language)}{removal}"
    yield f"   {demand.n_people} askers, {demand.n_records} records; {_counts(demand.languages)}{seen}"
    yield from (_quote(quote) for quote in request.quotes)


def _unflagged(theme: Theme) -> str:
    """How many records are left without those whose answers are weak evidence, where that are fewer."""
    return "" if theme.n_unflagged in (None, theme.n_records) else f" ({theme.n_unflagged} without flagged answers)"


def _quote(quote: Quote) -> str:
    shown = shortened(" ".join(quote.text.split()), MAX_QUOTE)
    speaker = f" — {quote.speaker}" if quote.speaker else ""
    asked = f"({shortened(' '.join(quote.question.split()), MAX_QUOTE)}) " if quote.question else ""
    return f"   [{quote.language} {quote.sentiment}] {asked}{shown}{speaker}"


def _bar(sentiment: Mapping[SentimentLabel, int]) -> str:
    total = sum(sentiment.values()) or 1
    marks: Mapping[SentimentLabel, str] = {"negative": "−", "neutral": "·", "mixed": "±", "positive": "+"}
    return "".join(mark * round(BAR * sentiment.get(label, 0) / total) for label, mark in marks.items())


def _counts(counts: Mapping[Any, int]) -> str:
    return ", ".join(f"{name} {n}" for name, n in counts.items() if n)


def _tally(reasons: Mapping[str, str]) -> dict[str, int]:
    return {reason: list(reasons.values()).count(reason) for reason in sorted(set(reasons.values()))}
