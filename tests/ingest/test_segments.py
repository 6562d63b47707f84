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
        ("SPEAKER_01", "It was late.", 3.3, 5.0),
    ]


def test_segments_without_speakers_are_cut_at_sentences(read):
    found = turns(read("a.json", json.dumps(PLAIN)))
    assert [text for _, text, _, _ in found] == ["Why did you leave?", "It was late."]


def test_milliseconds_become_seconds(read):
    contents = read("a.tsv", "start\tend\ttext\n43810\t47850\tHello there.\n48350\t57590\tGood day.\n")
    assert turns(contents) == [("", "Hello there.", 43.81, 47.85), ("", "Good day.", 48.35, 57.59)]


TOLD = [("DB", "Why did you leave?"), ("LG", "It was late. And cold.")]


@pytest.mark.parametrize(
    "content",
    [
        "speaker,words\nDB,Why did you leave?\nLG,It was late.\nLG,And cold.\n",
        "timestamp,speaker,words,tags\n[0:00],DB:,Why did you leave?,\n,LG:,It was late.,\n,,And cold.,\n",
        "Speaker;Text\nDB;Why did you leave?\nLG;It was late.\nLG;And cold.\n",
        "گوینده,متن\nDB,Why did you leave?\nLG,It was late.\nLG,And cold.\n",
        "Konuşmacı\tMetin\nDB\tWhy did you leave?\nLG\tIt was late.\nLG\tAnd cold.\n",
        "speaker,words\n,(They sit down.)\nDB,Why did you leave?\nLG,It was late.\nLG,And <i>cold</i>.\n",
    ],
)
def test_rows_that_name_who_speaks_are_an_interview(read, content):
    contents = read("a.csv", content)

    assert [(speaker, text) for speaker, text, _, _ in turns(contents)] == TOLD
    assert contents.kind == "interviews"
    assert contents.skipped == ({"stage_direction": 1} if "sit down" in content else {})


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [("[00:03:43] the interview begins", 223.0), ("0:07.5", 7.5), ("1:00:00.25", 3600.25), ("۰۰:۰۱:۰۴", 64.0),
     ("12.5s", 12.5), ("", None), ("later", None)],
)  # fmt: skip
def test_times_of_rows_are_seconds(read, cell, seconds):
    contents = read("a.csv", f"time,speaker,words\n{cell},DB,Why?\n,LG,Because.\n")
    assert contents.records[0].turns[0].starts_at_s == seconds


def test_rows_of_several_conversations_are_several_records_with_their_tags(read):
    content = "call_id,speaker,text,topic\n7,Agent,Hi,\n7,Customer,It broke,x\n9,Agent,Hello,\n9,Customer,Good,x\n"
    contents = read("a.csv", content)

    assert [(record.external_id, record.text) for record in contents.records] == [
        ("7", "Hi\nIt broke"),
        ("9", "Hello\nGood"),
    ]
    assert (contents.kind, contents.speakers) == ("chats", {"Agent": "agent", "Customer": "customer"})
    assert read("a.csv", content.replace("9,", "7,")).records[0].metadata == {"topic": "x (2)"}


@pytest.mark.parametrize(
    "content",
    [
        "speaker,text,rating\nJBL,It broke,1\nJBL,Good,5\nJBL,Fine,4\n",
        "speaker,comment\nAnn,Good talk\nAnn,Too long\nBob,Fine\n",
        "speaker,text\nAnn,Good\nBob,Bad\nCy,Fine\nDee,So\nEve,No\n",
        "start,end,text\nMonday,Friday,It was good\n",
        "start,finish,text\n1,2,It was good\n",
        "start,end,text\n,2,Good\n",
    ],
)
def test_other_tables_with_a_start_stay_reviews(read, content):
    assert read("a.csv", content).kind == "reviews"
