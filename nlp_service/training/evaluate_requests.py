"""The scorecard of requests on our own labelled segments: found or not, in which words, and which are one want."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from nlp_service.analysis.acts import LABELS
from nlp_service.domain import Reading, Segment
from nlp_service.inference.engine import Engine
from nlp_service.pipeline import asked_of, read_segments
from nlp_service.settings import Settings
from nlp_service.themes.requests import gather
from nlp_service.training.datasets import read_rows
from nlp_service.training.pointed import pointed_rows
from nlp_service.training.score import Score
from nlp_service.training.scores import class_metrics, word_f1

GOLD_REQUESTS, GOLD_REVIEWS = "gold_requests", "gold_reviews"
NEAR_MISSES = (
    ("export_excel", "import_excel"),
    ("login_fingerprint", "login_google"),
    ("cash_on_delivery", "pay_installments"),
    ("schedule_delivery", "track_courier"),
    ("undo_delete", "bulk_delete"),
    ("folders", "tags"),
    ("reminders", "mute_notifications"),
    ("remove_ads", "ad_free_subscription"),
    ("family_account", "multiple_profiles"),
    ("order_edit", "order_cancel"),
    ("larger_text", "text_to_speech"),
    ("filter_by_price", "sort_by_rating"),
    ("sunroof", "heated_seats"),
    ("live_chat", "phone_support"),
    ("unsend_message", "schedule_send"),
    ("stroller_parking", "bike_parking"),
    ("freeze_card", "spending_limit"),
    ("remove_hold_music", "remove_voice_menu"),
    ("slides_download", "printed_workbook"),
    ("wireless_carplay", "wireless_charging"),
    ("no_go_zones", "room_cleaning"),
    ("early_checkin", "luggage_storage"),
)
"""Wants of the set that share words or a subject and are two all the same."""


def request_scores(engine: Engine, *, settings: Settings, languages: Sequence[str] = ()) -> Iterator[Score]:
    """A score a language, and one over all of them for what is merged."""
    rows_of = {path.stem: list(_test_rows(path)) for path in sorted(settings.gold_requests_dir.glob("*.jsonl"))}
    rows_of = {language: rows for language, rows in rows_of.items() if not languages or language in languages}
    everything: list[tuple[dict[str, Any], Reading]] = []
    for language, rows in rows_of.items():
        started = time.perf_counter()
        read = list(zip(rows, _read(rows, language, engine), strict=True))
        everything += read
        metrics = {**_found(read), "span_f1": _span_f1(read, language), **_merged(read, engine, settings)}
        yield _score(language, len(rows), metrics, time.perf_counter() - started, engine)
    if len(rows_of) > 1:
        started = time.perf_counter()
        merged = _merged(everything, engine, settings)
        yield _score("+".join(rows_of), len(everything), merged, time.perf_counter() - started, engine)


def review_scores(
    engine: Engine, *, data_dir: Path, reviews_dir: Path, languages: Sequence[str] = ()
) -> Iterator[Score]:
    """A score a language of the requests found in real reviews, each segment weighing as many as it stands for."""
    rows = [row for row in pointed_rows(reviews_dir, data_dir, "test") if not languages or row.language in languages]
    for language in sorted({row.language for row in rows}):
        started = time.perf_counter()
        own = [row for row in rows if row.language == language]
        texts = [{"id": str(number), "text": row.text} for number, row in enumerate(own)]
        found = [reading.act == "feature_request" for reading in _read(texts, language, engine)]
        taken = sum(row.weight for row, is_found in zip(own, found, strict=True) if is_found)
        hits = sum(row.weight for row, is_found in zip(own, found, strict=True) if is_found and row.asks)
        asked = sum(row.weight for row in own if row.asks)
        metrics = {
            "precision": hits / max(taken, 1e-9),
            "recall": hits / max(asked, 1e-9),
            "f1": 2 * hits / max(taken + asked, 1e-9),
        }
        yield replace(_score(language, len(own), metrics, time.perf_counter() - started, engine), corpus=GOLD_REVIEWS)


def _test_rows(path: Path) -> Iterator[dict[str, Any]]:
    return (row for row in read_rows(path) if row["split"] == "test")


def _read(rows: Sequence[dict[str, Any]], language: str, engine: Engine) -> list[Reading]:
    segments = [
        Segment(id=row["id"], record_id=row["id"], start=0, end=len(row["text"]), text=row["text"], language=language)
        for row in rows
    ]
    return read_segments(segments, engine=engine)


def _found(read: Sequence[tuple[dict[str, Any], Reading]]) -> dict[str, float]:
    """F1 by label, the recall of requests shaped as questions, and how often a question is taken for a request."""
    gold = [row["label"] for row, _ in read]
    asked = [reading.act == "feature_request" for row, reading in read if row.get("form") == "question"]
    how_to = [reading.act == "feature_request" for row, reading in read if row["label"] == "question"]
    return {
        **class_metrics(gold, [reading.act for _, reading in read], LABELS),
        "question_recall": sum(asked) / max(1, len(asked)),
        "how_to_taken": sum(how_to) / max(1, len(how_to)),
    }


def _span_f1(read: Sequence[tuple[dict[str, Any], Reading]], language: str) -> float:
    """The mean F1 over words of the wanted words, for requests that were found."""
    scores = []
    for row, reading in read:
        if "span" in row and reading.request is not None:
            found = (reading.request.start, reading.request.end)
            scores.append(word_f1(row["text"], language, found, row["span"]))
    return sum(scores) / max(1, len(scores))


def _merged(read: Sequence[tuple[dict[str, Any], Reading]], engine: Engine, settings: Settings) -> dict[str, float]:
    """Pairwise F1 of the merging of requests that were found, and the share of near-miss pairs kept apart."""
    kept = [(row["want_id"], reading) for row, reading in read if "want_id" in row and reading.request is not None]
    readings = [reading for _, reading in kept]
    groups = gather(asked_of(readings, engine=engine, settings=settings))
    near = {frozenset(pair) for pair in NEAR_MISSES}
    both = said = true = apart = misses = 0
    for (i, (want, _)), (j, (other, _)) in combinations(enumerate(kept), 2):
        is_one, is_said = want == other, bool(groups[i] == groups[j])
        both, said, true = both + (is_one and is_said), said + is_said, true + is_one
        if frozenset((want, other)) in near:
            misses, apart = misses + 1, apart + (not is_said)
    return {"dedup_f1": 2 * both / max(1, said + true), "near_miss_apart": apart / max(1, misses)}


def _score(language: str, n: int, metrics: dict[str, float], seconds: float, engine: Engine) -> Score:
    return Score(
        task="requests",
        language=language,
        corpus=GOLD_REQUESTS,
        n=n,
        metrics=metrics,
        seconds=seconds,
        engine=engine.name,
    )
