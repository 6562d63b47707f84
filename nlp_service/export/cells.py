"""Cells of a table that a spreadsheet opens: what would be a formula there is made a text."""

import re

LONGEST_CELL = 32_767
"""Characters that Excel takes in a cell."""
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?%?")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def csv_cell(text: str) -> str:
    """The text for a CSV that people open: with an apostrophe before what a spreadsheet would run (OWASP, CSV Injection)."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text.strip()) else text


def xlsx_cell(text: str) -> str:
    """The text for a cell of the type text: nothing runs there, but control characters and great length are illegal."""
    return _ILLEGAL.sub("", text)[:LONGEST_CELL]
