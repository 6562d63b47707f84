"""Recogniser of postal codes: forms of many countries where the text calls them so, and a few where it tells an address."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp_service.text.redact import postal_forms as forms
from nlp_service.text.redact.findings import LIKELY, NAMED, NEVER, Finding
from nlp_service.text.redact.labels import BEFORE, BEHIND, SPOKEN_OF, Label, Labels
from nlp_service.text.redact.towns import names_town

NEAR = 24
"""Code points between a code and the town that it is of."""
LEAST_SPOKEN_OF = 5
"""Digits of a code that is only spoken of nearby: four are a year as well."""

Match = re.Match[str]


def postal_codes(text: str, labels: Labels, *, language: str) -> Iterator[Finding]:
    """Postal codes of a plain text in the language."""
    read = _Read(text=text, labels=labels, language=language)
    for start, end, sure in (*read.placed(), *read.written()):
        if sure:
            yield Finding(kind="postal_code", start=start, end=end, confidence=sure)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A plain text with its naming words."""

    text: str
    labels: Labels
    language: str

    def placed(self) -> Iterator[tuple[int, int, float]]:
        """What stands where codes stand in addresses, and what has a form that nothing else has in the language."""
        for place in (forms.LINE, forms.HOUSE, forms.REGION):
            for match in place.finditer(self.text):
                start, end = match.span(match.lastgroup or 0)
                label = self.labels.of(start, end)
                yield start, end, NEVER if label.direct and label.kind == "other" else LIKELY
        own = forms.OWN_FORM.get(self.language)
        for match in own.finditer(self.text) if own else ():
            is_other = self.labels.of(*match.span()).kind in ("other", "phone")
            yield *match.span(), NEVER if is_other else LIKELY

    def written(self) -> Iterator[tuple[int, int, float]]:
        """What is called a postal code, or spoken of as one; and codes of letters and digits."""
        digits = list(forms.DIGITS.finditer(self.text))
        digits = digits if self._may_be(digits) else []
        called = [self.labels.of(*match.span()) for match in digits]
        named = {_form(match) for match, label in zip(digits, called, strict=True) if _is_named(label)}
        for match, label in zip(digits, called, strict=True):
            yield *match.span(), NAMED if _is_named(label) else self._of_digits(match, label, named)
        for match in forms.LETTERED.finditer(self.text):
            label = self.labels.of(*match.span())
            yield *match.span(), NAMED if _is_named(label) else _of_letters(match, label)

    def _may_be(self, digits: Sequence[Match]) -> bool:
        names = (forms.ADDRESS, forms.ANY_STATE, forms.COUNTED, forms.OWN_NAME.get(self.language))
        is_named = self.labels.has("postal_code") or any(name.search(self.text) for name in names if name)
        return is_named or any(map(self._is_near_town, digits))

    def _of_digits(self, match: Match, label: Label, named: set[str]) -> float:
        """How sure digits make us that nothing calls a postal code: like one that is, spoken of before, or in a place."""
        is_sent_to = forms.DESTINATION.search(self.text, max(0, match.start() - 8), match.start()) is not None
        if label.direct and label.kind != "postal_code" and not is_sent_to:
            return NEVER
        if not named and sum(map(str.isdigit, match[0])) >= LEAST_SPOKEN_OF and self._is_spoken_of(match, label):
            return LIKELY
        is_like_another = _form(match) in named and label.kind in (None, "postal_code")
        return (
            LIKELY
            if is_like_another or self._is_in_place(match) or (label.kind is None and self._is_near_town(match))
            else NEVER
        )

    def _is_spoken_of(self, match: Match, label: Label) -> bool:
        if label.kind == "postal_code" or self.labels.speaks_of("postal_code", match.start()):
            return True
        begin, own_name = max(0, match.start() - SPOKEN_OF), forms.OWN_NAME.get(self.language)
        if own_name and own_name.search(self.text, begin, match.start()):
            return True
        is_called = label.kind is None and forms.SHORT_NAME.search(self.text, begin, match.start())
        is_counted = forms.COUNTED.search(self.text, begin, match.start())
        return bool((is_called or is_counted) and forms.OWN_ADDRESS.search(self.text, begin, match.start()))

    def _is_in_place(self, match: Match) -> bool:
        """Whether it stands beside a town in a text about an address, behind a state, or is Iranian in an address."""
        if self.language == "fa" and forms.IRANIAN.fullmatch(match[0]):
            return self._tells_address(match)
        if forms.TOWNLIKE.fullmatch(match[0]) is None:
            return False
        is_beside = forms.TOWN.match(self.text, match.end()) or forms.BEHIND_TOWN.search(
            self.text, max(0, match.start() - 20), match.start()
        )
        if is_beside and (self.labels.has("postal_code") or self._tells_address(match)):
            return True
        return len(match[0]) in (5, 10) and bool(
            forms.STATE.search(self.text, max(0, match.start() - 5), match.start())
        )

    def _is_near_town(self, match: Match) -> bool:
        """Whether it has the form of a code with a large town nearby."""
        if forms.TOWNLIKE.fullmatch(match[0]) is None or match[0].endswith("000"):
            return False
        return names_town(self.text[max(0, match.start() - NEAR) : match.end() + NEAR])

    def _tells_address(self, match: Match) -> bool:
        return forms.ADDRESS.search(self.text, max(0, match.start() - BEFORE), match.end() + BEHIND) is not None


def _is_named(label: Label) -> bool:
    return label.kind == "postal_code" and label.direct


def _form(match: Match) -> str:
    return re.sub(r"\d", "0", match[0])


def _of_letters(match: Match, label: Label) -> float:
    """How sure letters and digits make us that nothing calls a postal code: a form of Britain or Canada in capitals."""
    is_own_form = forms.BRITISH.fullmatch(match[0]) or forms.CANADIAN.fullmatch(match[0])
    return LIKELY if is_own_form and label.kind != "other" else NEVER
