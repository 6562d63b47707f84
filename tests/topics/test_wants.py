"""The known wants: whole, shipped with this encoder's vectors, and leaned to by those who ask for them."""

import hashlib
import json
from collections import Counter

import numpy as np
from safetensors import safe_open

from nlp_service.inference import tuned
from nlp_service.inference.engine import unit
from nlp_service.inference.hashing import HashingEngine
from nlp_service.settings import ROOT
from nlp_service.topics.wants import KnownWants, Wording, known_wants, placed, read_wordings, want_leanings

FOLDER = ROOT / "corpora" / "wants"


def test_every_want_is_worded_in_several_languages_and_no_wording_stands_twice_under_one():
    wordings = read_wordings(FOLDER)
    twice = [one for one, n in Counter((w.want, w.text) for w in wordings).items() if n > 1]

    assert len({wording.want for wording in wordings}) >= 300
    assert not twice
    for want in {wording.want for wording in wordings}:
        assert len({wording.language for wording in wordings if wording.want == want}) >= 4, want


def test_whatever_a_want_is_unlike_is_a_want():
    rows = [json.loads(line) for path in FOLDER.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    ids = {row["id"] for row in rows}

    assert {other for row in rows for other in row.get("unlike", ())} <= ids


def test_the_shipped_vectors_are_of_these_wordings():
    weights = f"multilingual-e5-small-{tuned.checksum(ROOT / 'models' / 'tuned')[:8]}"
    key = hashlib.sha256(f"{weights}:384:{read_wordings(FOLDER)!r}".encode()).hexdigest()

    with safe_open(ROOT / "models" / "wants.safetensors", framework="numpy") as file:
        assert file.metadata()["of"] == key, "run `python -m nlp_service train wants --data …`"


def test_a_wording_of_a_want_leans_to_it_and_a_stranger_to_none():
    vectors = unit(np.array([[1, 0, 0], [1, 0.1, 0], [0, 1, 0]], np.float32))
    known = KnownWants(ids=("a", "b"), owners=(0, 0, 1), vectors=vectors, means={})

    leaning = want_leanings(np.array([[1, 0, 0], [0, 0, 1]], np.float32), known)

    assert leaning[0, 0] > 0.9
    assert leaning[1].sum() < 0.1


def test_a_language_that_no_want_is_worded_in_is_freed_of_the_mean_of_all(tmp_path):
    engine = HashingEngine()
    wordings = [Wording("a", "en", "dark mode please"), Wording("a", "tr", "koyu tema"), Wording("b", "en", "a widget")]
    known = known_wants(wordings, engine=engine, path=tmp_path / "none")

    found = placed(["dark mode please", "dark mode please"], ["en", "xx"], engine=engine, known=known)

    assert found.shape == (2, known.vectors.shape[1])
    assert found[0] @ known.vectors[0] > 0.99 > found[1] @ known.vectors[0]
    assert placed([], [], engine=engine, known=known).shape[0] == 0
