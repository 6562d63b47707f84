"""Pairs for the theme vector."""

import json

from nlp_service.settings import Settings
from nlp_service.training.contrast import Member, Source, batches, relations, sources


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


def our_own(data_dir, split):
    settings = Settings()
    return sources(
        data_dir,
        split,
        taxonomy_dir=settings.taxonomy_dir,
        wants_dir=settings.wants_dir,
        gold_dirs=(settings.gold_acts_dir, settings.gold_requests_dir),
    )


def test_our_own_texts_are_sources_and_absent_corpora_are_none(tmp_path):
    found = our_own(tmp_path, "train")

    assert set(found) == {"taxonomy", "wants"}
    for source in found.values():
        assert {"en", "fa", "tr", "ar"} <= {member.language for member in source.members}


def test_our_own_texts_are_not_kept_for_development(tmp_path):
    assert our_own(tmp_path, "dev") == {}


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

    found = sources(
        tmp_path, "train", taxonomy_dir=tmp_path, wants_dir=tmp_path / "wants", gold_dirs=[tmp_path / "acts"]
    )

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
