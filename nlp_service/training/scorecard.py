"""Measured rows as the scorecard that is published: `SCORECARD.md` for people, `scorecard.json` for the API."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nlp_service.domain import EMOTIONS
from nlp_service.text.redact import KINDS
from nlp_service.training.baseline import FROZEN_ROWS

NOT_NATIVE = frozenset({"m-absa-translated", "amazon_hi_translated", "husst", "brighter-translated"})
"""Corpora of machine-translated text: they measure, but a language is not `full` by them."""
BESIDE = {"tf-idf": "tfidf_macro_f1", "frozen": "frozen_macro_f1"}
"""Baselines that are measured beside our engine on the same rows."""
HOW_TO_READ = f"""Test rows only, on the engine that ships. Written by `make quality`. Beside it stand two models fitted to
each corpus alone, by logistic regression: `tfidf_macro_f1` on words and letters of its train split, `frozen_macro_f1` on the
encoder before any tuning, of {FROZEN_ROWS} rows at the most."""
COLUMNS = {
    "cues": ("macro_f1", "accuracy", "f1_yes", "f1_no", "f1_high", "f1_low", "f1_none"),
    "experience": (
        "success_accuracy",
        "success_majority",
        "effort_accuracy",
        "effort_majority",
        "emotions_f1",
        "emotions_majority",
        "resolved_but_unhappy_f1",
        "turning_point_accuracy",
        "churn_f1",
    ),
    "emotion": ("macro_f1", *(f"f1_{label}" for label in EMOTIONS)),
    "sentiment": (
        "macro_f1",
        "tfidf_macro_f1",
        "frozen_macro_f1",
        "f1_negative",
        "f1_neutral",
        "f1_positive",
        "f1_mixed",
        "calibration_error",
    ),
    "pii": ("recall", "precision", *(f"recall_{kind}" for kind in KINDS)),
    "topics": ("v_measure", "ari", "n_topics", "n_true", "unassigned", "v_language"),
    "requests": (
        "macro_f1",
        "tfidf_macro_f1",
        "frozen_macro_f1",
        "f1_feature_request",
        "f1_problem",
        "f1_praise",
        "f1_question",
        "f1_other",
        "question_recall",
        "how_to_taken",
        "span_f1",
        "dedup_f1",
        "near_miss_apart",
        "precision",
        "recall",
    ),
}
TITLES = {
    "cues": "Success and effort",
    "experience": "Conversations: success, effort, emotions, turning points",
    "emotion": "Emotions, each present or absent",
    "sentiment": "Sentiment",
    "pii": "Personal data",
    "topics": "Topics",
    "requests": "Acts (feature request, problem, praise, question, other)",
}


def write_scorecard(files: Sequence[Path], models_dir: Path) -> int:
    """How many rows were written, sorted by task, language and corpus.

    What the baseline and the frozen encoder reach on the same rows stands beside, as `tfidf_macro_f1` and
    `frozen_macro_f1`.
    """
    measured = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in measured if _column(row["engine"]) is None]
    beside = {
        (*_identity(row), _column(row["engine"])): row["metrics"]["macro_f1"]
        for row in measured
        if "macro_f1" in row["metrics"]
    }
    rows.sort(key=_identity)
    for row in rows:
        row["native"] = row["corpus"] not in NOT_NATIVE
        row.pop("seconds", None)
        for column in BESIDE.values():
            if (*_identity(row), column) in beside:
                row["metrics"][column] = beside[(*_identity(row), column)]
    (models_dir / "scorecard.json").write_text(json.dumps(rows, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    (models_dir / "SCORECARD.md").write_text(as_markdown(rows), encoding="utf-8")
    return len(rows)


def _identity(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["task"], row["lang"], row["corpus"]


def _column(engine: str) -> str | None:
    """The column for what was measured only to compare with; None for the engine that ships."""
    return BESIDE.get(engine)


def as_markdown(rows: Sequence[dict[str, Any]]) -> str:
    """A table for each task."""
    parts = [f"# Scorecard\n\n{HOW_TO_READ}\n"]
    for task in sorted({row["task"] for row in rows}):
        columns = COLUMNS[task]
        parts.append(f"\n## {TITLES[task]}\n\n| language | corpus | n | {' | '.join(columns)} |")
        parts.append("|---|---|---|" + "---|" * len(columns))
        parts += [_line(row, columns) for row in rows if row["task"] == task]
    return "\n".join(parts) + "\n"


def _line(row: dict[str, Any], columns: Sequence[str]) -> str:
    figures = [_figure(name, row["metrics"].get(name)) for name in columns]
    corpus = row["corpus"] if row["native"] else f"{row['corpus']} (translated)"
    return f"| {row['lang']} | {corpus} | {row['n']} | {' | '.join(figures)} |"


def _figure(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if name.startswith("n_") else f"{100 * value:.1f}"
