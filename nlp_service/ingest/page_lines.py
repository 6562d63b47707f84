"""Lines of pages → one text: running heads left out, wrapped lines joined, columns of speakers named."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from nlp_service.ingest.cells import ascii_digits
from nlp_service.ingest.roles import role_word
from nlp_service.ingest.shapes import begins_with_name_and_time, is_name_with_time
from nlp_service.ingest.speakers import split_prefix

_EDGE_LINES = 2
_MOST_PAGES = 0.6
_FEW_PAGES = 3
_LONGEST_HEAD = 100
_FULL = 0.75
_FEWEST_TURNS = 2
_LEAST_NAMED = 0.1
_CLOCK = re.compile(r"\d:\d\d")
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|página|pagina|sayfa|strona|стр\.?|صفحه|صفحة|第|-)?\s?\d{1,4}\s?(?:(?:/|of|von|de|di|из|از|من)\s?\d{1,4}|頁|页|-)?",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?؟。！？…۔:：;؛][\"'”’»)\]]*$")
_UNSPACED = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""Chinese and Japanese, which have no spaces between words."""
_BULLET = re.compile(r"\s*(?:[-–—•*]\s|[\[(]?\d{1,2}:\d{2}|\d{1,3}[.)]\s)")


def without_heads(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pages without the lines that most of them have at one place of their top or bottom, and without page numbers."""
    counts = Counter(head for page in pages for _, head in _edges(page, n_pages=len(pages)))
    least = max(2.0, _MOST_PAGES * len(pages))
    kept = []
    for page in pages:
        heads = {place for place, head in _edges(page, n_pages=len(pages)) if counts[head] >= least}
        heads |= {place for place in (0, len(page) - 1) if page and _PAGE_NUMBER.fullmatch(ascii_digits(page[place]))}
        inner = {1: 0, len(page) - 2: len(page) - 1}
        heads = {place for place in heads if inner.get(place, place) in heads}
        kept.append([line for place, line in enumerate(page) if place not in heads])
    return kept


def joined(lines: Sequence[str]) -> str:
    """The lines with those joined that go on with the one before: it is as long as lines are and ends no sentence."""
    if not lines:
        return ""
    lengths = sorted(len(line) for line in lines)
    full = _FULL * lengths[int(0.9 * (len(lengths) - 1))]
    names = _speakers(lines)
    found, last = [lines[0]], lines[0]
    for line in lines[1:]:
        ends = _END.search(last) or is_name_with_time(last) or _begins(line, names)
        goes_on = len(last) >= full and not ends and not _BULLET.match(line)
        if goes_on:
            is_unspaced = _UNSPACED.match(last[-1:]) and _UNSPACED.match(line)
            found[-1] += line if is_unspaced else f" {line}"
        else:
            found.append(line)
        last = line
    return "\n".join(found)


def named(lines: Sequence[str]) -> list[str]:
    """The lines with a colon after a role that begins them, where a table's columns ran together: `Interviewer Why?`."""
    firsts = [_first(line) for line in lines]
    roles = Counter(role_word(first) for first in firsts if first)
    is_talk = min(roles["interviewer"], roles["participant"]) >= _FEWEST_TURNS
    has_colons = any((split := split_prefix(line)) and role_word(split[0]) for line in lines)
    if not is_talk or has_colons or roles.total() < _LEAST_NAMED * len(lines):
        return list(lines)
    return [
        f"{first}: {line[len(first) :].strip()}" if first else line for first, line in zip(firsts, lines, strict=True)
    ]


def _first(line: str) -> str:
    """The first word, where it names an interviewer or a participant and words that begin a sentence follow."""
    word, _, rest = line.partition(" ")
    is_role = len(word) < 30 and role_word(word) in ("interviewer", "participant")
    return word if is_role and rest.strip() and not rest.strip()[0].islower() and ":" not in word else ""


def _edges(page: Sequence[str], *, n_pages: int) -> Iterator[tuple[int, tuple[int, str]]]:
    """The place in a page of each line at its edges that may be a head, and where it stands there with its shape."""
    for at in (*range(_EDGE_LINES), *range(-_EDGE_LINES, 0)):
        place = at if at >= 0 else len(page) + at
        line = page[place] if 0 <= place < len(page) else ""
        split = split_prefix(line)
        is_speech = n_pages < _FEW_PAGES and _END.search(line) is not None
        if line and not is_speech and len(line) < _LONGEST_HEAD and role_word(split[0] if split else line) is None:
            is_exact = _END.search(line) or _CLOCK.search(ascii_digits(line))
            yield place, (at, line if is_exact else re.sub(r"\d+", "0", ascii_digits(line)))


def _speakers(lines: Sequence[str]) -> set[str]:
    splits = Counter(split[0] for split in map(split_prefix, lines) if split)
    return {name for name, n in splits.items() if role_word(name) is not None or (n > 1 and not name[0].islower())}


def _begins(line: str, names: set[str]) -> bool:
    split = split_prefix(line)
    return (split is not None and split[0] in names) or begins_with_name_and_time(line)
