"""What customers wrote never runs in a spreadsheet."""

import pytest

from nlp_service.export.cells import LONGEST_CELL, csv_cell, xlsx_cell


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+SUM(A1)",
        "-2+3",
        "@cmd",
        "\t=1",
        "\r=1",
        "  =HYPERLINK(1)",
        "＝1+1",
        "-",
        "+98 21 555",
        '=cmd|" /C calc"!A0',
    ],
)
def test_a_formula_becomes_a_text(text):
    assert csv_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Fine", "a = b", "-4", "-4.5%", "4-2", "'=1", "سلام", "\n", "…"])
def test_other_texts_stay_as_they_are(text):
    assert csv_cell(text) == text


def test_a_cell_of_a_workbook_has_only_what_is_legal_there():
    assert xlsx_cell("a\x00b\x1fc\td\ne") == "abc\td\ne"
    assert len(xlsx_cell("x" * 40_000)) == LONGEST_CELL
