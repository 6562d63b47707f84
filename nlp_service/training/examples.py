"""Labelled corpora to examples of each task, with the weights by which they are drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp_service.inference.engine import Encoder, Floats, unit
from nlp_service.inference.heads import LABELS
from nlp_service.text import segment
from nlp_service.training.allowed import allowed_labels
from nlp_service.training.datasets import (
    Corpus,
    Row,
    Split,
    find_corpora,
    gold_corpora,
    hash_of,
    parallel_rows,
    read_rows,
    sample,
    split_of,
)
from nlp_service.training.emotions import known_labels, targets
from nlp_service.training.features import features_of
from nlp_service.training.mixture import Example
from nlp_service.training.pointed import KEPT_OUT, part_of, pointed_rows

MOST_SEGMENTS = 8
"""Segments of one text that are trained on; a longer text gives its first and last ones."""
SHORT_CHARACTERS = 280
"""Every other text of at most so many characters is trained on whole, so that a segment may hold several sentences."""
TEACHER_ROWS = 250
SENTIMENT_WEIGHTS = {
    "umsab": 3.5,
    "arsarcasm_v2": 2.0,
    "taaghche_books": 4.0,
    "snappfood": 3.0,
    "magaza_yorumlari": 2.5,
    "eticaret_urun_yorumlari": 2.5,
    "ajgt": 1.5,
    "m-absa-translated": 0.4,
    "itu-news-comments": 0.5,
    "az_news_headlines": 0.5,
    "gold_facts": 4.0,
    "gold_informal": 4.0,
    "gold_acts": 1.5,
}
"""By corpus: balanced labels in eight languages weigh more; translated reviews and news, which nobody uploads, less."""
ACT_WEIGHTS = {"gold_acts": 3.0, "nlbse2024_github_issues": 2.5, "sib200": 0.3}
EMOTION_WEIGHTS = {"brighter": 1.2, "xed": 0.6, "gold_emotions": 8.0}
SENTIMENT_OF_ACT = {"problem": "negative", "praise": "positive", "question": "neutral", "other": "neutral"}
FIRST_LANGUAGES = frozenset(["fa", "tr", "ar"])
FIRST_WEIGHT = 1.5

Corpora = Mapping[str, Sequence[Example]]


def sentiment_examples(
    data_dir: Path, split: Split, *, gold_dirs: Sequence[Path], limit: int | None = None
) -> dict[str, list[Example]]:
    """By corpus, our own among them, texts cut into segments as the service cuts them."""
    found: dict[str, list[Example]] = {}
    for corpus in _trainable(data_dir, "sentiment", gold_dirs):
        rows = sample([row for row in corpus.rows() if row.split == split], limit=limit)
        allowed = allowed_labels("sentiment", rows, known=set(LABELS["sentiment"]))
        if rows:
            found[_key(corpus.language, corpus.name)] = [
                Example(
                    segments=(row.text,) if split == "train" and _stays_whole(row.text) else segments_of(row),
                    target=target.astype(np.float32),
                )
                for row, target in zip(rows, allowed, strict=True)
            ]
    return found


def spoken_examples(acts_dir: Path, split: Split, *, limit: int | None = None) -> dict[str, list[Example]]:
    """Sentiment by language of our own labelled acts: praise, problems told, and the plain rest; requests are left out."""
    found: dict[str, list[Example]] = {}
    for corpus in gold_corpora(acts_dir):
        own = [row for row in corpus.rows() if row.split == split and row.label in SENTIMENT_OF_ACT]
        rows = [replace(row, label=SENTIMENT_OF_ACT[row.label]) for row in sample(own, limit=limit)]
        allowed = allowed_labels("sentiment", rows, known=set(LABELS["sentiment"]))
        found |= _whole(_key(corpus.language, corpus.name), rows, allowed)
    return found


def act_examples(data_dir: Path, gold_dir: Path, split: Split, *, limit: int | None = None) -> dict[str, list[Example]]:
    """By corpus, whole texts; encyclopedia sentences in every language are what no customer does: `other`."""
    found: dict[str, list[Example]] = {}
    for corpus in _trainable(data_dir, "requests", [gold_dir]):
        everything = corpus.rows()
        rows = sample([row for row in everything if row.split == split], limit=limit)
        known = {row.label for row in everything}
        found |= _whole(_key(corpus.language, corpus.name), rows, allowed_labels("act", rows, known=known))
    if split == "train":
        for language, own in parallel_rows(data_dir).items():
            rows = [replace(row, label="other") for row in own]
            found |= _whole(_key(language, "sib200"), rows, allowed_labels("act", rows, known=set(LABELS["act"])))
    return found


def asking_examples(data_dir: Path, reviews_dir: Path) -> dict[str, list[Example]]:
    """Segments of real reviews by language: requests, and apart from them, as they are many more, what is any other act."""
    found: dict[str, list[Example]] = {}
    request = np.array([label == "feature_request" for label in LABELS["act"]], np.float32)
    for row in pointed_rows(reviews_dir, data_dir, "train"):
        if part_of(row.text) == KEPT_OUT:
            continue
        key = _key(row.language, "asking" if row.asks else "not_asking")
        target = request if row.asks else 1 - request
        found.setdefault(key, []).append(Example(segments=(row.text,), target=target))
    return found


def emotion_examples(
    data_dir: Path, split: Split, *, gold_dirs: Sequence[Path], limit: int | None = None
) -> dict[str, list[Example]]:
    """By corpus, whole texts with 1, 0 or NaN for every emotion."""
    found: dict[str, list[Example]] = {}
    for corpus in _trainable(data_dir, "emotion", gold_dirs):
        everything = [
            (row["text"], row["emotions"], split_of(row["text"], row.get("split"))) for row in read_rows(corpus.path)
        ]
        known = known_labels({name for _, names, _ in everything for name in names})
        rows = [(text, names) for text, names, own in everything if own == split][:limit]
        if rows:
            found[_key(corpus.language, corpus.name)] = [
                Example(segments=(text,), target=target)
                for (text, _), target in zip(rows, targets([names for _, names in rows], known), strict=True)
            ]
    return found


def weights_of(task: str, examples: Corpora) -> dict[str, float]:
    """How much more than its size says each corpus is drawn."""
    by_name = {"sentiment": SENTIMENT_WEIGHTS, "act": ACT_WEIGHTS, "emotion": EMOTION_WEIGHTS}[task]
    return {
        key: by_name.get(key.split("/")[1], 1.0) * (FIRST_WEIGHT if key.split("/")[0] in FIRST_LANGUAGES else 1.0)
        for key in examples
    }


def taught(data_dir: Path, examples: Corpora, *, teacher: Encoder, cache_dir: Path) -> dict[str, list[Example]]:
    """The sentiment examples, those of one segment with the frozen encoder's vector, centred by corpus."""
    vectors: dict[str, Floats] = {}
    for corpus in _trainable(data_dir, "sentiment"):
        rows = sample([row for row in corpus.rows() if row.split == "train"], limit=TEACHER_ROWS)
        if rows:
            raw = features_of(teacher, rows, cache_dir=cache_dir)[1]
            centred = unit(raw - raw.mean(axis=0))
            vectors |= {row.text.strip(): vector for row, vector in zip(rows, centred, strict=True)}
    return {key: [_with_teacher(example, vectors) for example in own] for key, own in examples.items()}


