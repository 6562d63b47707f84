"""Memory: themes found again keep their ids, and what people changed is changed again in every later run."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_service.domain import ThemeEdit
from nlp_service.themes.build import finding_id
from nlp_service.themes.history import LEAST_OVERLAP, History, labels_given, matched, settle

BLUE, RED, GREEN = "blue", "red", "green"


def clustering(**sizes):
    """Labels and segment ids of clusters of these sizes, the segments named after them."""
    ids = [f"{name}{i}" for name, size in sizes.items() for i in range(size)]
    labels = [number for number, size in enumerate(sizes.values()) for _ in range(size)]
    return np.array(labels, np.int64), ids


class Run:
    """A run after another: its themes as sets of segments by id, before edits and after them."""

    def __init__(self, labels, ids, *, after=None, edits=()):
        settled = settle(np.asarray(labels), ids, History(members=after.found if after else {}, edits=tuple(edits)))
        assert set(settled.labels.tolist()) - {-1} == set(settled.theme_ids)
        self.found = grouped(settled.found_in.items())
        owners = [(i, settled.theme_ids.get(int(n))) for i, n in zip(ids, settled.labels, strict=True)]
        self.themes = grouped((i, owner) for i, owner in owners if owner)

    def __getitem__(self, name):
        """The id of the theme whose segments' names begin so; parts are joined by a plus."""
        return {v: k for k, v in self.names.items()}[name]

    @property
    def names(self):
        return {
            theme_id: "+".join(sorted({i.rstrip("0123456789") for i in own})) for theme_id, own in self.themes.items()
        }


def grouped(pairs):
    found = {}
    for segment_id, theme_id in pairs:
        found.setdefault(theme_id, set()).add(segment_id)
    return {theme_id: frozenset(own) for theme_id, own in found.items()}


def merge(themes, into, *others, number=0):
    return ThemeEdit(id=f"edt_{number}", kind="merge", theme_id=into, members={i: themes[i] for i in (into, *others)})


def bind(kind, theme_id, members, *, number=0):
    return ThemeEdit(id=f"edt_{number}", kind=kind, theme_id=theme_id, members=members)


def split_off(run, whole, part):
    return bind("split", "thm_new", {"thm_new": part, whole: run.themes[whole]})


def undone(edit):
    return replace(edit, undone_at="2026-07-01T00:00:00.000Z")


@given(st.lists(st.integers(-1, 5), max_size=40))
def test_without_a_history_nothing_changes_but_the_numbers(labels):
    ids = [f"s{i}" for i in range(len(labels))]

    settled = settle(np.array(labels, np.int64), ids, History())

    numbers = settled.labels.tolist()
    assert [label == -1 for label in labels] == [number == -1 for number in numbers]
    assert len(set(zip(labels, numbers, strict=True))) == len(set(labels)) == len(set(numbers))
    for number, theme_id in settled.theme_ids.items():
        own = [i for i, n in zip(ids, numbers, strict=True) if n == number]
        assert theme_id == finding_id("thm", own)
        assert {settled.found_in[i] for i in own} == {theme_id}


@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(-1, 4)), min_size=1, max_size=40))
def test_no_two_themes_of_a_run_get_one_id(rows):
    ids = [f"s{i}" for i in range(len(rows))]
    first, second = (np.array(column, np.int64) for column in zip(*rows, strict=True))

    after = Run(second, ids, after=Run(first, ids))

    assert sorted(map(sorted, after.themes.values())) == sorted(map(sorted, Run(second, ids).themes.values()))


def test_the_same_clusters_under_other_numbers_keep_their_ids():
    labels, ids = clustering(blue=5, red=4, green=3)
    first = Run(labels, ids)

    assert Run(2 - labels, ids, after=first).themes == first.themes


def test_themes_that_grow_keep_their_ids_and_new_ones_get_their_own():
    before = Run(*clustering(blue=5, red=4))
    after = Run(*clustering(blue=50, red=40, green=30), after=before)

    assert (after[BLUE], after[RED]) == (before[BLUE], before[RED])
    assert len(after.themes) == 3


