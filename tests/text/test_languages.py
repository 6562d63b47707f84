"""The table of languages."""

import pytest

from nlp_service.text.languages import LANGUAGES, direction, is_supported

ASKED = "en fa ar tr ur az de fr es it pt nl pl ru uk hi id vi zh ja ko he"


@pytest.mark.parametrize("code", ASKED.split())
def test_the_languages_asked_for_are_there(code):
    info = LANGUAGES[code]
    assert (info.code, bool(info.name), bool(info.native_name), len(info.script)) == (code, True, True, 4)
    assert is_supported(code)


def test_arabic_and_hebrew_script_run_from_right_to_left():
    assert {code for code in LANGUAGES if direction(code) == "rtl"} == {"fa", "ar", "ur", "he"}
    assert direction("und") == "ltr"
