"""Plain texts: interviews and chats where lines name speakers, one record where they do not."""

import pytest


def said(contents):
    record = contents.records[0]
    return [(turn.speaker, turn.role, record.text[turn.start : turn.end]) for turn in record.turns]


ASKED = [("interviewer", "Why?"), ("participant", "Because.")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Interviewer: Why?\nParticipant: Because.\n", ASKED),
        ("Interviewer: Why?\n\nP1: Because.\n", ASKED),
        ("**Interviewer (I):** Why?\n\n**R:** Because.\n\n**I:** Why?\n\n**R:** Because.\n", ASKED * 2),
        ("I: Why?\nR: Because.\nI: Why?\nR: Because.\n", ASKED * 2),
        ("Q: Why?\nA: Because.\nQ: Why?\nA: Because.\n", ASKED * 2),
        ("مصاحبه‌گر: Why?\nمصاحبه‌شونده: Because.\n", ASKED),
        ("س: Why?\nج: Because.\nس: Why?\nج: Because.\n", ASKED * 2),
        ("Görüşmeci: Why?\nKatılımcı: Because.\n", ASKED),
        ("Araştırmacı: Why?\nK1: Because.\n", ASKED),
        ("المحاور: Why?\nالمشاركة: Because.\n", ASKED),
        ("الباحث： Why?\nالمشارك： Because.\n", ASKED),
        ("Interviewerin: Why?\nBefragte: Because.\n", ASKED),
        ("Enquêteur : Why?\nEnquêté : Because.\n", ASKED),
        ("- Moderator: Why?\n- Dana: Because.\n- Moderator: Why?\n- Dana: Because.\n", ASKED * 2),
        ("[00:00:01] Interviewer: Why?\n[00:01:04] Dana: Because.\n", ASKED),
        ("Interviewer  0:21  \nWhy?\n\nGuest  1:35  \nBecause.\n\nTranscribed by https://otter.ai\n", ASKED),
        ("Interviewer (00:02):\nWhy?\n\nGuest (00:04):\nBecause.\n", ASKED),
        ("Customer: Why?\nAgent: Because.\n", [("customer", "Why?"), ("agent", "Because.")]),
        ("مشتری: Why?\nپشتیبان: Because.\n", [("customer", "Why?"), ("agent", "Because.")]),
        ("Müşteri: Why?\nTemsilci: Because.\n", [("customer", "Why?"), ("agent", "Because.")]),
        ("العميل: Why?\nالموظف: Because.\n", [("customer", "Why?"), ("agent", "Because.")]),
        ("Support: Why?\nDana: Because.\nDana: Really.\n",
         [("agent", "Why?"), ("customer", "Because."), ("customer", "Really.")]),
        ("[id1] Why?\n\n[id2] Because.\n\n[id1] Why?\n\n[id2] Because.\n",
         [("unknown", "Why?"), ("unknown", "Because.")] * 2),
    ],
)  # fmt: skip
def test_turns_and_roles_of_many_shapes(read, content, expected):
    assert [(role, text) for _, role, text in said(read("a.txt", content))] == expected


def test_times_of_a_transcript_are_seconds(read):
    contents = read("a.txt", "Ann Lee  0:09\nHello\n\nBob  1:00:01\nHi\n")

    assert [turn.starts_at_s for turn in contents.records[0].turns] == [9.0, 3601.0]


def test_paragraphs_belong_to_the_speaker_before_and_wrapped_lines_are_joined(read):
    text = (
        "# Talk 3\n\nInterviewer: Why\ndid you leave?\n\nDana: Two reasons.\n\nNote: the price.\n\nDana: That is all.\n"
    )

    contents = read("a.txt", text)

    assert said(contents) == [
        ("Interviewer", "interviewer", "Why did you leave?"),
        ("Dana", "participant", "Two reasons.\nNote: the price."),
        ("Dana", "participant", "That is all."),
    ]
    assert contents.records[0].metadata == {"heading": "Talk 3"}


def test_a_role_stated_before_the_talk_is_believed(read):
    contents = read(
        "a.md", "# Talk\n\nThe interviewer is Ann Lee. May.\n\nAnn Lee  0:01\nWhy?\n\nBob  0:02\nBecause.\n"
    )

    assert contents.speakers == {"Ann Lee": "interviewer", "Bob": "participant"}
    assert contents.warnings == ()


def test_a_stamp_after_the_name_is_the_time_and_later_ones_are_no_text(read):
    contents = read("a.txt", "Ann: [00:01:00] Hello [00:01:05] you\nBob: Hi\nAnn: So\nBob: Yes\n")

    assert said(contents)[0] == ("Ann", "unknown", "Hello you")
    assert contents.records[0].turns[0].starts_at_s == 60.0


