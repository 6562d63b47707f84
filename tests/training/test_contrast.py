"""Pairs for the theme vector."""

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


def test_our_own_taxonomy_is_a_source_and_absent_corpora_are_none(tmp_path):
    found = sources(tmp_path, Settings().taxonomy_dir, "train")

    assert set(found) == {"taxonomy"}
    assert {"en", "fa", "tr", "ar"} <= {m.language for m in found["taxonomy"].members}


def test_the_same_seed_gives_the_same_batches():
    def texts(seed):
        return [[m.text for m in pairs.members] for pairs in batches({"taxonomy": SOURCE}, n=4, seed=seed)]

    assert texts(1) == texts(1)
    assert texts(1) != texts(2)
