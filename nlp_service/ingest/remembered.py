"""What was seen so far of any number of things, in bounded memory: the latest in a dictionary, the rest in a file."""

import sqlite3

RECENT = 100_000
"""Entries held in memory: about 20 MB."""
_BITS = 1 << 27
"""Of the filter before the file, 16 MB: of two million entries, one lookup in sixty reads the file for nothing."""


class Remembered:
    """Keys of 63 bits with a few bytes each; a key is set again only to replace its bytes."""

    def __init__(self) -> None:
        self._recent: dict[int, bytes] = {}
        self._older: sqlite3.Connection | None = None
        self._filter = bytearray()
        self._n_moved = 0

    def get(self, key: int) -> bytes | None:
        """The bytes of the key, None where it was never set."""
        found = self._recent.get(key)
        if found is not None or self._older is None or not self._may_hold(key):
            return found
        for moved in range(self._n_moved, 0, -1):
            row = self._older.execute(f"SELECT value FROM seen{moved} WHERE key = ?", (key,)).fetchone()
            if row:
                return bytes(row[0])
        return None

    def set(self, key: int, value: bytes) -> None:
        """The bytes are kept under the key."""
        self._recent[key] = value
        if len(self._recent) >= RECENT:
            self._move()

    def _move(self) -> None:
        if self._older is None:
            self._older = _temporary()
            self._filter = bytearray(_BITS >> 3)
        for key in self._recent:
            self._filter[(key % _BITS) >> 3] |= 1 << (key & 7)
        self._n_moved += 1  # a table each time: keys in order are written at its end, not all over one large tree
        self._older.execute(f"CREATE TABLE seen{self._n_moved} (key INTEGER PRIMARY KEY, value BLOB NOT NULL)")
        self._older.execute("BEGIN")
        self._older.executemany(f"INSERT INTO seen{self._n_moved} VALUES (?, ?)", sorted(self._recent.items()))
        self._older.execute("COMMIT")
        self._recent.clear()

    def _may_hold(self, key: int) -> bool:
        return bool(self._filter[(key % _BITS) >> 3] & 1 << (key & 7))


def _temporary() -> sqlite3.Connection:
    """A database in a file that SQLite removes with the connection."""
    connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA cache_size = -16000")
    return connection
