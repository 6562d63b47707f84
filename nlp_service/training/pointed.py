"""Our own labels for segments of other people's reviews, which stay where they are: a row points to its text by checksum."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp_service.training.datasets import find_corpora, hash_of, read_rows

CHECKSUM = 16
"""Hexadecimal digits of the sha256 of a text by which a row names it."""

PARTS = 5
KEPT_OUT = 0
"""The part that the encoder is not tuned on, so that choices can be made by it."""


def part_of(text: str) -> int:
    """One of five parts that equal texts share."""
    return hash_of(text)[2] % PARTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """A segment, whether it asks for something, and how many segments of such reviews it stands for."""

    text: str
    language: str
    asks: bool
    weight: float


def pointed_rows(reviews_dir: Path, data_dir: Path, split: str) -> Iterator[Pointed]:
    """The labelled segments of one split whose reviews are under `data_dir`, language by language."""
    for path in sorted(reviews_dir.glob("*.jsonl")):
        rows = [row for row in read_rows(path) if row["split"] == split]
        texts = _texts({row["corpus"] for row in rows}, path.stem, data_dir)
        for row in rows:
            text = texts.get(row["row"])
            if text is not None:
                yield Pointed(
                    text=text[row["start"] : row["end"]],
                    language=path.stem,
                    asks=row["request"],
                    weight=row["weight"],
                )


def _texts(names: set[str], language: str, data_dir: Path) -> dict[str, str]:
    """The texts of the corpora, such as `sentiment/snappfood`, by checksum."""
    found: dict[str, str] = {}
    for name in sorted(names):
        folder, _, corpus = name.partition("/")
        if (data_dir / folder / language).is_dir():
            for own in find_corpora(data_dir, folder, names=corpus, languages=[language]):
                found |= {hash_of(row.text).hex()[:CHECKSUM]: row.text for row in own.rows()}
    return found
