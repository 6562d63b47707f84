"""Cues of an experience in Portuguese, Italian, Russian and Dutch: what shows each kind, and what only resembles it."""

import pytest

from nlp_service.analysis import experience_cues as cues
from nlp_service.domain import BUSINESS_KINDS, EFFORT_KINDS, EMOTIONS
from tests.analysis.experience_rows import ROWS

KINDS = {*EFFORT_KINDS, *BUSINESS_KINDS, *cues.AGENT_KINDS, "easy", "resolved", "unresolved"}


def rows(table, side):
    """Language, text and kind of each row of one side: 0 shows it, 1 only resembles it."""
    return [
        (language, text, name)
        for language, module in ROWS.items()
        for name, sides in getattr(module, table).items()
        for text in sides[side]
    ]


def kinds(text, language, name):
    of_agent = name in cues.AGENT_KINDS
    found = cues.find_cues(cues.read_line(text, language), cues.lexicon(language), of_agent=of_agent)
    return {cue.kind for cue in found}


def felt(text, language):
    return {f.emotion for f in cues.find_felt(cues.read_line(text, language), cues.lexicon(language))}


@pytest.mark.parametrize("language", ROWS)
def test_every_kind_and_every_emotion_has_rows_of_both_sides(language):
    own = ROWS[language]

    assert set(own.CUES) == KINDS
    assert set(own.FELT) == set(EMOTIONS) - {"disgust"}
    assert [name for name, sides in {**own.CUES, **own.FELT}.items() if min(map(len, sides)) < 2] == []


@pytest.mark.parametrize(("language", "text", "name"), rows("CUES", 0))
def test_a_cue_is_found(language, text, name):
    assert cues.AGENT_KINDS.get(name, name) in kinds(text, language, name)


@pytest.mark.parametrize(("language", "text", "name"), rows("CUES", 1))
def test_what_is_denied_asked_or_means_something_else_is_no_cue(language, text, name):
    assert cues.AGENT_KINDS.get(name, name) not in kinds(text, language, name)


@pytest.mark.parametrize(("language", "text", "emotion"), rows("FELT", 0))
def test_an_emotion_that_words_name_is_found(language, text, emotion):
    assert emotion in felt(text, language)


@pytest.mark.parametrize(("language", "text", "emotion"), rows("FELT", 1))
def test_politeness_denial_and_other_senses_are_no_emotion(language, text, emotion):
    assert emotion not in felt(text, language)


@pytest.mark.parametrize(
    ("language", "text", "is_one"),
    [
        ("pt", "Bom dia, Rita!", True),
        ("pt", "Boa tarde!", True),
        ("pt", "Olá, ainda não funciona.", False),
        ("it", "Buongiorno Marta", True),
        ("it", "Salve, il pacco non è arrivato.", False),
        ("ru", "Здравствуйте, Ольга!", True),
        ("ru", "Добрый день", True),
        ("ru", "Привет, заказ не пришёл.", False),
        ("nl", "Hoi Sanne,", True),
        ("nl", "Geachte heer of mevrouw,", True),
        ("nl", "Hallo, het werkt niet.", False),
    ],
)
def test_a_greeting_is_nothing_but_a_greeting(language, text, is_one):
    assert cues.is_greeting(text, language) is is_one
