"""Recogniser of numbers that a state gives a person, by their check digits (python-stdnum where it knows them)."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import stdnum.be.nn
import stdnum.br.cpf
import stdnum.ca.sin
import stdnum.ch.ssn
import stdnum.cl.rut
import stdnum.cn.ric
import stdnum.de.idnr
import stdnum.dk.cpr
import stdnum.es.dni
import stdnum.es.nie
import stdnum.fi.hetu
import stdnum.fr.nir
import stdnum.gb.nhs
import stdnum.gr.amka
import stdnum.id.nik
import stdnum.il.idnr
import stdnum.in_.aadhaar
import stdnum.in_.pan
import stdnum.it.codicefiscale
import stdnum.kr.rrn
import stdnum.mx.curp
import stdnum.nl.bsn
import stdnum.no.fodselsnummer
import stdnum.pk.cnic
import stdnum.pl.pesel
import stdnum.pt.cc
import stdnum.pt.nif
import stdnum.ro.cnp
import stdnum.ru.inn
import stdnum.se.personnummer
import stdnum.th.pin
import stdnum.tr.tckimlik
import stdnum.ua.rntrc
import stdnum.us.ssn
import stdnum.za.idnr

from nlp_service.text.redact.findings import CERTAIN, LIKELY, NEVER, SURE, Finding
from nlp_service.text.redact.identity_checks import (
    egyptian_id,
    emirates_id,
    iranian_id,
    my_number,
    national_insurance,
    saudi_id,
)
from nlp_service.text.redact.judge import confidence
from nlp_service.text.redact.labels import Labels
from nlp_service.text.redact.numbers import Number

Check = Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One country's number: how its digits are grouped, its check, and how sure it makes us where nothing names it.

    `home` are the languages of the country, where the form makes us `at_home` sure.
    """

    country: str
    sizes: frozenset[tuple[int, ...]]
    is_valid: Check
    home: frozenset[str] = frozenset()
    at_home: float = LIKELY
    abroad: float = NEVER

    def alone(self, language: str) -> float:
        """How sure the form makes us in a text of the language; where that is unknown, everywhere is home."""
        return self.at_home if language in self.home or (self.home and language == "und") else self.abroad


def _sizes(*sizes: tuple[int, ...]) -> frozenset[tuple[int, ...]]:
    return frozenset(sizes)


