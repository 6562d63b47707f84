"""Words are slices; their lemmas bring forms together; function words are stop words."""

import pytest

from nlp_service.text.languages import LANGUAGES
from nlp_service.text.redact import EVERY_KIND
from nlp_service.text.words import words


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fa", "کتاب‌ها", "کتاب"),
        ("fa", "قیمت‌هاشون", "قیمتش"),
        ("fa", "گوشیم", "گوشی"),
        ("fa", "میکنه", "می‌کند"),
        ("ar", "والتطبيق", "التطبيق"),
        ("ar", "بالتحديث", "التحديث"),
        ("tr", "uygulamanın", "uygulama"),
        ("tr", "Türkiye'de", "Türkiye"),
        ("en", "batteries", "battery"),
        ("de", "LIEFERUNG", "Lieferung"),
        ("ko", "배송이", "배송"),
    ],
)
def test_forms_of_one_word_have_one_lemma(language, one, other):
    assert [word.lemma for word in words(one, language)] == [word.lemma for word in words(other, language)]


@pytest.mark.parametrize(
    ("language", "text"), [("fa", "میز"), ("fa", "خدمت"), ("ar", "ولد"), ("ar", "لون"), ("fa", "درمان")]
)
def test_a_letter_that_belongs_to_the_word_stays(language, text):
    assert len(words(text, language)[0].lemma) == len(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "really just get got would please"),
        ("fa", "رو میشه اینکه خیلی واقعا هم"),
        ("tr", "çok bir ama de da diye ÇOK"),
        ("ar", "مرة جدا لكن والله"),
        ("ur", "ہے نہیں بہت لیکن"),
        ("ja", "とても"),
        ("zh", "我 的 很"),
    ],
)
def test_function_words_are_stop_words(language, text):
    assert [word.text for word in words(text, language) if not word.is_stop] == []


@pytest.mark.parametrize(
    ("language", "text"), [("en", "app call refund"), ("fa", "پخش برنامه"), ("tr", "kargo ürün"), ("zh", "手机 质量")]
)
def test_words_of_content_are_none(language, text):
    assert [word.text for word in words(text, language) if word.is_stop] == []


def test_numbers_marks_and_addresses_are_no_words():
    assert [word.text for word in words("3.5 https://a.com/x me@x.co 😀 !!! ok", "en")] == ["ok"]


def test_a_persian_verb_and_plural_written_apart_are_one_word():
    assert [word.text for word in words("می شود کتاب ها", "fa")] == ["می شود", "کتاب ها"]


def test_chinese_parts_at_signs_of_grammar():
    assert [word.text for word in words("我的手机很好用", "zh")] == ["我", "的", "手机", "很", "好用"]


@pytest.mark.parametrize("language", [*LANGUAGES, "und"])
def test_every_language_has_words(language):
    assert words(LANGUAGES[language].native_name if language in LANGUAGES else "kheyli", language)


@pytest.mark.parametrize("language", ["en", "fa", "ja", "tr"])
def test_marks_of_masked_data_are_no_words(language):
    text = " ".join(f"[{kind}]" for kind in EVERY_KIND)

    assert words(text, language) == []
    assert [word.text for word in words(f"xyz {text} [phone", language)] == ["xyz", "phone"]
