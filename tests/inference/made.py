"""A tiny encoder in the layout of the base file: random weights, a handful of pieces."""

import struct

import numpy as np

HIDDEN, HEADS, FEED_FORWARD, POSITIONS = 32, 2, 64, 64
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", *"abcdefghijklmnopqrstuvwxyz:", "▁que", "ry", "▁good", "▁bad", "<mask>"]


def base_file(*, seed: int = 0) -> bytes:
    """The bytes of a whole file with one layer, every tensor float32."""
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, 1, HEADS, FEED_FORWARD, len(PIECES), POSITIONS, 2, 1e-12, 32)
    body = head + _vocabulary()
    tensors = _tensors(np.random.default_rng(seed))
    directory_bytes = 4 + sum(2 + len(name) + 1 + 4 + 8 + 8 for name in tensors)
    at = len(body) + directory_bytes
    directory, blobs = struct.pack("<i", len(tensors)), b""
    for name, values in tensors.items():
        blob = values.astype("<f4").tobytes()
        directory += struct.pack(
            f"<H{len(name)}sBIQQ", len(name), name.encode(), 0, values.size, at + len(blobs), len(blob)
        )
        blobs += blob
    return body + directory + blobs


def _vocabulary() -> bytes:
    pieces = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, pieces)]).astype("<u4")
    scores = np.full(len(pieces), -5.0, "<f4")
    blob = b"".join(pieces)
    numbers = struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, len(blob))
    return numbers + offsets.tobytes() + scores.tobytes() + blob + struct.pack("<iI", 0, 0)


def _tensors(rng: np.random.Generator) -> dict[str, np.ndarray]:
    shapes = {
        "emb.word": (len(PIECES), HIDDEN), "emb.pos": (POSITIONS, HIDDEN), "emb.type": (2, HIDDEN),
        "emb.ln.w": (HIDDEN,), "emb.ln.b": (HIDDEN,),
    }  # fmt: skip
    for name in ("q", "k", "v", "ao"):
        shapes |= {f"l0.{name}.w": (HIDDEN, HIDDEN), f"l0.{name}.b": (HIDDEN,)}
    shapes |= {"l0.fi.w": (FEED_FORWARD, HIDDEN), "l0.fi.b": (FEED_FORWARD,)}
    shapes |= {"l0.fo.w": (HIDDEN, FEED_FORWARD), "l0.fo.b": (HIDDEN,)}
    for name in ("aln", "oln"):
        shapes |= {f"l0.{name}.w": (HIDDEN,), f"l0.{name}.b": (HIDDEN,)}
    return {
        name: np.ones(shape) if name.endswith("ln.w") else rng.normal(0, 0.3, shape) for name, shape in shapes.items()
    }
