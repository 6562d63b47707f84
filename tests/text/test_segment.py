"""Where sentences and clauses end, by language, with what must not be cut."""

from itertools import pairwise

import pytest

from nlp_service.text.segment import MOST_CHARACTERS, split

SPLIT = [
    ("en", "It is cheap|but it arrived broken."),
    ("en", "Dr. Smith paid 3.5 dollars, e.g. for v2.0.1!|See https://a.com/x?y=1!b or mail me@x.co.uk.|Bye"),
    ("en", "- bad battery\n|2. slow app\n|* nice"),
    ("en", "Loved it! 😍😍|Will buy again"),
    ("en", "Well... I think it is fine"),
    (
        "en",
        "app kept crashing and i called support|because it took my money and then nobody answered so i left a review",
    ),
    ("tr", "Dr. Ahmet Bey örn. kargo vb. konularda 3.5 gün bekletti!|Çok kötü|ama ürün güzel geldi bence."),
    ("tr", "Ürün çok güzel.|Tavsiye ederim hepinize"),
    ("fa", "قیمت خوبه|ولی ارسال خیلی دیر بود.|نسخه ۳.۵ بد است؟|بله!!"),
    ("fa", "خیلی خوب بود.|ممنون"),
    ("ar", "السعر ممتاز|بس التوصيل تأخر كثيرا جدا.|شكرا"),
    ("ar", "هل وصل الطلب؟|لا"),
    ("ur", "قیمت ٹھیک ہے|لیکن معیار بالکل اچھا نہیں۔|شکریہ"),
    ("hi", "ऐप बहुत अच्छा है|लेकिन बहुत धीमा चलता है।|अपडेट करो"),
    ("de", "Das ist aber schön, z. B. am 3. Tag kam es an,|aber leider total kaputt."),
    ("fr", "Le produit est bon|mais la livraison est trop lente.|M. Dupont a répondu."),
    ("es", "La calidad es buena|pero tardó mucho en llegar."),
    ("zh", "东西不错，|但是快递太慢了。|客服也没有人回复！|以后不会再买了"),
    ("ja", "デザインは好きですが、|すぐ壊れました。|返品したいです"),
    ("ko", "가격은 정말 저렴하지만|배송이 너무 늦게 왔어요."),
]


@pytest.mark.parametrize(("language", "marked"), SPLIT)
def test_a_text_is_cut_where_it_is_marked(language, marked):
    text = (
        " ".join(part.strip(" ") for part in marked.split("|"))
        if language not in {"zh", "ja"}
        else marked.replace("|", "")
    )
    expected = [part.strip() for part in marked.split("|")]
    assert [text[start:end] for start, end in split(text, language)] == expected


@pytest.mark.parametrize("text", ["slow but ok", "nice and cheap", "ok", "😀", "Fast, cheap, good"])
def test_a_short_text_stays_whole(text):
    assert split(text, "en") == [(0, len(text))]


@pytest.mark.parametrize(("language", "text"), [("en", "word " * 200), ("fa", "کلمه " * 200), ("zh", "好" * 400)])
def test_a_long_run_is_cut_into_pieces_of_about_forty_words(language, text):
    spans = split(text, language)
    assert len(spans) >= 4
    assert all(end - start <= 300 for start, end in spans)


@pytest.mark.parametrize("piece", ["a", "好", "word ", "a.", "one two three but ", "!)", "ب.", " ", "Dr. ", "http://"])
def test_a_line_of_a_million_characters_is_split_in_order(piece):
    text = piece * (1_000_000 // len(piece))
    spans = split(text, "en")
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert sum(end - start for start, end in spans) <= len(text)


def test_real_reviews_are_covered(shared_data):
    for path in sorted((shared_data / "articles").glob("*.txt")):
        text = path.read_text(encoding="utf-8")[:20_000]
        covered = "".join(text[start:end] for start, end in split(text, path.name[:2]))
        assert [c for c in covered if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize("text", ["x" * 5_000, "ا" * 5_000, "word " + "y" * 3_000 + " end"])
def test_no_segment_is_longer_than_the_encoder_reads(text):
    spans = split(text, "en")

    assert max(end - start for start, end in spans) <= MOST_CHARACTERS
    assert sum(end - start for start, end in spans) >= len(text.replace(" ", ""))
