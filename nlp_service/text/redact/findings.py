"""What a recogniser finds, and which of two findings stays where they overlap."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

Kind = Literal["url_token", "email", "iban", "card", "national_id", "phone", "ip", "postal_code", "name"]
EVERY_KIND: tuple[Kind, ...] = get_args(Kind)
"""Every kind, the one that is harder to meet by chance first."""
KINDS = EVERY_KIND[:-1]
"""Those that our own recognisers find: names are looked for only where a pipeline for them is set."""

CERTAIN, SURE, LIKELY, NEVER = 1.0, 0.95, 0.8, 0.0
"""How sure a form makes us that nothing around it names: whatever is near, unless it is named otherwise, where nothing
is near that counts something else, and not at all."""
NAMED = 0.99
"""How sure we are of a form that the words around it name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A piece of personal data: `text[start:end]` in code points, its kind, and how sure we are of it (0 to 1)."""

    kind: Kind
    start: int
    end: int
    confidence: float


FindNames = Callable[[str], Sequence[Finding]]
"""A text in, the names of people in it out, in its order and apart from each other."""


def apart(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that do not overlap, in text order: the longer one stays, of equals the surer, then the rarer kind."""
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda f: (f.start - f.end, -f.confidence, EVERY_KIND.index(f.kind), f.start)):
        at = bisect_left(kept, one.end, key=lambda f: f.start)
        if at == 0 or kept[at - 1].end <= one.start:
            kept.insert(at, one)
    return tuple(kept)


def beside(findings: Iterable[Finding], settled: Sequence[Finding]) -> Iterator[Finding]:
    """What of the findings lies outside the settled ones, which are in text order and apart."""
    for one in findings:
        at = one.start
        for other in settled:
            if at < other.end and other.start < one.end:
                if at < other.start:
                    yield replace(one, start=at, end=other.start)
                at = other.end
        if at < one.end:
            yield replace(one, start=at)
