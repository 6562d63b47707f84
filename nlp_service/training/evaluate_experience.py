"""The scorecard of experience: conversations with what a careful reader says of them, and the majority's answer beside."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from nlp_service.domain import Conversation, Kind, Record, Role
from nlp_service.errors import InvalidRequest
from nlp_service.inference.engine import Engine
from nlp_service.ingest.turns import turns_of
from nlp_service.pipeline import analyze_conversations
from nlp_service.text.languages import is_supported
from nlp_service.training.datasets import read_rows
from nlp_service.training.labelled_chats import labelled_chats
from nlp_service.training.score import Score

GOLD_CORPUS = "gold_conversations"
NEAR = 1
"""How many turns a turning point may lie beside the true one."""
CHATS = "chats"
KINDS: Mapping[str, Kind] = {"interview": "interviews"}
"""Gold kinds that are not chats."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Corpus:
    name: str
    language: str
    path: Path

    def test_rows(self) -> list[Row]:
        rows = labelled_chats(self.path) if self.path.parent.parent.name == CHATS else read_rows(self.path)
        return [row for row in rows if (row.get("split") or "test") == "test"]


def experience_scores(
    engine: Engine, *, data_dir: Path, gold_dir: Path, names: str, languages: Sequence[str], limit: int | None
) -> Iterator[Score]:
    """A score for each corpus of test rows, by language and whole: `<data>/experience`, `<data>/chats` where they say how
    they ended, and our own conversations.

    Raises:
        InvalidRequest: no corpus matches.
    """
    own = [_Corpus(GOLD_CORPUS, path.stem, path) for path in sorted(gold_dir.glob("*.jsonl"))]
    for path in [path for folder in ("experience", CHATS) for path in sorted((data_dir / folder).glob("*/*.jsonl*"))]:
        own.append(_Corpus(path.name.removesuffix(".gz").removesuffix(".jsonl"), path.parent.name, path))
    corpora = [c for c in own if fnmatch(c.name, names) and (not languages or c.language in languages)]
    if not corpora:
        raise InvalidRequest(f"No conversations match in {data_dir / 'experience'}: check --data and --corpus.")
    for name in dict.fromkeys(corpus.name for corpus in corpora):
        yield from _corpus_scores(engine, [corpus for corpus in corpora if corpus.name == name], limit=limit)


def _corpus_scores(engine: Engine, corpora: Sequence[_Corpus], *, limit: int | None) -> Iterator[Score]:
    """A score for each language of a corpus, and one for all together where there are several: each has few rows."""
    began = time.perf_counter()
    every_row: list[Row] = []
    all_found: list[Conversation] = []
    codes: list[str] = []
    for corpus in corpora:
        rows = corpus.test_rows()[:limit]
        if rows:
            started = time.perf_counter()
            found = read_conversations(rows, corpus.language, engine)
            yield _score(corpus.name, corpus.language, rows, found, engine=engine, began=started)
            every_row += rows
            all_found += found
            codes.append(corpus.language)
    if len(codes) > 1:
        yield _score(corpora[0].name, "+".join(codes), every_row, all_found, engine=engine, began=began)


def _score(
    name: str, language: str, rows: Sequence[Row], found: Sequence[Conversation], *, engine: Engine, began: float
) -> Score:
    return Score(
        task="experience",
        language=language,
        corpus=name,
        n=len(rows),
        metrics=experience_metrics(rows, found),
        seconds=time.perf_counter() - began,
        engine=engine.name,
    )


def read_conversations(rows: Sequence[Row], language: str, engine: Engine) -> tuple[Conversation, ...]:
    """What the service says of each row."""
    records = [_record(str(i), row) for i, row in enumerate(rows)]
    return analyze_conversations(records, engine=engine, language=language if is_supported(language) else None)


def experience_metrics(rows: Sequence[Row], found: Sequence[Conversation]) -> dict[str, float]:
    """Accuracies and F1 over the rows, beside those of the most frequent answer; what a row leaves out is not scored."""
    told = [_told(one) for one in found]
    golds = [row["gold"] for row in rows]
    return {**_accuracies(golds, told), **_set_metrics(golds, told), **_flag_metrics(golds, told)}


