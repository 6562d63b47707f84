"""The space of wants, fitted on features that a test can follow."""

import numpy as np

from nlp_service.inference.engine import unit
from nlp_service.inference.heads import WANT_AXES
from nlp_service.topics.wants import Wording
from nlp_service.training.wants import fit_axes

LANGUAGES = ("en", "fa", "tr")


def made(rng, n_wants=40, n_features=12):
    """Features that hold a want in their first half, how it is put in the other half, and their language in all."""
    wordings, rows = [], []
    tongues = {language: 5 * rng.normal(size=n_features) for language in LANGUAGES}
    for number in range(n_wants):
        meant = rng.normal(size=n_features // 2)
        for language in LANGUAGES:
            for turn in range(2):
                said = np.concatenate([meant + 0.2 * rng.normal(size=len(meant)), 3 * rng.normal(size=len(meant))])
                wordings.append(Wording(f"want_{number}", language, f"{number} {turn}"))
                rows.append(said + tongues[language])
    return np.array(rows, np.float32), wordings


def own_nearest(rows, wordings):
    """The share of rows whose nearest other row is of the same want."""
    names = np.array([wording.language for wording in wordings])
    freed = rows - np.stack([rows[names == name].mean(axis=0) for name in names])
    nearness = unit(freed) @ unit(freed).T
    np.fill_diagonal(nearness, -1)
    wants = np.array([wording.want for wording in wordings])
    return float((wants[nearness.argmax(axis=1)] == wants).mean())


def test_wordings_of_wants_that_were_not_learnt_from_lie_nearer_together_than_before():
    features, wordings = made(np.random.default_rng(0), n_wants=80)
    half = len(wordings) // 2

    weight = fit_axes(features[:half], wordings[:half])

    assert weight.shape == (12, WANT_AXES)
    before, after = (
        own_nearest(features[half:], wordings[half:]),
        own_nearest(features[half:] @ weight, wordings[half:]),
    )
    assert after > before + 0.2