def segments_of(row: Row) -> tuple[str, ...]:
    """The segments of a text as the service would cut it, at most `MOST_SEGMENTS`, from both of its ends."""
    spans = segment.split(row.text, row.language)
    texts = [row.text[start:end] for start, end in spans] or [row.text]
    if len(texts) > MOST_SEGMENTS:
        texts = texts[: MOST_SEGMENTS // 2] + texts[-MOST_SEGMENTS // 2 :]
    return tuple(texts)


def _stays_whole(text: str) -> bool:
    return len(text) <= SHORT_CHARACTERS and hash_of(text)[1] % 2 == 0


def counts(examples: Corpora) -> dict[str, int]:
    """How many examples each corpus gave."""
    return {key: len(own) for key, own in sorted(examples.items())}


def _whole(key: str, rows: Sequence[Row], allowed: NDArray[np.bool_]) -> dict[str, list[Example]]:
    examples = [
        Example(segments=(row.text,), target=target.astype(np.float32))
        for row, target in zip(rows, allowed, strict=True)
    ]
    return {key: examples} if examples else {}


def _with_teacher(example: Example, vectors: Mapping[str, Floats]) -> Example:
    if len(example.segments) > 1:
        return example
    return replace(example, teacher=vectors.get(example.segments[0].strip()))


def _trainable(data_dir: Path, folder: str, gold_dirs: Sequence[Path] = ()) -> list[Corpus]:
    return [corpus for corpus in find_corpora(data_dir, folder, gold_dirs=gold_dirs) if corpus.trainable]


def _key(language: str, name: str) -> str:
    return f"{language}/{name}"
