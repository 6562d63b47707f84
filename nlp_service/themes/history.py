"""What the last run and people's edits say of this run's clusters: which old theme each is, and where segments belong."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from nlp_service.domain import StatusChange, ThemeEdit
from nlp_service.themes.build import finding_id

LEAST_OVERLAP = 0.3
"""The part of the segments known to both (Jaccard) that an old and a new theme must share to be the same."""
EARLIER = 0.99
"""What the likeness to an earlier state of a theme weighs: of equals, the state of now counts."""

Members = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The last run's themes as they were found, before edits, as the ids of their segments; and every edit, oldest first,
    undone ones too. `asked` are the last run's requests, and `statuses` what people decided about each.
    """

    members: Members = field(default_factory=dict)
    edits: tuple[ThemeEdit, ...] = ()
    asked: Members = field(default_factory=dict)
    asked_then: tuple[Members, ...] = ()
    """Requests as they were at each decision."""
    statuses: Mapping[str, tuple[StatusChange, ...]] = field(default_factory=dict)

    @property
    def in_force(self) -> tuple[ThemeEdit, ...]:
        """The edits that were not undone."""
        return tuple(edit for edit in self.edits if edit.undone_at is None)

    @property
    def earlier(self) -> tuple[Members, ...]:
        """Whole themes as they were at each edit, so that those not found for a while, or only made, are known again."""
        return tuple(
            {i: own for i, own in edit.members.items() if edit.kind != "move" or i != edit.theme_id}
            for edit in self.edits
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Labels after the edits, −1 for none, the theme id of each, and the theme that each segment was found in before."""

    labels: NDArray[np.int64]
    theme_ids: Mapping[int, str]
    found_in: Mapping[str, str]


def settle(labels: NDArray[np.int64], segment_ids: Sequence[str], history: History) -> Settled:
    """The clusters as themes: one found again keeps its id, whatever edits have made of it, and then the edits count."""
    found = _clusters(labels, segment_ids)
    matches = matched(found, history.members, earlier=history.earlier)
    theme_ids = [_rejoined(theme_id, own, history) for theme_id, own in zip(matches, found, strict=True)]
    found_in = {i: theme_id for theme_id, own in zip(theme_ids, found, strict=True) for i in sorted(own)}
    owner: Mapping[str, str] = found_in
    for edit in history.in_force:
        owner = _applied(edit, owner, frozenset(segment_ids))
    settled_ids = sorted(set(owner.values()))
    numbers = {theme_id: number for number, theme_id in enumerate(settled_ids)}
    settled = np.array([numbers[owner[i]] if i in owner else -1 for i in segment_ids], np.int64)
    return Settled(labels=settled, theme_ids=dict(enumerate(settled_ids)), found_in=found_in)


def matched(
    clusters: Sequence[frozenset[str]], members: Members, *, earlier: Sequence[Members] = (), prefix: str = "thm"
) -> list[str]:
    """An id for each cluster, no two alike: that of the old theme with which it shares most (Kuhn 1955), else a new one.

    Each theme is compared as it is in `members` and, counting a little less, as it was in each of `earlier`.
    """
    versions = [(theme_id, own, 1.0) for theme_id, own in members.items() if own]
    versions += [(theme_id, own, EARLIER) for known in earlier for theme_id, own in known.items() if own]
    old = sorted({theme_id for theme_id, _, _ in versions})
    column = {theme_id: j for j, theme_id in enumerate(old)}
    known = frozenset().union(*(own for _, own, _ in versions))
    overlap = np.zeros((len(clusters), len(old)))
    for i, cluster in enumerate(clusters):
        seen = cluster & known
        for theme_id, own, weight in versions:
            shared, j = len(seen & own), column[theme_id]
            overlap[i, j] = max(overlap[i, j], weight * shared / (len(seen) + len(own) - shared))
    found = {i: old[j] for i, j in zip(*linear_sum_assignment(-overlap), strict=True) if overlap[i, j] >= LEAST_OVERLAP}
    taken = set(found.values())
    return [found.get(i) or _new_id(prefix, sorted(cluster), taken) for i, cluster in enumerate(clusters)]


def _new_id(prefix: str, segment_ids: Sequence[str], taken: Collection[str]) -> str:
    """The id that follows from the segments, or from it where a theme that began with the same ones grew and kept it."""
    made = finding_id(prefix, segment_ids)
    return finding_id(prefix, [made, *segment_ids]) if made in taken else made


def labels_given(edits: Sequence[ThemeEdit]) -> dict[str, dict[str, str]]:
    """The names that people gave, by theme and language; the last one counts."""
    given: dict[str, dict[str, str]] = {}
    for edit in edits:
        if edit.label:
            given.setdefault(edit.theme_id, {}).update(edit.label)
    return given


def settled_names(edits: Sequence[ThemeEdit]) -> frozenset[str]:
    """The ids of the themes whose names are people's business: given by them, or of a theme that they locked.

    The label of a merge is not: it is the one that the theme had.
    """
    return frozenset(edit.theme_id for edit in edits if edit.kind == "lock" or (edit.label and edit.kind != "merge"))


def _clusters(labels: NDArray[np.int64], segment_ids: Sequence[str]) -> list[frozenset[str]]:
    found: dict[int, set[str]] = {}
    for label, segment_id in zip(labels, segment_ids, strict=True):
        if label >= 0:
            found.setdefault(int(label), set()).add(segment_id)
    return [frozenset(ids) for _, ids in sorted(found.items())]


def _rejoined(theme_id: str, cluster: frozenset[str], history: History) -> str:
    """The id, or for a new theme that of the merged one most of it was in: its part of then may have grown out of sight."""
    if any(theme_id in known for known in (history.members, *history.earlier)):
        return theme_id
    shared = {old: len(cluster & own) for old, own in history.members.items()}
    merged = [edit.theme_id for edit in history.in_force if edit.kind == "merge"]
    return next((old for old in merged if 2 * shared.get(old, 0) > sum(shared.values())), theme_id)


def _applied(edit: ThemeEdit, owner: Mapping[str, str], known: frozenset[str]) -> dict[str, str]:
    """Who owns each segment after one edit: a merge joins whole themes, the others bind the segments they name."""
    if edit.kind == "merge":
        return {i: edit.theme_id if theme_id in edit.members else theme_id for i, theme_id in owner.items()}
    bound = edit.members.get(edit.theme_id, frozenset()) & known
    return {**owner, **dict.fromkeys(sorted(bound), edit.theme_id)}
