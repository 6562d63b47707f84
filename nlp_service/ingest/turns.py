"""Speeches, one after another → a text and the turns in it, for sources that know no more than who said what."""

from collections.abc import Iterable

from nlp_service.domain import Role, Turn


def turns_of(spoken: Iterable[tuple[str, Role, str]]) -> tuple[str, tuple[Turn, ...]]:
    """The words joined by line ends, and a turn for each (speaker, role, words)."""
    turns: list[Turn] = []
    words: list[str] = []
    start = 0
    for index, (speaker, role, said) in enumerate(spoken):
        turns.append(Turn(index=index, speaker=speaker, role=role, start=start, end=start + len(said)))
        words.append(said)
        start += len(said) + 1
    return "\n".join(words), tuple(turns)
