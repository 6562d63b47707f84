"""One measured row: a task on a corpus in a language."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One row of a scorecard."""

    task: str
    language: str
    corpus: str
    n: int
    metrics: dict[str, float]
    seconds: float
    engine: str

    def as_json(self) -> dict[str, Any]:
        """The row as `evaluate --json` writes it."""
        return {
            "task": self.task,
            "lang": self.language,
            "corpus": self.corpus,
            "n": self.n,
            "metrics": {name: round(value, 4) for name, value in self.metrics.items()},
            "seconds": round(self.seconds, 2),
            "engine": self.engine,
        }
