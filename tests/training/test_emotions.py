"""Names of emotions in corpora to the common set: present, absent, unknown."""

import numpy as np

from nlp_service.domain import EMOTIONS
from nlp_service.training.emotions import LEAVES_OPEN, MEANS, known_labels, targets


def column(found, label):
    return found[:, EMOTIONS.index(label)]


def test_every_name_leads_to_labels_of_the_set():
    assert set(MEANS.values()) <= set(EMOTIONS)
    assert {label for labels in LEAVES_OPEN.values() for label in labels} <= set(EMOTIONS)


def test_a_label_that_the_corpus_does_not_tell_apart_is_unknown_everywhere():
    found = targets([["anger"], []], known_labels({"anger", "joy"}))

    assert np.isnan(column(found, "relief")).all()
    assert column(found, "anger").tolist() == [1, 0]
    assert column(found, "joy").tolist() == [0, 0]


def test_a_corpus_own_name_counts_as_its_label():
    found = targets([["annoyance"]], known_labels({"annoyance", "anger"}))

    assert column(found, "frustration").tolist() == [1]
    assert np.isnan(column(found, "anger")).all(), "who is annoyed may be angry: the corpus does not say"


def test_a_present_label_is_not_left_open_by_another_name():
    found = targets([["hatred", "anger"]], known_labels({"hatred", "anger"}))

    assert column(found, "anger").tolist() == [1]
