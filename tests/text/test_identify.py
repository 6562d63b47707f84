"""The languages of short customer texts: measured on our own 172 sentences, 98.3 % alone and 98.8 % as one batch."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from nlp_service.text.identify import identify
from tests.text.said import ROMANIZED, SAID, SILENT

ROWS = [(code, text) for code, texts in SAID.items() for text in texts]


def _share_right(found, rows):
    return sum(language.code == code for language, (code, _) in zip(found, rows, strict=True)) / len(rows)


def test_each_sentence_alone_is_told_in_at_least_93_of_100():
    found = [identify([text])[0] for _, text in ROWS]
    assert len(ROWS) >= 135
    assert _share_right(found, ROWS) >= 0.93


def test_a_mixed_batch_is_told_in_at_least_93_of_100():
    assert _share_right(identify([text for _, text in ROWS]), ROWS) >= 0.93


@pytest.mark.parametrize("code", ["fa", "tr", "ar", "en"])
def test_the_first_languages_are_told_in_at_least_90_of_100(code):
    rows = [row for row in ROWS if row[0] == code]
    assert len(rows) >= 10
    assert _share_right([identify([text])[0] for _, text in rows], rows) >= 0.9


@pytest.mark.parametrize("text", ROMANIZED)
def test_romanized_text_is_in_no_language(text):
    assert identify([text])[0].code == "und"
    assert identify([*SAID["en"], text])[-1].code == "und"


@pytest.mark.parametrize("text", SILENT)
def test_a_text_without_words_is_undetermined_with_no_confidence(text):
    language = identify([text])[0]
    assert (language.code, language.confidence, language.mixed) == ("und", 0.0, ())


@pytest.mark.parametrize(
    "text", ["Az alkalmazás nagyon jó", "Aplikace nefunguje, škoda", "سڵاو ئەم بەرنامەیە زۆر باشە"]
)
def test_a_language_that_is_not_ours_is_not_guessed(text):
    assert identify([text])[0].code == "und"


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("بعد از آپدیت جدید the app keeps crashing all the time و هیچکس جواب نمی‌دهد", ("en",)),
        ("این برنامه روی iPhone من با Wi-Fi خانه کار نمی‌کند", ()),
        ("گوشی Samsung Galaxy من گرم می‌کند و خاموش می‌شود", ()),
        ("The driver told me «السائق لن يعود مرة أخرى اليوم» and hung up on me", ("ar",)),
        ("just plain english here with nothing else", ()),
    ],
)
def test_only_speech_in_another_script_is_mixing(text, mixed):
    assert identify([text])[0].mixed == mixed


def test_a_forced_language_is_certain():
    assert [(found.code, found.confidence) for found in identify(["hello", "😀"], language="fa")] == [("fa", 1.0)] * 2


def test_the_batch_decides_what_two_languages_share():
    japanese = ["荷物が壊れて届いたのに、誰も返事をくれないので困っています"] * 5
    assert identify(["最高"])[0].code == "zh"
    assert identify([*japanese, "最高"])[-1].code == "ja"


def test_a_hint_leans_but_does_not_settle():
    assert identify(["最高"], hints=["ja-JP"])[0].code == "ja"
    assert identify(["The courier left my parcel in the rain"], hints=["nl"])[0].code == "en"


def test_threads_that_start_together_agree():
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: identify([text for _, text in ROWS[:30]]), range(4)))
    assert all(other == found[0] for other in found)
