"""Where the personal data of a text is: a quick look whether there can be any, then every recogniser, then who stays."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from nlp_service.domain import UNDETERMINED
from nlp_service.text.redact.accounts import cards, ibans
from nlp_service.text.redact.addresses import emails, ips, url_tokens
from nlp_service.text.redact.findings import Finding, FindNames, apart, beside
from nlp_service.text.redact.identity import national_ids
from nlp_service.text.redact.labels import Labels
from nlp_service.text.redact.numbers import numbers
from nlp_service.text.redact.phones import phones
from nlp_service.text.redact.plain import plain, without_urls
from nlp_service.text.redact.postal import postal_codes

_AT_ALL = re.compile(r"[\d@＠]|://|at[\])}]| dot ")
_MAYBE = re.compile(
    r"\d(?:[^\w\n]{0,3}\d){3}|\d[A-Za-z]{0,3}[ ]?\d{0,2}[A-Za-z]|[A-Za-z]\d|[@＠]|://|\w/|:\w{0,4}:|at[\])}]| dot "
)
"""Four digits near each other, digits among letters, or a sign that addresses have."""
_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}](?:.*[\p{L}\p{M}\p{N}])?")
"""What of a name is on one line, without the signs around it."""


def may_hold(text: str) -> bool:
    """Whether there can be any personal data: a quick look that says no for most texts and never wrongly."""
    return _AT_ALL.search(text) is not None and _MAYBE.search(text) is not None


def find(text: str, *, language: str = UNDETERMINED, names: FindNames | None = None) -> tuple[Finding, ...]:
    """The personal data in a text, in its order and apart from each other; offsets are code points of the text itself.

    The language (ISO 639-1) says whose local numbers to look for; `und` looks for those of the largest countries. What
    `names` finds counts where nothing else was found.
    """
    found = _find(text, language) if may_hold(text) else ()
    return found if names is None else apart((*found, *_names(text, names, found)))


def _names(text: str, names: FindNames, found: Sequence[Finding]) -> Iterator[Finding]:
    for one in beside(names(text), found):
        for said in _WORDS.finditer(text, one.start, one.end):
            if any(map(str.isalpha, said[0])):
                yield replace(one, start=said.start(), end=said.end())


def _find(text: str, language: str) -> tuple[Finding, ...]:
    written = plain(text)
    bare = without_urls(written)
    found, labels = list(numbers(bare)), Labels(bare)
    return apart(
        (
            *url_tokens(written),
            *emails(written),
            *ips(written, labels, bare=bare),
            *ibans(bare, found, labels),
            *cards(found, labels),
            *national_ids(bare, found, labels, language=language),
            *phones(found, labels, language=language),
            *postal_codes(bare, labels, language=language),
        )
    )
