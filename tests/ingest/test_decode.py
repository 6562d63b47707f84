"""Bytes become text in the right encoding, or are refused with a sentence."""

import pytest

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.decode import clean, decode, repair

TURKISH = "Kargo çok geç geldi, müşteri hizmetleri ilgisizdi. Ürün güzel ama şişe kırıktı, iade ettim."
GERMAN = "Die Lieferung war schnell, aber das Gerät fällt ständig aus. Schöne Grüße aus Köln!"
FRENCH = "Très déçu, le colis est arrivé abîmé et personne n'a répondu à mes messages."
SPANISH = "La aplicación es fácil de usar, pero el envío tardó más de una semana. ¡Qué lástima, señor!"
POLISH = "Świetna aplikacja, ale często się zawiesza. Proszę o pomoc, łączę pozdrowienia, dziękuję."
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy, objednávka přišla pozdě a poškozená."
PERSIAN = "برنامه خيلي کند شده و هر بار که باز ميکنم بسته ميشود لطفا درست کنيد"
ARABIC = "التطبيق بطيء جدا ولا يفتح منذ التحديث الأخير، أرجو إصلاح المشكلة بسرعة"
RUSSIAN = "Приложение постоянно вылетает после обновления, исправьте пожалуйста как можно скорее"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TURKISH, "cp1254"),
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        (SPANISH, "cp1252"),
        (POLISH, "cp1250"),
        (CZECH, "cp1250"),
        (PERSIAN, "cp1256"),
        (ARABIC, "cp1256"),
        (RUSSIAN, "cp1251"),
        (TURKISH, "utf-8"),
        (PERSIAN, "utf-8"),
        ("text,rating\n" + PERSIAN, "utf-16-le"),
        ("text,rating\n" + PERSIAN, "utf-16-be"),
    ],
)
def test_the_encoding_is_told_without_a_mark(text, encoding):
    assert decode(text.encode(encoding)) == (text, encoding)


GREEK = "Η εφαρμογή είναι πολύ αργή και κλείνει συνέχεια, παρακαλώ διορθώστε το πρόβλημα."
HEBREW = "האפליקציה איטית מאוד ונסגרת כל הזמן, בבקשה תקנו את הבעיה בהקדם"
UKRAINIAN = "Застосунок постійно вилітає після оновлення, виправте, будь ласка, якнайшвидше"


@pytest.mark.parametrize(
    ("text", "page"),
    [
        (PERSIAN, "cp1256"), (ARABIC, "cp1256"), (TURKISH, "cp1254"), (RUSSIAN, "cp1251"), (UKRAINIAN, "cp1251"),
        (GREEK, "cp1253"), (HEBREW, "cp1255"), (FRENCH, "cp1252"), (POLISH, "cp1250"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("n_rows", [1, 3])
def test_a_few_words_of_a_language_tell_the_page_in_a_table_that_is_mostly_latin(text, page, n_rows):
    header = "Package Name,Device,Review Submit Date and Time,Review Text,Review Link\n"
    row = f"org.example.shop,SM-G960F,2026-01-02T10:00:00Z,{text},https://play.example/apps?reviewid=1\n"

    assert decode((header + row * n_rows).encode(page)) == (header + row * n_rows, page)


def test_curled_quotation_marks_alone_are_western():
    text = "It\u2019s \u201cfine\u201d \u2013 really, I like it a lot"

    assert decode(text.encode("cp1252")) == (text, "cp1252")


@pytest.mark.parametrize(("language", "page"), [("tr", "cp1254"), ("de", "cp1252")])
def test_a_stated_language_decides_where_the_letters_do_not(language, page):
    assert decode("Sch\u00f6n \u00fc".encode("cp1252"), language=language)[1] == page


def test_a_stated_encoding_is_obeyed_and_one_that_does_not_fit_is_refused():
    assert decode(RUSSIAN.encode("koi8-r"), encoding="koi8-r") == (RUSSIAN, "koi8-r")
    assert decode(b"\xef\xbb\xbf" + ARABIC.encode(), encoding="UTF-8")[0] == ARABIC
    assert decode(ARABIC.encode("utf-16"), encoding="utf-16")[0] == ARABIC
    with pytest.raises(UnreadableFile, match="utf-8"):
        decode(ARABIC.encode("cp1256"), encoding="utf-8")


@pytest.mark.parametrize(
    ("mark", "encoding"), [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
)
def test_a_byte_order_mark_is_obeyed_and_removed(mark, encoding):
    assert decode(mark + ARABIC.encode(encoding)) == (ARABIC, encoding)


def test_line_ends_of_every_kind_become_one():
    assert decode(b"a\r\nb\rc\nd")[0] == "a\nb\nc\nd"


@pytest.mark.parametrize("content", [b"", b"  \n\t ", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf \n"])
def test_an_empty_file_is_refused(content):
    with pytest.raises(UnreadableFile, match="empty"):
        decode(content)


@pytest.mark.parametrize(
    "content", [b"text\x00\x01\x02binary" * 9, bytes(range(256)) * 4, b"a\x01b\x02c\x03" * 99, b"\xff\xfea"]
)
def test_bytes_that_are_no_text_are_refused(content):
    with pytest.raises(UnreadableFile):
        decode(content)


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("Framsida lÃ¥r", "Framsida lår"),
        ("MÃ¼ÅŸteri", "Müşteri"),
        ("Ø³Ù„Ø§Ù…", "سلام"),
        ("Ä±ÅŸÄ±k gÃ¼zel", "ışık güzel"),
        ("Ã\u011fiddetli".replace("Ã\u011f", "Ã°"), "ðiddetli"),
        ("Framsida lår", "Framsida lår"),
        ("SÃO PAULO", "SÃO PAULO"),
        ("سلام Ã¥", "سلام Ã¥"),
        ("", ""),
    ],
)
def test_only_mojibake_that_goes_back_whole_is_undone(text, repaired):
    assert repair(text) == repaired


def test_clean_text_keeps_joiners_and_drops_controls_and_half_surrogates():
    assert clean(" می\u200cشود\x00\x07 \ud800\n") == "می\u200cشود \ufffd"
