"""Pages of a PDF: what stands at their edges, columns and lines that run from right to left; and files that are locked."""

import re
from io import BytesIO

import pytest
from pypdf import PdfWriter

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.visual_order import logical
from tests.ingest.papers import pdf

ASKS = "Interviewer: Why did you leave number {}?"
ANSWERS = "P1: Because of the {}."


def said(contents):
    record = contents.records[0]
    return [(turn.speaker, turn.role, record.text[turn.start : turn.end]) for turn in record.turns]


def seen(*pieces):
    """A line of right-to-left pieces as it looks from the left; Latin words and numbers are pieces of their own."""
    return "".join(piece if re.match(r"[A-Za-z\d]", piece) else piece[::-1] for piece in reversed(pieces))


FA = [
    ("مصاحبه‌گر: چند بار ", "Mobile Bank 3.2", " را باز کردید؟"),
    ("مصاحبه‌شونده: حدود ", "۲۵", " بار (شاید ", "30", ") در روز."),
]


def test_words_and_numbers_in_right_to_left_lines_keep_their_places(read):
    contents = read("a.pdf", pdf([seen(*pieces) for pieces in FA]))

    assert said(contents) == [
        ("مصاحبه‌گر", "interviewer", "چند بار Mobile Bank 3.2 را باز کردید؟"),
        ("مصاحبه‌شونده", "participant", "حدود ۲۵ بار (شاید 30) در روز."),
    ]
    assert any("check the order of numbers" in warning for warning in contents.warnings)


def test_times_in_right_to_left_lines_are_times(read):
    lines = [seen("[", "00:01:05", "] مصاحبه‌گر: چرا؟"), seen("[", "00:02:05", "] پاسخگو: دیر بود.")]
    turns = read("a.pdf", pdf([line.translate(str.maketrans("[]", "][")) for line in lines])).records[0].turns

    assert [turn.starts_at_s for turn in turns] == [65.0, 125.0]


def test_letters_of_one_sign_and_lost_joiners_are_read(read):
    lines = ["مصاحبهگر: حا\ufefb چرا؟", "شرکتکننده: برای ا\ufef7مر."]
    contents = read("a.pdf", pdf([line[::-1] for line in lines], [lines[1][::-1]]))

    assert [text for _, _, text in said(contents)] == ["حالا چرا؟", "برای الأمر.", "برای الأمر."]
    assert set(contents.speakers.values()) == {"interviewer", "participant"}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Plain words.", "Plain words."),
        ("", ""),
        ("50% مالس", "سلام 50%"),
        ("مالس :Ann Lee", "Ann Lee: سلام"),
        ("(3.2 مالس)", "(سلام 3.2)"),
    ],
)
def test_a_line_is_turned_to_the_order_of_reading(line, found):
    assert logical([line]) == [found]


def test_only_lines_at_the_edges_are_running_heads(read):
    pages = [["Acme Research", ASKS.format(k), "Acme Research", ANSWERS.format(k), f"Page {k}"] for k in "123"]
    contents = read("a.pdf", pdf(*pages))

    assert contents.skipped == {"running_head": 6}
    assert contents.records[0].text.count("Acme Research") == 3


def test_names_with_times_at_the_edges_are_no_heads(read):
    pages = [[f"Ann Lee  0:0{k}", "Why?", f"Bob Ray  0:0{k + 4}", f"Number {k}."] for k in (1, 2, 3)]

    assert [speaker for speaker, _, _ in said(read("a.pdf", pdf(*pages)))] == ["Ann Lee", "Bob Ray"] * 3


def test_the_heads_of_two_pages_and_the_number_of_one_are_left_out(read):
    two = [["Study 12", ASKS.format(k), ANSWERS.format(k), f"Page {k} of 2"] for k in "12"]
    assert read("a.pdf", pdf(*two)).skipped == {"running_head": 4}
    one = [ASKS.format(1), ANSWERS.format(1), "Seite 1 von 1"]
    assert read("a.pdf", pdf(one)).skipped == {"running_head": 1}


def test_a_wrapped_line_with_a_colon_is_no_speaker(read):
    turn = ["P1: The bank closed the branch that was next to my", "house: the nearest one is now far away from here."]
    contents = read("a.pdf", pdf([ASKS.format(1), *turn, ASKS.format(2), *turn]))

    assert set(contents.speakers) == {"Interviewer", "P1"}
    assert said(contents)[1][2] == f"{turn[0].removeprefix('P1: ')} {turn[1]}"


def test_a_name_with_a_time_begins_a_turn_where_the_line_before_is_full(read):
    lines = ["A title without an end that is as long as", "Ann [00:04] Why did you go away from there"]
    lines += ["Bob (01:05) Late it was", "Ann [01:09] So?", "Bob [01:10] Yes."]

    assert [speaker for speaker, _, _ in said(read("a.pdf", pdf(lines)))] == ["Ann", "Bob", "Ann", "Bob"]


def test_columns_that_ran_together_are_speakers(read):
    lines = [
        "Interviewer Why did you leave?",
        "P1 It was late and",
        "very cold.",
        "Interviewer And then?",
        "P1 Nothing.",
    ]
    contents = read("a.pdf", pdf(lines))

    assert contents.speakers == {"Interviewer": "interviewer", "P1": "participant"}
    prose = ["The interviewer asked much.", "Participant A left.", "Participant B stayed.", "Nobody spoke."]
    assert read("a.pdf", pdf(prose)).speakers == {}


@pytest.mark.parametrize("password", ["secret", ""])
def test_a_pdf_with_a_password_is_refused_and_one_that_opens_without_is_read(read, password):
    writer, content = PdfWriter(clone_from=BytesIO(pdf([ASKS.format(1), ANSWERS.format(1)]))), BytesIO()
    writer.encrypt(password, "owner", algorithm="RC4-128")
    writer.write(content)

    if not password:
        assert len(said(read("a.pdf", content.getvalue()))) == 2
        return
    with pytest.raises(UnreadableFile, match="locked with a password: take it off"):
        read("a.pdf", content.getvalue())


def test_a_cipher_that_is_not_read_is_no_damage(read):
    cipher = (
        "/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -1 /CF << /StdCF << /CFM /AESV3 /Length 32 >> >> "
        f"/StmF /StdCF /StrF /StdCF /O <{'ab' * 48}> /U <{'cd' * 48}> /OE <{'ef' * 32}> /UE <{'01' * 32}> "
        f"/Perms <{'23' * 16}> >> /ID [<{'45' * 16}> <{'45' * 16}>]"
    )
    with pytest.raises(UnreadableFile, match="encrypted in a way that is not read: print it to a new PDF"):
        read("a.pdf", pdf(["Hi"], extra=cipher))


def test_wrapped_chinese_lines_are_joined_without_a_space(read):
    lines = ["採訪者：請問您為什麼在去年離開了那家", "公司？", "受訪者：因為太晚了。"]

    assert said(read("a.pdf", pdf(lines)))[0][2] == "請問您為什麼在去年離開了那家公司？"
