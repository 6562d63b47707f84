"""The hand-written aspects of customer experience that give themes a readable name: `corpora/taxonomy/*.jsonl`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """One aspect: its name, its everyday terms and example sentences, each by language."""

    id: str
    group: str
    name: Mapping[str, str]
    terms: Mapping[str, tuple[str, ...]]
    examples: Mapping[str, tuple[str, ...]]


Taxonomy = tuple[Aspect, ...]


def load_taxonomy(folder: Path) -> Taxonomy:
    """The aspects of every file of the folder, in the order of the files' names and lines."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [json.loads(line) for line in lines if line.strip()]
    return tuple(
        Aspect(
            id=row["id"],
            group=row["group"],
            name=row["name"],
            terms={language: tuple(terms) for language, terms in row["terms"].items()},
            examples={language: tuple(examples) for language, examples in row["examples"].items()},
        )
        for row in rows
    )
