"""Texts folded for matching: letters, digits and marks that mean the same become the same. The text itself is kept."""

from functools import lru_cache
import unicodedata

import regex

_MARKS = regex.compile(r"[\u064B-\u065F\u0670\u06D6-\u06ED\u0640\u200B\u200D-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]")
_ELONGATION = regex.compile(r"(\p{L})\1{2,}")
_SPACES = regex.compile(r"\s+")
_REPEATED = regex.compile(r"([\p{P}\p{S}])\1+")
_ARABIC = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ۍ": "ی", "ې": "ی",
        "ك": "ک", "ڪ": "ک",
        "أ": "ا", "إ": "ا", "ٱ": "ا", "آ": "ا",
        "ة": "ه", "ۀ": "ه", "ە": "ه", "ؤ": "و",
        "‌": "",
    }
)  # fmt: skip
_TURKIC = str.maketrans({"İ": "i", "I": "ı"})


@lru_cache(maxsize=65_536)
def fold(text: str, language: str) -> str:
    """The text in lower case, with one form for each letter, digit and space; its length may change.

    Arabic yeh, kaf, alef and teh marbuta take one form each; vowel marks, tatweel and direction marks go; a Persian
    half-space goes, so that «می‌شود» and «میشود» match; digits of every script become ASCII; three equal letters or more
    become one.
    """
    folded = unicodedata.normalize("NFKC", text)
    folded = _MARKS.sub("", folded).translate(_ARABIC)
    folded = folded.translate(_TURKIC) if language in {"tr", "az"} else folded
    folded = _ELONGATION.sub(r"\1", folded.casefold())
    folded = "".join(_digit(character) for character in folded)
    return _SPACES.sub(" ", folded).strip()


def fingerprint(text: str) -> str:
    """The same string for texts that differ only in case, spaces, repeated marks, digit script or letter forms."""
    return _REPEATED.sub(r"\1", fold(text, "und")).strip(" .!…")


def _digit(character: str) -> str:
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))
