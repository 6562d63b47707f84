"""`train wanted`: the head that reads the tokens of a request, for the words that say what is wanted.

A linear probe of the states of single tokens in three layers; which of its tokens form the wanted words, and how cues have a
say in it, tells `analysis.wording`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from nlp_service.analysis.requests import cued_span, read_cues
from nlp_service.analysis.wording import is_within, wording_span
from nlp_service.inference import heads
from nlp_service.inference.engine import Encoder, Floats
from nlp_service.settings import Settings
from nlp_service.training.datasets import gold_rows
from nlp_service.training.pointed import PARTS, part_of
from nlp_service.training.scores import word_f1

INVERSE_RIDGE = 0.0005
EAGER = 0.9
"""What is added to the log-odds of every token: one word missed costs more than one too many. On requests that a fit had not
seen, words agree best there."""
VERSION = 1


@dataclass(frozen=True, slots=True)
class Asking:
    """A request of our own with the offsets of the words that say what is wanted."""

    text: str
    language: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Fit:
    weight: Floats
    bias: float

    def tokens(self, read: Floats) -> Floats:
        """Tokens (n_tokens, 3) from tokens with their states."""
        return np.column_stack([read[:, :2], read[:, 2:] @ self.weight + self.bias]).astype(np.float32)


def train_wanted(settings: Settings, encoder: Encoder) -> dict[str, Any]:
    """The card of the head, which is written to the models; its F1 over words is of requests that a fit had not seen."""
    asked = list(_asked((settings.gold_acts_dir, settings.gold_requests_dir)))
    everything = np.eye(encoder.n_features, dtype=np.float32)
    read = encoder.read([one.text for one in asked], everything)[2]
    found = _fit(asked, read)
    card = {
        "version": VERSION,
        "kind": "logistic regression on the states of tokens",
        "encoder_sha256": encoder.sha256,
        "n_features": encoder.n_features,
        "word_f1": round(_unseen_f1(asked, read), 4),
        "rows": dict(sorted(Counter(one.language for one in asked).items())),
    }
    bias = np.array([found.bias], np.float32)
    heads.save(settings.heads_dir, task="wanted", weight=found.weight[:, None], bias=bias, card=card)
    return card


def _asked(folders: Sequence[Path]) -> Iterator[Asking]:
    for path, row in gold_rows(folders):
        if "span" in row:
            yield Asking(row["text"], path.stem, (row["span"][0], row["span"][1]))


def _fit(asked: Sequence[Asking], read: Sequence[Floats]) -> _Fit:
    states = np.concatenate([own[:, 2:] for own in read])
    mean, scale = states.mean(axis=0), states.std(axis=0) + 1e-6
    is_wanted = np.concatenate([is_within(own, one.span) for one, own in zip(asked, read, strict=True)])
    model = LogisticRegression(C=INVERSE_RIDGE, max_iter=200).fit((states - mean) / scale, is_wanted)
    weight = np.asarray(model.coef_[0] / scale, np.float32)
    return _Fit(weight, float(model.intercept_[0] - mean @ weight + EAGER))


def _unseen_f1(asked: Sequence[Asking], read: Sequence[Floats]) -> float:
    """The mean over languages of the mean F1 over words, each request by a fit on the other parts."""
    scores: dict[str, list[float]] = defaultdict(list)
    both = [(part_of(one.text), one, own) for one, own in zip(asked, read, strict=True)]
    for out in range(PARTS):
        known = [(one, own) for part, one, own in both if part != out]
        fit = _fit([one for one, _ in known], [own for _, own in known])
        for one, own in ((one, own) for part, one, own in both if part == out):
            span = wording_span(one.text, fit.tokens(own), cued_span(read_cues(one.text, one.language)))
            scores[one.language].append(word_f1(one.text, one.language, span, one.span))
    return float(np.mean([np.mean(own) for own in scores.values()]))
