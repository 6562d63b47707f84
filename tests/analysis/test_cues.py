"""Lines of words, and patterns that are tried only where a word's first letters let them begin."""

import json
import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp_service.analysis import cues, experience_cues
from nlp_service.settings import ROOT

LANGUAGES = sorted(path.stem for path in cues.FOLDER.glob("*.toml"))
MARKS = (".", ",", "?", "!", ":", "،", "؟", "(", ")", "«", "—", "'", "\n")


@cache
def gold(language):
    files = sorted((ROOT / "corpora" / "gold").glob(f"*/{language}.jsonl"))
    rows = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        text for row in rows for text in [row.get("text"), *(turn["text"] for turn in row.get("turns", ()))] if text
    ]


@cache
def words(language):
    """The words of the gold texts, and those that patterns are made of."""
    folders = (cues.FOLDER, experience_cues.FOLDER)
    files = [folder / f"{language}.toml" for folder in folders if (folder / f"{language}.toml").is_file()]
    written = " ".join([path.read_text(encoding="utf-8") for path in files] + gold(language))
    return [*sorted(set(re.findall(r"\w+", written))), *MARKS * 20]


def searched(language):
    own = experience_cues.lexicon(language)
    return [cues.lexicon(language).patterns, *([own.cues, own.of_agents, own.emotions] if own else [])]


def everywhere(patterns, line):
    """What trying each pattern at every sign of the line finds."""
    spans = [(name, m.span()) for name, pattern in patterns.by_name.items() for m in pattern.finditer(line.text)]
    return [span for span in spans if all(place in line.places for place in span[1])]


def assert_none_is_missed(text, language):
    line = cues.read_line(text, language)
    for patterns in searched(language):
        assert [(m.name, m.found.span()) for m in patterns.matches(line)] == everywhere(patterns, line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_match_in_a_gold_text_is_missed_for_the_letters_that_a_word_begins_with(language):
    for text in gold(language):
        assert_none_is_missed(text, language)


@settings(deadline=None)  # the first of a language reads its texts and compiles its patterns
@given(st.data(), st.sampled_from(LANGUAGES))
def test_no_match_in_mixed_words_is_missed_for_the_letters_that_a_word_begins_with(data, language):
    chosen = data.draw(st.lists(st.sampled_from(words(language)), max_size=30))

    assert_none_is_missed(" ".join(chosen), language)


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_tokens_follow_one_another_and_a_line_has_a_place_before_each_and_after_the_last(text, language):
    line = cues.read_line(text, language)

    assert list(line.places.values()) == list(range(len(line.tokens) + 1))
    assert all(one.end <= next_one.start for one, next_one in zip(line.tokens, line.tokens[1:], strict=False))
    for place, i in list(line.places.items())[:-1]:
        assert line.text.startswith(line.joint + line.tokens[i].form, place)


@pytest.mark.parametrize(
    ("text", "pattern", "found"),
    [
        ("add a map", "^ add <1> map", ["add a map"]),
        ("great, add a map", "^ add <1> map", ["add a map"]),
        ("please add a map", "^ add <1> map", []),
        ("no map . no map", "(no) map $", ["no map", "no map"]),
        ("no map here", "(no) map $", []),
        ("map map map", "map map", ["map map"]),
        ("maps", "map", []),
    ],
)
def test_a_pattern_matches_whole_words_and_knows_where_a_clause_begins_and_ends(text, pattern, found):
    patterns = cues.Patterns({"own": cues.compiled([pattern], "en")})
    line = cues.read_line(text, "en")
    spans = [(line.tokens[m.at[0]].start, line.tokens[m.at[1] - 1].end) for m in patterns.matches(line)]

    assert [text[start:end] for start, end in spans] == found


def test_the_line_of_a_text_is_read_once_for_all_lexicons():
    assert cues.read_line("Please add a map", "en") is experience_cues.read_line("Please add a map", "en")
