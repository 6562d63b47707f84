"""Texts that mean the same, are of one subject or ask for one thing, in several languages: what vectors are tuned on."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp_service.text.languages import is_supported
from nlp_service.topics.wants import read_wordings
from nlp_service.training.datasets import Split, gold_rows, hash_of, read_rows

PAIRS, WANT_PAIRS = 16, 32
"""Pairs in a batch, and in one of wants, which are short. All come from one source, so that what a text is pushed away
from is of its own kind."""
WEIGHTS = {
    "sib200": 0.16,
    "sib200-parallel": 0.16,
    "banking77": 0.2,
    "clinc150": 0.1,
    "massive_fa_en_subset": 0.04,
    "mabsa_coursera": 0.02,
    "mabsa_hotel": 0.03,
    "mabsa_laptop": 0.03,
    "mabsa_phone": 0.04,
    "mabsa_restaurant": 0.03,
    "taxonomy": 0.25,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A text with its subject and with the group of texts that say the same in other languages."""

    text: str
    subject: str
    group: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Members, and whether texts of one subject belong together or only those of one group."""

    members: tuple[Member, ...]
    by_group: bool

    def key(self, member: Member) -> str:
        """What must be equal for two members to be drawn together."""
        return member.group if self.by_group else member.subject


def sources(data_dir: Path, split: Split, *, taxonomy_dir: Path) -> dict[str, Source]:
    """The sources of themes by name that have members in the split; the development part holds every tenth group.

    Of our own taxonomy, which is small, nothing is kept for development: public corpora serve there.
    """
    found: dict[str, Source] = {}
    for name in WEIGHTS:
        if name == "taxonomy":
            members = _aspects(taxonomy_dir) if split == "train" else ()
        else:
            members = tuple(_members(data_dir / "topics" / f"{name.removesuffix('-parallel')}.jsonl.gz", split))
        if members:
            found[name] = Source(members=members, by_group=name.endswith("-parallel"))
    return found


def want_sources(split: Split, *, wants_dir: Path, gold_dirs: Sequence[Path]) -> dict[str, Source]:
    """What is asked for, in all its wordings; the development part holds every tenth want."""
    members = [
        member
        for member in (*_wants(wants_dir), *_wanted(gold_dirs))
        if is_kept_out(member.subject) == (split == "dev")
    ]
    return {"wants": Source(members=tuple(members), by_group=False)} if members else {}


def is_kept_out(want: str) -> bool:
    """Whether the encoder is not tuned on this want, so that choices can be made by it."""
    return hash_of(want)[0] % 10 == 0


def _members(path: Path, split: Split) -> Iterator[Member]:
    if not path.is_file():
        return
    for row in read_rows(path):
        group = str(row.get("group") or row["text"])
        is_dev = hash_of(group)[0] % 10 == 0
        if row.get("split") == "train" and is_dev == (split == "dev") and is_supported(row["lang"].split("-")[0]):
            yield Member(text=row["text"], subject=str(row["topic"]), group=group, language=row["lang"])


def _wants(wants_dir: Path) -> Iterator[Member]:
    """Wordings of what people ask for, by want and language."""
    for one in read_wordings(wants_dir):
        yield Member(text=one.text, subject=one.want, group=one.text, language=one.language)


def _wanted(gold_dirs: Sequence[Path]) -> Iterator[Member]:
    """The requests among our own training segments that say what is wanted."""
    for path, row in gold_rows(gold_dirs):
        want = row.get("want", row.get("want_id"))
        if want:
            yield Member(text=row["text"], subject=want, group=row["text"], language=path.stem)


def _aspects(taxonomy_dir: Path) -> tuple[Member, ...]:
    """Names, terms and examples of our own aspects."""
    members = []
    for path in sorted(taxonomy_dir.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            aspect = json.loads(line)
            for part in ("name", "terms", "examples"):
                for language, own in aspect[part].items():
                    for text in [own] if isinstance(own, str) else own:
                        members.append(Member(text=text, subject=aspect["id"], group=text, language=language))
    return tuple(members)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """A batch: the two members of each pair, one after the other, all of one source."""

    source: Source
    members: tuple[Member, ...]


def batches(found: Mapping[str, Source], *, n: int, seed: int, pairs: int = PAIRS) -> Iterator[Pairs]:
    """`n` batches of `pairs` pairs, each of one source drawn by its weight; the same for the same seed."""
    rng = np.random.default_rng(seed)
    names = sorted(found)
    weights = np.array([WEIGHTS.get(name, 1.0) for name in names])
    indices = {name: _by_key(source) for name, source in found.items()}
    for choice in rng.choice(len(names), size=n, p=weights / weights.sum()):
        source = found[names[choice]]
        keys = indices[names[choice]]
        members = tuple(
            source.members[i]
            for key in _picked(len(keys), min(pairs, len(keys)), rng)
            for i in _pair(source, keys[key], rng)
        )
        yield Pairs(source=source, members=members)


def _by_key(source: Source) -> list[list[int]]:
    """The positions of the members of each key that has at least two, in the order of the members."""
    positions: dict[str, list[int]] = defaultdict(list)
    for i, member in enumerate(source.members):
        positions[source.key(member)].append(i)
    return [own for own in positions.values() if len(own) > 1]


def _picked(n_keys: int, n: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """`n` of the keys: half of them neighbors in their file, where the like of each other stand side by side and are
    easily taken for one, half from anywhere."""
    near = (int(rng.integers(n_keys)) + np.arange(n // 2)) % n_keys
    others = rng.permutation(np.setdiff1d(np.arange(n_keys), near))[: n - len(near)]
    return np.concatenate([near, others])


def _pair(source: Source, positions: Sequence[int], rng: np.random.Generator) -> tuple[int, int]:
    """Two members of a key, of two languages where it has them."""
    first = positions[int(rng.integers(len(positions)))]
    language = source.members[first].language
    others = [i for i in positions if source.members[i].language != language] or [i for i in positions if i != first]
    return first, others[int(rng.integers(len(others)))]


def relations(pairs: Pairs) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Two matrices (n, n): which pairs belong together, and which are left alone, being of one subject all the same."""
    keys = np.array([pairs.source.key(member) for member in pairs.members])
    subjects = np.array([member.subject for member in pairs.members])
    return keys[:, None] == keys[None, :], subjects[:, None] == subjects[None, :]
