"""Recogniser of telephone numbers: international and local forms, checked by the numbering plans of libphonenumber."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

from nlp_service.text.redact.findings import CERTAIN, LIKELY, NAMED, NEVER, SURE, Finding
from nlp_service.text.redact.judge import confidence
from nlp_service.text.redact.labels import Label, Labels
from nlp_service.text.redact.numbers import Number

MOST_PHONE_DIGITS = 15
LEAST_UNPLANNED = 10
UNPLANNED = 0.7
"""How sure we are of what is called a telephone and is in no numbering plan: less than of any check digit."""
HOME: Mapping[str, tuple[str, ...]] = {
    "fa": ("IR", "AF"),
    "tr": ("TR",),
    "ar": ("SA", "AE", "EG", "IQ", "JO", "KW", "QA", "OM", "BH", "LB", "SY", "YE", "MA", "DZ", "TN", "LY", "SD", "PS"),
    "en": ("US", "GB", "AU", "IN", "IE", "NZ", "ZA", "NG", "PK", "SG", "KE"),
    "ur": ("PK", "IN"),
    "az": ("AZ", "IR"),
    "de": ("DE", "AT", "CH"),
    "fr": ("FR", "BE", "CH", "CA"),
    "es": ("ES", "MX", "AR", "CO", "CL", "PE", "VE"),
    "it": ("IT",),
    "pt": ("BR", "PT"),
    "nl": ("NL", "BE"),
    "pl": ("PL",),
    "ru": ("RU", "KZ", "BY"),
    "uk": ("UA",),
    "hi": ("IN",),
    "id": ("ID",),
    "vi": ("VN",),
    "zh": ("CN", "TW", "HK"),
    "ja": ("JP",),
    "ko": ("KR",),
    "he": ("IL",),
    "el": ("GR", "CY"),
    "th": ("TH",),
    "sv": ("SE",),
    "ro": ("RO", "MD"),
}
EVERYWHERE = ("IR", "TR", "SA", "AE", "EG", "US", "GB", "DE", "FR", "IN")
"""Countries whose local numbers are looked for in every language, and alone where the language is not known."""
_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
_GROUPED = frozenset({(3, 3, 4), (1, 3, 3, 4), (3, 3, 2, 2), (3, 2, 2, 2), (5, 5), (3, 3, 3)})


def phones(found: Iterable[Number], labels: Labels, *, language: str) -> Iterator[Finding]:
    """Telephone numbers in a plain text, given the numbers in it and what it calls them."""
    for number in found:
        if len(number.digits) > MOST_PHONE_DIGITS or "/" in number.separators or _like_version(number):
            continue
        if not (number.whole or number.signed or number.digits[0] == "0"):
            continue
        named = labels.of(number.start, number.end)
        alone = _alone(number, language)
        sure = confidence("phone", named, alone=alone) if alone else _called(number, named, language)
        if sure:
            yield Finding(kind="phone", start=number.start, end=number.end, confidence=sure)


def _alone(number: Number, language: str) -> float:
    """How sure the form by itself makes us."""
    digits = number.digits
    if number.signed:
        return CERTAIN if _is_international(digits) else LIKELY if _is_long_enough(digits) else NEVER
    if digits.startswith("00"):
        return SURE if _is_international(digits[2:]) else NEVER
    home = HOME.get(language, EVERYWHERE)
    if digits[0] == "0":
        kind = _best(digits, tuple(dict.fromkeys((*home, *EVERYWHERE)))) if len(digits) >= 10 else ""
        return {"mobile": SURE, "fixed": LIKELY}.get(kind, NEVER)
    is_tight = number.end - number.start < len(number.digits) + len(number.sizes) + 2 * (")" in number.separators)
    is_grouped = is_tight and (number.sizes in _GROUPED or ")" in number.separators)
    is_local = is_grouped and len(digits) >= 9 and _best(digits, home) != ""
    is_unsigned = len(digits) == 12 and _best(f"+{digits}", home) == "mobile"
    return LIKELY if is_local or is_unsigned else NEVER


def _called(number: Number, named: Label, language: str) -> float:
    """How sure a form that proves nothing makes us where it is called a telephone."""
    if named.kind != "phone":
        return NEVER
    home = HOME.get(language, EVERYWHERE)
    if _best(number.digits, home) or _best(f"+{number.digits}", home):
        return NAMED
    return UNPLANNED if named.direct and number.whole and "." not in number.separators else NEVER


def _like_version(number: Number) -> bool:
    """Whether points part the groups, as in a version (10.0.15063: one behind the first is a single digit) or a machine's
    address (four short ones)."""
    is_machine = number.separators <= {".", "(", ")"} and len(number.sizes) == 4 and max(number.sizes) <= 3
    return is_machine or ("." in number.separators and 1 in number.sizes[1:])


def _is_international(digits: str) -> bool:
    return _kind(f"+{digits}", None) != ""


def _is_long_enough(digits: str) -> bool:
    """Whether a number with its country may be one though no plan has it: as long as those there, ten digits at least."""
    try:
        return len(digits) >= LEAST_UNPLANNED and phonenumbers.is_possible_number(
            phonenumbers.parse(f"+{digits}", None)
        )
    except NumberParseException:
        return False


def _best(digits: str, regions: tuple[str, ...]) -> str:
    """`mobile` where a plan of the regions has the number as one, else `fixed` where one has it, else nothing."""
    kinds = {_kind(digits, region) for region in regions}
    return "mobile" if "mobile" in kinds else "fixed" if "fixed" in kinds else ""


@lru_cache(maxsize=50_000)
def _kind(digits: str, region: str | None) -> str:
    try:
        number = phonenumbers.parse(digits, region)
    except NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    if digits[0] == "+" and region and phonenumbers.region_code_for_number(number) != region:
        return ""
    return "mobile" if phonenumbers.number_type(number) in _MOBILE else "fixed"
