"""What clusters are called: by an aspect, as praise of nothing in particular, or in customers' own words."""

import numpy as np
import pytest

from nlp_service.inference.engine import unit
from nlp_service.settings import ROOT
from nlp_service.text.words import words
from nlp_service.themes.find import Evidence, describe
from nlp_service.topics.taxonomy import load_taxonomy
from tests.themes.test_findings import reading, records

TAXONOMY = load_taxonomy(ROOT / "corpora" / "taxonomy")


def evidence(texts, act):
    readings = [reading(record, act=act) for record in records(*((text, None, None) for text in texts))]
    vectors = unit(np.ones((len(texts), 4), np.float32) + 0.01 * np.arange(len(texts), dtype=np.float32)[:, None])
    none = np.zeros((len(texts), len(TAXONOMY)))
    return Evidence(
        readings=readings,
        texts=texts,
        silent=[None] * len(texts),
        words=[words(text, "en") for text in texts],
        vectors=vectors,
        leaning=none.astype(np.float32),
        terms_said=none.astype(bool),
        taxonomy=TAXONOMY,
    )


@pytest.mark.parametrize(("act", "aspect"), [("praise", "overall_praise"), ("problem", None)])
def test_a_cluster_that_praises_nothing_in_particular_is_general_praise(act, aspect):
    ((_, topic),) = describe(
        evidence(["Awesome app!", "Great app, love it", "A great, great app"], act), np.zeros(3, int)
    )

    assert topic.aspect == aspect


def test_a_wording_with_the_phrases_of_its_cluster_names_it():
    said = ["I think that is how it is meant to be", "The desktop mode never stays on", "Desktop mode forgets itself"]
    others = ["The parcel came late"] * 3

    topics = dict(describe(evidence([*said, *others], "problem"), np.array([0, 0, 0, 1, 1, 1])))

    assert topics[0].label["en"].strip("“”") in said[1:]
