"""Pairs for the theme vector."""

import json

from nlp_service.settings import Settings
from nlp_service.training.contrast import Member, Source, batches, relations, sources, want_sources


def member(text, subject, group, language):
    return Member(text=text, subject=subject, group=group, language=language)


SOURCE = Source(
    members=(
        member("late", "delivery", "1", "en"),
        member("geç", "delivery", "1", "tr"),
        member("slow van", "delivery", "2", "en"),
        member("yavaş", "delivery", "2", "tr"),
        member("cheap", "price", "3", "en"),
        member("ucuz", "price", "3", "tr"),
    ),
    by_group=True,
)


def test_a_pair_is_of_one_group_and_of_two_languages_where_it_can_be():
    for pairs in batches({"taxonomy": SOURCE}, n=5, seed=0):
        for first, second in zip(pairs.members[::2], pairs.members[1::2], strict=True):
            assert first.group == second.group
            assert first.language != second.language


def test_by_group_other_groups_of_the_same_subject_are_left_alone():
    pairs = next(iter(batches({"taxonomy": SOURCE}, n=1, seed=0)))
    same, ignored = relations(pairs)

    for i, a in enumerate(pairs.members):
        for j, b in enumerate(pairs.members):
            assert same[i, j] == (a.group == b.group)
            assert ignored[i, j] == (a.subject == b.subject)


def test_our_taxonomy_is_a_source_and_absent_corpora_are_none(tmp_path):
    found = sources(tmp_path, "train", taxonomy_dir=Settings().taxonomy_dir)

    assert set(found) == {"taxonomy"}
    assert {"en", "fa", "tr", "ar"} <= {member.language for member in found["taxonomy"].members}
    assert sources(tmp_path, "dev", taxonomy_dir=Settings().taxonomy_dir) == {}


def test_wants_that_choices_are_made_by_are_kept_from_training():
    settings = Settings()
    gold_dirs = (settings.gold_acts_dir, settings.gold_requests_dir)
    train, dev = (
        {
            member.subject
            for member in want_sources(split, wants_dir=settings.wants_dir, gold_dirs=gold_dirs)["wants"].members
        }
        for split in ("train", "dev")
    )

    assert not train & dev
    assert 0.05 < len(dev) / len(train | dev) < 0.15


def test_wordings_of_one_want_and_the_requests_that_name_it_belong_together(tmp_path):
    rows = {
        "wants/wants.jsonl": [{"id": "dark_mode", "wordings": {"en": ["dark mode"], "tr": ["karanlık mod"]}}],
        "acts/fa.jsonl": [
            {"text": "حالت تاریک لطفاً", "split": "train", "want": "dark_mode"},
            {"text": "حالت تاریک کی می‌آید؟", "split": "test", "want": "dark_mode"},
            {"text": "ممنون", "split": "train"},
        ],
    }
    for name, lines in rows.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    found = want_sources("train", wants_dir=tmp_path / "wants", gold_dirs=[tmp_path / "acts"])

    assert [(member.text, member.subject, member.language) for member in found["wants"].members] == [
        ("dark mode", "dark_mode", "en"),
        ("karanlık mod", "dark_mode", "tr"),
        ("حالت تاریک لطفاً", "dark_mode", "fa"),
    ]


def test_the_same_seed_gives_the_same_batches():
    def texts(seed):
        return [[m.text for m in pairs.members] for pairs in batches({"taxonomy": SOURCE}, n=4, seed=seed)]

    assert texts(1) == texts(1)
    assert texts(1) != texts(2)


def test_half_of_a_batch_are_neighbors_in_the_file_so_that_the_like_are_told_apart():
    members = [
        member(f"want {n} in {language}", str(n), str(n), language) for n in range(90) for language in ("en", "tr")
    ]

    (pairs,) = batches({"wants": Source(members=tuple(members), by_group=False)}, n=1, seed=3, pairs=20)

    numbers = [int(one.subject) for one in pairs.members[::2]]
    assert numbers[:10] == [(numbers[0] + n) % 90 for n in range(10)]
    assert len(set(numbers)) == 20
