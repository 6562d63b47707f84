"""Surveys whose header is more than one row: Qualtrics with labels and import ids, SurveyMonkey with options."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp_service.ingest.headers import header_key

_TYPED = re.compile(r'"QID\d+(?:[_-]\d+)*_TEXT"')
_MACHINE_MADE = re.compile(r"_TEXT_[0-9a-f]{12,}")
_LEGACY = frozenset({"responseid", "response id", "responseset"})
_OPEN_ENDED = frozenset(
    {
        "open ended response", "freie antwort", "beantwortung mit offenem ende", "réponse ouverte", "respuesta abierta",
        "resposta aberta", "resposta em aberto", "risposta aperta", "open antwoord", "açık uçlu yanıt",
        "استجابة مفتوحة النهاية", "استجابة مفتوحة", "پاسخ باز",
    }
)  # fmt: skip
_OTHER = re.compile(
    r"other\b.*specify|sonstiges|autre.*précis|otro.*especif|outro.*especif|diğer.*belirt|أخرى|سایر", re.I
)
_PLAIN = frozenset({"response", "antwort", "réponse", "respuesta", "resposta", "yanıt", "الاستجابة", "پاسخ"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What the rows below a header say: how many they are, the columns' names, questions, and which are open."""

    survey: str
    n_rows: int
    names: tuple[str, ...]
    questions: tuple[str, ...]
    open_places: frozenset[int]


def is_survey_header(row: Sequence[str]) -> bool:
    """Whether a row, be it half empty, is the first header row of SurveyMonkey."""
    return {"respondent id", "collector id"} <= {header_key(cell) for cell in row if cell}


def labels_of(header: Sequence[str], below: Sequence[Sequence[str]]) -> Labels | None:
    """The further header rows of a survey, None where the rows below the header are answers."""
    if len(below) > 1 and any(cell.lstrip().startswith('{"ImportId"') for cell in below[1][:2]):
        return _qualtrics(header, below[0], below[1])
    if below and header[:1] == ["V1"] and {header_key(cell) for cell in below[0]} & _LEGACY:
        return _legacy(header, below[0])
    if below and is_survey_header(header) and not below[0][0].strip():
        return _surveymonkey(header, below[0])
    return None


def _qualtrics(header: Sequence[str], labels: Sequence[str], imports: Sequence[str]) -> Labels:
    cells = imports[: len(header)]
    typed = (place for place, cell in enumerate(cells) if _TYPED.search(cell) and not _MACHINE_MADE.search(cell))
    return Labels(
        survey="qualtrics",
        n_rows=2,
        names=tuple(header),
        questions=_as_wide(labels, header),
        open_places=frozenset(typed),
    )


def _legacy(header: Sequence[str], labels: Sequence[str]) -> Labels:
    """Columns V1… are named by their labels; questions keep their code as the name."""
    labels = _as_wide(labels, header)
    names = tuple(
        label if re.fullmatch(r"V\d+", name) and label else name for name, label in zip(header, labels, strict=True)
    )
    return Labels(survey="qualtrics", n_rows=1, names=names, questions=labels, open_places=frozenset())


def _surveymonkey(header: Sequence[str], options: Sequence[str]) -> Labels:
    options = _as_wide(options, header, longest=len(options))
    names, questions, open_places = [], [], []
    question = ""
    for place, option in enumerate(options):
        own = header[place].strip() if place < len(header) else ""
        question = own or question
        key = header_key(option)
        is_open = key in _OPEN_ENDED
        names.append(question if not option or is_open or key in _PLAIN else f"{question} – {option}")
        questions.append(question)
        if is_open or _OTHER.search(option):
            open_places.append(place)
    return Labels(
        survey="surveymonkey",
        n_rows=1,
        names=tuple(names),
        questions=tuple(questions),
        open_places=frozenset(open_places),
    )


def _as_wide(row: Sequence[str], header: Sequence[str], *, longest: int = 0) -> tuple[str, ...]:
    width = max(len(header), longest)
    return tuple(" ".join(cell.split()) for cell in [*row, *[""] * width][:width])
