"""Rows of a speech recogniser become one timed interview."""

import json

import pytest

ROWS = [
    {"start": 0.5, "end": 2.0, "text": " Why", "speaker": "SPEAKER_00"},
    {"start": 2.0, "end": 3.25, "text": " did you leave?", "speaker": "SPEAKER_00"},
    {"start": 3.3000000000000003, "end": 5, "text": " It was late.", "speaker": "SPEAKER_01"},
]
PLAIN = [{name: row[name] for name in ("start", "end", "text")} for row in ROWS]


def turns(contents):
    record = contents.records[0]
    return [
        (turn.speaker, record.text[turn.start : turn.end], turn.starts_at_s, turn.ends_at_s) for turn in record.turns
    ]


@pytest.mark.parametrize("value", [ROWS, {"segments": ROWS, "word_segments": []}, {"text": "all", "segments": ROWS}])
def test_segments_with_speakers_are_turns(read, value):
    contents = read("a.json", json.dumps(value))

    assert contents.kind == "interviews"
    assert turns(contents) == [
        ("SPEAKER_00", "Why did you leave?", 0.5, 3.25),
        ("SPEAKER_01", "It was late.", 3.3000000000000003, 5.0),
    ]


def test_segments_without_speakers_are_cut_at_sentences(read):
    found = turns(read("a.json", json.dumps(PLAIN)))
    assert [text for _, text, _, _ in found] == ["Why did you leave?", "It was late."]


def test_milliseconds_become_seconds(read):
    contents = read("a.tsv", "start\tend\ttext\n43810\t47850\tHello there.\n48350\t57590\tGood day.\n")
    assert turns(contents) == [("", "Hello there.", 43.81, 47.85), ("", "Good day.", 48.35, 57.59)]


@pytest.mark.parametrize(
    "content",
    [
        "start,end,text\nMonday,Friday,It was good\n",
        "start,finish,text\n1,2,It was good\n",
        "start,end,text\n,2,Good\n",
    ],
)
def test_other_tables_with_a_start_stay_reviews(read, content):
    assert read("a.csv", content).kind == "reviews"
