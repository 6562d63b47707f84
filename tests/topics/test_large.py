"""Very many vectors: few middles that stand for all, the same ones twice, whether in memory or on disk."""

import numpy as np
import pytest
from sklearn.metrics import v_measure_score

from nlp_service.inference.engine import unit
from nlp_service.topics import large
from nlp_service.topics.cluster import cluster
from nlp_service.topics.large import micro_clusters, nearest


def blobs(n_groups=6, n=100, d=16, noise=0.25):
    rng = np.random.default_rng(0)
    middles = unit(rng.normal(size=(n_groups, d)).astype(np.float32))
    groups = np.repeat(np.arange(n_groups), n)
    return unit((middles[groups] + noise * rng.normal(size=(len(groups), d)) / 2).astype(np.float32)), groups


@pytest.fixture
def few(monkeypatch):
    """Sizes at which 600 vectors are very many: 90 middles of a sample of 300, in chunks of 64."""
    for name, value in {"N_MICRO": 90, "SAMPLE": 300, "CHUNK": 64}.items():
        monkeypatch.setattr(large, name, value)


@pytest.mark.parametrize("n", [1, 5, 63, 64, 65, 600])
def test_every_vector_has_a_middle_and_every_middle_a_vector(few, n):
    vectors = blobs()[0][:n]

    middles, owners = micro_clusters(vectors, seed=1)

    assert len(owners) == n
    assert set(owners.tolist()) == set(range(len(middles)))
    assert len(middles) <= min(90, n)
    assert np.allclose(np.linalg.norm(middles, axis=1), 1, atol=1e-5)


def test_each_vector_belongs_to_the_middle_nearest_to_it(few):
    vectors, _ = blobs()

    middles, owners = micro_clusters(vectors, seed=1)

    cosines = vectors @ middles.T
    assert np.all(cosines[np.arange(len(vectors)), owners] >= cosines.max(axis=1) - 1e-4)


def test_micro_clusters_keep_apart_what_is_apart(few):
    vectors, groups = blobs()

    middles, owners = micro_clusters(vectors, seed=1)

    own_groups = [set(groups[owners == number]) for number in range(len(middles))]
    assert sum(len(own) == 1 for own in own_groups) >= 0.9 * len(middles)


def test_the_same_seed_gives_the_same_middles_and_another_others(few):
    vectors, _ = blobs()
    (first, owners), (again, same), (other, _) = (micro_clusters(vectors, seed=seed) for seed in (1, 1, 2))

    assert np.array_equal(first, again) and np.array_equal(owners, same)
    assert first.shape != other.shape or not np.allclose(first, other)


def test_vectors_on_disk_in_half_precision_give_nearly_the_same(few, tmp_path):
    vectors, groups = blobs()
    path = tmp_path / "vectors.npy"
    np.save(path, vectors.astype(np.float16))

    _, owners = micro_clusters(np.load(path, mmap_mode="r"), seed=1)

    assert v_measure_score(owners, micro_clusters(vectors, seed=1)[1]) > 0.8
    assert v_measure_score(groups, owners) > 0.5


def test_equal_vectors_and_those_without_a_direction_are_placed(few):
    vectors = np.concatenate([np.tile(blobs()[0][:1], (40, 1)), np.zeros((10, 16), np.float32), blobs()[0][:50]])

    middles, owners = micro_clusters(vectors, seed=1)

    assert len(owners) == 100
    assert len(set(owners[:40].tolist())) == 1
    assert np.isfinite(middles).all()


def test_chunks_change_nothing(monkeypatch):
    vectors, _ = blobs()
    whole = nearest(vectors, vectors[::50])
    monkeypatch.setattr(large, "CHUNK", 7)

    assert np.array_equal(nearest(vectors, vectors[::50]), whole)
    assert len(nearest(vectors[:0], vectors[::50])) == 0


def test_of_equally_near_middles_the_first_is_taken():
    middle = np.array([[1.0, 0.0]], np.float32)
    shaken = unit(middle + np.array([[0.0, 1e-4]], np.float32))

    assert nearest(middle, np.concatenate([shaken, middle])).tolist() == [0]


def test_subjects_are_found_through_micro_clusters_as_without_them(few, monkeypatch):
    vectors, groups = blobs()
    languages = ["en"] * len(vectors)
    direct = v_measure_score(groups, cluster(vectors, languages, seed=1))
    monkeypatch.setattr("nlp_service.topics.cluster.MAX_NODES", 500)

    through = cluster(vectors, languages, seed=1)

    assert v_measure_score(groups, through) > direct - 0.1
    assert len(through) == len(vectors)
