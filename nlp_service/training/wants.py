"""`train wants`: a space in which wordings of one want lie together, from the known wants in all their languages.

Linear discriminant analysis (Fisher 1936; shrunk, as wordings are few) within the axes that were tuned with the encoder:
they are scaled so that what differs between the wordings of one want counts little, and turned to those on which wants
differ most.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp_service.inference import heads
from nlp_service.inference.engine import Encoder, Floats
from nlp_service.inference.heads import TUNED_WANT, WANT_AXES
from nlp_service.inference.load import load_engine
from nlp_service.settings import Settings
from nlp_service.topics.wants import Wording, read_wordings, save_wants

SHRINKAGE = 6.0
"""What is added to the variance within wants, in means of it, so that no axis counts for having hardly varied. On sentences
of wants that were left out, at a precision of .82, pairwise F1 of merging is .78 with 6 and 10, .75 with 3 and .74 with 1;
.74 on the features themselves and .71 on the tuned axes as they are."""
VERSION = 2

Numbers = NDArray[np.float64]


def train_wants(settings: Settings, encoder: Encoder) -> int:
    """How many wants were learnt from; the head and the vectors of their wordings are written to the models."""
    wordings = read_wordings(settings.wants_dir)
    (tuned,) = heads.load(settings.heads_dir, [TUNED_WANT])
    placed = encoder.features([wording.text for wording in wordings])[0] @ tuned.weight
    weight = tuned.weight @ fit_axes(placed, wordings)
    card = {"version": VERSION, "kind": "shrunk linear discriminants of tuned axes", "n_features": len(weight)}
    known: Mapping[str, Any] = {"encoder_sha256": encoder.sha256, "rows": {"wants": len(wordings)}}
    bias = np.zeros(weight.shape[1], np.float32)
    heads.save(settings.heads_dir, task="want", weight=weight, bias=bias, card={**card, **known})
    save_wants(settings.wants_path, wordings, engine=load_engine(settings))
    return len({wording.want for wording in wordings})


def fit_axes(features: Floats, wordings: Sequence[Wording]) -> Floats:
    """Weights (n_features, `WANT_AXES`) from the features (n, n_features) of the wordings."""
    centered = _without_means(np.asarray(features, np.float64), [wording.language for wording in wordings])
    scale = centered.std(axis=0) + 1e-6
    standard = centered / scale
    within = _without_means(standard, [wording.want for wording in wordings])
    values, turned = np.linalg.eigh(within.T @ within / len(within))
    white = turned / np.sqrt(values + SHRINKAGE * values.mean())
    wants = np.array([wording.want for wording in wordings])
    middles = np.stack([(standard[wants == want] @ white).mean(axis=0) for want in sorted(set(wants))])
    axes = np.linalg.svd(middles - middles.mean(axis=0), full_matrices=False)[2][:WANT_AXES].T
    return np.asarray(_filled((white @ axes) / scale[:, None]), np.float32)


def _without_means(rows: Numbers, groups: Sequence[str]) -> Numbers:
    names, result = np.array(groups), rows.copy()
    for name in set(groups):
        result[names == name] -= rows[names == name].mean(axis=0)
    return result


def _filled(weight: Numbers) -> Numbers:
    """The weights with axes of nothing where wants were too few to give enough."""
    return np.pad(weight, ((0, 0), (0, WANT_AXES - weight.shape[1])))
