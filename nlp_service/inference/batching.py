"""Texts to padded batches of token ids, sorted by length so that little is padded."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nlp_service.inference.engine import Floats

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MAX_ROWS = 64


@dataclass(frozen=True, slots=True)
class TokenBatch:
    """Ids and mask of shape (n, longest), the position in the input that each row came from, and where its tokens stand."""

    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    positions: tuple[int, ...]
    offsets: tuple[Sequence[tuple[int, int]], ...]


def batches(tokenizer: "Tokenizer", texts: Sequence[str], *, batch_tokens: int, pad: int) -> Iterator[TokenBatch]:
    """The texts as batches of at most `batch_tokens` padded tokens, the longest first."""
    encodings = tokenizer.encode_batch(list(texts))
    token_ids = [encoding.ids for encoding in encodings]
    order = sorted(range(len(texts)), key=lambda i: (-len(token_ids[i]), i))
    at = 0
    while at < len(order):
        longest = len(token_ids[order[at]])
        rows = order[at : at + max(1, min(MAX_ROWS, batch_tokens // longest))]
        ids = np.full((len(rows), longest), pad, np.int64)
        for row, i in enumerate(rows):
            ids[row, : len(token_ids[i])] = token_ids[i]
        lengths = np.array([len(token_ids[i]) for i in rows])
        mask = (np.arange(longest) < lengths[:, None]).astype(np.int64)
        yield TokenBatch(ids, mask, tuple(rows), tuple(encodings[i].offsets for i in rows))
        at += len(rows)


def gather(
    token_batches: Iterator[TokenBatch],
    forward: Callable[[TokenBatch], tuple[Floats, Floats]],
    *,
    n: int,
    widths: tuple[int, int],
) -> tuple[Floats, Floats]:
    """Both outputs of `forward` over all batches, put back in the order of the input."""
    first, second = np.zeros((n, widths[0]), np.float32), np.zeros((n, widths[1]), np.float32)
    for batch in token_batches:
        rows = list(batch.positions)
        first[rows], second[rows] = forward(batch)
    return first, second