def test_growing_step_by_step_keeps_the_id_when_nothing_of_the_beginning_is_left():
    ids, run, seen = [f"s{i}" for i in range(100)], None, set()
    for start in range(0, 80, 10):
        run = Run([0] * 20, ids[start : start + 20], after=run)
        seen |= set(run.themes)

    assert len(seen) == 1


@pytest.mark.parametrize(("n_shared", "is_same"), [(10, True), (6, True), (3, True), (2, False), (0, False)])
def test_an_id_needs_enough_in_common(n_shared, is_same):
    old = frozenset(f"s{i}" for i in range(10))
    cluster = frozenset(f"s{i}" for i in range(n_shared)) | {f"new{i}" for i in range(40)}

    [theme_id] = matched([cluster], {"thm_old": old})

    assert (theme_id == "thm_old") is is_same
    assert is_same is (n_shared / 10 >= LEAST_OVERLAP)


def test_of_two_parts_the_larger_keeps_the_id():
    old = frozenset(f"s{i}" for i in range(10))
    small, large = frozenset(sorted(old)[:4]), frozenset(sorted(old)[4:])

    assert matched([small, large], {"thm_old": old}) == [finding_id("thm", sorted(small)), "thm_old"]


def test_of_equals_the_state_of_now_counts():
    own = frozenset("abc")

    assert matched([own], {"thm_z": own}, earlier=[{"thm_a": own}]) == ["thm_z"]
    assert matched([own], {"thm_z": own | set("defghijklm")}, earlier=[{"thm_a": own}]) == ["thm_a"]


def test_ids_of_other_findings_have_their_own_beginning():
    assert matched([frozenset("ab")], {}, prefix="req")[0].startswith("req_")
    assert matched([], {"thm_old": frozenset("a")}) == []


def test_a_part_that_began_an_old_theme_does_not_take_its_id_twice():
    began = Run(*clustering(blue=3))
    grown = Run([0] * 10, [*(f"blue{i}" for i in range(3)), *(f"red{i}" for i in range(7))], after=began)
    assert set(grown.themes) == set(began.themes)

    apart = Run(*clustering(blue=3, red=7), after=grown)

    assert apart[RED] in grown.themes
    assert apart[BLUE] not in grown.themes


@pytest.mark.parametrize("sizes", [{"blue": 5, "red": 4}, {"blue": 3, "red": 40}, {"blue": 40, "red": 3}])
def test_what_was_merged_is_merged_again_and_undoing_gives_the_old_themes_back(sizes):
    labels, ids = clustering(**sizes, green=6)
    first = run = Run(labels, ids)
    edit = merge(first.themes, first[BLUE], first[RED])
    for _ in range(3):
        run = Run(labels, ids, after=run, edits=[edit])
        assert run.names == {first[BLUE]: "blue+red", first[GREEN]: GREEN}

    assert Run(labels, ids, after=run, edits=[undone(edit)]).themes == first.themes


def test_a_merge_holds_while_its_parts_grow_and_undoing_gives_the_grown_ones_back():
    first = run = Run(*clustering(blue=5, red=5))
    edit = merge(first.themes, first[BLUE], first[RED])
    for n in (5, 15, 45, 135, 405):
        run = Run(*clustering(blue=n, red=n), after=run, edits=[edit])
        assert run.names == {first[BLUE]: "blue+red"}

    apart = Run(*clustering(blue=405, red=405), after=run, edits=[undone(edit)])
    assert (apart[BLUE], apart[RED]) == (first[BLUE], first[RED])


