"""Rows of a delimited text: whatever a quotation mark breaks, the other rows come out, and the lines are told."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_service.ingest import delimited
from nlp_service.ingest.delimited import DelimitedRows
from tests.ingest.mutations import fuzz


def parsed(text, delimiter=",", **options):
    rows = DelimitedRows(io.StringIO(text, newline=""), delimiter, **options)
    return list(rows), rows.faults


@pytest.mark.parametrize(
    ("text", "rows", "loose", "unclosed", "bad"),
    [
        ("a,b\n1,x\n", [(1, ["a", "b"]), (2, ["1", "x"])], [], [], []),
        ('a,b\n1,"x\ny"\n2,z\n', [(1, ["a", "b"]), (2, ["1", "x\ny"]), (4, ["2", "z"])], [], [], []),
        ('a,b\n1,"say ""hi"""\n', [(1, ["a", "b"]), (2, ["1", 'say "hi"'])], [], [], []),
        ('a,b\n1,"say "hi" now"\n2,z\n', [(1, ["a", "b"]), (2, ["1", 'say hi" now"']), (3, ["2", "z"])], [2], [], []),
        ('a,b\n1,"open\n2,z\n3,y\n', [(1, ["a", "b"]), (2, ["1", '"open']), (3, ["2", "z"]), (4, ["3", "y"])],
         [], [2], []),
        ('a,b,c\n1,"open\n2,z,\n3,"y",w\n', [(1, ["a", "b", "c"]), (3, ["2", "z", ""]), (4, ["3", "y", "w"])], [], [], [2]),
        ('a,b\n1,"He said "hi"\nand left"\n2,z\n',
         [(1, ["a", "b"]), (2, ["1", 'He said hi"\nand left"']), (4, ["2", "z"])], [2], [], []),
        ("", [], [], [], []),
        ("\n\na,b\n", [(1, []), (2, []), (3, ["a", "b"])], [], [], []),
    ],
)  # fmt: skip
def test_rows_and_the_lines_that_were_wrong(text, rows, loose, unclosed, bad):
    found, faults = parsed(text)

    assert found == rows
    assert (faults.loose, faults.unclosed, faults.bad) == (loose, unclosed, bad)
    assert len(faults.warnings) == sum(map(bool, (loose, unclosed, bad)))


def test_a_row_of_too_many_cells_is_a_bad_one():
    found, faults = parsed("a,b\n" + "," * 5_000 + "\n1,x\n")

    assert [number for number, _ in found] == [1, 3]
    assert faults.bad == [2]


def test_a_quote_that_is_never_closed_does_not_swallow_more_than_a_cell_may_hold(monkeypatch):
    monkeypatch.setattr(delimited, "LONGEST_CELL", 2_000)
    lines = ["a,b,c\n", '1,"open\n', *(f"{k},x,y\n" for k in range(2_000))]

    found, faults = parsed("".join(lines))

    assert len(found) == 2_001
    assert faults.bad == [2]


def test_a_table_without_enclosed_cells_keeps_its_marks():
    assert parsed('a\tb\n"1\tx"\n', "\t", has_quotes=False)[0][1] == (2, ['"1', 'x"'])


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00\x1e"), max_size=20)


@fuzz
@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=6))
def test_what_was_written_by_the_rules_is_read_back(rows):
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    found, faults = parsed(stream.getvalue())

    assert [cells for _, cells in found] == rows
    assert not faults.warnings


@fuzz
@given(text=st.text(st.sampled_from('",\n ab;'), max_size=200))
def test_any_text_gives_rows_and_every_line_is_in_one_of_them_or_told(text):
    found, faults = parsed(text)
    numbers = [number for number, _ in found]

    assert numbers == sorted(numbers)
    assert not set(numbers) & set(faults.bad)
    assert max([0, *numbers, *faults.bad]) <= text.count("\n") + 1
