"""Real chats labelled by others (MAIA-DQE, Mendonça et al. 2023) as rows of the experience scorecard."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nlp_service.domain import Emotion
from nlp_service.training.datasets import read_rows

EMOTIONS: Mapping[str, Emotion] = {
    "happiness": "joy",
    "disappointment": "disappointment",
    "confusion": "confusion",
    "frustration": "frustration",
    "anger": "anger",
    "anxiety": "fear",
}
"""Their names and ours; their empathy is an agent's."""
REACHED, MISSED = 4, 2
"""Task success from 1 to 5: from `REACHED` the goal was reached, up to `MISSED` it was not, between them nobody knows."""

Row = Mapping[str, Any]


def labelled_chats(path: Path) -> Iterator[Row]:
    """The chats of a file that say how the task ended, with `gold` as our own conversations have it."""
    for row in read_rows(path):
        success = (row.get("labels") or {}).get("task_success")
        if success is None:
            continue
        said = {name for turn in row["turns"] if turn["speaker"] == "customer" for name in turn.get("emotions", ())}
        yield {
            "turns": [{"role": turn["speaker"], "text": turn["text"]} for turn in row["turns"]],
            "gold": {
                "success": "yes" if success >= REACHED else "no" if success <= MISSED else "unknown",
                "emotions": sorted(EMOTIONS[name] for name in said & EMOTIONS.keys()),
                "emotions_told_apart": sorted(EMOTIONS.values()),
            },
        }
