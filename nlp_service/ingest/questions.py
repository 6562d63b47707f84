"""Which columns of a survey are open questions, which are scores, and which tell who somebody is."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from nlp_service.ingest.cells import is_no_answer, rating_of
from nlp_service.ingest.columns import is_wordy, sample_of
from nlp_service.ingest.headers import header_key, rank_of
from nlp_service.ingest.tables import Table

Score = Literal["stars", "csat", "nps", "ces"]

_SCORES: Mapping[Score, re.Pattern[str]] = {
    "nps": re.compile(r"\bnps\b|recommend|recomend|recommand|weiterempf|tavsiye|توصیه|توصي|أوصي|ننصح", re.IGNORECASE),
    "csat": re.compile(r"\bcsat\b|satisf|zufrieden|memnun|رضایت|راضی|راض|رضا", re.IGNORECASE),
    "ces": re.compile(r"\bces\b|effort|\beas[yi]|aufwand|einfach|facile|fácil|kolay|آسان|سهل|سهول", re.IGNORECASE),
    "stars": re.compile(r"\bstars?\b|\brat(?:e|ing)\b|bewert|puan|yıldız|امتیاز|ستاره|تقييم|نجوم", re.IGNORECASE),
}
_PREFERRED: tuple[Score, ...] = ("stars", "csat", "nps", "ces")
_ASKS = re.compile(
    r"\b(?:why|what|how|which|describe|explain|tell|comments?|feedback|suggest\w*|improv\w*|reasons?|else|other|thoughts|"
    r"warum|wieso|was|wie|kommentar\w*|verbesser\w*|neden|niçin|ne|nasıl|açıkla\w*|öneri\w*|yorum\w*|görüş\w*|"
    r"pourquoi|quoi|comment|commentaires?|amélior\w*|qué|cómo|por qué|comentarios?|suger\w*|mejor\w*|porquê|comentários?|"
    r"چرا|چه|چی|چگونه|چطور|نظر\w*|پیشنهاد\w*|توضیح\w*|لماذا|ما|ماذا|كيف|اقتراح\w*|تعليق\w*|رأيك)\b",
    re.IGNORECASE,
)
_PERSONAL = frozenset(
    {
        "name", "full name", "first name", "last name", "email", "e mail", "email address", "e mail address", "username",
        "phone", "phone number", "address", "recipient last name", "recipient first name", "recipient email",
        "name und vorname", "vorname", "nachname", "e mail adresse", "telefon", "nom", "prénom", "adresse e mail",
        "adresse électronique", "nombre", "apellido", "correo electrónico", "dirección de correo electrónico", "nome",
        "endereço de e mail", "ad", "soyad", "ad soyad", "adınız", "e posta", "e posta adresi", "kullanıcı adı",
        "نام", "نام و نام خانوادگی", "نام خانوادگی", "ایمیل", "نشانی ایمیل", "شماره تلفن", "الاسم", "الاسم الکامل",
        "البرید الالکترونی", "عنوان البرید الالکترونی", "رقم الهاتف",
    }
)  # fmt: skip
_FIXED = ("id", "date", "updated", "language", "channel", "version")
_SEPARATORS = re.compile(r"\s/\s|[,;،؛]\s")
_TYPED_AT = re.compile(r"\S+@\S+\.\w{2,}|https?://\S+")
_LONG, _SHORT = 25.0, 8.0
_DISTINCT = 0.6
_PLACEHOLDER = re.compile(r"<[^<>]{1,200}>|\{\{[^{}]{1,100}\}\}|\$\{[^{}]{1,200}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreColumn:
    """A column of numbers and what they measure."""

    place: int
    score: Score


def is_personal(header: str) -> bool:
    """Whether a column tells who somebody is."""
    return header_key(header) in _PERSONAL


def open_places(table: Table) -> tuple[int, ...]:
    """The columns of answers in people's own words: those that the header tells, else those that read like it."""
    told = [place for place in sorted(table.open_places) if sample_of(table, place)]
    places = told or [place for place in range(len(table.header)) if _is_open(table, place)]
    return tuple(places)


def score_column(table: Table) -> ScoreColumn | None:
    """The column to take as the rating: stars before satisfaction, recommendation and effort."""
    found: dict[Score, int] = {}
    for place, name in enumerate(table.header):
        score = _score(f"{name} {question_of(table, place)}")
        if score is not None and score not in found and _is_numeric(sample_of(table, place)):
            found[score] = place
    best = next((score for score in _PREFERRED if score in found), None)
    return None if best is None else ScoreColumn(place=found[best], score=best)


def question_of(table: Table, place: int) -> str:
    """What was asked, without markup and placeholders: the question's text where the file has it, else the header."""
    asked = table.questions[place] if place < len(table.questions) else ""
    return " ".join(_PLACEHOLDER.sub(" ", asked or table.header[place]).split()) or table.header[place]


def is_question(header: str) -> bool:
    """Whether a header asks something: it ends with a question mark, or it is a sentence."""
    return header.rstrip(" :*)").endswith(("?", "؟", "？")) or len(header.split()) > 3


def _is_open(table: Table, place: int) -> bool:
    header = table.header[place]
    if is_personal(header) or any(rank_of(role, header) is not None for role in _FIXED):
        return False
    cells = [cell for cell in sample_of(table, place) if not is_no_answer(cell)]
    wordy = [cell for cell in cells if is_wordy(cell) and not _TYPED_AT.fullmatch(cell)]
    if not cells or len(wordy) < 0.5 * len(cells):
        return False
    if rank_of("text", header) is not None:
        return True
    if _are_options(wordy) or len(set(wordy)) < _DISTINCT * len(wordy):
        return False
    length = sum(map(len, wordy)) / len(wordy)
    asks = is_question(header) and _ASKS.search(question_of(table, place)) is not None
    return length >= (_SHORT if asks else _LONG) and any(_is_sentence(cell) for cell in wordy)


def _is_sentence(cell: str) -> bool:
    return len(cell.split()) > 3 or (len(cell) > 8 and any("\u0e00" <= letter <= "\u9fff" for letter in cell))


def _are_options(cells: Sequence[str]) -> bool:
    """Whether the cells are ticked boxes joined: several short parts a cell, mostly the same ones again and again."""
    parts = [[part for part in _SEPARATORS.split(cell) if part.strip()] for cell in cells]
    counts = Counter(part for own in parts for part in own)
    if any(" / " in cell for cell in cells) and all(len(part.split()) <= 4 for part in counts):
        return True
    n_parts = sum(counts.values())
    is_short = all(len(part.split()) <= 6 for part in counts)
    return is_short and n_parts > len(cells) and len(counts) <= 0.5 * n_parts


def _score(name: str) -> Score | None:
    return next((score for score, pattern in _SCORES.items() if pattern.search(name)), None)


def _is_numeric(cells: Sequence[str]) -> bool:
    return bool(cells) and sum(rating_of(cell) is not None for cell in cells) >= 0.9 * len(cells)
