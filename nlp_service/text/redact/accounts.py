"""Recognisers of money's addresses: IBAN (ISO 13616, remainder modulo 97) and payment cards (ISO/IEC 7812, Luhn)."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from stdnum import luhn, numdb
from stdnum.iso7064 import mod_97_10

from nlp_service.text.redact.findings import CERTAIN, LIKELY, NAMED, SURE, Finding
from nlp_service.text.redact.judge import confidence
from nlp_service.text.redact.labels import Labels
from nlp_service.text.redact.numbers import Number

_UNREGISTERED = {"IR": 26, "DZ": 26, "MA": 28, "SN": 28, "CI": 28, "CM": 27, "TN": 24, "AO": 25, "MZ": 25, "CV": 25}
"""Lengths in countries outside the SWIFT register, Iran's by its central bank."""
_IBAN = re.compile(r"(?<![A-Za-z0-9])(?=((?:[A-Z]{2} ?|[A-Za-z]{2})\d{2}(?:[ -]{0,2}[A-Za-z0-9]){11,30}))")
_PLACES = re.compile(r"\d+!")
_SHEBA_DIGITS = 24
_CARD_SIZES = frozenset({(16,), (4, 4, 4, 4), (15,), (4, 6, 5), (14,), (4, 6, 4), (19,), (4, 4, 4, 4, 3), (13,), (18,)})
CARD, SHORT_CARD = 16, 14
"""Digits of most cards, and of Diners Club's, whose beginnings are known; Egypt's numbers of persons have as many."""
_ISSUERS = re.compile(
    r"4\d{12}(?:\d{3})?$|5[1-5]\d{14}|(?:222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}$|3[47]\d{13}$|3(?:0|6|8)\d{12}$|35\d{14}$|6\d{15,18}$"
    r"|(?:50|5[6-9])\d{14,17}$|220[0-4]\d{12}$|9792\d{12}$|9919\d{12}$|(?:9682|9860|8600)\d{12}$|81\d{14}$"
)
"""Numbers by the networks' first digits: among them Iran's banks (50, 58, 60, 62, 63, 9919), Troy, Mir, mada, RuPay."""


def _is_grouped_otherwise(number: Number) -> bool:
    """Whether it is sixteen digits in groups of two or more that are none of a date, a sum or a telephone."""
    return number.whole and len(number.digits) == CARD and min(number.sizes) > 1 and number.separators <= {" ", "-"}


def ibans(text: str, found: Iterable[Number], labels: Labels) -> Iterator[Finding]:
    """Account numbers of every country that has them; Iran's also without its two letters where called شبا."""
    for match in _IBAN.finditer(text):
        end = _iban_end(match[1])
        if end is not None:
            yield Finding(kind="iban", start=match.start(), end=match.start() + end, confidence=CERTAIN)
    for number in found:
        if not _is_sheba(number.digits):
            continue
        if labels.of(number.start, number.end).kind == "iban":
            yield Finding(kind="iban", start=number.start, end=number.end, confidence=NAMED)


def _iban_end(written: str) -> int | None:
    """Where the account number at the beginning ends; None where it is none."""
    length = _lengths().get(written[:2].upper())
    if length is None:
        return None
    places = [at for at, sign in enumerate(written) if sign not in " -"][:length]
    end = places[-1] + 1
    if len(places) < length or written[end : end + 1].isalnum():
        return None
    compact = "".join(written[at] for at in places).upper()
    return end if mod_97_10.is_valid(compact[4:] + compact[:4]) else None


def _is_sheba(digits: str) -> bool:
    """Whether it is Iran's account number without its two letters."""
    return len(digits) == _SHEBA_DIGITS and bool(mod_97_10.is_valid(f"{digits[2:]}IR{digits[:2]}"))


@lru_cache(maxsize=1)
def _lengths() -> dict[str, int]:
    """The characters of an IBAN by country."""
    database = numdb.get("iban")
    letters = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    lengths = dict(_UNREGISTERED)
    for country in (a + b for a in letters for b in letters):
        bban = database.info(country)[0][1].get("bban")
        if bban:
            lengths[country] = 4 + sum(int(places[:-1]) for places in _PLACES.findall(bban))
    return lengths


def cards(found: Iterable[Number], labels: Labels) -> Iterator[Finding]:
    """Numbers of payment cards."""
    for number in found:
        if number.signed or not (number.sizes in _CARD_SIZES or _is_grouped_otherwise(number)):
            continue
        if not luhn.is_valid(number.digits):
            continue
        known = _ISSUERS.match(number.digits) is not None
        if not known and (len(number.digits) == SHORT_CARD or number.sizes not in _CARD_SIZES):
            continue
        alone = (SURE if number.sizes == (4, 4, 4, 4) else LIKELY) if known else 0.0
        sure = confidence("card", labels.of(number.start, number.end), alone=alone)
        if sure:
            yield Finding(kind="card", start=number.start, end=number.end, confidence=sure)
