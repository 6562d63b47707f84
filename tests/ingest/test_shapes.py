"""Shapes of plain transcripts of many tools, several talks in one file, and what stands around them."""

import pytest

TALK = [("Ann", "Why did you leave?"), ("Bob", "It was late.")]
TEAMS = """ANN AND BOB

0:0:-7.-650
Ann
Why did you leave?


0:0:5.900 --> 0:0:8.930
Bob
It was late.

0:1:9.50
Ann
And so?

1:0:2.5
Bob
We (0:1:11.300) went home.
0:0:3.1
It was cold.

1:0:9.0
Ann
Good.

1:0:11.0
Bob
Yes.
"""


def said(contents, place=0):
    record = contents.records[place]
    return [(turn.speaker, record.text[turn.start : turn.end]) for turn in record.turns]


@pytest.mark.parametrize(
    ("content", "format", "times"),
    [
        ("Ann [00:00:04] Why did you leave?\n\nBob [00:01:05.5] It was late.\n" * 2, "trint", [4.0, 65.5]),
        ("Ann [00:04]Why did you leave?\nBob [01:05] It was late.\n" * 2, "trint", [4.0, 65.0]),
        ("[00:00:04] Ann: Why did you leave?\n[00:01:05.250] Bob: It was late.\n", "timed_transcript", [4.0, 65.25]),
        ("**[00:04]** Ann: Why did you leave?\n**[01:05]** Bob: It was late.\n", "timed_transcript", [4.0, 65.0]),
        ("**Ann:** [00:00:04] Why did you leave?\n**Bob:** It was late.\n" * 2, "transcript", [4.0, None]),
        ("Ann  0:04\nWhy did you leave?\n\nBob  1:05\nIt was late.\n", "otter", [4.0, 65.0]),
        ("Ann (00:04):\nWhy did you leave?\n\nBob (01:05):\nIt was late.\n", "otter", [4.0, 65.0]),
        ("Ann (00:04): Why did you leave?\nBob (01:05): It was late.\n" * 2, "trint", [4.0, 65.0]),
        (
            "[00:04] Ann: Why did you leave?\nBob: It was late.\nBob: Yes.\n[01:05] Ann: So?\n",
            "timed_transcript",
            [4.0, None],
        ),
        ("Ann\nWhy did you leave?\nBob\nIt was late.\nInterviewer\nSo?\n" * 2, "name_lines", [None, None]),
        ("Ann: Why did you leave?\n00:05:00\nBob: It was late.\n00:10:00\n" * 2, "transcript", [None, None]),
    ],
)
def test_two_turns_of_every_shape(read, content, format, times):
    contents = read("a.txt", content)

    assert said(contents)[:2] == TALK
    assert [turn.starts_at_s for turn in contents.records[0].turns[:2]] == times
    assert (contents.format, contents.kind) == (format, "interviews")


def test_times_and_names_on_their_own_lines_are_those_of_teams(read):
    contents = read("a.txt", TEAMS)

    assert said(contents)[:3] == [*TALK, ("Ann", "And so?")]
    assert said(contents)[3] == ("Bob", "We went home.\nIt was cold.")
    assert [(turn.starts_at_s, turn.ends_at_s) for turn in contents.records[0].turns[:4]] == [
        (0.0, None), (5.9, 8.93), (69.05, None), (3602.005, None),
    ]  # fmt: skip
    assert (contents.format, contents.records[0].metadata) == ("teams_transcript", {"heading": "ANN AND BOB"})


@pytest.mark.parametrize(
    "content",
    [
        "0:0:1.0 --> 0:0:2.0\nHello there\n\n0:0:2.0 --> 0:0:3.0\nHow are you\n\n0:0:3.0 --> 0:0:4.0\nFine thanks\n",
        "".join(f"{k}\n00:00:0{k},000 --> 00:00:0{k + 1},000\nYes\n\n" for k in (1, 2, 3)),
    ],
)
def test_captions_are_no_names(read, content):
    assert read("a.txt", content).speakers == {}


def test_paragraphs_with_times_and_without_names_are_turns_of_nobody(read):
    content = "# Talk\n\n> a quotation\n\nBefore.\n\n**[00:04]** One.\n\n**[01:05]** Two.\n\n[01:09] Three.\n\n## End\n"
    contents = read("a.md", content)

    assert said(contents) == [("", "Before."), ("", "One."), ("", "Two."), ("", "Three.")]
    assert [turn.starts_at_s for turn in contents.records[0].turns] == [None, 4.0, 65.0, 69.0]
    assert contents.records[0].metadata == {"topics": "Talk; End"}