def test_a_merge_holds_when_its_parts_were_found_as_one_for_a_while():
    first = Run(*clustering(blue=5, red=5))
    edit = merge(first.themes, first[BLUE], first[RED])
    _, ids = clustering(blue=100, red=80)
    as_one = Run([0] * 180, ids, after=first, edits=[edit])

    apart = Run(*clustering(blue=100, red=80), after=as_one, edits=[edit])

    assert apart.names == as_one.names == {first[BLUE]: "blue+red"}
    assert len(Run(*clustering(blue=100, red=80), after=as_one).themes) == 2


def test_merges_one_after_the_other_are_undone_in_any_order():
    labels, ids = clustering(blue=5, red=4, green=3)
    first = Run(labels, ids)
    blue, red, green = first[BLUE], first[RED], first[GREEN]
    one = merge(first.themes, blue, red, number=1)
    joined = Run(labels, ids, after=first, edits=[one])
    two = merge(joined.themes, green, blue, number=2)
    all_in_one = Run(labels, ids, after=joined, edits=[one, two])

    assert all_in_one.names == {green: "blue+green+red"}
    newest_undone = Run(labels, ids, after=all_in_one, edits=[one, undone(two)])
    assert newest_undone.names == {blue: "blue+red", green: GREEN}
    oldest_undone = Run(labels, ids, after=all_in_one, edits=[undone(one), two])
    assert oldest_undone.names == {green: "blue+green", red: RED}


@pytest.mark.parametrize("n_split", [1, 5, 9])
def test_what_was_split_off_stays_apart_and_undoing_joins_it_again(n_split):
    labels, ids = clustering(blue=10, red=4)
    first = run = Run(labels, ids)
    whole = first[BLUE]
    part = frozenset(sorted(first.themes[whole])[:n_split])
    edit = split_off(first, whole, part)
    for _ in range(3):
        run = Run(labels, ids, after=run, edits=[edit])
        assert run.themes == {**first.themes, "thm_new": part, whole: first.themes[whole] - part}

    assert Run(labels, ids, after=run, edits=[undone(edit)]).themes == first.themes


def test_a_split_holds_for_clusters_of_more_data():
    first = Run(*clustering(blue=10, red=4))
    part = frozenset(sorted(first.themes[first[BLUE]])[:5])

    grown = Run(*clustering(blue=25, red=12), after=first, edits=[split_off(first, first[BLUE], part)])

    assert grown.themes["thm_new"] == part
    assert len(grown.themes[first[BLUE]]) == 20
    assert grown[RED] == first[RED]


def test_what_was_split_off_and_is_then_found_apart_goes_on_growing():
    _, ids = clustering(blue=10, red=8)
    first = Run([0] * 18, ids)
    [whole] = first.themes
    edit = split_off(first, whole, frozenset(i for i in ids if i.startswith(RED)))
    second = Run([0] * 18, ids, after=first, edits=[edit])

    third = Run(*clustering(blue=20, red=16), after=second, edits=[edit])

    assert third.names == {whole: BLUE, "thm_new": RED}


def test_what_was_locked_stays_together_whatever_is_found():
    labels, ids = clustering(blue=6, red=6)
    first = Run(labels, ids)
    kept = first[BLUE]
    edit = bind("lock", kept, {kept: first.themes[kept]})

    for other in (np.arange(12) % 4, np.arange(12) % 2, np.full(12, -1), np.zeros(12, np.int64)):
        assert Run(other, ids, after=first, edits=[edit]).themes[kept] >= first.themes[kept]
    loose = Run(np.arange(12) % 4, ids, after=first, edits=[undone(edit)]).themes
    assert not any(own >= first.themes[kept] for own in loose.values())


@pytest.mark.parametrize("sizes", [{"blue": 6, "red": 6}, {"blue": 2, "red": 12}, {"blue": 12, "red": 2}])
def test_what_was_moved_is_moved_again_also_from_no_theme(sizes):
    labels, ids = clustering(**sizes, green=3)
    labels[-1] = -1
    first = run = Run(labels, ids)
    blue, red = first.themes[first[BLUE]], first.themes[first[RED]]
    edit = bind("move", first[BLUE], {first[RED]: red, first[BLUE]: red | {"green2"}})
    for _ in range(3):
        run = Run(labels, ids, after=run, edits=[edit])
        assert run.themes == {first[BLUE]: blue | red | {"green2"}, first[GREEN]: frozenset(["green0", "green1"])}

    assert Run(labels, ids, after=run, edits=[undone(edit)]).themes == first.themes


