"""A reader of bytes or text under a file name."""

from collections.abc import Callable

import pytest

from nlp_service import ingest
from nlp_service.domain import Upload
from nlp_service.ingest.contents import Contents


@pytest.fixture(scope="session")
def read() -> Callable[..., Contents]:
    """`read("a.csv", "text or bytes", kind=…, text_column=…)` → what was found, with every slice of it checked."""

    def read_named(filename, content, *, kind="auto", **options):
        content = content.encode() if isinstance(content, str) else content
        contents = ingest.read(Upload(filename=filename, content=content, kind=kind), **options)
        for record in contents.records:
            ends = [turn.end for turn in record.turns]
            assert [turn.index for turn in record.turns] == list(range(len(ends)))
            assert all(record.text[turn.start : turn.end].strip() for turn in record.turns)
            assert all(turn.start == before + 1 for turn, before in zip(record.turns[1:], ends, strict=False))
            assert not ends or ends[-1] == len(record.text)
        return contents

    return read_named


@pytest.fixture
def samples(shared_data, read):
    """`samples("vtt/comments.vtt")` → what was found in a sample file of the shared formats."""

    def read_sample(path, **options):
        return read(path.rsplit("/", 1)[-1], (shared_data / "formats" / path).read_bytes(), **options)

    return read_sample
