"""A text whose digits, signs and letter forms are the plain ones, code point for code point, so that offsets stay."""

import re
import sys
import unicodedata

_DIGITS = {
    code: str(unicodedata.decimal(chr(code)))
    for code in range(128, sys.maxunicode + 1)
    if unicodedata.category(chr(code)) == "Nd"
}
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if not chr(code).isdecimal()}
_DASHES = dict.fromkeys("‐‑‒–—―−﹣", "-")
_BLANKS = dict.fromkeys("\t\u00a0\u1680\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
_UNSEEN = dict.fromkeys("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u2060", " ")
_ARABIC = str.maketrans("يىئكأإٱآةۀؤ٫٬", "یییکااااههو.,")
_TABLE = (
    _DIGITS
    | _FULL_WIDTH
    | {ord(letter): plain for signs in (_DASHES, _BLANKS, _UNSEEN) for letter, plain in signs.items()}
    | _ARABIC
)
_URL = re.compile(r"(?:https?|ftp|wss?)://\S+|www\.\S+|\b[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/\S+", re.IGNORECASE)
_CALL = re.compile(r"(?:wa\.me|t\.me|api\.whatsapp\.com)/|tel:", re.IGNORECASE)


_COPULA = re.compile(r"(?<=\d)(?:ه|م|س|ست)(?!\w)")
"""Persian for "is" and "my", written onto a number."""


def plain(text: str) -> str:
    """The text, equally long, with ASCII digits, hyphens, spaces and signs, and one form of each Arabic letter; what Persian
    writes onto a number is blank."""
    return text if text.isascii() else _COPULA.sub(lambda match: " " * len(match[0]), text.translate(_TABLE))


def without_urls(text: str) -> str:
    """The plain text, equally long, with addresses of pages blanked: the numbers in them count something else."""
    if "/" not in text and "www." not in text.lower():
        return text
    return _URL.sub(_blank, text)


def _blank(match: "re.Match[str]") -> str:
    whole = match[0]
    return whole if _CALL.search(whole) or whole.replace("/", "").replace(".", "").isdigit() else "\0" * len(whole)
