"""Checks of personal numbers that python-stdnum does not have."""

import re
from datetime import date

from stdnum import luhn

_GOVERNORATES = frozenset({*range(1, 5), *range(11, 20), *range(21, 30), *range(31, 36), 88})
_INSURANCE = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", re.IGNORECASE)


def iranian_id(digits: str) -> bool:
    """Whether the ten digits are an Iranian کد ملی: the last is made of the weighted sum of the others, modulo 11."""
    if len(digits) != 10 or len(set(digits)) == 1 or digits.startswith("000"):
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return int(digits[9]) == (remainder if remainder < 2 else 11 - remainder)


def saudi_id(digits: str) -> bool:
    """Whether the ten digits are a Saudi citizen's (1…) or resident's (2…) number, by Luhn."""
    return len(digits) == 10 and digits[0] in "12" and len(set(digits)) > 2 and luhn.is_valid(digits)


def emirates_id(digits: str) -> bool:
    """Whether the fifteen digits are an Emirates ID: 784, a year of birth, and a last digit by Luhn."""
    is_shaped = len(digits) == 15 and digits.startswith("784") and 1900 <= int(digits[3:7]) <= 2099
    return is_shaped and luhn.is_valid(digits)


def egyptian_id(digits: str) -> bool:
    """Whether the fourteen digits are an Egyptian رقم قومي: century, day of birth, governorate.

    The rule of the last digit is not published, so it is not asked for.
    """
    if len(digits) != 14 or digits[0] not in "23":
        return False
    try:
        date((1900, 2000)[int(digits[0]) - 2] + int(digits[1:3]), int(digits[3:5]), int(digits[5:7]))
    except ValueError:
        return False
    return int(digits[7:9]) in _GOVERNORATES


def my_number(digits: str) -> bool:
    """Whether the twelve digits are a Japanese マイナンバー, by their last digit."""
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
    return len(digits) == 12 and int(digits[11]) == (0 if remainder <= 1 else 11 - remainder)


def national_insurance(written: str) -> bool:
    """Whether it has the form of a British National Insurance number; it has no check digit."""
    return _INSURANCE.fullmatch(written.replace(" ", "")) is not None
