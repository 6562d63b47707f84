"""Whether a dialogue reached its goal: features of both sides, and the linear rule that joins them."""

import pytest

from nlp_service.analysis.experience import conclude
from nlp_service.analysis.experience_rule import Rule
from nlp_service.analysis.success import (
    FEATURES,
    SUCCESSES,
    SuccessRule,
    load_success_rule,
    success_features,
)
from nlp_service.analysis.turns import by_turn, closing
from tests.analysis.readings import reading

RULE = Rule(fading=0.5)
NOTHING = dict.fromkeys(FEATURES, 0.0)


def test_the_rule_says_what_its_weighted_features_sum_to():
    rule = SuccessRule(
        weights={"mood": {"yes": 2.0, "no": -1.0}, "agent_no": {"no": 3.0}}, bias={"yes": 0.0, "unknown": 1.0}
    )

    assert rule.success(NOTHING) == "unknown"
    assert rule.success(NOTHING | {"mood": 1.0}) == "yes"
    assert rule.success(NOTHING | {"mood": 1.0, "agent_no": 2.0}) == "no"
    assert rule.success(NOTHING | {"customer_yes": 9.0}) == "unknown"


def test_the_first_of_equal_answers_is_said():
    assert SuccessRule(weights={}, bias={}).success(NOTHING) == "yes"


def test_what_is_said_fades_with_the_customer_turns_after_it():
    readings = [reading(0, "It works.", turn=0, cues=["resolved"], success=(0.8, 0.1)), reading(40, "Hm.", turn=2)]
    agents = [reading(20, "No.", turn=1, cues=["unresolved"], success=(0.0, 0.6)), reading(60, "Done.", turn=3)]

    values = success_features(readings, agents, RULE)

    assert tuple(values) == FEATURES
    assert values["customer_yes"] == pytest.approx(0.4)
    assert values["customer_resolved"] == 0.5
    assert values["agent_no"] == pytest.approx(0.3)
    assert (values["agent_unresolved"], values["agent_resolved"]) == (0.5, 0.0)
    assert values["agent_is_last"] == 1.0


def test_the_heads_count_by_the_mean_over_the_segments_of_each_sides_last_two_turns():
    readings = [
        reading(0, "Hi.", turn=0, outcome=(9.0, 9.0)),
        reading(20, "So.", turn=2, outcome=(0.3, 0.0)),
        reading(30, "Yes.", turn=2, outcome=(0.6, 0.3)),
        reading(50, "Thanks.", turn=4, outcome=(0.6, 0.0)),
    ]
    agents = [reading(10, "Well.", turn=1, outcome=(0.2, 0.4))]

    values = success_features(readings, agents, RULE)

    assert values["outcome_yes"] == pytest.approx(0.5 + 0.2)
    assert values["outcome_no"] == pytest.approx(0.1 + 0.4)


def test_turns_keep_their_segments_and_a_text_without_turns_is_one():
    told = [reading(0, "a", turn=0), reading(2, "b", turn=0), reading(4, "c", turn=3), reading(6, "d", turn=5)]

    assert [len(turn) for turn in by_turn(told)] == [2, 1, 1]
    assert [r.segment.text for r in closing(told)] == ["c", "d"]
    assert len(by_turn([reading(0, "a"), reading(2, "b")])) == 1
    assert closing([]) == []


def test_only_a_dialogue_with_an_answer_is_told_by_the_rule():
    always = SuccessRule(weights={}, bias={"no": 1.0})
    readings, agents = [reading(0, "It works.", turn=0, cues=["resolved"])], [reading(20, "Good.", turn=1)]

    assert conclude(readings, agents, rule=RULE, success_rule=always).success == "no"
    assert conclude(readings, rule=RULE, success_rule=always).success == "yes"
    assert conclude(readings, agents, is_interview=True, rule=RULE, success_rule=always).success == "unknown"


def test_evidence_never_speaks_against_the_conclusion():
    always = SuccessRule(weights={}, bias={"no": 1.0})

    found = conclude([reading(0, "It works.", cues=["resolved"])], [reading(20, "Ok.")], rule=RULE, success_rule=always)

    assert (found.success, found.success_evidence) == ("no", ())


def test_the_rule_is_read_from_its_file_and_has_a_default_without(tmp_path):
    path = tmp_path / "rule.json"
    path.write_text('{"weights": {"mood": {"yes": 1.0}}, "bias": {"no": 0.5}, "rows": 3}', encoding="utf-8")

    assert load_success_rule(path) == SuccessRule(weights={"mood": {"yes": 1.0}}, bias={"no": 0.5})
    assert load_success_rule(tmp_path / "none.json") == SuccessRule()
    assert SuccessRule().success(NOTHING) == "unknown"


def test_the_shipped_rule_weighs_every_feature_for_every_answer_and_the_heads_by_their_name():
    weights = load_success_rule().weights

    assert tuple(weights) == FEATURES
    assert all(set(own) == set(SUCCESSES) for own in weights.values())
    assert max(weights["outcome_yes"], key=weights["outcome_yes"].get) == "yes"
    assert max(weights["outcome_no"], key=weights["outcome_no"].get) == "no"
