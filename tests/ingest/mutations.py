"""Files that went wrong on their way: seeds with bytes changed, lost, doubled and moved, and JSON with other values."""

import copy
import json
import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("NLP_FUZZ_EXAMPLES", "300"))
LONGEST_S = 10

fuzz = settings(
    max_examples=EXAMPLES,
    deadline=LONGEST_S * 1_000,
    derandomize="NLP_FUZZ_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""The same 300 examples each time; `NLP_FUZZ_EXAMPLES` asks for more, and for others at each run."""

_NASTY = st.sampled_from(
    [
        b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b"\x1b", b"\xe2\x80\x8e", b"\xd8\xa7", b'"', b"\\u", b"[",
        b"{", b"<", b":",
    ]
)  # fmt: skip
_ODD_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.just([]), st.just({}), st.just([{}]),
    st.just({"type": "message"}), st.sampled_from(["\ud800", "<p>", "9" * 40, "1e999", "2024-13-45", "-1", "٣", "\u200e"]),
)  # fmt: skip


@st.composite
def mutated(draw, seed):
    """A seed of bytes with up to six accidents."""
    content = bytearray(seed)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 40))
        accident = draw(st.sampled_from(("flip", "cut", "insert", "nasty", "double", "end")))
        if accident == "flip" and at < len(content):
            content[at] ^= 1 << draw(st.integers(0, 7))
        elif accident == "cut":
            del content[at : at + length]
        elif accident == "insert":
            content[at:at] = draw(st.binary(max_size=12))
        elif accident == "nasty":
            content[at:at] = draw(_NASTY) * draw(st.integers(1, 4))
        elif accident == "double":
            content[at:at] = content[at : at + length]
        elif accident == "end":
            del content[max(at, len(content) // 2) :]
    return bytes(content)


@st.composite
def mutated_json(draw, seed):
    """A JSON text of a seed value in which up to four inner values are others, or gone."""
    value = copy.deepcopy(seed)
    for _ in range(draw(st.integers(1, 4))):
        holders = list(_holders(value))
        if not holders:
            break
        holder = draw(st.sampled_from(range(len(holders))))
        inside = holders[holder]
        key = draw(st.sampled_from(sorted(inside) if isinstance(inside, dict) else range(len(inside))))
        if draw(st.booleans()):
            inside[key] = copy.deepcopy(draw(_ODD_VALUES))
        else:
            del inside[key]
    return json.dumps(value).encode()


def _holders(value):
    if isinstance(value, dict | list) and value:
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _holders(inner)