@pytest.mark.parametrize(
    "content",
    [
        "Customer experience in a minute: thoughts of May\n\n"
        "Published: 2021-05-06\n\nWelcome to week seven. It was long.",
        "Note: bring a pen.\nNote: bring paper.\nWarning: it is late.\nNote: the end.\n",
        "Pros: it is fast\nCons: it is dear\nPros: it is light\nCons: it breaks\n",
        "Reviewer: Ann\nReview: I loved it\nReviewer: Bob\nReview: Never again\n",
        "It works: at last.\nBut then: nothing.\nThe end.\n",
        "[1] A footnote here.\n[2] Another footnote.\n[1] Again.\n",
        "Just one line",
        "Ann: I liked it\nThe shop was full of people.\nWe waited long.\n",
        "10:30 the bus came\n11:00 it left\n",
        "https://a.example/x\nhttps://b.example/y\nhttps://c.example/z\n",
    ],
)
def test_an_article_is_no_transcript(read, content):
    contents = read("a.txt", content)

    assert [record.text for record in contents.records] == [content.strip()]
    assert (contents.format, contents.kind, contents.records[0].turns) == ("text", "reviews", ())
    assert contents.warnings == ()


def test_many_short_lines_are_one_record_with_a_warning(read):
    contents = read("a.txt", "\n".join(f"review number {k} was good" for k in range(21)))

    assert len(contents.records) == 1
    assert any("one record" in warning for warning in contents.warnings)


def test_a_stated_kind_is_obeyed_for_a_plain_text(read):
    assert read("a.md", "It was a good talk.", kind="interviews").records[0].kind == "interviews"


LOG = "[2026-08-03 10:02] Customer: Hi\n[2026-08-03 10:04] Agent: Hello\nhow can I help?\n"


def test_a_chat_log_has_roles_and_times(read):
    contents = read("a.txt", LOG)

    record = contents.records[0]
    assert said(contents) == [("Customer", "customer", "Hi"), ("Agent", "agent", "Hello\nhow can I help?")]
    assert [turn.starts_at_s for turn in record.turns] == [0.0, 120.0]
    assert (contents.kind, record.occurred_at) == ("chats", "2026-08-03T10:02:00")


@pytest.mark.parametrize(
    ("header", "occurred_at"),
    [
        ("10.12.2024, 14:30 - ", "2024-12-10T14:30:00"),
        ("13.08.21, 12:30 - ", "2021-08-13T12:30:00"),
        ("28/09/18, 1:53 pm - ", "2018-09-28T13:53:00"),
        ("01/20/2019, 11:23 a. m. - ", "2019-01-20T11:23:00"),
        ("2024/12/10, 14:30 - ", "2024-12-10T14:30:00"),
        ("10-12-2024, 14:30 - ", None),
        ("13.6.2018 klo 21.25.15 - ", "2018-06-13T21:25:15"),
        ("13.06.18 21.25.15: ", "2018-06-13T21:25:15"),
        ("[2018/06/13, 21:25:15] ", "2018-06-13T21:25:15"),
        ("\u200e[05.08.23, 5:52:02\u202fPM] ", "2023-08-05T17:52:02"),
        ("02.05.18 à 18:00 - ", "2018-05-02T18:00:00"),
        ("[01:12, 10.06.2026] ", "2026-06-10T01:12:00"),
        ("20.06.2026 3:00 ÖS - ", "2026-06-20T15:00:00"),
        ("[الاثنين، ١٢\u200f/١٢\u200f/٢٠٢٤، ١٠:٣٠ م] ", "2024-12-12T22:30:00"),
        ("۱۴۰۳/۰۱/۰۱, ۱۰:۳۰ ب.ظ - ", "2024-03-20T22:30:00"),
    ],
)
def test_headers_of_many_phones_are_read(read, header, occurred_at):
    contents = read("chat.txt", f"{header}Ann: Hello\nand more\n{header}\u200e~Bob: Hi: you\n")

    assert [(speaker, text) for speaker, _, text in said(contents)] == [("Ann", "Hello\nand more"), ("Bob", "Hi: you")]
    assert contents.records[0].occurred_at == occurred_at
    assert contents.kind == "chats"


def test_service_lines_and_media_are_counted(read):
    stamp = "10.12.2024, 14:30 - "
    lines = [
        "Messages are end-to-end encrypted.",
        "Group: Messages and calls are end-to-end encrypted. Tap.",
        "Ann created group",
        "System: Ann left",
        "Ann: <Media omitted>",
        "Ann: IMG-1.jpg (file attached)",
        "Ann: \u200eimage omitted",
        "Ann: Hello (again)",
        "Bob: <3",
    ]

    contents = read("chat.txt", "".join(f"{stamp}{line}\n" for line in lines))

    assert [text for _, _, text in said(contents)] == ["Hello (again)", "<3"]
    assert contents.skipped == {"service_message": 4, "media": 3}


@pytest.mark.parametrize(
    "line",
    [
        "x" * 10_000_000,
        " " * 10_000_000 + "z",
        "a:" * 5_000_000,
        "[" * 10_000_000,
    ],
)
def test_a_line_of_ten_megabytes_is_read_in_one_go(read, line):
    assert read("a.txt", f"10.12.2024, 14:30 - Ann: Hi\n10.12.2024, 14:30 - Ann: Hi\n{line}\n").records
