"""Which column is the text, title, rating, date …: by what it is called, then by what is in it."""

from collections.abc import Callable, Mapping, Sequence

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.cells import ascii_digits, language_of, rating_of
from nlp_service.ingest.dates import looks_like_date
from nlp_service.ingest.decode import clean
from nlp_service.ingest.headers import header_key, rank_of
from nlp_service.ingest.tables import Table

_SAMPLE = 300
_BY_NAME = ("reply", "text", "title", "rating", "updated", "date", "id", "language", "author", "channel", "version")
_SHORTEST_MEAN = 12.0
_ALSO_LONG = 60.0
_SHOWN = 30


def assign_columns(table: Table, *, text_column: str | None = None) -> Mapping[str, int]:
    """Role → column number; there is always a `text`.

    Raises:
        UnreadableFile: the stated text column is absent, or no column looks like text; the columns found are listed.
    """
    samples = [_sample(table, place) for place in range(len(table.header))]
    taken: dict[str, int] = {}
    if text_column is not None:
        taken["text"] = _stated(table, text_column)
    for role in _BY_NAME:
        if role in taken:
            continue
        place = _named(role, table.header, samples, set(taken.values()))
        if place is not None:
            taken[role] = place
    if "text" not in taken:
        taken["text"] = _longest(table, samples, set(taken.values()))
    return taken


def other_text_columns(table: Table, taken: Mapping[str, int]) -> list[str]:
    """Headers of further columns whose cells read like free text: they become metadata, and the sender should know."""
    places = set(range(len(table.header))) - set(taken.values())
    samples = {place: _sample(table, place) for place in places}
    return [table.header[place] for place in sorted(places) if _textness(samples[place]) >= _ALSO_LONG]


def listed(names: Sequence[str]) -> str:
    """The names for a message, the first thirty of them."""
    return ", ".join(f"“{clean(name[:60])}”" for name in names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")


def _sample(table: Table, place: int) -> list[str]:
    filled = (row[place].strip() for row in table.rows if row[place].strip())
    return [cell for cell, _ in zip(filled, range(_SAMPLE), strict=False)]


def _stated(table: Table, text_column: str) -> int:
    if text_column in table.header:
        return table.header.index(text_column)
    keys = [header_key(name) for name in table.header]
    if header_key(text_column) in keys:
        return keys.index(header_key(text_column))
    raise UnreadableFile(
        f"There is no column of that name; name one of these as the text column: {listed(table.header)}."
    )


def _named(role: str, header: Sequence[str], samples: Sequence[Sequence[str]], taken: set[int]) -> int | None:
    ranked = [
        (rank, place)
        for place, name in enumerate(header)
        if place not in taken and (rank := rank_of(role, name)) is not None and _fits(role, samples[place])
    ]
    return min(ranked)[1] if ranked else None


def _fits(role: str, cells: Sequence[str]) -> bool:
    """Whether the cells can be what the header says: a rating is a number, a text is more than numbers."""
    if not cells:
        return False
    checks: Mapping[str, Callable[[str], bool]] = {
        "text": _is_wordy,
        "rating": lambda cell: rating_of(cell) is not None,
        "date": looks_like_date,
        "updated": looks_like_date,
        "language": lambda cell: language_of(cell) is not None or cell.casefold() == "auto",
        "id": lambda cell: len(cell) <= 400 and "\n" not in cell,
    }
    check = checks.get(role)
    if check is None:
        return True
    share = sum(check(cell) for cell in cells) / len(cells)
    return share >= (0.3 if role == "text" else 0.6)


def _is_wordy(cell: str) -> bool:
    if rating_of(cell) is not None or looks_like_date(cell):
        return False
    return any(character.isalpha() for character in cell) or not ascii_digits(cell).isascii()


def _longest(table: Table, samples: Sequence[Sequence[str]], taken: set[int]) -> int:
    scores = {place: _textness(cells) for place, cells in enumerate(samples) if place not in taken}
    best = max(scores, key=lambda place: scores[place], default=None)
    if best is None or scores[best] < _SHORTEST_MEAN:
        raise UnreadableFile(
            f"No column looks like text. The columns are {listed(table.header)}: name the one to read (--text-column)."
        )
    return best


def _textness(cells: Sequence[str]) -> float:
    """Mean length of the wordy cells times the share that is distinct; links, codes and numbers count nothing."""
    wordy = [cell for cell in cells if _is_wordy(cell) and _is_prose(cell)]
    if len(wordy) < 0.5 * len(cells) or not cells:
        return 0.0
    return sum(len(cell) for cell in wordy) / len(cells) * len(set(wordy)) / len(wordy)


def _is_prose(cell: str) -> bool:
    if cell.startswith(("http://", "https://", "{", "[")):
        return False
    has_letters = sum(character.isalpha() for character in cell) >= 0.5 * len(cell)
    is_unspaced = any("\u3040" <= character <= "\u9fff" or "\u0e00" <= character <= "\u0e7f" for character in cell)
    return has_letters and (" " in cell or is_unspaced)
