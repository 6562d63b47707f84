"""Signals to an experience: success in anyone's words, effort, emotions present, unhappy successes, kind failures."""

import pytest

from nlp_service.analysis.experience import asks_only, conclude
from nlp_service.analysis.experience_rule import Rule, load_rule
from nlp_service.analysis.success import FEATURES, SuccessRule, load_success_rule
from nlp_service.domain import Experience
from tests.analysis.readings import reading

RULE, SUCCESS = Rule(), SuccessRule()


def test_nothing_said_concludes_nothing():
    assert conclude([], rule=RULE) == Experience()
    assert conclude([reading(0, "A blue cup.")], rule=RULE).success == "unknown"


@pytest.mark.parametrize(
    ("customer", "agent", "success"),
    [
        ({}, {"cues": ["resolved"]}, "yes"),
        ({}, {"cues": ["unresolved"]}, "no"),
        ({"outcome": (-0.5, 2.0)}, {"success": (0.3, 0.0)}, "no"),
        ({}, {}, "unknown"),
        ({"success": (0.9, 0.0)}, {}, "yes"),
    ],
)
def test_success_is_told_by_either_side(customer, agent, success):
    readings = [reading(0, "Where is it?", turn=0), reading(60, "Well.", turn=2, **customer)]
    agents = [reading(20, "I have looked.", turn=1, **agent)]

    assert conclude(readings, agents, rule=RULE, success_rule=SUCCESS).success == success


def test_a_denial_after_it_outweighs_the_agents_word():
    agents = [reading(20, "It is fixed.", turn=1, cues=["resolved"])]
    denied = [reading(0, "Hm", turn=0), reading(60, "No, still broken.", turn=2, outcome=(0.0, 3.0))]

    assert conclude(denied, agents, rule=RULE, success_rule=SUCCESS).success == "no"
    assert conclude(denied[:1], agents, rule=RULE, success_rule=SUCCESS).success == "yes"


def test_an_interview_has_no_goal_to_reach():
    agents = [reading(20 * i, "How was it?", turn=2 * i) for i in range(5)]

    assert asks_only(agents)
    assert not asks_only([*agents[:2], *(reading(100 + i, "Done.", turn=20 + i) for i in range(3))])
    assert (
        conclude([reading(5, "It works.", turn=1, cues=["resolved"])], is_interview=True, rule=RULE).success
        == "unknown"
    )


@pytest.mark.parametrize(
    ("signals", "effort"),
    [
        ({"cues": ["wait"]}, "high"),
        ({"cues": ["wait", "transfer", "easy"], "mood": 0.9}, "high"),
        ({"cues": ["steps", "easy"], "mood": 0.9}, "low"),
        ({"cues": ["easy"]}, "low"),
        ({"effort": (0.0, 0.95)}, "low"),
        ({"effort": (0.95, 0.0), "mood": -0.5}, "high"),
        ({"effort": (0.95, 0.0), "mood": 0.5}, "unknown"),
        ({"mood": -0.9}, "unknown"),
        ({"cues": ["churn"]}, "unknown"),
    ],
)
def test_effort_rests_on_cues_and_on_a_model_that_is_sure(signals, effort):
    assert conclude([reading(0, "Something about it.", **signals)], rule=RULE).effort == effort


def test_a_success_may_leave_people_unhappy_and_a_failure_may_be_kindly_taken():
    sour = conclude([reading(0, "It came, a disgrace.", cues=["resolved"], mood=-0.9, felt=["anger"])], rule=RULE)
    kind = conclude(
        [reading(0, "No luck, thanks so much.", cues=["unresolved"], mood=0.8, felt=["gratitude"])], rule=RULE
    )
    glad = conclude([reading(0, "It came, lovely.", cues=["resolved"], mood=0.9)], rule=RULE)

    assert (sour.success, sour.resolved_but_unhappy, sour.unresolved_but_kind) == ("yes", True, False)
    assert (kind.success, kind.resolved_but_unhappy, kind.unresolved_but_kind) == ("no", False, True)
    assert (glad.success, glad.resolved_but_unhappy) == ("yes", False)


def test_emotions_are_there_once_with_the_words_that_first_show_them():
    found = conclude([reading(0, "Ugh.", felt=["anger"]), reading(10, "Grr.", felt=["anger", "fear"])], rule=RULE)

    assert found.emotions == ("anger", "fear")
    assert [(f.emotion, f.start) for f in found.felt] == [("anger", 0), ("fear", 10)]


def test_an_agents_words_are_not_the_customers_emotion():
    agents = [reading(10, "I am so sorry.", turn=1, felt=["sadness"], mood=-0.9)]

    found = conclude([reading(0, "Fine.", turn=0)], agents, rule=RULE)

    assert found.emotions == ()
    assert found.peak.start == 0


def test_peak_and_end_are_the_strongest_and_the_last_moment():
    found = conclude([reading(0, "Bad!", mood=-0.9), reading(9, "Hm.", mood=0.1)], rule=RULE)

    assert (found.peak.start, found.peak.sentiment) == (0, "negative")
    assert (found.end.start, found.end.sentiment) == (9, "neutral")


def test_evidence_speaks_for_the_conclusion_and_says_whose_it_is():
    agents = [reading(20, "Refund approved.", turn=1, cues=["resolved"])]
    readings = [
        reading(0, "Not here.", turn=0, cues=["unresolved"]),
        reading(40, "It is here.", turn=2, cues=["resolved"]),
    ]

    found = conclude(readings, agents, rule=RULE, success_rule=SUCCESS)

    assert [(e.start, e.role) for e in found.success_evidence] == [(20, "agent"), (40, "customer")]


def test_the_rule_is_read_from_its_file_and_has_a_default_without(tmp_path):
    path = tmp_path / "rule.json"
    path.write_text('{"fading": 0.25, "engine": "x"}', encoding="utf-8")

    assert load_rule(path).fading == 0.25
    assert load_rule(path).kind_over == Rule().kind_over
    assert load_rule(tmp_path / "none.json") == Rule()


def test_the_shipped_rule_of_success_weighs_every_feature_for_every_answer():
    rule = load_success_rule()

    assert set(rule.weights) == set(FEATURES)
    assert all(set(own) == {"yes", "no", "unknown"} for own in rule.weights.values())
    assert rule.weights["outcome_yes"]["yes"] > 0 < rule.weights["outcome_no"]["no"]
