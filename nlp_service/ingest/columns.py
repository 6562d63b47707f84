"""Which column is the text, title, rating, date …: by what it is called, then by what is in it."""

from collections.abc import Callable, Mapping, Sequence

from nlp_service.errors import Fault, InvalidRequest, UnreadableFile
from nlp_service.ingest.cells import ascii_digits, language_of, rating_of
from nlp_service.ingest.dates import looks_like_date
from nlp_service.ingest.decode import clean
from nlp_service.ingest.headers import header_key, rank_of
from nlp_service.ingest.tables import Table

_SAMPLE = 300
ROLES = ("reply", "text", "title", "rating", "updated", "date", "id", "language", "author", "channel", "version")
"""What a column can be, in the order in which columns are looked for by name."""
_SHORTEST_MEAN = 12.0
_ALSO_LONG = 60.0
_SHOWN = 30


def assign_columns(table: Table, *, mapping: Mapping[str, str], roles: Sequence[str] = ROLES) -> dict[str, int]:
    """Role → column number; what the sender mapped is obeyed, and there is always a `text` where it is among the roles.

    Raises:
        InvalidRequest: the mapping names a role or a header that there is not; those that there are are listed.
        UnreadableFile: no column looks like text; the columns found are listed.
    """
    samples = [sample_of(table, place) for place in range(len(table.header))]
    taken = stated_columns(table.header, mapping)
    for role in roles:
        if role in taken:
            continue
        place = _named(role, table.header, samples, set(taken.values()))
        if place is not None:
            taken[role] = place
    if "text" not in taken and "text" in roles:
        taken["text"] = _longest(table, samples, set(taken.values()))
    return taken


def stated_columns(header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Role → column number of what the sender mapped.

    Raises:
        InvalidRequest: the mapping names a role or a header that there is not; those that there are are listed.
    """
    unknown = [role for role in mapping if role not in ROLES]
    if unknown:
        raise InvalidRequest(f"The mapping names roles that there are not: map {', '.join(sorted(ROLES))} to headers.")
    keys = [header_key(name) for name in header]
    places = {}
    for role, name in mapping.items():
        if name in header:
            places[role] = header.index(name)
        elif header_key(name) in keys:
            places[role] = keys.index(header_key(name))
        else:
            message = f"There is no column of the name given for the {role}. The columns are {listed(header)}."
            raise InvalidRequest(message, faults=[Fault(pointer=f"/mapping/{role}", code="missing", message=message)])
    return places


def other_text_columns(table: Table, taken: Mapping[str, int]) -> list[str]:
    """Headers of further columns whose cells read like free text: they become metadata, and the sender should know."""
    places = set(range(len(table.header))) - set(taken.values())
    samples = {place: sample_of(table, place) for place in places}
    return [table.header[place] for place in sorted(places) if textness(samples[place]) >= _ALSO_LONG]


def listed(names: Sequence[str]) -> str:
    """The names for a message, the first thirty of them."""
    return ", ".join(f"“{clean(name[:60])}”" for name in names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")


def sample_of(table: Table, place: int) -> list[str]:
    """The first filled cells of a column, three hundred at most."""
    filled = (row[place].strip() for row in table.rows if row[place].strip())
    return [cell for cell, _ in zip(filled, range(_SAMPLE), strict=False)]


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
        "text": is_wordy,
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


def is_wordy(cell: str) -> bool:
    """Whether a cell is more than a number or a date."""
    if rating_of(cell) is not None or looks_like_date(cell):
        return False
    return any(character.isalpha() for character in cell) or not ascii_digits(cell).isascii()


def _longest(table: Table, samples: Sequence[Sequence[str]], taken: set[int]) -> int:
    scores = {place: textness(cells) for place, cells in enumerate(samples) if place not in taken}
    best = max(scores, key=lambda place: scores[place], default=None)
    if best is None or scores[best] < _SHORTEST_MEAN:
        raise UnreadableFile(
            f"No column looks like text. The columns are {listed(table.header)}: name the one to read (--text-column)."
        )
    return best


def textness(cells: Sequence[str]) -> float:
    """How much a column reads like free text: the mean length of its wordy cells times the share that is distinct.

    Links, codes and numbers count nothing.
    """
    wordy = [cell for cell in cells if is_wordy(cell) and _is_prose(cell)]
    if len(wordy) < 0.5 * len(cells) or not cells:
        return 0.0
    return sum(len(cell) for cell in wordy) / len(cells) * len(set(wordy)) / len(wordy)


def _is_prose(cell: str) -> bool:
    if cell.startswith(("http://", "https://", "{", "[")):
        return False
    has_letters = sum(character.isalpha() for character in cell) >= 0.5 * len(cell)
    is_unspaced = any("\u3040" <= character <= "\u9fff" or "\u0e00" <= character <= "\u0e7f" for character in cell)
    return has_letters and (" " in cell or is_unspaced)
