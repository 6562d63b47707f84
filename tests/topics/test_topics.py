"""Topics: language taken out, subjects found, nothing left to chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import homogeneity_score, v_measure_score

from nlp_service.inference.engine import unit
from nlp_service.inference.hashing import HashingEngine
from nlp_service.settings import ROOT
from nlp_service.text.words import words
from nlp_service.topics.aspects import leanings, match, prototypes, said_terms, save_prototypes, with_leanings
from nlp_service.topics.center import center, load_centroids, save_centroids
from nlp_service.topics.cluster import by_size, cluster
from nlp_service.topics.context import with_context
from nlp_service.topics.keyphrases import keyphrases
from nlp_service.topics.taxonomy import load_taxonomy

TAXONOMY = load_taxonomy(ROOT / "corpora" / "taxonomy")


def two_languages(n_subjects=4, n=30, d=48):
    """Unit vectors of subjects told in two languages, the language being the stronger part; subjects; languages."""
    rng = np.random.default_rng(0)
    subjects, tongues = (
        rng.normal(size=(n_subjects, d)),
        {"en": rng.normal(size=d) * 1.5, "fa": rng.normal(size=d) * 1.5},
    )
    rows = [(s, language) for s in range(n_subjects) for language in tongues for _ in range(n)]
    vectors = [subjects[s] + tongues[language] + rng.normal(size=d) * 0.9 for s, language in rows]
    return unit(np.array(vectors, np.float32)), [s for s, _ in rows], [language for _, language in rows]


def test_centering_makes_subjects_gather_and_languages_mix():
    vectors, subjects, languages = two_languages()

    labels = cluster(center(vectors, languages, centroids={}), languages, seed=1)

    assert homogeneity_score(subjects, labels) > 0.95
    assert (
        v_measure_score(languages, labels)
        < 0.05
        < v_measure_score(languages, cluster(vectors, ["und"] * len(vectors), seed=1))
    )


def test_one_text_of_a_rare_language_is_moved_by_the_shipped_centroid():
    vectors, _, languages = two_languages()
    shipped = {code: vectors[[language == code for language in languages]].mean(axis=0) for code in ("en", "fa")}
    few = [i for i, language in enumerate(languages) if language == "en"] + [languages.index("fa")]

    with_shipped = center(vectors[few], [languages[i] for i in few], centroids=shipped)
    without = center(vectors[few], [languages[i] for i in few], centroids={})

    assert float(with_shipped[-1] @ center(vectors, languages, centroids={})[few[-1]]) > 0.8
    assert not np.allclose(with_shipped[-1], without[-1])


def test_centroids_come_back_and_those_of_another_width_are_left_out(tmp_path):
    save_centroids(tmp_path / "c.safetensors", {"en": np.ones(4, np.float32)})

    assert load_centroids(tmp_path / "c.safetensors", dimension=4)["en"].tolist() == [1, 1, 1, 1]
    assert load_centroids(tmp_path / "c.safetensors", dimension=8) == {}
    assert load_centroids(tmp_path / "none.safetensors", dimension=4) == {}


@pytest.mark.parametrize("n", [0, 1, 2, 3, 4, 17])
def test_any_number_of_vectors_gets_that_many_labels(n):
    labels = cluster(unit(np.random.default_rng(n).normal(size=(n, 8)).astype(np.float32)), ["en"] * n, seed=1)

    assert len(labels) == n
    assert n == 0 or set(labels) == set(range(labels.max() + 1))


def test_clusters_are_the_same_twice():
    vectors, _, languages = two_languages()

    assert cluster(vectors, languages, seed=3).tolist() == cluster(vectors, languages, seed=3).tolist()


@pytest.mark.parametrize("wished", [2, 8])
def test_a_wish_for_a_number_of_clusters_is_met_about(wished):
    vectors, _, languages = two_languages(n_subjects=8)

    n = cluster(center(vectors, languages, centroids={}), languages, seed=1, wished=wished).max() + 1

    assert abs(n - wished) <= 2


def test_languages_with_subjects_of_their_own_still_share_clusters():
    vectors, subjects, languages = two_languages(n_subjects=6)
    kept = [
        i
        for i, (s, language) in enumerate(zip(subjects, languages, strict=True))
        if (s < 4) == (language == "en") or s == 3
    ]
    own, spoken = vectors[kept], [languages[i] for i in kept]

    labels = cluster(center(own, spoken, centroids={}), spoken, seed=1)

    alone = cluster(center(own, spoken, centroids={}), ["und"] * len(kept), seed=1)
    assert v_measure_score(spoken, labels) < v_measure_score(spoken, alone)


def test_many_vectors_go_through_micro_clusters(monkeypatch):
    monkeypatch.setattr("nlp_service.topics.cluster.MAX_NODES", 60)
    vectors, subjects, languages = two_languages()

    labels = cluster(center(vectors, languages, centroids={}), languages, seed=1)

    assert len(labels) == len(subjects) and labels.max() >= 1


@given(st.lists(st.integers(0, 5), max_size=30))
def test_clusters_are_numbered_from_the_largest(labels):
    numbered = by_size(np.array(labels, np.int64))

    sizes = [int((numbered == i).sum()) for i in range(len(set(labels)))]
    assert sizes == sorted(sizes, reverse=True)
    assert all((numbered == numbered[i]).tolist() == [x == labels[i] for x in labels] for i in range(len(labels)))


def test_a_segment_leans_on_its_neighbors_and_not_on_other_records():
    a, b = np.eye(8, dtype=np.float32)[:2]

    moved = with_context(np.stack([a, b, a, b]), ["r1", "r1", "r2", "r3"])

    assert moved[0] @ b > 0.1
    assert np.allclose(moved[2:], [a, b])


def phrases_of(rows, topics):
    texts = [text for text, _ in rows]
    languages = [language for _, language in rows]
    tokens = [words(text, language) for text, language in rows]
    return keyphrases(texts, tokens, languages, topics)


def test_keyphrases_set_topics_apart_in_each_language_without_stop_words():
    rows = [
        ("the dark mode is missing", "en"), ("please add dark mode", "en"), ("حالت تاریک ندارد", "fa"),
        ("لطفا حالت تاریک بگذارید", "fa"), ("the delivery was late again", "en"), ("late delivery, very late", "en"),
    ]  # fmt: skip

    found = phrases_of(rows, [0, 0, 0, 0, 1, 1])

    assert ("dark mode", "en") in {(phrase.text, phrase.language) for phrase in found[0]}
    assert ("حالت تاریک", "fa") in {(phrase.text, phrase.language) for phrase in found[0]}
    assert {"the", "is", "please", "very", "again"}.isdisjoint({p.text for own in found.values() for p in own})


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("客服态度很好", "zh"), ("客服很慢", "zh")], "客服"),
        ([("アプリが落ちる", "ja"), ("アプリが重い", "ja")], "アプリ"),
        ([("배송이 늦어요", "ko"), ("배송은 빨라요", "ko")], "배송"),
        ([("التوصيل متأخر", "ar"), ("توصيل متأخر جدا", "ar")], "متأخر"),
    ],
)
def test_keyphrases_work_where_words_are_not_parted_or_take_endings(rows, expected):
    assert any(expected in phrase.text for phrase in phrases_of(rows, [0, 0])[0])


def test_a_phrase_of_one_segment_and_a_word_said_in_two_languages_are_not_repeated():
    rows = [("wifi dead", "en"), ("wifi gone", "en"), ("wifi yok", "tr"), ("wifi kötü", "tr")]

    found = phrases_of(rows, [0, 0, 0, 0])[0]

    assert [phrase.text for phrase in found].count("wifi") == 1
    assert "dead" not in {phrase.text for phrase in found}


def test_a_cluster_takes_the_name_of_the_aspect_it_leans_to_and_none_where_it_leans_nowhere():
    engine = HashingEngine()
    aspects = prototypes(TAXONOMY, engine=engine, centroids={}, path=ROOT / "none")
    number = [aspect.id for aspect in TAXONOMY].index("dark_mode")
    near, nowhere = aspects[[number] * 6], -aspects.sum(axis=0, keepdims=True).repeat(30, axis=0)
    vectors = unit(np.concatenate([near, nowhere]))
    labels = np.array([0] * 6 + [1] * 30)

    found = match(leanings(vectors, aspects), labels, np.zeros((36, len(TAXONOMY)), bool), TAXONOMY)

    assert found[0].aspect.id == "dark_mode"
    assert 1 not in found


def test_terms_are_found_at_the_start_of_words_only():
    said = said_terms(["Needs DARK MODE!", "sondarkmode"], ["en", "en"], TAXONOMY)

    column = [aspect.id for aspect in TAXONOMY].index("dark_mode")
    assert said[:, column].tolist() == [True, False]


def test_without_a_taxonomy_vectors_stay_as_they_are():
    vectors = np.eye(3, dtype=np.float32)
    none = prototypes((), engine=HashingEngine(), centroids={}, path=ROOT / "none")

    assert np.array_equal(with_leanings(vectors, leanings(vectors, none)), vectors)


def test_shipped_prototypes_are_used_for_their_own_taxonomy_only(tmp_path):
    engine, path = HashingEngine(), tmp_path / "aspects.safetensors"
    save_prototypes(path, TAXONOMY[:2], engine=engine, centroids={})

    assert prototypes(TAXONOMY[:2], engine=engine, centroids={}, path=path).shape == (2, engine.dimension)
    assert prototypes(TAXONOMY[:3], engine=engine, centroids={}, path=path).shape == (3, engine.dimension)


def test_a_few_segments_that_lean_to_an_aspect_do_not_name_a_cluster_of_many():
    few, many = np.zeros((3, 8), np.float32), np.full((17, 8), 0.14, np.float32)
    few[:, 0], many[:, 0] = 1.0, 0.01
    leaning = np.concatenate([few, many])
    said = np.zeros((20, 8), bool)

    assert match(leaning, np.zeros(20, int), said, TAXONOMY[:8]) == {}
    assert match(leaning[:8], np.zeros(8, int), said[:8], TAXONOMY[:8])[0].aspect == TAXONOMY[0]
