"""The scorecard of personal data: what is found of it, and what of the found is it, overall and by kind."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from nlp_service.text.languages import is_supported
from nlp_service.text.redact import Finding, find
from nlp_service.training.datasets import Corpus, find_corpora, gold_corpora, hash_of, read_rows, split_of
from nlp_service.training.score import Score

GOLD = "gold_pii"
BLIND = "pii_blind"
"""The folder beside that of our own sentences with those written blind, harder ones."""
ENGINE = "rules"
EVERY_LANGUAGE = "mul"
"""ISO 639-2 for several languages: the row of our own sentences in all of them together."""


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch of a text: `text[start:end]`."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The marked spans that findings of their kind cover, and the findings that lie on a span of their kind, by kind."""

    marked: Counter[str]
    covered: Counter[str]
    found: Counter[str]
    right: Counter[str]

    def metrics(self) -> dict[str, float]:
        """Recall and precision overall, then by kind where there is something to divide by; 1 where nothing is."""
        figures = {
            "recall": _share(self.covered.total(), self.marked.total()),
            "precision": _share(self.right.total(), self.found.total()),
        }
        for kind in sorted(self.marked | self.found):
            if self.marked[kind]:
                figures[f"recall_{kind}"] = _share(self.covered[kind], self.marked[kind])
            if self.found[kind]:
                figures[f"precision_{kind}"] = _share(self.right[kind], self.found[kind])
        return figures


def pii_scores(
    *, data_dir: Path, gold_dir: Path, names: str = "*", languages: Sequence[str] = (), limit: int | None = None
) -> Iterator[Score]:
    """A score for each of our own languages and for them together, then for each `<data>/pii/<lang>/*.jsonl`.

    Raises:
        InvalidRequest: neither has anything that matches.
    """
    corpora = _gold(gold_dir, names=names, languages=languages)
    if not corpora or any((data_dir / "pii").glob("*/*.jsonl*")):
        corpora += find_corpora(data_dir, "pii", names=names, languages=languages)
    together: dict[str, list[tuple[str, Sequence[Mapping[str, Any]]]]] = {GOLD: [], f"gold_{BLIND}": []}
    for corpus in corpora:
        rows = _test_rows(corpus, limit=limit)
        if rows:
            yield _score(corpus.name, corpus.language, [(corpus.language, rows)])
            together.get(corpus.name, []).append((corpus.language, rows))
    for name, parts in together.items():
        if len(parts) > 1:
            yield _score(name, EVERY_LANGUAGE, parts)


def compare(texts: Iterable[tuple[Sequence[Span], Sequence[Finding]]]) -> Compared:
    """What the findings in each text have to do with the spans marked in it.

    A span counts as found where findings of its kind cover all of it; a finding is right where at least half of it lies
    in a span of its kind.
    """
    result = Compared(marked=Counter(), covered=Counter(), found=Counter(), right=Counter())
    for spans, findings in texts:
        for span in spans:
            result.marked[span.kind] += 1
            same = [one for one in findings if one.kind == span.kind]
            result.covered[span.kind] += sum(_shared(span, one) for one in same) >= span.end - span.start
        for one in findings:
            result.found[one.kind] += 1
            inside = sum(_shared(span, one) for span in spans if span.kind == one.kind)
            result.right[one.kind] += 2 * inside >= one.end - one.start
    return result


def _gold(gold_dir: Path, *, names: str, languages: Sequence[str]) -> list[Corpus]:
    return [
        corpus
        for folder in (gold_dir, gold_dir.with_name(BLIND))
        for corpus in gold_corpora(folder)
        if fnmatch(corpus.name, names) and (not languages or corpus.language in languages)
    ]


def _test_rows(corpus: Corpus, *, limit: int | None) -> Sequence[Mapping[str, Any]]:
    rows = [row for row in read_rows(corpus.path) if split_of(row["text"], row.get("split")) == "test"]
    return sorted(rows, key=lambda row: hash_of(row["text"]))[:limit]


def _score(name: str, language: str, parts: Sequence[tuple[str, Sequence[Mapping[str, Any]]]]) -> Score:
    started = time.perf_counter()
    pairs = []
    for code, rows in parts:
        known = code if is_supported(code) else "und"
        for row in rows:
            spans = [Span(kind=one["kind"], start=one["start"], end=one["end"]) for one in row["spans"]]
            pairs.append((spans, find(row["text"], language=known)))
    return Score(
        task="pii",
        language=language,
        corpus=name,
        n=len(pairs),
        metrics=compare(pairs).metrics(),
        seconds=time.perf_counter() - started,
        engine=ENGINE,
    )


def _shared(span: Span, finding: Finding) -> int:
    return max(0, min(span.end, finding.end) - max(span.start, finding.start))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
