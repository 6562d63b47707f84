"""DOCX, ODT and PDF: what is said in them is read, what is not is counted, and no file can do harm."""

import time
from itertools import pairwise

import pytest

from nlp_service.errors import UnreadableFile, UnsupportedMediaType
from nlp_service.ingest import archives, paragraphs, pdf
from tests.ingest.archived import zipped
from tests.ingest.papers import assembled, docx, odt, op, otable, stream, wp, wtable
from tests.ingest.papers import pdf as pdf_of

OPEN_TEXT = "application/vnd.oasis.opendocument.text"
ASKED = [("Interviewer", "interviewer", "Why did you leave?"), ("P1", "participant", "Because it was late.")]
SAID = [f"{speaker}: {text}" for speaker, _, text in ASKED]
ROWS = [("Interviewer", "Why did you leave?"), ("P1", "Because it was late.")]
HEADED = [("Start", "Speaker", "Transcription"), ("0:00:00.4", *ROWS[0]), ("0:01:06.31", *ROWS[1])]


def said(contents):
    record = contents.records[0]
    return [(turn.speaker, turn.role, record.text[turn.start : turn.end]) for turn in record.turns]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", docx("".join(map(wp, SAID)))),
        ("a.docm", docx("".join(map(wp, SAID)), word__vbaProject_bin="Sub AutoOpen()")),
        ("a.docx", docx("".join(map(wp, SAID)), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main")),
        ("a.docx", docx("".join(map(wp, SAID)), part="word/document2.xml")),
        ("a.docx", docx(f"<w:p><w:r><w:t>{SAID[0]}</w:t><w:br/><w:t>{SAID[1]}</w:t></w:r></w:p>")),
        ("a.docx", docx(wtable(*ROWS))),
        ("a.docx", docx(wtable(*[(str(k), *row) for k, row in enumerate(ROWS, 1)]))),
        ("a.odt", odt(otable(*[(f"{k}.", "0:0" + str(k), *row) for k, row in enumerate(ROWS, 1)]))),
        ("upload", docx(wtable(*HEADED))),
        ("a.odt", odt("".join(map(op, SAID)))),
        ("a.odt", odt("<text:p>Interviewer:<text:s/>Why did<text:s text:c='1'/>you leave?<text:line-break/>"
                      "P1: Because it was late.</text:p>")),
        ("a.odt", odt(otable(*ROWS))),
        ("a.odt", odt(otable(*HEADED))),
        ("a.pdf", pdf_of(SAID)),
        ("a.pdf", pdf_of(SAID[:1], SAID[1:])),
        ("a.pdf", pdf_of(["Interviewer: Why did", "you leave?", "P1: Because it was late."])),
    ],
)  # fmt: skip
def test_an_interview_in_a_document(read, name, content):
    contents = read(name, content)

    assert said(contents) == ASKED
    assert contents.kind == "interviews"


LANGUAGES = [
    ("مصاحبه‌گر", "چرا رفتید؟", "مصاحبه‌شونده", "چون دیر شده بود."),
    ("المحاور", "لماذا غادرت؟", "المشاركة", "لأن الوقت كان متأخرا."),
    ("Görüşmeci", "Neden ayrıldınız?", "K1", "Çünkü geç olmuştu."),
    ("Interviewerin", "Warum gingen Sie?", "Befragte", "Weil es spät war."),
    ("Entrevistadora", "¿Por qué se fue?", "Entrevistado", "Porque era tarde."),
    ("Интервьюер", "Почему вы ушли?", "Респондент", "Было поздно."),
    ("採訪者", "為什麼離開？", "受訪者", "因為太晚了。"),
]


@pytest.mark.parametrize("row", LANGUAGES)
@pytest.mark.parametrize("format", ["docx", "odt", "pdf"])
def test_documents_in_many_languages(read, format, row):
    asks, question, answers, answer = row
    lines = [f"{asks}: {question}", f"{answers}: {answer}"]
    is_right_to_left = asks[0] > "\u0590" and asks[0] < "\u0900"
    content = {
        "docx": docx("".join(map(wp, lines))),
        "odt": odt("".join(map(op, lines))),
        "pdf": pdf_of([line[::-1] if is_right_to_left else line for line in lines]),
    }[format]

    assert said(read("a", content)) == [(asks, "interviewer", question), (answers, "participant", answer)]


