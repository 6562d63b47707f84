"""New ids and the current time, as the database and the API write them."""

import hashlib
import secrets
import threading
import time
from datetime import UTC, datetime

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
RANDOM_BITS = 80

_lock = threading.Lock()
_last = 0


def new_id(prefix: str) -> str:
    """`prefix_` and 26 letters, 48 bits of milliseconds and 80 of chance (ULID); ids of one process sort by birth."""
    global _last  # noqa: PLW0603 - the order of ids within a millisecond needs the one before
    with _lock:
        fresh = (time.time_ns() // 1_000_000) << RANDOM_BITS | secrets.randbits(RANDOM_BITS - 1)
        _last = max(fresh, _last + 1)
        number = _last
    return f"{prefix}_" + "".join(ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))


def timestamp(seconds: float | None = None) -> str:
    """RFC 3339 in UTC with milliseconds, always 24 characters, so that texts sort as times do; now by default."""
    moment = datetime.now(UTC) if seconds is None else datetime.fromtimestamp(seconds, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def ago(seconds: float) -> str:
    """The time that many seconds before now."""
    return timestamp(time.time() - seconds)


def sha256(text: str) -> str:
    """The hexadecimal SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
