"""Which answers of a batch are weak evidence, each with the reason, and what that means for the whole batch.

Near copies are found by MinHash over runs of three words (Broder 1997), kept in buckets so that the time grows with the
number of records and not with that of pairs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from datasketch import MinHash, MinHashLSH

from nlp_service.analysis.quality import is_empty, is_generic, is_gibberish
from nlp_service.domain import QualityFlag, QualityKind, RecordAnalysis
from nlp_service.text.normalize import fingerprint

COPY_WORDS = 6
"""Words under which the same text from two people is no wonder."""
NEAR_WORDS = 10
"""Words under which two texts are not compared for being near copies."""
NEAR = 0.5
"""The least share of common runs of words (Jaccard) of near copies."""
TEMPLATE_RECORDS = 3
"""Near copies from which on a template is likely."""
BURST_RECORDS, BURST_FACTOR, BURST_S = 10, 10, 60
"""Records within so many seconds that are a burst, if they are as many times more than the batch has on average."""
WARN_SHARE = 0.2
"""The share of a batch from which on a kind of flag is worth a warning."""
PERMUTATIONS, SEED = 64, 1
_NAMES: Mapping[QualityKind, str] = {
    "empty": "have no words",
    "generic": "say nothing that could not stand anywhere",
    "gibberish": "are no language",
    "copied": "are the same text as another",
    "near_duplicate": "are nearly the same text as another",
    "templated": "look filled in from one template",
    "burst": "came within one minute with many others",
}

Flags = dict[str, tuple[QualityFlag, ...]]


def flag_answers(analyses: Sequence[RecordAnalysis]) -> Flags:
    """The flags of each record that has any, by its id."""
    found: dict[str, list[QualityFlag]] = defaultdict(list)
    for analysis in analyses:
        flag = _own_flag(analysis)
        if flag is not None:
            found[analysis.record.id].append(flag)
    for record_id, flag in (*_copies(analyses), *_near_copies(analyses), *_bursts(analyses)):
        found[record_id].append(flag)
    return {record_id: tuple(flags) for record_id, flags in found.items()}


def quality_warnings(flags: Mapping[str, Sequence[QualityFlag]], *, n_records: int) -> list[str]:
    """A sentence for each kind of flag that a fifth of the batch or more has."""
    counts = Counter(kind for own in flags.values() for kind in {flag.kind for flag in own})
    return [
        f"{counts[kind]} of {n_records} records {_NAMES[kind]}: weigh what rests on them."
        for kind in _NAMES
        if counts[kind] > 1 and counts[kind] >= WARN_SHARE * n_records
    ]


def _own_flag(analysis: RecordAnalysis) -> QualityFlag | None:
    text = analysis.record.text
    if is_empty(text):
        return QualityFlag(kind="empty", reason="There is no letter and no digit.")
    if is_gibberish(text):
        return QualityFlag(kind="gibberish", reason="Most letters lie in words that no language has.")
    if is_generic(analysis):
        return QualityFlag(kind="generic", reason="A few words that could stand in any record.")
    return None


def _copies(analyses: Sequence[RecordAnalysis]) -> Iterator[tuple[str, QualityFlag]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for analysis in analyses:
        if len(analysis.record.text.split()) >= COPY_WORDS:
            groups[fingerprint(analysis.record.text)].append(analysis.record.id)
    for members in groups.values():
        if len(members) > 1:
            reason = f"{len(members)} records have this text, but for case, spaces and marks."
            for record_id in members:
                yield record_id, QualityFlag(kind="copied", reason=reason, like=members[0])


def _near_copies(analyses: Sequence[RecordAnalysis]) -> Iterator[tuple[str, QualityFlag]]:
    """Of texts that differ, those that share most of their runs of words, in groups with the first of each."""
    texts: dict[str, str] = {}
    for analysis in analyses:
        same = fingerprint(analysis.record.text)
        if len(same.split()) >= NEAR_WORDS:
            texts.setdefault(same, analysis.record.id)
    hashes = MinHash.bulk([_runs(text) for text in texts], num_perm=PERMUTATIONS, seed=SEED)
    seen = MinHashLSH(threshold=NEAR, num_perm=PERMUTATIONS)
    leader: dict[str, str] = {}
    groups: dict[str, list[str]] = defaultdict(list)
    for record_id, own in zip(texts.values(), hashes, strict=True):
        near = sorted(seen.query(own))
        leader[record_id] = leader[near[0]] if near else record_id
        groups[leader[record_id]].append(record_id)
        seen.insert(record_id, own)
    for first, members in groups.items():
        if len(members) > 1:
            is_template = len(members) >= TEMPLATE_RECORDS
            kind: QualityKind = "templated" if is_template else "near_duplicate"
            reason = f"{len(members)} different texts share most of their wording."
            for record_id in members:
                yield record_id, QualityFlag(kind=kind, reason=reason, like=first)


def _runs(text: str) -> list[bytes]:
    words = text.split()
    return [" ".join(words[i : i + 3]).encode("utf-8", "surrogatepass") for i in range(len(words) - 2)]


def _bursts(analyses: Sequence[RecordAnalysis]) -> Iterator[tuple[str, QualityFlag]]:
    """Records of minutes that hold far more than the others; where all came at once, times say nothing."""
    timed = sorted((at, a.record.id) for a in analyses if (at := _seconds(a.record.occurred_at)) is not None)
    if len(timed) < BURST_RECORDS or timed[-1][0] - timed[0][0] <= BURST_S * BURST_FACTOR:
        return
    usual = len(timed) * BURST_S / (timed[-1][0] - timed[0][0])
    flagged: dict[str, str] = {}
    first = 0
    for last, (at, _) in enumerate(timed):
        while at - timed[first][0] >= BURST_S:
            first += 1
        if last - first + 1 >= max(BURST_RECORDS, BURST_FACTOR * usual):
            for _, record_id in timed[first : last + 1]:
                flagged.setdefault(record_id, timed[first][1])
    counts = Counter(flagged.values())
    for record_id, like in flagged.items():
        reason = f"{counts[like]} records came within about a minute."
        yield record_id, QualityFlag(kind="burst", reason=reason, like=like)


def _seconds(occurred_at: str | None) -> float | None:
    """Seconds of a time with a time of day, None of anything else; without an offset it is read as UTC."""
    if occurred_at is None or "T" not in occurred_at:
        return None
    try:
        time = datetime.fromisoformat(occurred_at)
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