AGAIN = [*HEADED, HEADED[0], ("0:02:00", "P1", "And cold.")]


@pytest.mark.parametrize("content", [docx(wtable(*AGAIN)), odt(otable(*AGAIN))])
def test_a_table_of_speech_keeps_times_and_its_repeated_header_is_no_speech(read, content):
    turns = read("a.docx", content).records[0].turns

    assert [(turn.starts_at_s, turn.ends_at_s) for turn in turns] == [(0.4, None), (66.31, None)]
    assert said(read("a.docx", content))[1][2] == "Because it was late. And cold."


def test_tables_of_numbers_and_paragraphs_around_speech_are_counted(read):
    sums = wtable(("Speaker", "Q1"), ("Agent", "2.9"), ("Customer", "1.0"))
    contents = read("a.docx", docx(wp("Call report") + sums + wtable(*HEADED) + wp("") + sums))

    assert said(contents) == ASKED
    assert contents.skipped == {"paragraph": 1, "table": 2}


def test_a_cell_that_spans_columns_does_not_shift_the_others(read):
    wide = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{wp("0:00:09")}</w:tc><w:tc>{wp("Mhm.")}</w:tc></w:tr>'
    contents = read("a.docx", docx(wtable(*HEADED).replace("</w:tbl>", wide + "</w:tbl>")))

    assert said(contents)[-1] == ("P1", "participant", "Because it was late. Mhm.")


def test_tracked_changes_comments_and_notes(read):
    body = (
        "<w:p><w:r><w:t>P1: It was </w:t></w:r><w:ins><w:r><w:t>very </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>not </w:delText><w:t>not </w:t></w:r></w:del><w:r><w:t>late.</w:t>"
        "<w:commentReference w:id='1'/><w:footnoteReference w:id='2'/></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr><w:tabs><w:tab/></w:tabs></w:pPr>"
        "<w:r><w:instrText>PAGE</w:instrText><w:t>Interviewer: Why?</w:t></w:r></w:p>"
    )
    contents = read("a.docx", docx(body))

    assert [text for _, _, text in said(contents)] == ["It was very late.", "Why?"]
    assert contents.skipped == {"tracked_deletion": 1, "comment": 1, "note": 1}


def test_tracked_changes_comments_and_notes_of_an_odt(read):
    body = (
        f"<text:tracked-changes><text:changed-region>{op('gone')}</text:changed-region></text:tracked-changes>"
        f"<text:p>P1: It was<office:annotation>{op('really?')}</office:annotation> late"
        f"<text:note><text:note-body>{op('at nine')}</text:note-body></text:note>.</text:p>" + op("Interviewer: Why?")
    )
    contents = read("a.odt", odt(body))

    assert [text for _, _, text in said(contents)] == ["It was late.", "Why?"]
    assert contents.skipped == {"tracked_deletion": 1, "comment": 1, "note": 1}


def test_text_boxes_are_read_once_and_nested_tables_are_lines(read):
    inside = wp("In a box.")
    box = f"<mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback>"
    box = f"<mc:AlternateContent>{box}</mc:AlternateContent>"
    nested = f"<w:tbl><w:tr><w:tc>{wp('Outer')}{wtable(('a', 'b'))}</w:tc></w:tr></w:tbl>"
    contents = read("a.docx", docx(f"<w:p><w:r><w:t>First.</w:t>{box}</w:r></w:p>{nested}"))

    assert contents.records[0].text == "In a box.\nFirst.\nOuter\na | b"
    assert (contents.format, contents.kind) == ("docx_text", "reviews")


