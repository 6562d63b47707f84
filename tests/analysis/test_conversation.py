"""The path of the mood: where it turns for good, either way, and what is kept apart."""

import pytest

from nlp_service.analysis.conversation import converse
from nlp_service.analysis.experience_rule import Rule
from nlp_service.analysis.sentiment import compose
from nlp_service.analysis.turning import turning_point
from nlp_service.domain import Language, Record, RecordAnalysis, Turn
from tests.analysis.readings import reading

RULE = Rule()


def analysed(texts, moods, *, kind="chats"):
    """A record of one customer turn after the other, an agent's between them."""
    turns, readings, start = [], [], 0
    for index, (text, mood) in enumerate(zip(texts, moods, strict=True)):
        role = "customer" if mood is not None else "agent"
        turns.append(Turn(index=index, speaker=role, role=role, start=start, end=start + len(text)))
        if mood is not None:
            readings.append(reading(start, text, turn=index, mood=mood))
        start += len(text) + 1
    record = Record(id="r", text="\n".join(texts), kind=kind, turns=tuple(turns))
    language = Language(code="en", confidence=1.0)
    sentiment = compose([r.sentiment for r in readings], [1] * len(readings))
    return RecordAnalysis(record=record, language=language, sentiment=sentiment, readings=tuple(readings))


@pytest.mark.parametrize(
    ("moods", "at"),
    [
        ([-0.8, -0.7, 0.6, 0.8], 2),
        ([0.6, 0.5, -0.7, -0.8], 2),
        ([-0.8, 0.7], None),
        ([0.4, -0.9, -0.2, 0.9, 0.8], 3),
        ([-0.8, -0.7, -0.9], None),
        ([0.8, 0.7, 0.9], None),
        ([0.1, -0.05, 0.05], None),
        ([-0.8, 0.1, -0.8, -0.7], None),
        ([0.5], None),
        ([], None),
    ],
)
def test_the_mood_turns_for_good_or_does_not(moods, at):
    assert turning_point(moods, [20] * len(moods), RULE.turning) == at


def test_the_turning_point_is_a_turn_of_the_conversation():
    found = converse(
        analysed(
            [
                "It is broken.",
                "Let me see.",
                "Still is.",
                "And now?",
                "Oh it works, lovely.",
                "Great.",
                "Thank you all.",
            ],
            [-0.9, None, -0.7, None, 0.8, None, 0.9],
        ),
        [],
        rule=RULE,
    )

    assert (found.turning_point, found.turned, found.recovery) == (4, "better", True)
    assert [point.turn for point in found.path] == [0, 2, 4, 6]


def test_a_turn_for_the_worse_is_no_recovery():
    found = converse(
        analysed(["Lovely shop.", "Sold out.", "Awful.", "Sorry.", "Never again."], [0.9, None, -0.9, None, -0.9]), []
    )

    assert (found.turning_point, found.turned, found.recovery) == (2, "worse", False)


def test_greetings_quoted_lines_and_signatures_are_kept_apart():
    texts = ["Hello!", "It is broken.", "> Great service you wrote", "-- ", "Jane Doe, CEO"]
    analysis = analysed(["\n".join(texts)], [0.0])
    starts = [sum(len(t) + 1 for t in texts[:i]) for i in range(len(texts))]
    parts = tuple(reading(at, text, turn=0) for at, text in zip(starts, texts, strict=True))
    full = RecordAnalysis(
        record=analysis.record, language=analysis.language, sentiment=analysis.sentiment, readings=parts
    )

    found = converse(full, [], rule=RULE)

    assert [one.reason for one in found.apart] == ["greeting", "quoted", "signature", "signature"]
    assert (found.path[0].start, found.path[0].end) == (starts[1], starts[1] + len(texts[1]))


def test_a_conversation_of_nothing_but_greetings_still_has_a_path():
    found = converse(analysed(["Hello!", "Hi, how can I help?"], [0.4, None]), [], rule=RULE)

    assert len(found.path) == 1
    assert found.apart == ()
