"""N-grams beside the encoder: they move what they know, in their language, and leave the rest alone."""

from pathlib import Path

import numpy as np
import pytest

from nlp_service.analysis.lexical import LONGEST, Lexical, load_lexical
from nlp_service.domain import UNDETERMINED
from nlp_service.text.languages import LANGUAGES
from nlp_service.training.lexical import fit_ngrams

TEXTS = ["خیلی خوب بود", "خیلی بد بود"] * 10
ALLOWED = np.array([[False, False, True], [True, False, False]] * 10)


@pytest.fixture(scope="module")
def persian():
    weight, bias = fit_ngrams(TEXTS, ALLOWED, np.ones(len(TEXTS), np.float32))
    scale = float(np.abs(weight).max()) / 127
    return Lexical(
        weights={"fa": np.round(weight / scale).astype(np.int8)},
        scales={"fa": scale},
        biases={"fa": bias.astype(np.float32)},
        temperatures={"fa": 2.0},
        sha256="",
    )


def test_words_move_the_logits_of_their_language_alone(persian):
    logits = np.array([[0.0, 1.0, 0.0]] * 3, np.float32)

    good, bad, other = persian.added(logits, ["غذا خوب بود", "غذا بد بود", "خوب"], ["fa", "fa", "ar"])

    assert good[2] > good[0]
    assert bad[0] > bad[2]
    assert good[1] == bad[1] == 0.5
    assert other.tolist() == [0.0, 1.0, 0.0]
    assert logits[0].tolist() == [0.0, 1.0, 0.0]


def test_of_a_label_that_no_text_may_have_nothing_is_learnt():
    weight, bias = fit_ngrams(TEXTS, ALLOWED, np.ones(len(TEXTS), np.float32))

    assert not weight[:, 1].any()
    assert bias[1] == 0


def test_a_batch_is_each_of_its_texts_alone(persian):
    texts = ["غذا خوب بود", "", "بد " * LONGEST]
    logits = np.zeros((3, 3), np.float32)

    whole = persian.added(logits, texts, ["fa"] * 3)

    alone = [persian.added(logits[:1], [text], ["fa"])[0] for text in texts]
    assert np.array_equal(whole, np.stack(alone))


def test_what_ships_is_for_languages_of_the_service_and_its_temperatures_are_sane():
    shipped = load_lexical()

    assert shipped.weights.keys() <= {*LANGUAGES, UNDETERMINED}
    assert {"en", "fa", "tr", "ar"} <= shipped.weights.keys()
    assert all(0.5 < heat < 4 for heat in shipped.temperatures.values())
    assert load_lexical(Path("/nowhere/lexical.safetensors")).weights == {}