IDENTITIES = (
    Identity(country="IR", sizes=_sizes((10,), (3, 6, 1)), is_valid=iranian_id, home=frozenset({"fa"})),
    Identity(
        country="TR",
        sizes=_sizes((11,), (3, 3, 3, 2), (3, 2, 3, 3), (3, 4, 4)),
        is_valid=stdnum.tr.tckimlik.is_valid,
        home=frozenset({"tr"}),
    ),
    Identity(country="SA", sizes=_sizes((10,), (1, 3, 3, 3), (3, 3, 3, 1)), is_valid=saudi_id, home=frozenset({"ar"})),
    Identity(country="AE", sizes=_sizes((15,), (3, 4, 7, 1)), is_valid=emirates_id, abroad=SURE),
    Identity(country="EG", sizes=_sizes((14,), (1, 6, 2, 5), (7, 7)), is_valid=egyptian_id, abroad=SURE),
    Identity(country="US", sizes=_sizes((3, 2, 4)), is_valid=stdnum.us.ssn.is_valid, abroad=SURE),
    Identity(country="US", sizes=_sizes((9,)), is_valid=stdnum.us.ssn.is_valid),
    Identity(
        country="DE",
        sizes=_sizes((11,), (2, 3, 3, 3), (3, 3, 3, 2)),
        is_valid=stdnum.de.idnr.is_valid,
        home=frozenset({"de"}),
    ),
    Identity(
        country="FR",
        sizes=_sizes((15,), (13, 2), (1, 2, 2, 2, 3, 3, 2)),
        is_valid=stdnum.fr.nir.is_valid,
        home=frozenset({"fr"}),
        at_home=SURE,
        abroad=LIKELY,
    ),
    Identity(country="PT", sizes=_sizes((9,), (3, 3, 3)), is_valid=stdnum.pt.nif.is_valid),
    Identity(country="BR", sizes=_sizes((3, 3, 3, 2), (9, 2)), is_valid=stdnum.br.cpf.is_valid, abroad=SURE),
    Identity(country="BR", sizes=_sizes((11,)), is_valid=stdnum.br.cpf.is_valid, home=frozenset({"pt"})),
    Identity(
        country="IN",
        sizes=_sizes((4, 4, 4)),
        is_valid=stdnum.in_.aadhaar.is_valid,
        home=frozenset({"en", "hi"}),
    ),
    Identity(country="IN", sizes=_sizes((12,)), is_valid=stdnum.in_.aadhaar.is_valid, home=frozenset({"hi"})),
    Identity(country="NL", sizes=_sizes((9,), (4, 2, 3), (3, 3, 3)), is_valid=stdnum.nl.bsn.is_valid),
    Identity(country="BE", sizes=_sizes((11,), (2, 2, 2, 3, 2)), is_valid=stdnum.be.nn.is_valid),
    Identity(country="CH", sizes=_sizes((3, 4, 4, 2)), is_valid=stdnum.ch.ssn.is_valid, abroad=SURE),
    Identity(country="PL", sizes=_sizes((11,)), is_valid=stdnum.pl.pesel.is_valid, home=frozenset({"pl"})),
    Identity(country="RO", sizes=_sizes((13,)), is_valid=stdnum.ro.cnp.is_valid, home=frozenset({"ro"})),
    Identity(
        country="SE", sizes=_sizes((6, 4), (8, 4)), is_valid=stdnum.se.personnummer.is_valid, home=frozenset({"sv"})
    ),
    Identity(country="NO", sizes=_sizes((11,), (6, 5)), is_valid=stdnum.no.fodselsnummer.is_valid),
    Identity(country="DK", sizes=_sizes((6, 4), (10,)), is_valid=stdnum.dk.cpr.is_valid),
    Identity(country="UA", sizes=_sizes((10,)), is_valid=stdnum.ua.rntrc.is_valid),
    Identity(country="RU", sizes=_sizes((12,)), is_valid=stdnum.ru.inn.is_valid, home=frozenset({"ru"})),
    Identity(country="CN", sizes=_sizes((18,)), is_valid=stdnum.cn.ric.is_valid, abroad=SURE),
    Identity(country="KR", sizes=_sizes((6, 7)), is_valid=stdnum.kr.rrn.is_valid, abroad=SURE),
    Identity(country="JP", sizes=_sizes((12,), (4, 4, 4)), is_valid=my_number),
    Identity(
        country="TH", sizes=_sizes((13,), (1, 4, 5, 2, 1)), is_valid=stdnum.th.pin.is_valid, home=frozenset({"th"})
    ),
    Identity(country="ID", sizes=_sizes((16,)), is_valid=stdnum.id.nik.is_valid, home=frozenset({"id"})),
    Identity(country="IL", sizes=_sizes((9,)), is_valid=stdnum.il.idnr.is_valid),
    Identity(country="GR", sizes=_sizes((11,)), is_valid=stdnum.gr.amka.is_valid, home=frozenset({"el"})),
    Identity(country="ZA", sizes=_sizes((13,)), is_valid=stdnum.za.idnr.is_valid, home=frozenset({"en"})),
    Identity(country="CA", sizes=_sizes((9,), (3, 3, 3)), is_valid=stdnum.ca.sin.is_valid),
    Identity(country="GB", sizes=_sizes((3, 3, 4), (10,)), is_valid=stdnum.gb.nhs.is_valid),
    Identity(country="PK", sizes=_sizes((5, 7, 1)), is_valid=stdnum.pk.cnic.is_valid, abroad=SURE),
)
"""Numbers of digits alone, in no order that matters: of several that fit, the surest counts."""

