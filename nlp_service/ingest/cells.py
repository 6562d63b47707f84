"""What one cell says: digits of any script, ratings, language codes, and answers that are none."""

import math
import re
import unicodedata
from functools import lru_cache

_NUMBER = re.compile(r"(-?\d{1,9}(?:[.,]\d{1,6})?)(?:\s*(?:/|of|out of|von|sur|de|از|من|üzerinden)\s*\d{1,3})?")
_WORDS_AROUND = re.compile(
    r"\s*(?:stars?|sterne?|étoiles?|estrellas?|estrelas?|yıldız|ستاره|نجوم|نجمة|points?|pts|%)\s*$"
)
_NUMBER_WORDS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}
_FULL_STARS = "★⭐🌟"
_BIDI = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
_OLD_CODES = {"iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no", "jp": "ja", "cz": "cs", "gr": "el"}
_LANGUAGE_NAMES = {
    "english": "en", "persian": "fa", "farsi": "fa", "turkish": "tr", "arabic": "ar", "german": "de", "french": "fr",
    "spanish": "es", "portuguese": "pt", "italian": "it", "dutch": "nl", "russian": "ru", "urdu": "ur", "hindi": "hi",
    "فارسی": "fa", "العربية": "ar", "türkçe": "tr", "deutsch": "de", "français": "fr", "español": "es",
}  # fmt: skip
_NO_ANSWER = frozenset(
    {
        "n/a", "na", "none", "nil", "null", "nan", "-", "--", "---", ".", "..", "...", "?", "no comment", "nothing",
        "yok", "hiç", "ندارم", "ندارد", "هیچ", "لا يوجد", "لا شيء", "keine", "nichts", "k.a.",
        "rien", "aucun", "ninguno", "nada", "nenhum",
    }
)  # fmt: skip


def ascii_digits(text: str) -> str:
    """The text with the digits of every script as 0-9 and the Arabic decimal sign as a point; the length is kept."""
    if text.isascii():
        return text
    return "".join(_ascii_digit(character) for character in text)


def _ascii_digit(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return {"٫": ".", "٬": ",", "،": ","}.get(character, character)


def without_marks(text: str) -> str:
    """The text without direction marks; joiners stay, Persian spelling and emoji need them."""
    return text if text.isascii() else _BIDI.sub("", text)


@lru_cache(maxsize=4_096)
def rating_of(cell: str) -> float | None:
    """The rating on the scale of its source, or None: `4`, `4,5`, `8/10`, `٤`, `★★★☆☆`, `FIVE`, `4 stars`."""
    cell = _WORDS_AROUND.sub("", ascii_digits(without_marks(cell[:60])).strip().casefold())
    if cell in _NUMBER_WORDS:
        return _NUMBER_WORDS[cell]
    if cell and all(character in _FULL_STARS + "☆ \ufe0f" for character in cell):
        return float(sum(character in _FULL_STARS for character in cell)) or None
    match = _NUMBER.fullmatch(cell)
    if match is None:
        return None
    value = float(match.group(1).replace(",", "."))
    return value if math.isfinite(value) else None


@lru_cache(maxsize=4_096)
def language_of(cell: str) -> str | None:
    """The language code that a source claims, or None where it says nothing usable: `en-US` gives `en`."""
    name = cell.strip().casefold()
    if name in _LANGUAGE_NAMES:
        return _LANGUAGE_NAMES[name]
    code = re.split(r"[-_]", name, maxsplit=1)[0]
    if not re.fullmatch(r"[a-z]{2}", code):
        return None
    return _OLD_CODES.get(code, code)


def is_no_answer(text: str) -> bool:
    """Whether a whole answer says that there is none: `n/a`, `-`, `yok`, `ندارم`."""
    return len(text) <= 12 and text.casefold().strip() in _NO_ANSWER