def _accuracies(golds: Sequence[Row], told: Sequence[Row]) -> dict[str, float]:
    metrics: dict[str, float] = {}
    for name in ("success", "effort"):
        pairs = [(gold[name], own[name]) for gold, own in zip(golds, told, strict=True) if name in gold]
        if pairs:
            metrics[f"{name}_accuracy"] = sum(a == b for a, b in pairs) / len(pairs)
            metrics[f"{name}_majority"] = Counter(a for a, _ in pairs).most_common(1)[0][1] / len(pairs)
    name = "turning_point"
    points = [(gold[name], own[name]) for gold, own in zip(golds, told, strict=True) if name in gold]
    if points:
        metrics[f"{name}_accuracy"] = sum(is_near(a, b) for a, b in points) / len(points)
        metrics[f"{name}_majority"] = sum(a is None for a, _ in points) / len(points)
    return metrics


def _set_metrics(golds: Sequence[Row], told: Sequence[Row]) -> dict[str, float]:
    metrics = {}
    for name in ("emotions", "effort_cues", "cues"):
        if not any(name in row for row in golds):
            continue
        gold = [set(row.get(name, ())) for row in golds]
        metrics[f"{name}_f1"] = _f1(gold, [_told_apart(name, row, own) for row, own in zip(golds, told, strict=True)])
        metrics[f"{name}_majority"] = _f1(gold, [_most_frequent(gold)] * len(gold))
    return metrics


def _flag_metrics(golds: Sequence[Row], told: Sequence[Row]) -> dict[str, float]:
    """Of each flag its F1, and that of raising it always."""
    flags = {
        name: [(bool(gold.get(name)), own[name]) for gold, own in zip(golds, told, strict=True)]
        for name in ("resolved_but_unhappy", "unresolved_but_kind")
        if any(name in gold for gold in golds)
    }
    if any("cues" in gold for gold in golds):
        flags["churn"] = [
            ("churn" in gold.get("cues", ()), "churn" in own["cues"]) for gold, own in zip(golds, told, strict=True)
        ]
    metrics = {}
    for name, pairs in flags.items():
        gold = [{name} if flag else set() for flag, _ in pairs]
        metrics[f"{name}_f1"] = _f1(gold, [{name} if flag else set() for _, flag in pairs])
        metrics[f"{name}_majority"] = _f1(gold, [{name}] * len(pairs))
    return metrics


def _told_apart(name: str, gold: Row, told: Row) -> set[str]:
    """What is told of a row, of it only what its corpus tells apart."""
    found: set[str] = told[name]
    known = gold.get(f"{name}_told_apart")
    return found if known is None else found & set(known)


def _told(conversation: Conversation) -> dict[str, Any]:
    own = conversation.analysis.experience
    return {
        "success": own.success,
        "effort": own.effort,
        "effort_cues": {cue.kind for cue in own.effort_cues},
        "emotions": set(own.emotions),
        "cues": {cue.kind for cue in own.cues},
        "resolved_but_unhappy": own.resolved_but_unhappy,
        "unresolved_but_kind": own.unresolved_but_kind,
        "turning_point": conversation.turning_point,
    }


def is_near(gold: int | None, found: int | None) -> bool:
    """Whether a turning point is right: none where there is none, else within `NEAR` turns."""
    if gold is None or found is None:
        return gold is found
    return abs(gold - found) <= NEAR


def _most_frequent(golds: Sequence[set[str]]) -> set[str]:
    """The emotions that more than half of the conversations have, else the most frequent one."""
    counts = Counter(name for gold in golds for name in gold)
    return {name for name, n in counts.items() if n * 2 > len(golds)} or {name for name, _ in counts.most_common(1)}


def _f1(golds: Sequence[set[str]], founds: Sequence[set[str]]) -> float:
    """Micro-F1 of sets; 1 where nothing is there and nothing is found."""
    n_hit = sum(len(gold & found) for gold, found in zip(golds, founds, strict=True))
    n_all = sum(len(gold) + len(found) for gold, found in zip(golds, founds, strict=True))
    return 2 * n_hit / n_all if n_all else 1.0


def _record(identifier: str, row: Row) -> Record:
    """The row's turns as a record; turns without a role count as a customer's."""
    roles: list[Role] = [turn.get("role") or "unknown" for turn in row["turns"]]
    spoken = [(t.get("speaker") or role, role, t["text"]) for t, role in zip(row["turns"], roles, strict=True)]
    text, turns = turns_of(spoken)
    return Record(id=identifier, text=text, kind=KINDS.get(row.get("kind", ""), "chats"), turns=turns)
