"""Who of the speakers in a talk asks the questions: a hint for the person who knows, never a role."""

from collections import Counter

from nlp_service.domain import Record

_FEWEST_TURNS, _FEWEST_OTHERS = 8, 5
_LEAST_ASKED = 0.28
_TIMES_OTHERS = 2.0
_MOST_WORDS = 0.4
_MARKS = frozenset("?؟？")
_AT_END = 200


def asks_most(record: Record) -> str | None:
    """The one speaker who asks in over a quarter of the turns, twice as often as any other, and says least; else None."""
    turns: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for turn in record.turns:
        words = record.text[turn.start : turn.end]
        turns[turn.speaker] += 1
        asked[turn.speaker] += bool(_MARKS.intersection(words[-_AT_END:]))
        said[turn.speaker] += len(words)
    shares = {name: asked[name] / n for name, n in turns.items() if n >= _FEWEST_OTHERS and name}
    if len(shares) < 2:
        return None
    first, second = sorted(shares, key=lambda name: (-shares[name], name))[:2]
    is_clear = shares[first] >= _LEAST_ASKED and shares[first] >= _TIMES_OTHERS * shares[second]
    is_brief = said[first] <= _MOST_WORDS * said.total()
    return first if is_clear and is_brief and turns[first] >= _FEWEST_TURNS else None