@pytest.mark.parametrize(
    "heading", ["## Interview {}", "# Participant {}: Ann", "## مصاحبه شماره {}", "### Görüşme {}", "## 访谈 {}"]
)
def test_numbered_headings_begin_another_interview(read, heading):
    talk = "**Interviewer (I):** Why?\n\n**R{0}:** Because of {0}.\n\n**I:** And?\n\n**R{0}:** No.\n\n"
    content = "".join(f"{heading.format(k)}\n\n{talk.format(k)}" for k in (1, 2, 3))
    contents = read("a.md", "# All talks\n\n" + content)

    assert [said(contents, place)[1] for place in range(3)] == [(f"R{k}", f"Because of {k}.") for k in (1, 2, 3)]
    assert [record.metadata["heading"] for record in contents.records] == [
        heading.format(k).lstrip("# ") for k in (1, 2, 3)
    ]
    assert {turn.role for record in contents.records for turn in record.turns} == {"interviewer", "participant"}


def test_other_headings_are_topics_of_one_interview(read):
    contents = read(
        "a.md", "## Prices\n\nInterviewer: Why?\nAnn: Dear.\n\n## Taste 2\n\nInterviewer: And?\nAnn: Bad.\n"
    )

    assert [text for _, text in said(contents)] == ["Why?", "Dear.", "And?", "Bad."]
    assert contents.records[0].metadata == {"heading": "Prices", "topics": "Taste 2"}


def test_a_head_of_fields_states_roles_and_a_language(read):
    head = '---\ntitle: "A talk"\nhosts: Ann, Cy\nguest: Bob\nlanguage: tr-TR\n---\n'
    contents = read("a.md", head + "Ann: Neden?\nBob: Geç.\nAnn: Ya?\nBob: Evet.\n")

    assert contents.speakers == {"Ann": "interviewer", "Bob": "participant"}
    assert contents.records[0].language == "tr"
    assert contents.records[0].metadata["title"] == "A talk"


def test_comments_at_the_end_of_an_exported_document_are_counted(read):
    content = "Ann: Why[a]?\nBob: It [b]was late.\nAnn: So?\nBob: [laughs] Yes [c].\n\n[a]Check this.\n[b]And this."
    contents = read("a.txt", content)

    assert [text for _, text in said(contents)] == ["Why?", "It was late.", "So?", "Yes [c]."]
    assert contents.skipped == {"comment": 2}


@pytest.mark.parametrize("content", ["[a]Hello.\n[c]You.\n", "[b]Hello.\n[a]You."])
def test_lines_in_another_order_are_no_comments(read, content):
    assert read("a.txt", content).records[0].text == content.strip()


@pytest.mark.parametrize(
    ("names", "people"),
    [
        (["Ann Lee", "Bob", "Ann", "Bob"], {"Ann Lee", "Bob"}),
        (["Ann Lee", "Ann", "Bob", "Ann"], {"Ann Lee", "Ann", "Bob"}),
        (["Ann Lee", "Bob", "Ann Ray", "Bob", "Ann"], {"Ann Lee", "Ann Ray", "Ann", "Bob"}),
        (["Person A", "Bob", "Person", "Bob"], {"Person A", "Bob"}),
        (["Speaker 1", "Bob", "Speaker", "Bob"], {"Speaker 1", "Speaker", "Bob"}),
        (["Interviewer", "Bob", "Interviewer Two", "Bob"], {"Interviewer", "Interviewer Two", "Bob"}),
    ],
)
def test_a_first_name_is_the_person_who_was_introduced_with_it(read, names, people):
    content = "WEBVTT\n\n" + "".join(
        f"00:00:{k:02}.000 --> 00:00:{k + 1:02}.000\n<v {name}>Words.\n\n" for k, name in enumerate(names)
    )
    assert set(read("a.vtt", content).speakers) == people


HEAD = "Interview 4\nDate: 3 May\nInterviewer: Dana Ray\n{role}: Ann Lee\n\n"
TURNS = "Interviewer: Why did you leave?\nP4: It was late.\nInterviewer: So?\nP4: Yes.\n"


@pytest.mark.parametrize("role", ["Participant", "P4", "Interviewer"])
def test_fields_that_name_people_are_no_speech(read, role):
    contents = read("a.txt", HEAD.format(role=role) + TURNS)

    assert said(contents)[0] == ("Interviewer", "Why did you leave?")
    assert len(contents.records[0].turns) == 4
    assert contents.records[0].metadata["heading"].startswith("Interview 4 Date: 3 May Interviewer: Dana Ray")


@pytest.mark.parametrize(
    ("content", "first"),
    [
        ("Interviewer: Hello\nP4: Hello\n" + TURNS, "Hello"),
        ("Date: 3 May\nInterviewer: سلام\n" + TURNS, "سلام"),
        ("Interviewer: Why\nnow?\nP4: Late\n" + TURNS, "Why now?"),
        ("[00:01] Interviewer: Leeds\n[00:02] P4: Ann\n" + TURNS, "Leeds"),
        ("Interviewer: Ann Lee\nP4: Here.\n" + TURNS, "Ann Lee"),
    ],
)
def test_short_first_turns_are_speech(read, content, first):
    assert said(read("a.txt", content))[0] == ("Interviewer", first)


def test_lines_that_repeat_are_no_names_where_none_states_a_role(read):
    assert read("a.txt", "Ann\nIt was late.\nYes\nIt was cold.\n" * 3).speakers == {}
