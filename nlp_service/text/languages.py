"""The languages that the service tells apart: names, script and direction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class LanguageInfo:
    """One language: ISO 639-1 code, English and own name, ISO 15924 script, direction of writing."""

    code: str
    name: str
    native_name: str
    script: str
    direction: Literal["ltr", "rtl"] = "ltr"


LANGUAGES: Mapping[str, LanguageInfo] = {
    info.code: info
    for info in (
        LanguageInfo("en", "English", "English", "Latn"),
        LanguageInfo("fa", "Persian", "فارسی", "Arab", "rtl"),
        LanguageInfo("ar", "Arabic", "العربية", "Arab", "rtl"),
        LanguageInfo("tr", "Turkish", "Türkçe", "Latn"),
        LanguageInfo("ur", "Urdu", "اردو", "Arab", "rtl"),
        LanguageInfo("az", "Azerbaijani", "Azərbaycanca", "Latn"),
        LanguageInfo("de", "German", "Deutsch", "Latn"),
        LanguageInfo("fr", "French", "Français", "Latn"),
        LanguageInfo("es", "Spanish", "Español", "Latn"),
        LanguageInfo("it", "Italian", "Italiano", "Latn"),
        LanguageInfo("pt", "Portuguese", "Português", "Latn"),
        LanguageInfo("nl", "Dutch", "Nederlands", "Latn"),
        LanguageInfo("pl", "Polish", "Polski", "Latn"),
        LanguageInfo("ru", "Russian", "Русский", "Cyrl"),
        LanguageInfo("uk", "Ukrainian", "Українська", "Cyrl"),
        LanguageInfo("hi", "Hindi", "हिन्दी", "Deva"),
        LanguageInfo("id", "Indonesian", "Bahasa Indonesia", "Latn"),
        LanguageInfo("vi", "Vietnamese", "Tiếng Việt", "Latn"),
        LanguageInfo("zh", "Chinese", "中文", "Hani"),
        LanguageInfo("ja", "Japanese", "日本語", "Jpan"),
        LanguageInfo("ko", "Korean", "한국어", "Hang"),
        LanguageInfo("he", "Hebrew", "עברית", "Hebr", "rtl"),
        LanguageInfo("el", "Greek", "Ελληνικά", "Grek"),
        LanguageInfo("th", "Thai", "ไทย", "Thai"),
        LanguageInfo("sv", "Swedish", "Svenska", "Latn"),
        LanguageInfo("ro", "Romanian", "Română", "Latn"),
    )
}


def is_supported(code: str) -> bool:
    """Whether the service tells this language apart."""
    return code in LANGUAGES


def direction(code: str) -> Literal["ltr", "rtl"]:
    """The direction of writing; left to right for a language we do not know."""
    return LANGUAGES[code].direction if code in LANGUAGES else "ltr"
