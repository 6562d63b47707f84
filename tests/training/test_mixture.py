"""Temperature sampling and batches of like length."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from nlp_service.training.mixture import bucketed, draw, shares


def test_shares_add_up_and_grow_with_the_root_of_the_size():
    found = shares({"big": 10_000, "small": 100}, {})

    assert abs(sum(found.values()) - 1) < 1e-9
    assert abs(found["big"] / found["small"] - 10) < 1e-9


def test_a_weight_multiplies_the_share():
    found = shares({"a": 100, "b": 100}, {"a": 3.0})

    assert abs(found["a"] / found["b"] - 3) < 1e-9


def test_a_row_comes_again_only_when_its_corpus_is_used_up():
    counts = Counter(draw({"a": 7}, {}, n=17, seed=1))

    assert sum(counts.values()) == 17
    assert set(counts.values()) == {2, 3}


def test_the_order_follows_from_the_seed_alone():
    sizes = {"a": 30, "b": 50}

    assert draw(sizes, {}, n=60, seed=3) == draw(sizes, {}, n=60, seed=3)
    assert draw(sizes, {}, n=60, seed=3) != draw(sizes, {}, n=60, seed=4)


@given(st.lists(st.integers(1, 500), min_size=1, max_size=200), st.integers(1, 24))
def test_bucketed_batches_hold_every_item_once(lengths, size):
    items = list(range(len(lengths)))

    batches = list(bucketed(items, lengths, size=size, seed=0))

    assert sorted(item for batch in batches for item in batch) == items
    assert max(map(len, batches)) <= size


def test_a_window_of_batches_is_sorted_by_length():
    lengths = [1, 100] * 24
    batches = list(bucketed(list(range(48)), lengths, size=24, seed=0))

    assert all(len({lengths[i] for i in batch}) == 1 for batch in batches)
