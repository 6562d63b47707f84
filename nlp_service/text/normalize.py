"""Texts folded for matching: letters, digits and marks that mean the same become the same. The text itself is kept."""

import unicodedata
from functools import lru_cache

import regex

_MARKS = regex.compile(
    r"[\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E8\u06EA-\u06ED\u0640"
    r"\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFE0E\uFE0F\uFEFF\u0307]"
)
"""Vowel marks, tatweel, direction marks, joiners and variation selectors; U+0307 is what is left of a lowered İ."""
_ELONGATION = regex.compile(r"(\p{L})\1{2,}")
_LONG_O = regex.compile(r"(?<!o)o{3,}(?=[dklmnpt](?!\p{L}))")
_SPACES = regex.compile(r"\s+")
_REPEATED = regex.compile(r"([\p{P}\p{S}])(?:\s?\1)+")
_EDGES = regex.compile(r"^[\s\p{P}]+|[\s\p{P}]+$")
_ARABIC = str.maketrans("يىئۍېكڪأإٱآةۀەؤھہ", "یییییککااااهههوهه")
_URDU = str.maketrans("يىئۍېكڪأإٱآةۀەؤ", "یییییککااااهههو")
"""Urdu keeps its two letters of h apart: they tell words apart."""
_TURKIC = str.maketrans({"İ": "i", "I": "ı"})
_PERSIAN_JOINTS = regex.compile(
    r"(?<!\p{L})(ن?می) (?=\p{L}{2})|(?<=\p{L}{2}) (?=(?:ها|های|هایی|هام|هات|هاش|هاشون)(?!\p{L}))"
)


def fold(text: str, language: str) -> str:
    """The text in lower case, with one form for each letter, digit and space; its length may change.

    Compatibility forms become plain (NFKC); Arabic yeh, kaf, alef and teh marbuta take one form each; vowel marks,
    tatweel and direction marks go. A Persian half-space goes, and so does a space after می and before ها, so that
    «می‌شود», «میشود» and «می شود» are one. Digits of every script become ASCII. Three equal letters or more become
    one (çooook → çok), save an English inner o, which becomes two (goood → good). I lowers to ı in Turkish and
    Azerbaijani only. Folding twice is folding once.
    """
    return _fold_kept(text, language) if len(text) <= 64 else _fold(text, language)


def fingerprint(text: str) -> str:
    """The same string for texts that differ only in case, spaces, repeated or outer marks, digits or letter forms."""
    folded = _REPEATED.sub(r"\1", fold(text, "und").replace("ı", "i"))
    return str(_EDGES.sub("", folded)) or folded


def _fold(text: str, language: str) -> str:
    folded: str = unicodedata.normalize("NFKC", text)
    folded = folded.translate(_TURKIC) if language in {"tr", "az"} else folded
    folded = unicodedata.normalize("NFKC", folded.casefold())
    folded = _MARKS.sub("", folded)
    if not folded.isascii():
        folded = folded.translate(_URDU if language == "ur" else _ARABIC)
        folded = "".join(map(_digit, folded))
    if language == "en":
        folded = _LONG_O.sub("oo", folded)
    folded = _SPACES.sub(" ", _ELONGATION.sub(r"\1", folded)).strip()
    return str(_PERSIAN_JOINTS.sub(r"\1", folded)) if language == "fa" else folded


_fold_kept = lru_cache(maxsize=100_000)(_fold)


def _digit(character: str) -> str:
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))
