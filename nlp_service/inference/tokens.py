"""Tokens as the heads that read them one by one see them: where they stand in the text, and what a weight makes of them."""

from collections.abc import Sequence

import numpy as np

from nlp_service.inference.engine import Floats, row_by_row
from nlp_service.inference.transformer import PREFIX


def token_rows(offsets: Sequence[tuple[int, int]], states: Floats | None, weight: Floats) -> Floats:
    """Begin, end and logits (n_tokens, 2 + k) of the tokens of a text, from their offsets with the prefix before it.

    `states` (n_offsets, n_features) are those of every token; the prefix and the marks around the text are left out.
    """
    at = np.array(offsets, np.float32).reshape(-1, 2) - len(PREFIX)
    is_own = (at[:, 0] >= 0) & (at[:, 1] > at[:, 0])
    logits = np.zeros((len(at), 0), np.float32) if states is None else row_by_row(states, weight)
    return np.concatenate([at, logits], axis=1)[is_own]
