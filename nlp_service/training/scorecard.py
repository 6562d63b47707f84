"""Measured rows as the scorecard that is published: `SCORECARD.md` for people, `scorecard.json` for the API."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

NOT_NATIVE = frozenset({"m-absa-translated", "amazon_hi_translated", "husst", "brighter-translated"})
"""Corpora of machine-translated text: they measure, but a language is not `full` by them."""
COLUMNS = {
    "sentiment": ("macro_f1", "f1_negative", "f1_neutral", "f1_positive", "calibration_error"),
    "topics": ("v_measure", "ari", "n_topics", "n_true", "unassigned", "v_language"),
    "requests": ("macro_f1", "f1_feature_request", "f1_problem", "f1_praise", "f1_question", "f1_other"),
}
TITLES = {
    "sentiment": "Sentiment",
    "topics": "Topics",
    "requests": "Acts (feature request, problem, praise, question, other)",
}


def write_scorecard(files: Sequence[Path], models_dir: Path) -> int:
    """How many rows were written, sorted by task, language and corpus."""
    rows = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    rows.sort(key=lambda row: (row["task"], row["lang"], row["corpus"]))
    for row in rows:
        row["native"] = row["corpus"] not in NOT_NATIVE
        row.pop("seconds", None)
    (models_dir / "scorecard.json").write_text(json.dumps(rows, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    (models_dir / "SCORECARD.md").write_text(as_markdown(rows), encoding="utf-8")
    return len(rows)


def as_markdown(rows: Sequence[dict[str, Any]]) -> str:
    """A table for each task."""
    parts = ["# Scorecard\n\nTest rows only, on the engine that ships. Written by `make quality`.\n"]
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