def test_segments_that_are_gone_are_bound_no_more():
    labels, ids = clustering(blue=6)
    edits = [
        bind("lock", "thm_x", {"thm_x": frozenset(["blue0", "gone"])}),
        bind("move", "thm_y", {"thm_y": frozenset(["gone"])}),
    ]

    run = Run(labels, ids, after=Run(labels, ids), edits=edits)

    assert run.themes["thm_x"] == {"blue0"}
    assert "thm_y" not in run.themes
    assert Run(np.zeros(0, np.int64), [], after=run, edits=edits).themes == {}


def test_later_edits_count_over_earlier_ones():
    edits = [bind("move", name, {name: frozenset(["blue0"])}, number=i) for i, name in enumerate(["x", "y"])]

    run = Run(*clustering(blue=4, red=4), edits=edits)

    assert "x" not in run.themes
    assert run.themes["y"] == {"blue0"}


def test_names_given_last_count_language_by_language():
    edits = tuple(
        ThemeEdit(id=f"edt_{i}", kind="rename", theme_id=theme_id, label=label)
        for i, (theme_id, label) in enumerate(
            [("a", {"en": "Old", "fa": "ارسال"}), ("b", {"en": "Other"}), ("a", {"en": "New"}), ("c", {})]
        )
    )

    assert labels_given(edits) == {"a": {"en": "New", "fa": "ارسال"}, "b": {"en": "Other"}}
    assert labels_given(History(edits=(*edits[:2], undone(edits[2]))).in_force)["a"]["en"] == "Old"


def asked_for(kind, themes, one, other, number):
    """The edit that a person makes of the themes on show, or None where it makes no sense."""
    if kind == "merge":
        return merge(themes, one, other, number=number) if one != other else None
    if kind == "lock":
        return bind(kind, one, {one: themes[one]}, number=number)
    few = frozenset(sorted(themes[other])[: min(2, len(themes[other]) - 1)])
    if not few or (kind == "move" and one == other):
        return None
    target = f"thm_new{number}" if kind == "split" else one
    return bind(kind, target, {other: themes[other], target: few}, number=number)


@given(
    st.lists(st.integers(-1, 4), min_size=4, max_size=30).filter(lambda labels: max(labels) >= 0),
    st.lists(
        st.tuples(st.sampled_from(["merge", "split", "move", "lock", "undo"]), st.integers(0, 5), st.integers(0, 5)),
        max_size=6,
    ),
)
def test_edits_leave_no_segment_out_hold_in_a_second_run_and_can_all_be_undone(labels, asked):
    ids = [f"s{i}" for i in range(len(labels))]
    first = run = Run(labels, ids)
    edits = []
    for number, (kind, a, b) in enumerate(asked):
        names = sorted(run.themes)
        standing = [i for i, edit in enumerate(edits) if edit.undone_at is None]
        if kind == "undo" and standing:
            edits[standing[-1]] = undone(edits[standing[-1]])
        elif kind != "undo":
            edit = asked_for(kind, run.themes, names[a % len(names)], names[b % len(names)], number)
            edits += [edit] if edit else []
        run = Run(labels, ids, after=run, edits=edits)

        placed = [segment_id for own in run.themes.values() for segment_id in own]
        assert len(placed) == len(set(placed))
        assert {i for i, label in zip(ids, labels, strict=True) if label >= 0} <= set(placed)
        assert Run(labels, ids, after=run, edits=edits).themes == run.themes
    assert Run(labels, ids, after=run, edits=[undone(edit) for edit in edits]).themes == first.themes
