"""The hand-written taxonomy: whole, in every language, and the shipped vectors made from it."""

import hashlib
import json

from safetensors import safe_open

from nlp_service.inference import tuned
from nlp_service.settings import ROOT
from nlp_service.topics.taxonomy import load_taxonomy

TAXONOMY = load_taxonomy(ROOT / "corpora" / "taxonomy")
NAMED_IN = {"en", "fa", "tr", "ar", "de", "fr", "es"}
SHOWN_IN = {"en", "fa", "tr", "ar"}


def test_there_are_at_least_a_hundred_aspects_with_ids_of_their_own():
    ids = [aspect.id for aspect in TAXONOMY]

    assert len(ids) >= 100
    assert len(set(ids)) == len(ids)


def test_every_aspect_has_a_name_of_its_own_and_examples_in_every_language():
    for language in NAMED_IN:
        names = [aspect.name[language] for aspect in TAXONOMY]
        assert len(set(names)) == len(names), language
    for aspect in TAXONOMY:
        assert set(aspect.terms) == set(aspect.examples) == SHOWN_IN, aspect.id
        assert all(len(examples) >= 3 for examples in aspect.examples.values()), aspect.id


def test_persian_is_written_with_persian_letters():
    for aspect in TAXONOMY:
        text = " ".join([aspect.name["fa"], *aspect.terms["fa"], *aspect.examples["fa"]])
        assert not set(text) & set("يك"), aspect.id


def test_the_shipped_vectors_are_of_this_taxonomy():
    encoder = json.loads((ROOT / "models" / "heads" / "act.json").read_text())
    weights = f"multilingual-e5-small-{tuned.checksum(ROOT / 'models' / 'tuned')[:8]}"
    key = hashlib.sha256(f"{weights}:384:{TAXONOMY!r}".encode()).hexdigest()

    with safe_open(ROOT / "models" / "aspects.safetensors", framework="numpy") as file:
        assert file.metadata()["of"] == key, "run `python -m nlp_service train aspects --data …`"
    assert encoder["n_features"] == 3 * 384
