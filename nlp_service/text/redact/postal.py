"""Recogniser of postal codes: forms of many countries where the text calls them so, and a few where it tells an address."""

import re
from collections.abc import Iterator

from nlp_service.text.redact.findings import LIKELY, NAMED, NEVER, Finding
from nlp_service.text.redact.labels import BEFORE, BEHIND, Labels

_DIGITS = re.compile(
    r"(?<![A-Za-z\d_@%#.,-])"
    r"(?:\d{5}[ -]?\d{5}|\d{5}-\d{4}|\d{5}-?\d{3}"
    r"|\d{4}-\d{3}|\d{3}-\d{4}|\d{2}-\d{3}|\d{3} \d{2,3}|\d{4} ?[A-Za-z]{2}|\d{4,6})"
    r"(?![A-Za-z\d_@%]|[.,:-]\d)"
)
_LETTERED = re.compile(
    r"(?<![^\W_])(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)(?![^\W_])", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"address|\bliv(?:e|ing)\b|deliver|\b(?:street|road|st|rd|avenue|flat|lane)\b|moved to|\bship|stra(?:ß|ss)e|\brue\b"
    r"|\bcalle\b|\bvia\b|\bsokak|\bsok\.|\bmah(?:alle\w*|\.)|\bcad(?:de\w*|\.)|adres|gönder|liefer|wohn|livr|entreg|consegn"
    r"|indirizzo|morada|endereço|direcci|\brua\b",
    re.IGNORECASE,
)
LEAST_SPOKEN_OF = 5
"""Digits of a code that is only spoken of nearby: four are a year as well."""
_TOWN = re.compile(r" [^\W\d_a-z][^\W\d_]{2,}")
"""What follows a code in the order of most of Europe and of Turkey: 34710 Kadıköy."""
_BEHIND_TOWN = re.compile(r"[^\W\d_a-z][^\W\d_]{2,} $")
_STATE = re.compile(r", [A-Z]{2} $")
"""What stands before one in the United States: Austin, TX 78701."""
_ANY_STATE = re.compile(r", [A-Z]{2} \d{5}")


def postal_codes(text: str, labels: Labels) -> Iterator[Finding]:
    """Postal codes of a plain text."""
    may_be = labels.has("postal_code") or _ADDRESS.search(text) or _ANY_STATE.search(text)
    digits = list(_DIGITS.finditer(text)) if may_be else []
    named = {_form(match) for match in digits if _is_named(match, labels)}
    for match in (*digits, *_LETTERED.finditer(text)):
        sure = NAMED if _is_named(match, labels) else _sure(text, match, labels, named)
        if sure:
            yield Finding(kind="postal_code", start=match.start(), end=match.end(), confidence=sure)


def _is_named(match: "re.Match[str]", labels: Labels) -> bool:
    named = labels.of(match.start(), match.end())
    return named.kind == "postal_code" and named.direct


def _form(match: "re.Match[str]") -> str:
    return re.sub(r"\d", "0", match[0])


def _sure(text: str, match: "re.Match[str]", labels: Labels, named: set[str]) -> float:
    """How sure a form makes us that nothing calls a postal code: beside one that is, before a town, behind a state, or of
    letters, in a text about an address."""
    called = labels.of(match.start(), match.end())
    if called.direct and called.kind != "postal_code":
        return NEVER
    if match[0][0].isdigit():
        is_townlike = re.fullmatch(r"\d{5}(?:-\d{4})?|\d{4}-\d{3}|\d{5}-\d{3}", match[0]) is not None
        is_beside = _TOWN.match(text, match.end()) or _BEHIND_TOWN.search(
            text, max(0, match.start() - 20), match.start()
        )
        is_place = is_beside and (labels.has("postal_code") or _tells_address(text, match))
        is_stated = _STATE.search(text, max(0, match.start() - 5), match.start())
        is_spoken_of = not named and called.kind == "postal_code" and sum(map(str.isdigit, match[0])) >= LEAST_SPOKEN_OF
        is_like_another = _form(match) in named and called.kind in (None, "postal_code")
        return LIKELY if is_spoken_of or is_like_another or (is_townlike and (is_place or is_stated)) else NEVER
    is_lettered = " " in match[0] and match[0].isupper()
    return (
        LIKELY
        if is_lettered
        and called.kind != "other"
        and _ADDRESS.search(text, max(0, match.start() - BEFORE), match.start())
        else NEVER
    )


def _tells_address(text: str, match: "re.Match[str]") -> bool:
    return _ADDRESS.search(text, max(0, match.start() - BEFORE), match.end() + BEHIND) is not None
