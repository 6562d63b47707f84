"""Labelled corpora on disk to rows: `<task>/<lang>/<corpus>.jsonl[.gz]` and our own sets in `corpora/gold`.

Only corpora whose `use` in `manifest.csv` is `train` are trained on. A development part, every tenth row of a train split by
the hash of its text, serves every choice; test splits serve none.
"""

import csv
import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Literal

from nlp_service.errors import InvalidRequest
from nlp_service.text.languages import is_supported

Split = Literal["train", "dev", "test"]
PARALLEL = "sib200"
"""A corpus of the same sentences in many languages: the means of its languages differ by language alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One labelled text."""

    text: str
    label: str
    language: str
    corpus: str
    split: Split


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """One labelled file: the labels that it tells apart, and whether it may be trained on."""

    name: str
    language: str
    path: Path
    trainable: bool
    label: str = "label"
    """The key of the label in each row."""

    def rows(self) -> list[Row]:
        """The rows, in the order of the file; a row without a split is a test row."""
        return [
            Row(
                text=row["text"],
                label=row[self.label],
                language=self.language,
                corpus=self.name,
                split=split_of(row["text"], row.get("split")),
            )
            for row in read_rows(self.path)
        ]


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON lines of a file, gzip-compressed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def find_corpora(
    data_dir: Path, folder: str, *, names: str = "*", languages: Sequence[str] = (), gold_dirs: Sequence[Path] = ()
) -> list[Corpus]:
    """The corpora of one task folder, sorted by language and name; with our own of `gold_dirs`, called by their names.

    Raises:
        InvalidRequest: nothing matches.
    """
    trainable = _trainable(data_dir)
    found = []
    for path in sorted((data_dir / folder).glob("*/*.jsonl*")):
        name = path.name.removesuffix(".gz").removesuffix(".jsonl")
        relative = path.relative_to(data_dir).as_posix()
        found.append(Corpus(name=name, language=path.parent.name, path=path, trainable=relative in trainable))
    for gold_dir in gold_dirs:
        found.extend(gold_corpora(gold_dir))
    kept = [c for c in found if fnmatch(c.name, names) and (not languages or c.language in languages)]
    if not kept:
        raise InvalidRequest(f"No corpus matches in {data_dir / folder}: check --data, --corpus and --languages.")
    return sorted(kept, key=lambda corpus: (corpus.language, corpus.name))


def gold_rows(folders: Sequence[Path]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The training rows of our own sentences in the folders, with the file that each is from, called by its language."""
    for path in (path for folder in folders for path in sorted(folder.glob("*.jsonl"))):
        yield from ((path, row) for row in read_rows(path) if row["split"] == "train")


def gold_corpora(gold_dir: Path) -> list[Corpus]:
    """Our own sentences of one folder, called by its name, one corpus a language."""
    return [
        Corpus(name=f"gold_{gold_dir.name}", language=path.stem, path=path, trainable=True)
        for path in sorted(gold_dir.glob("*.jsonl"))
    ]


def gold_cues(gold_dir: Path, task: str) -> list[Corpus]:
    """Our own sentences with their labels of success or effort, one corpus a language."""
    return [
        Corpus(name="gold_cues", language=path.stem, path=path, trainable=True, label=task)
        for path in sorted(gold_dir.glob("*.jsonl"))
    ]


def _trainable(data_dir: Path) -> frozenset[str]:
    manifest = data_dir / "manifest.csv"
    if not manifest.is_file():
        return frozenset()
    with manifest.open(encoding="utf-8", newline="") as lines:
        return frozenset(row["file"] for row in csv.DictReader(lines) if row["use"] == "train")


def split_of(text: str, split: str | None) -> Split:
    """The split of a row as it is used: a row without one is a test row, and every tenth training row is a dev row."""
    if split in (None, "", "test"):
        return "test"
    return "dev" if hash_of(text)[0] % 10 == 0 else "train"


def hash_of(text: str) -> bytes:
    """The sha256 of a text: choices made by it are the same everywhere and whatever the order of the rows."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def parallel_rows(data_dir: Path) -> dict[str, list[Row]]:
    """The training rows of the parallel corpus by language, for the languages of the service."""
    by_language: dict[str, list[Row]] = defaultdict(list)
    for path in sorted((data_dir / "topics").glob(f"{PARALLEL}.jsonl*")):
        for row in read_rows(path):
            if row["split"] == "train" and is_supported(row["lang"]):
                by_language[row["lang"]].append(
                    Row(text=row["text"], label=row["topic"], language=row["lang"], corpus=PARALLEL, split="train")
                )
    return by_language


def sample(rows: Sequence[Row], *, limit: int | None) -> list[Row]:
    """At most `limit` rows, chosen by the hash of their text so that the choice is the same everywhere."""
    if limit is None or len(rows) <= limit:
        return list(rows)
    by_hash = sorted(rows, key=lambda row: hash_of(row.text))
    return by_hash[:limit]
