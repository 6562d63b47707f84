"""Chats that phones and Zoom export: headers of many languages, what the phone says itself, and Zoom's two shapes."""

import pytest

from nlp_service.errors import UnreadableFile

LRM, RLM = "\u200e", "\u200f"


def said(contents):
    return [(turn.speaker, record.text[turn.start : turn.end]) for record in contents.records for turn in record.turns]


@pytest.mark.parametrize(
    ("header", "occurred_at"),
    [
        ("20/12/2024, 2:30 pm - ", "2024-12-20T14:30:00"),
        ("20/12/2024, 2:30\u202fPM - ", "2024-12-20T14:30:00"),
        ("2024/12/20 下午2:30 - ", "2024-12-20T14:30:00"),
        ("2024/12/20 午後2:30 - ", "2024-12-20T14:30:00"),
        ("20.12.2024 ÖS 2:30 - ", "2024-12-20T14:30:00"),
        ("20.12.2024 ÖÖ 2:30 - ", "2024-12-20T02:30:00"),
        (f"٢٠{RLM}/١٢{RLM}/٢٠٢٤، ٢:٣٠ م - ", "2024-12-20T14:30:00"),
        (f"[٢٠{RLM}/١٢{RLM}/٢٠٢٤، ٢:٣٠:١٥ ص] ", "2024-12-20T02:30:15"),
        ("۱۴۰۳/۹/۳۰،\u200f ۲:۳۰ ب.ظ. - ", "2024-12-20T14:30:00"),
        ("۲۰۲۴/۱۲/۲۰, ۱۴:۳۰ - ", "2024-12-20T14:30:00"),
        (f"{LRM}[20.12.24, 14:30:15] ", "2024-12-20T14:30:15"),
    ],
)
def test_headers_in_other_digits_and_halves_of_the_day(read, header, occurred_at):
    contents = read("chat.txt", f"{header}Ann: It broke\n{header}Bob: Sorry\n")

    assert said(contents) == [("Ann", "It broke"), ("Bob", "Sorry")]
    assert contents.records[0].occurred_at == occurred_at


@pytest.mark.parametrize(
    ("line", "text", "skipped"),
    [
        ("<Media omitted>", None, "media"),
        ("<Medya dahil edilmedi>", None, "media"),
        ("<Medien ausgelassen>", None, "media"),
        ("<Archivo omitido>", None, "media"),
        ("<Mídia oculta>", None, "media"),
        ("<تم استبعاد الوسائط>", None, "media"),
        (f"{LRM}image omitted", None, "media"),
        (f"{LRM}görüntü dahil edilmedi", None, "media"),
        (f"{LRM}<attached: 01-PHOTO.jpg>", None, "media"),
        ("IMG-1.jpg (file attached)", None, "media"),
        ("Price list 2024.pdf (file attached)", None, "media"),
        ("IMG-1.jpg (dosya ekli)", None, "media"),
        ("IMG-1.jpg (الملف مرفق)", None, "media"),
        ("IMG-1.jpg (file attached)\nSee the dent", "See the dent", "media"),
        (f"See the dent {LRM}<attached: 01-PHOTO.jpg>", "See the dent", "media"),
        ("null", None, "media"),
        ("This message was deleted", None, "deleted"),
        ("Bu mesaj silindi", None, "deleted"),
        ("تم حذف هذه الرسالة", None, "deleted"),
        ("این پیام حذف شد", None, "deleted"),
        (f"{LRM}You deleted this message.", None, "deleted"),
        (f"{LRM}Missed voice call", None, "service_message"),
        (f"It broke {LRM}<This message was edited>", "It broke", None),
        ("It broke <This message was edited>", "It broke", None),
        ("I use example.com (great site)", "I use example.com (great site)", None),
        ("I like <3 and <b>", "I like <3 and <b>", None),
        ("Is this end-to-end encrypted?", "Is this end-to-end encrypted?", None),
        ("The message was deleted by your app", "The message was deleted by your app", None),
        ("null pointer", "null pointer", None),
        (f"{LRM}It broke\nand I want a refund", "It broke\nand I want a refund", None),
        ("10:30 is fine: or 11", "10:30 is fine: or 11", None),
    ],
)
def test_what_the_phone_says_is_counted_and_what_people_say_is_kept(read, line, text, skipped):
    stamp = "20.12.2024, 14:30 - "
    around = [f"{stamp}Ann: One", f"{stamp}Bob: Two", f"{stamp}Ann: Three"]
    contents = read("chat.txt", "\n".join([*around, f"{stamp}Bob: {line}"]))

    assert said(contents)[3:] == ([("Bob", text)] if text else [])
    assert contents.skipped == ({skipped: 1} if skipped else {})


@pytest.mark.parametrize(
    "line",
    [
        "Ann created group",
        'Ann changed the subject to "Help: now"',
        "Messages are end-to-end encrypted",
        "Ann left",
        "Sistem: Ann ayrıldı",
    ],
)
def test_lines_of_the_service_are_no_turns(read, line):
    stamp = "20.12.2024, 14:30 - "
    contents = read("chat.txt", f"{stamp}{line}\n{stamp}Ann: It broke\n{stamp}Bob: Sorry\n")

    assert said(contents) == [("Ann", "It broke"), ("Bob", "Sorry")]
    assert contents.skipped == {"service_message": 1}


ZOOM = '10:00:05\tAnn:\tIt broke\n10:00:30\t Bo Ray:\tSorry\nReally\n10:01:05\tAnn:\tReacted to "Sorry" with 👍\n'
ADDRESSED = (
    "10:00:05 From Ann to Everyone:\n\tIt broke\n10:00:30 From Bo Ray to Everyone:\n\tSorry\n\tReally\n"
    '10:01:05 From Ann to Bo Ray (Direct Message):\n\tReplying to "Sorry"\n\n\tThanks\n'
)


@pytest.mark.parametrize(
    ("text", "found", "skipped"),
    [
        (ZOOM, [("Ann", "It broke"), ("Bo Ray", "Sorry\nReally")], {"reaction": 1}),
        (ADDRESSED, [("Ann", "It broke"), ("Bo Ray", "Sorry\nReally"), ("Ann", "Thanks")], {"quoted_reply": 1}),
        ("10:00:05\t From Ann : It broke\n10:00:30\t From Bo : Sorry\n", [("Ann", "It broke"), ("Bo", "Sorry")], {}),
    ],
)
def test_zoom_chats_of_each_shape(read, text, found, skipped):
    contents = read("chat.txt", text)

    assert (contents.format, contents.kind, said(contents)) == ("zoom_chat", "chats", found)
    assert contents.skipped == skipped
    assert [turn.starts_at_s for turn in contents.records[0].turns][:2] == [0.0, 25.0]


def test_a_zoom_chat_past_midnight_goes_on(read):
    contents = read("chat.txt", "23:59:50\tAnn:\tStill here\n00:00:10\tBo:\tMe too\n")
    assert [turn.starts_at_s for turn in contents.records[0].turns] == [0.0, 20.0]


@pytest.mark.parametrize(
    "text", ["10:00:05 From here on it broke\nand more\n", "at 10:00:05\tAnn:\thi\n", "10:00\tA\thi\n"]
)
def test_other_lines_with_clocks_are_no_zoom_chat(read, text):
    assert read("chat.txt", text).format != "zoom_chat"


def test_a_zoom_chat_of_reactions_only_is_refused(read):
    with pytest.raises(UnreadableFile, match="No message of this chat"):
        read("chat.txt", '10:00:05\tAnn:\tReacted to "x" with 👍\n')
