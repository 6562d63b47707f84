"""The rows of a delimited text, one after the other, whatever is wrong with its quotation marks."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

LONGEST_CELL = 8_000_000
"""Characters; the memory that one row may take before its quotation mark counts as never closed."""
MOST_CELLS = 2_000
"""Of one row; a longer one is a bad row."""
_MOST_LINES = 100
"""Lines that are looked through for the end of a cell whose quotation marks are not as they should be."""
_END, _LINE_END = "\x1e\n", "\x1d"


@dataclass(slots=True, kw_only=True)
class Faults:
    """The numbers of the lines whose quotation marks are not as they should be, and what was done about it."""

    loose: list[int] = field(default_factory=list)
    """Marks inside a cell are not doubled; the row was read."""
    unclosed: list[int] = field(default_factory=list)
    """A mark is never closed and was read as text."""
    bad: list[int] = field(default_factory=list)
    """The line makes no row and was left out."""

    @property
    def warnings(self) -> list[str]:
        """A sentence for each kind that there is."""
        said = (
            (self.loose, "Quotation marks inside cells are not doubled: check the texts of the records"),
            (self.unclosed, "A quotation mark is never closed and was read as text"),
            (self.bad, "Rows that cannot be read were left out"),
        )
        return [f"{sentence} ({len(lines)}: {numbered(lines)})." for lines, sentence in said if lines]


def numbered(lines: Sequence[int]) -> str:
    """`line 4`, or `lines 4, 7, 9, …` with the first five."""
    some = ", ".join(map(str, lines[:5])) + (", …" if len(lines) > 5 else "")
    return f"line{'s' if len(lines) > 1 else ''} {some}"


class DelimitedRows:
    """Iterates over (number of the row's first line, cells); `faults` grows meanwhile.

    A row that breaks the rules is read by looser ones where that gives as many cells as the first row has; else its
    first line is a bad one, and reading goes on with the next line, so that no row takes others with it.
    """

    def __init__(self, lines: Iterable[str], delimiter: str, *, first_line: int = 1, has_quotes: bool = True) -> None:
        self.faults = Faults()
        self._lines = iter(lines)
        self._delimiter = delimiter
        self._quoting = csv.QUOTE_MINIMAL if has_quotes else csv.QUOTE_NONE
        self._line = first_line
        self._width = 0
        self._taken: list[str] = []
        self._again: deque[str] = deque()

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        csv.field_size_limit(LONGEST_CELL)
        while True:
            reader = csv.reader(self._take(), delimiter=self._delimiter, strict=True, quoting=self._quoting)  # type: ignore[arg-type]
            try:
                for cells in reader:
                    self._width = self._width or len(cells)
                    begun = self._line
                    self._line += len(self._taken)
                    self._taken.clear()
                    if len(cells) > MOST_CELLS >= self._width:
                        self.faults.bad.append(begun)
                    else:
                        yield begun, cells
            except csv.Error:
                found = self._recover()
                if found is not None:
                    yield found
            else:
                return

    def _take(self) -> Iterator[str]:
        while self._again:
            self._taken.append(self._again.popleft())
            yield self._taken[-1]
        for line in self._lines:
            self._taken.append(line)
            yield line

    def _recover(self) -> tuple[int, list[str]] | None:
        begun = self._line
        while _is_open(self._taken) and len(self._taken) < _MOST_LINES and next(self._take(), None) is not None:
            pass
        taken, self._taken = self._taken, []
        for n_lines, quoting, faults in self._ways(taken):
            cells = self._loosely(taken[:n_lines], quoting)
            if cells is not None and (len(cells) == self._width or not self._width):
                faults.append(begun)
                self._go_on(taken[n_lines:], n_lines)
                return begun, cells
        self.faults.bad.append(begun)
        self._go_on(taken[1:], 1)
        return None

    def _ways(self, taken: list[str]) -> Iterator[tuple[int, int, list[int]]]:
        """How many of the lines to read as one row, how, and as what fault: the likeliest first."""
        if not _is_open(taken[:1]):
            yield 1, csv.QUOTE_MINIMAL, self.faults.loose
        if len(taken) > 1 and not any(self._is_row(line) for line in taken[1:]):
            yield len(taken), csv.QUOTE_MINIMAL, self.faults.loose
        yield 1, csv.QUOTE_NONE, self.faults.unclosed

    def _is_row(self, line: str) -> bool:
        try:
            rows = list(csv.reader([line], delimiter=self._delimiter, strict=True))
        except csv.Error:
            return False
        return len(rows) == 1 and len(rows[0]) == self._width

    def _loosely(self, lines: list[str], quoting: int) -> list[str] | None:
        """The lines as one row, None where they are not exactly one.

        The line ends inside stand as another character meanwhile, since a loose reader takes them for ends of the row.
        """
        line = "".join(lines).rstrip("\n").replace("\n", _LINE_END)
        try:
            rows = list(csv.reader([line + "\n", _END], delimiter=self._delimiter, quoting=quoting))  # type: ignore[arg-type]
        except csv.Error:
            return None
        if len(rows) != 2 or rows[1] != [_END.strip("\n")]:
            return None
        return [cell.replace(_LINE_END, "\n") for cell in rows[0]]

    def _go_on(self, lines: list[str], n_done: int) -> None:
        self._line += n_done
        self._again.extendleft(reversed(lines))


def _is_open(lines: list[str]) -> bool:
    return sum(line.count('"') for line in lines) % 2 == 1
