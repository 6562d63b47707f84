"""Texts that mean the same fold to the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp_service.text.normalize import fingerprint, fold


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("fa", ("می‌شود", "میشود", "می شود", "مي‌شود")),
        ("fa", ("کتاب‌ها", "کتابها", "کتاب ها", "كتابها")),
        ("ar", ("العَرَبِيَّة", "العربية", "العربيه", "العـــربية")),
        ("ar", ("أحمد", "احمد", "إحمد")),
        ("tr", ("İYİ", "iyi")),
        ("tr", ("ILIK", "ılık")),
        ("en", ("IT", "it")),
        ("en", ("goooood", "GOOD")),
        ("tr", ("çoooook", "çok")),
        ("und", ("۱۲۳", "١٢٣", "१२३", "123", "１２３")),
        ("und", ("\u200fok\u200e", "ok", "  ok ")),
    ],
)
def test_forms_of_one_word_fold_to_one(language, forms):
    assert len({fold(form, language) for form in forms}) == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("tr", "IŞIK", "işik"), ("fa", "می", "ما"), ("en", "good", "god"), ("fa", "میز", "می ز")],
)
def test_other_words_stay_apart(language, one, other):
    assert fold(one, language) != fold(other, language)


@settings(deadline=None)
@given(st.text(), st.sampled_from(["en", "fa", "ar", "tr", "ur", "und"]))
def test_folding_twice_is_folding_once(text, language):
    once = fold(text, language)
    assert fold(once, language) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [("Great app!!!", "great  app"), ("عالي بود ۵", "عالی بود 5!!"), ("İyi", "iyi"), ("Why ???", "why?")],
)
def test_trivially_identical_texts_have_one_fingerprint(one, other):
    assert fingerprint(one) == fingerprint(other)


def test_texts_of_marks_keep_a_fingerprint():
    assert fingerprint("???") != fingerprint("!!!")