_LETTERED: tuple[tuple["re.Pattern[str]", Check, float], ...] = tuple(
    (re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", re.IGNORECASE), check, alone)
    for pattern, check, alone in (
        (
            r"(?:\d{8}|\d{2}\.\d{3}\.\d{3})[ -]?[A-HJ-NP-TV-Z]",
            lambda said: stdnum.es.dni.is_valid(said.replace(".", "")),
            SURE,
        ),
        (
            r"[12][ .]?\d{2}[ .]?\d{2}[ .]?2[AB][ .]?\d{3}[ .]?\d{3}[ .]?\d{2}",
            lambda said: stdnum.fr.nir.is_valid(said.replace(".", "")),
            CERTAIN,
        ),
        (r"[XYZ][ -]?\d{7}[ -]?[A-HJ-NP-TV-Z]", stdnum.es.nie.is_valid, SURE),
        (
            r"[A-Z]{3} ?[A-Z]{3} ?\d[\dL-V][ABCDEHLMPRST]\d[\dL-V] ?[A-Z]\d[\dL-V]{2}[A-Z]",
            stdnum.it.codicefiscale.is_valid,
            CERTAIN,
        ),
        (r"\d{8}[ -]?\d[ -]?[A-Z][A-Z0-9]\d", stdnum.pt.cc.is_valid, SURE),
        (r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]", stdnum.in_.pan.is_valid, LIKELY),
        (r"[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]", national_insurance, LIKELY),
        (r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d", stdnum.mx.curp.is_valid, CERTAIN),
        (r"\d{6}[-+A]\d{3}[0-9A-Z]", stdnum.fi.hetu.is_valid, LIKELY),
        (r"\d{1,2}\.?\d{3}\.?\d{3}-[\dK]", stdnum.cl.rut.is_valid, LIKELY),
        (r"\d{17}X", stdnum.cn.ric.is_valid, SURE),
    )
)


def national_ids(text: str, found: Iterable[Number], labels: Labels, *, language: str) -> Iterator[Finding]:
    """Numbers of persons in a plain text, given the numbers in it."""
    for number in found:
        if number.signed or len(set(number.digits)) == 1:
            continue
        named = labels.of(number.start, number.end)
        is_called = named.kind == "national_id" or (not named.direct and labels.speaks_of("national_id", number.start))
        fitting = _fitting(number, language, any_groups=is_called)
        if fitting:
            alone = max(fitting) if number.whole else NEVER
            sure = confidence("national_id", named, alone=alone) or (
                alone if named.kind in ("phone", "card") or is_called else NEVER
            )
            if sure:
                yield Finding(kind="national_id", start=number.start, end=number.end, confidence=sure)
    for pattern, is_valid, alone in _LETTERED:
        for match in pattern.finditer(text):
            if is_valid(match[0]):
                sure = confidence("national_id", labels.of(match.start(), match.end()), alone=alone)
                if sure:
                    yield Finding(kind="national_id", start=match.start(), end=match.end(), confidence=sure)


_BY_SIZES: dict[tuple[int, ...], list[Identity]] = {}
_BY_LENGTH: dict[int, list[Identity]] = {}
for _one in IDENTITIES:
    for _groups in _one.sizes:
        _BY_SIZES.setdefault(_groups, []).append(_one)
    for _length in {sum(_groups) for _groups in _one.sizes}:
        _BY_LENGTH.setdefault(_length, []).append(_one)


def _fitting(number: Number, language: str, *, any_groups: bool) -> list[float]:
    """How sure each country's number that it may be makes us; people group the digits of what they name as they like."""
    candidates = list(_BY_SIZES.get(number.sizes, []))
    if any_groups:
        candidates += [one for one in _BY_LENGTH.get(len(number.digits), []) if language in one.home]
    return [one.alone(language) for one in candidates if one.is_valid(number.digits)]
