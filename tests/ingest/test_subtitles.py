"""WebVTT and SRT become one interview with timed turns."""

import pytest

from nlp_service.errors import UnreadableFile


def vtt(*texts, header="WEBVTT\n\n"):
    return header + "\n\n".join(f"00:00:0{k}.000 --> 00:00:0{k + 1}.000\n{text}" for k, text in enumerate(texts)) + "\n"


def said(contents):
    record = contents.records[0]
    return [(turn.speaker, record.text[turn.start : turn.end]) for turn in record.turns]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["<v Ann>Hello</v>", "<v Ann>there.</v>", "<v Bob>Hi.</v>"], [("Ann", "Hello there."), ("Bob", "Hi.")]),
        (["<v Ann>Hello", "<v.loud Bob Ray>Hi"], [("Ann", "Hello"), ("Bob Ray", "Hi")]),
        (["<v Ann>\nHello", "<v Bob>Hi"], [("Ann", "Hello"), ("Bob", "Hi")]),
        (["<v Ann>Hello <v Bob>Hi"], [("Ann", "Hello"), ("Bob", "Hi")]),
        (["<v A&amp;B>Tom &amp; I"], [("A&B", "Tom & I")]),
        (["Ann: Hello", "and more", "Bob: Hi"], [("Ann", "Hello and more"), ("Bob", "Hi")]),
        (["Ann Lee (SL): Hello", "Ann Lee (SL): again"], [("Ann Lee (SL)", "Hello again")]),
        (["علی: سلام", "مریم: درود", "علی: خوبی؟", "مریم: ممنون"],
         [("علی", "سلام"), ("مریم", "درود"), ("علی", "خوبی؟"), ("مریم", "ممنون")]),
        (["Note: this is speech", "and the ratio is 3: 1"], [("", "Note: this is speech and the ratio is 3: 1")]),
        (["what I mean is this: we left"], [("", "what I mean is this: we left")]),
        (["see https://a.example/x: gone"], [("", "see https://a.example/x: gone")]),
        (["&lt;v Ann&gt; is a tag"], [("", "<v Ann> is a tag")]),
        (["It ends here.", "A new one", "goes on"], [("", "It ends here."), ("", "A new one goes on")]),
        (["<v Ann>Yes [laughs] of course #00:01:02-5#"], [("Ann", "Yes of course")]),
        (["<c.yellow>Hello</c> <i>you</i>"], [("", "Hello you")]),
    ],
)  # fmt: skip
def test_who_says_what(read, texts, expected):
    assert said(read("a.vtt", vtt(*texts))) == expected


def test_turns_keep_the_times_of_their_cues(read):
    turn = read("a.vtt", vtt("<v Ann>Hello", "<v Ann>there")).records[0].turns[0]

    assert (turn.starts_at_s, turn.ends_at_s) == (0.0, 2.0)


def test_times_without_hours_and_over_an_hour_are_seconds(read):
    content = "WEBVTT\n\n01:02.500 --> 01:03.000\n<v Ann>a\n\n01:00:00.000 --> 01:00:01.250\n<v Bob>b\n"

    turns = read("a.vtt", content).records[0].turns
    assert [(turn.starts_at_s, turn.ends_at_s) for turn in turns] == [(62.5, 63.0), (3600.0, 3601.25)]


@pytest.mark.parametrize(
    "content",
    [
        "1\n00:00:01,000 --> 00:00:02,000\nAnn: Hello\n\n2\n00:00:02,000 --> 00:00:03,000\nBob: Hi\n",
        "00:00:01.000 -->00:00:02,000\nAnn: Hello\n\n00:00:02,000-->00:00:03.000\nBob: Hi\n",
        "1\n00:00:01,000 --> 00:00:02,000\nAnn: Hello\n2\n00:00:02,000 --> 00:00:03,000\nBob: Hi\n",
        "WEBVTT\n\n00:00:01,000 --> 00:00:02.000\nAnn: Hello\n\n"
        "a block without times\n\n00:00:02.000 --> 00:00:03.000\nBob: Hi\n",
        "WEBVTT Kind: captions\nLanguage: en\n\nNOTE\nby hand\n\nSTYLE\n::cue {}\n\nintro\n"
        "00:00:01.000 --> 00:00:02.000 align:start\nAnn: Hello\n\n00:00:02.000 --> 00:00:03.000\nBob: Hi\n",
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nAnn: Hello\r\n\r\n"
        "2\r\n00:00:02,000 --> 00:00:03,000\r\nBob: Hi\r\n",
        "[00:01.000 --> 00:02.000]  Ann: Hello\n[00:02.000 --> 00:03.000]  Bob: Hi\n",
        "۱\n۰۰:۰۰:۰۱,۰۰۰ --> ۰۰:۰۰:۰۲,۰۰۰\nAnn: Hello\n\n۲\n۰۰:۰۰:۰۲,۰۰۰ --> ۰۰:۰۰:۰۳,۰۰۰\nBob: Hi\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.srt", "a.txt"])
def test_malformed_captions_are_read_all_the_same(read, content, name):
    contents = read(name, content)

    assert said(contents) == [("Ann", "Hello"), ("Bob", "Hi")]
    assert [turn.starts_at_s for turn in contents.records[0].turns] == [1.0, 2.0]
    assert contents.kind == "interviews"


def test_rolling_captions_are_read_once(read):
    cues = [
        ("00:00:00.000 --> 00:00:02.000", "the<00:00:00.400><c> first</c><00:00:00.900><c> thing</c>"),
        ("00:00:02.000 --> 00:00:02.010", "the first thing\n "),
        ("00:00:02.010 --> 00:00:04.000", "the first thing\nis<00:00:02.400><c> that</c>"),
        ("00:00:04.000 --> 00:00:04.010", "is that\n "),
    ]

    contents = read("a.vtt", "WEBVTT\n\n" + "\n\n".join("\n".join(cue) for cue in cues) + "\n")

    assert said(contents) == [("", "the first thing is that")]


def test_words_that_repeat_without_rolling_are_kept(read):
    assert said(read("a.vtt", vtt("<v Ann>No.", "<v Bob>No.", "<v Ann>No."))) == [
        ("Ann", "No."),
        ("Bob", "No."),
        ("Ann", "No."),
    ]


def test_the_language_of_the_header_is_a_hint(read):
    assert read("a.vtt", vtt("Hello", header="WEBVTT\nKind: captions\nLanguage: tr\n\n")).records[0].language == "tr"


def test_roles_come_from_the_names(read):
    contents = read("a.vtt", vtt("<v Interviewer>Why?", "<v Participant 4>Because.", "<v Dana>Me too."))

    assert contents.speakers == {"Interviewer": "interviewer", "Participant 4": "participant", "Dana": "participant"}
    assert contents.warnings == ()


def test_a_caption_of_ten_megabytes_is_refused(read):
    with pytest.raises(UnreadableFile, match="longer than"):
        read("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n" + "<v " * 3_000_000)


@pytest.mark.parametrize(
    "content", ["WEBVTT\n", "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n\n", "no times at all", vtt("[Music]")]
)
def test_captions_without_words_are_refused(read, content):
    with pytest.raises(UnreadableFile, match="caption"):
        read("a.vtt", content)
