"""Who is behind a set of records: authors counted once, records without an author each as somebody."""

import hmac
from collections.abc import Iterable, Sequence

from nlp_service.domain import Record, Share

Z95 = 1.959963984540054


def n_people(records: Iterable[Record]) -> int:
    """How many people wrote the records, as far as their authors tell."""
    return len({person(record) for record in records})


def person(record: Record) -> tuple[str, str]:
    """The key of the person behind a record."""
    return ("author", record.author) if record.author else ("record", record.id)


def pseudonym(record: Record, *, key: bytes) -> str:
    """The name of the person behind a record to others: the same for the same author and key (HMAC-SHA-256, RFC 2104)."""
    digest = hmac.digest(key, "|".join(person(record)).encode("utf-8", "surrogatepass"), "sha256")
    return f"per_{digest[:10].hex()}"


def share(part: int, whole: int) -> Share:
    """The proportion with its 95 % Wilson score interval (Wilson 1927)."""
    if not whole:
        return Share(value=0.0, low=0.0, high=0.0)
    p, z = part / whole, Z95
    middle = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * ((p * (1 - p) + z * z / (4 * whole)) / whole) ** 0.5
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Share(value=round(p, 4), low=round(low, 4), high=round(high, 4))


def seen_between(records: Sequence[Record]) -> tuple[str | None, str | None]:
    """The first and last time of the records that have one."""
    times = sorted(record.occurred_at for record in records if record.occurred_at)
    return (times[0], times[-1]) if times else (None, None)
