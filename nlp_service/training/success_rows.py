"""Training conversations that an agent answers, as the rows that the success rule is fitted on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp_service.analysis.experience_rule import Rule
from nlp_service.analysis.success import FEATURES, OUTCOMES, SUCCESSES, success_features
from nlp_service.analysis.turns import closing
from nlp_service.domain import Conversation, Reading
from nlp_service.errors import InvalidRequest
from nlp_service.inference import heads
from nlp_service.inference.engine import Encoder, Engine, Floats
from nlp_service.inference.load import HeadedEngine
from nlp_service.training.datasets import read_rows
from nlp_service.training.evaluate_experience import Row, read_conversations

HEADS = ("outcome_customer", "outcome_agent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogues:
    """Of each dialogue the mean features of the last turns of customer and agent (n, 2 · n_features), the other features of
    the success rule (n, n_signals), which answer is true (n, n_answers), its id and language."""

    ends: Floats
    signals: Floats
    reached: NDArray[np.bool_]
    ids: tuple[str, ...]
    languages: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.ids)


def dialogues(encoder: Encoder, engine: Engine, *, gold_dir: Path) -> Dialogues:
    """The training conversations with an agent's answer that are no interviews.

    Raises:
        InvalidRequest: there is none.
    """
    found = [
        (path.stem, row, one)
        for path in sorted(gold_dir.glob("*.jsonl"))
        for row, one in _train(path, engine)
        if one.agent_readings and not one.is_interview
    ]
    if not found:
        raise InvalidRequest(f"No training conversations are in {gold_dir}: restore it from the repository.")
    sides = [(_own(one), one.agent_readings) for _, _, one in found]
    told = [success_features(*own, Rule()) for own in sides]
    return Dialogues(
        ends=np.hstack([_ends([side[i] for side in sides], encoder) for i in range(2)]),
        signals=np.array([[own[name] for name in FEATURES if name not in OUTCOMES] for own in told], np.float32),
        reached=np.array([[row["gold"]["success"] == label for label in SUCCESSES] for _, row, _ in found]),
        ids=tuple(f"{language} {row['id']}" for language, row, _ in found),
        languages=np.array([language for language, _, _ in found], np.str_),
    )


def engine_without_outcome(encoder: Encoder, models_dir: Path) -> HeadedEngine:
    """An engine with every head but those to be fitted, in whose place are heads that say nothing."""
    fitted = heads.load(models_dir / "heads", [task for task in heads.SERVED if task not in HEADS])
    return HeadedEngine(encoder, [*fitted, *(_blank(task, encoder.n_features) for task in HEADS)])


def _blank(task: str, n_features: int) -> heads.Head:
    labels = heads.LABELS[task]
    weight, bias = np.zeros((n_features, len(labels)), np.float32), np.zeros(len(labels), np.float32)
    return heads.Head(task=task, labels=labels, weight=weight, bias=bias, card={"version": 0}, sha256="")


def _train(path: Path, engine: Engine) -> list[tuple[Row, Conversation]]:
    rows = [row for row in read_rows(path) if row["split"] == "train"]
    return list(zip(rows, read_conversations(rows, path.stem, engine), strict=True))


def _own(conversation: Conversation) -> list[Reading]:
    """The customer's readings without what is kept apart, as `converse` concludes from them."""
    apart = {(one.start, one.end) for one in conversation.apart}
    return [r for r in conversation.analysis.readings if (r.segment.start, r.segment.end) not in apart]


def _ends(sides: Sequence[Sequence[Reading]], encoder: Encoder) -> Floats:
    """The mean features (n, n_features) of the segments of each one's last turns."""
    ends = [[reading.segment.text for reading in closing(side)] for side in sides]
    features, _ = encoder.features([text for own in ends for text in own])
    parts = np.split(features, np.cumsum([len(own) for own in ends])[:-1])
    return np.stack([part.mean(axis=0) for part in parts])
