"""Recogniser of postal codes: forms of many countries where the text calls them so, and lettered ones near an address."""

import re
from collections.abc import Iterator

from nlp_service.text.redact.findings import LIKELY, NAMED, NEVER, Finding
from nlp_service.text.redact.labels import BEFORE, Labels

_DIGITS = re.compile(
    r"(?<![A-Za-z\d_@%#.,-])"
    r"(?:\d{5}[ -]?\d{5}|\d{5}-\d{3,4}|\d{4}-\d{3}|\d{3}-\d{4}|\d{2}-\d{3}|\d{3} \d{2,3}|\d{4} ?[A-Za-z]{2}|\d{4,6})"
    r"(?![A-Za-z\d_@%]|[.,:-]\d)"
)
_LETTERED = re.compile(
    r"(?<![^\W_])(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)(?![^\W_])", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"address|\bliv(?:e|ing)\b|deliver|\b(?:street|road|st|rd|avenue|flat|lane)\b|moved to|\bship", re.IGNORECASE
)


def postal_codes(text: str, labels: Labels) -> Iterator[Finding]:
    """Postal codes of a plain text."""
    digits = _DIGITS.finditer(text) if labels.has("postal_code") else ()
    for match in (*digits, *_LETTERED.finditer(text)):
        sure = _sure(text, match, labels)
        if sure:
            yield Finding(kind="postal_code", start=match.start(), end=match.end(), confidence=sure)


def _sure(text: str, match: "re.Match[str]", labels: Labels) -> float:
    named = labels.of(match.start(), match.end())
    if named.kind == "postal_code" and named.direct:
        return NAMED
    is_lettered = " " in match[0] and match[0][0].isalpha() and match[0].isupper()
    if not is_lettered or named.kind == "other":
        return NEVER
    return LIKELY if _ADDRESS.search(text, max(0, match.start() - BEFORE), match.start()) else NEVER