def test_a_teams_document_has_names_with_times(read):
    body = "<w:p><w:r><w:t xml:space='preserve'>Ann Lee   0:03</w:t><w:br/><w:t>Hello.</w:t></w:r></w:p>"
    contents = read("a.docx", docx(body + body.replace("Ann Lee   0:03", "Bob   1:00:05").replace("Hello", "Hi")))

    assert [(turn.speaker, turn.starts_at_s) for turn in contents.records[0].turns] == [
        ("Ann Lee", 3.0),
        ("Bob", 3605.0),
    ]


def test_headings_and_numbers_on_every_page_of_a_pdf_are_no_text(read):
    pages = [
        ["Interview with P1", f"Interviewer: Why number {k}?", f"P1: Because of {k}.", f"Page {k} of 3"]
        for k in (1, 2, 3)
    ]
    contents = read("a.pdf", pdf_of(*pages))

    assert [text for _, _, text in said(contents)] == [
        line for k in (1, 2, 3) for line in (f"Why number {k}?", f"Because of {k}.")
    ]
    assert contents.skipped == {"running_head": 6}
    assert any("check it" in warning for warning in contents.warnings)


def test_lines_of_a_pdf_are_joined_where_they_go_on(read):
    lines = ["P1: The first line of this answer is as long as", "lines are here and it ends. A new", "",
             "Interviewer: Is that all that there is to say about", "wen bu konu", "P1: Yes."]  # fmt: skip
    found = said(read("a.pdf", pdf_of([line for line in lines if line])))

    assert found[0][2] == "The first line of this answer is as long as lines are here and it ends. A new"
    assert found[1][2] == "Is that all that there is to say about wen bu konu"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", docx(""), "no text"),
        ("a.docx", docx(wp(" ")), "no text"),
        ("a.odt", odt(""), "no text"),
        ("a.pdf", pdf_of([]), "only pictures of pages"),
        ("a.docx", zipped({"word/document.xml": "<w:document"}), r"word/document.xml in .* broken at line 1, column \d+"),
        ("a.docx", docx("<w:p>\n<w:r></w:p>"), "broken at line 2"),
        ("a.docx", docx(wp("Hello"))[:-40], "damaged archive"),
        ("a.docx", docx(wp("Hello")).replace(b"PK\x01\x02", b"PK\x01\x03"), "damaged archive"),
        ("a.docx", docx(wp("x"), other="x").replace(b"other", b"../ab"), "leads out of it"),
        ("a.odt", zipped({"mimetype": OPEN_TEXT, "content.xml": "<a>&b;</a>"}), "broken at line 1"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "locked with a password"),
        ("a.docx", b"plain words", "no such document"),
        ("a.odt", b"plain words", "no such document"),
        ("a.pdf", b"plain words", "no such document"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj", "PDF is damaged before its first page"),
        ("a.pdf", pdf_of(["Hi"])[:300], "PDF is damaged"),
        ("a.pdf", pdf_of(["Hi"], extra="/Encrypt << /Filter /Standard /V 9 /R 9 >>"), "PDF is damaged|locked"),
    ],
)  # fmt: skip
def test_a_document_without_text_or_damaged_is_refused_with_what_to_do(read, name, content, message):
    with pytest.raises(UnreadableFile, match=message) as caught:
        read(name, content)
    assert caught.value.detail.endswith(".")


@pytest.mark.parametrize(
    ("name", "content"), [("a.rtf", rb"{\rtf1 Interviewer: Why?}"), ("a.doc", b"words"), ("a.pages", b"words")]
)
def test_formats_that_need_a_converter_are_refused_by_name(read, name, content):
    with pytest.raises(UnsupportedMediaType):
        read(name, content)


ENTITIES = "".join(f'<!ENTITY {n} "{f"&{m};" * 10}">' for m, n in pairwise("abcdefghi"))
BOMB = f'<!DOCTYPE a [<!ENTITY a "{"x" * 99}">{ENTITIES}]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [BOMB, OUTSIDE])
def test_entities_are_never_expanded(read, head):
    word = zipped({"word/document.xml": f"{head}<w><w:p xmlns:w='x'>&a;</w:p></w>"})
    text = zipped({"mimetype": OPEN_TEXT, "content.xml": f"{head}<w>&i;</w>"})
    for name, content in [("a.docx", word), ("a.odt", text), ("a.trs", f"{head}<Trans><Turn>&a;</Turn></Trans>")]:
        with pytest.raises(UnreadableFile, match="entities"):
            read(name, content)


