"""Remembers what was encoded, by the hash of the text, so that each distinct text passes the encoder once."""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from nlp_service.inference.engine import Encoded, Engine, Floats


@dataclass(frozen=True, slots=True)
class _Entry:
    vector: Floats
    logits: Mapping[str, Floats]
    tokens: Floats


class CachedEngine:
    """An engine that keeps its last `size` texts; safe to share between threads."""

    def __init__(self, engine: Engine, *, size: int) -> None:
        self._engine = engine
        self._size = size
        self._entries: OrderedDict[bytes, _Entry] = OrderedDict()
        self._lock = Lock()
        self.name, self.version, self.sha256 = engine.name, engine.version, engine.sha256
        self.dimension = engine.dimension

    def encode(self, texts: Sequence[str]) -> Encoded:
        """The vectors and logits of the texts, in their order; equal texts are encoded once."""
        keys = [hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in texts]
        found = self._recall(keys)
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if new:
            encoded = self._engine.encode(list(new.values()))
            for row, key in enumerate(new):
                logits = {task: values[row] for task, values in encoded.logits.items()}
                found[key] = _Entry(encoded.vectors[row], logits, encoded.tokens[row])
            self._remember({key: found[key] for key in new})
        if not keys:
            return self._engine.encode([])
        entries = [found[key] for key in keys]
        tasks = entries[0].logits
        return Encoded(
            vectors=np.stack([entry.vector for entry in entries]),
            logits={task: np.stack([entry.logits[task] for entry in entries]) for task in tasks},
            tokens=tuple(entry.tokens for entry in entries),
        )

    def _recall(self, keys: Sequence[bytes]) -> dict[bytes, _Entry]:
        with self._lock:
            found = {key: self._entries[key] for key in keys if key in self._entries}
            for key in found:
                self._entries.move_to_end(key)
        return found

    def _remember(self, entries: Mapping[bytes, _Entry]) -> None:
        with self._lock:
            self._entries.update(entries)
            while len(self._entries) > self._size:
                self._entries.popitem(last=False)
