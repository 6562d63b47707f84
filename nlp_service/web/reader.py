"""Who reads the page: their language, and the words, numbers and links made for it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import request

from nlp_service.text import languages
from nlp_service.web import texts

SENTIMENTS = ("negative", "mixed", "neutral", "positive")


def reader_language() -> str:
    """One of the four: the one in `?lang=`, else the one the browser prefers, else English."""
    wanted = request.values.get("lang", "")
    return wanted if wanted in texts.LANGUAGES else request.accept_languages.best_match(texts.LANGUAGES, "en")


def template_values() -> dict[str, Any]:
    """What every template may use."""
    language = reader_language()
    return {
        "lang": language,
        "direction": texts.DIRECTIONS[language],
        "reader_languages": texts.NAMES,
        "text": partial(texts.text, language=language),
        "number": partial(texts.number, language=language),
        "percent": partial(texts.percent, language=language),
        "clock": partial(texts.clock, language=language),
        "label": partial(label, language=language),
        "language_name": partial(language_name, reader=language),
        "difference": partial(texts.difference, language=language),
        "bar": bar,
        "spark_line": spark_line,
        "address": address,
    }


def label(labels: Mapping[str, str], language: str) -> str:
    """The label in the reader's language, else in English, else in any."""
    return labels.get(language) or labels.get("en") or next(iter(labels.values()), "–")


def language_name(code: str, reader: str) -> str:
    """The name that the language has for itself; an undetermined one is said in the reader's."""
    return languages.LANGUAGES[code].native_name if code in languages.LANGUAGES else texts.text(code, reader)


def address(path: str, **values: str | None) -> str:
    """A link to a page of ours in the language of this one."""
    query = {"lang": request.args.get("lang"), **values}
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def bar(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The parts of a sentiment bar in order: label, count, share, where it begins and how wide it is, in percent."""
    total = sum(counts.get(name, 0) for name in SENTIMENTS)
    parts, begins_at = [], 0.0
    for name in SENTIMENTS:
        n = counts.get(name, 0)
        if n:
            share = n / total
            parts.append({"label": name, "n": n, "share": share, "x": f"{begins_at:.3f}%", "width": f"{share:.3%}"})
            begins_at += share * 100
    return parts


def spark_line(periods: Sequence[Mapping[str, Any]]) -> str:
    """The points of a line, 100 wide and 24 high, through the share of each period that has records; empty for less than
    two.
    """
    step = 100 / max(1, len(periods) - 1)
    shares = [(i * step, period["n_records"] / period["of"]) for i, period in enumerate(periods) if period["of"]]
    highest = max((share for _, share in shares), default=0.0) or 1.0
    return " ".join(f"{x:.1f},{23 - 22 * share / highest:.1f}" for x, share in shares) if len(shares) > 1 else ""