@pytest.mark.parametrize("build", [lambda text: docx(wp(text)), lambda text: odt(op(text))])
def test_a_document_that_is_a_zip_bomb_is_refused_before_it_is_unpacked(read, build, monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 100_000)
    with pytest.raises(UnreadableFile, match="larger than 100,000 bytes"):
        read("a.docx", build("a" * 1_000_000))


def test_a_document_may_be_unpacked_to_sixty_million_bytes(read):
    with pytest.raises(UnreadableFile, match="larger than 60,000,000 bytes"):
        read("a.docx", docx(wp("a" * 60_000_000)))


def test_a_document_of_too_many_elements_or_tables_in_tables_is_refused(read, monkeypatch):
    deep = "<w:tbl><w:tr><w:tc>" * 40 + wp("x") + "</w:tc></w:tr></w:tbl>" * 40
    with pytest.raises(UnreadableFile, match="take them apart"):
        read("a.docx", docx(deep))
    monkeypatch.setattr(paragraphs, "MAX_ELEMENTS", 1_000)
    with pytest.raises(UnreadableFile, match="more than 1,000 elements"):
        read("a.docx", docx("<w:p/>" * 2_000))


def test_elements_a_hundred_thousand_deep_are_read(read):
    deep = "<w:x>" * 100_000 + wp("Words.") + "</w:x>" * 100_000
    assert read("a.docx", docx(deep)).records[0].text == "Words."


def test_columns_and_spaces_that_claim_to_be_many_are_not(read):
    cell = f"<table:table-cell table:number-columns-repeated='999999999'>{op('P1')}</table:table-cell>"
    row = f"<table:table-row>{cell}</table:table-row>"
    contents = read("a.odt", odt(f"<table:table>{row}</table:table><text:p>a<text:s text:c='999999999'/>b</text:p>"))

    assert len(contents.records[0].text) < 200


def forms(depth):
    """A PDF of forms that each draw the next one twice."""
    shows = [stream("/X Do /X Do")] * depth
    resources = [f"/Resources << /XObject << /X {5 + place} 0 R >> >>" for place in range(depth)]
    drawn = [
        one.replace("<< ", f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {more} ")
        for one, more in zip(shows, resources, strict=True)
    ]
    last = stream("BT (x) Tj ET").replace("<< ", "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] ")
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
    )
    contents = stream("/X Do")
    shifted = [one.replace(f"/X {5 + place} 0 R", f"/X {6 + place} 0 R") for place, one in enumerate(drawn)]
    return assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page,
            contents,
            *shifted,
            last,
        ]
    )


def test_forms_that_draw_forms_without_end_are_stopped(read, monkeypatch):
    monkeypatch.setattr(pdf, "MAX_OPERATORS", 2_000)
    began = time.monotonic()
    with pytest.raises(UnreadableFile, match="draws more than can be read"):
        read("a.pdf", forms(60))
    assert time.monotonic() - began < 20


def test_a_page_and_a_count_of_pages_have_limits(read, monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(UnreadableFile, match="more than 2 pages"):
        read("a.pdf", pdf_of(["a"], ["b"], ["c"]))
    monkeypatch.setattr(pdf, "MAX_PAGE_BYTES", 50)
    with pytest.raises(UnreadableFile, match="Page 1 of the PDF"):
        read("a.pdf", pdf_of(["a" * 90]))


def test_fonts_too_large_to_read_page_after_page_are_stopped(read, monkeypatch):
    monkeypatch.setattr(pdf, "MAX_MAP_BYTES", 1_000)
    with pytest.raises(UnreadableFile, match="draws more than can be read"):
        read("a.pdf", pdf_of(*[["words"]] * 20))
