"""However little is held in memory, what was seen is known, and only that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_service.ingest import remembered
from nlp_service.ingest.remembered import Remembered
from tests.ingest.test_repeats import LONG, marks

KEYS = st.integers(0, 2**63 - 1) | st.integers(0, 20)


@pytest.fixture(autouse=True, scope="module")
def _little_memory():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remembered, "RECENT", 3)
        yield


@given(st.lists(st.tuples(KEYS, st.binary(min_size=1, max_size=20)), max_size=40), st.lists(KEYS, max_size=5))
def test_it_knows_what_a_dictionary_knows(entries, others):
    seen = Remembered()
    for key, value in entries:
        seen.set(key, value)
    known = dict(entries)

    assert {key: seen.get(key) for key in [*known, *others]} == {key: known.get(key) for key in [*known, *others]}


def test_a_repeat_of_what_has_left_memory_is_marked(read):
    rows = "".join(f"{number},{LONG} {number}\n" for number in range(20))
    contents = read("a.csv", f"id,text\n{rows}0,{LONG} 0\n19,{LONG} 19\n")

    assert marks(contents)[-2:] == [0, 19]


def test_edits_are_compared_with_what_has_left_memory(read):
    rows = "".join(
        f"{number},{LONG} {number},2026-01-02T10:00,2026-01-0{number % 9 + 1}T10:00\n" for number in range(20)
    )
    newer = f"0,{LONG} edited,2026-01-02T10:00,2026-03-01T10:00\n"
    older = f"1,{LONG} as it was,2026-01-02T10:00,2026-01-01T09:00\n"
    contents = read("a.csv", f"review id,text,create time,update time\n{rows}{newer}{older}")

    texts = [record.text for record in contents.records]
    assert (texts[0], texts[1]) == (f"{LONG} edited", f"{LONG} 1")
    assert contents.skipped == {"superseded": 2}
