"""A short answer in an interview is read with its question; nothing else is."""

import pytest

from nlp_service.analysis.questions import LONGEST_QUESTION, question_before
from nlp_service.domain import Record, Segment
from nlp_service.ingest.turns import turns_of

LONG = "I set it up alone one evening and it took me most of it"


def asked(*turns, kind="interviews"):
    text, found = turns_of(turns)
    record = Record(id="rec_1", text=text, kind=kind, turns=found)
    own = found[-1]
    segment = Segment(
        id="s",
        record_id="rec_1",
        start=own.start,
        end=own.end,
        text=text[own.start : own.end],
        language="en",
        turn=own.index,
    )
    return question_before(segment, record)


def turn(role, text):
    return role.title(), role, text


@pytest.mark.parametrize(
    ("turns", "question"),
    [
        (
            [turn("interviewer", "How often do you pay?"), turn("participant", "Twice a month.")],
            "How often do you pay?",
        ),
        ([turn("interviewer", "بار اول سخت بود؟"), turn("participant", "نه اصلاً")], "بار اول سخت بود؟"),
        ([turn("interviewer", "How was it?"), turn("participant", LONG)], None),
        ([turn("participant", "How was it?"), turn("participant", "Good")], None),
        ([turn("participant", "Good")], None),
    ],
)
def test_only_a_short_answer_to_an_interviewer_has_a_question(turns, question):
    assert asked(*turns) == question


def test_a_chat_has_no_interviewer():
    assert asked(turn("interviewer", "How often?"), turn("customer", "Twice"), kind="chats") is None


def test_of_a_long_turn_the_end_is_kept():
    found = asked(turn("interviewer", "So " * 200 + "how often do you pay?"), turn("participant", "Twice"))
    assert found.startswith("…") and found.endswith("how often do you pay?")
    assert len(found) <= LONGEST_QUESTION + 1
