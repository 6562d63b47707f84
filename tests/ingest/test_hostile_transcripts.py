"""Whatever arrives, the readers of transcripts and documents say what is wrong in our words, lose no slice, and end soon."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_service.errors import ServiceError
from tests.ingest import test_shapes, test_speech_json
from tests.ingest.archived import zipped
from tests.ingest.mutations import fuzz, mutated, mutated_json
from tests.ingest.papers import docx, odt, op, otable, pdf, wp, wtable
from tests.ingest.test_documents import HEADED, SAID
from tests.ingest.test_tagged import INLINE, PAGE, TRS, XML

VTT = (
    "WEBVTT\nLanguage: en\n\nNOTE by hand\n\n"
    "guid/1-0\n00:00:01.000 --> 00:00:02.000 align:start\n<v.loud Ann>Why&amp;?</v>\n\n"
    "00:02.000 --> 00:03.000\n<v Bob>It<00:00:02.500><c> was</c>\nAnn Lee: {\\an8}late [laughs]\n"
)
SRT = "\ufeff1\n00:00:01,000 --> 00:00:02,000\n\u202b[خلبان] سلام\n\n2\n00:00:02,500-->00:00:03.000\n<i>Ann:</i> Hi\n"
HEAD = (
    "---\nhosts: Ann\nlanguage: en\n---\n# Interview 1\n\n**Ann (A):** [00:01:02] Why[a]?\n\n**B:** Because.\n\n"
    "## Interview 2\n\n**A:** So?\n\n**A:** No?\n\n**B:** No.\n\n[a]Check."
)
FILES = {
    "a.vtt": VTT.encode(),
    "a.srt": SRT.encode(),
    "utf16.srt": SRT.encode("utf-16-le"),
    "cp1256.srt": SRT[1:].replace("\u202b", "").encode("cp1256"),
    "teams.txt": test_shapes.TEAMS.encode(),
    "head.md": HEAD.encode(),
    "trint.txt": ("Ann [00:00:04] Why?\n\nBob [00:01:05] It was late.\n\n" * 2 + "[a]Ok").encode(),
    "otter.txt": b"Ann Lee  0:04  \nWhy?\n\nBob  1:00:05  \nIt was late.\n\nTranscribed by https://otter.ai\n",
    "fa.txt": "مصاحبه‌گر: چرا رفتید؟\n[۰۰:۰۱] مصاحبه‌شونده： چون دیر بود.\n- س: خب؟\n- ج: بله\n".encode(),
    "paragraphs.md": b"# T\n\n**[00:04]** One.\n\n**[01:05]** Two.\n\n**[01:09]** Three.\n",
    "a.csv": b"timestamp,speaker,words,tags\n[0:00],DB:,Why &#8212;?,a; b\n,LG:,(Laughs.),a\n1.5s,,Late.,\n",
    "a.trs": TRS.encode(),
    "a.xml": XML.encode(),
    "a.html": PAGE.encode(),
    "b.html": INLINE.encode(),
    "a.docx": docx(wp("Report") + "".join(map(wp, SAID)) + wtable(*HEADED)),
    "a.odt": odt("".join(map(op, SAID)) + otable(*HEADED)),
    "a.pdf": pdf(SAID, ["مصاحبه‌گر: چرا؟"]),
    "rtl.pdf": pdf(["؟(Bank) ار ۲۵ ارچ :رگهبحاصم", ".\ufefbاح :وگخساپ"], ["؟رگید :رگهبحاصم", ".چیه :وگخساپ"]),
}
SPAN = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>x</w:t><w:br/></w:r></w:p></w:tc></w:tr>'
WORD_XML = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:ins><w:r>'
    "<w:t>Ann: Hi</w:t><w:tab/></w:r></w:ins><w:del/></w:p>"
    f"{wtable(*HEADED).replace('</w:tbl>', SPAN + '</w:tbl>')}</w:body></w:document>"
)
NAMES = (
    "AWS",
    "AWS_CHANNELS",
    "DEEPGRAM",
    "DEEPGRAM_UTTERANCES",
    "ASSEMBLYAI_WORDS",
    "REV",
    "WHISPERX_SPLIT",
    "WHISPER_CPP",
    "FAST",
)
VALUES = {name: getattr(test_speech_json, name) for name in NAMES}
STARTS = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"WEBVTT\n\n", b"<?xml version='1.0'?><Trans><Turn ", b"00:00:01,000 --> ",
          b"Ann: ", b'{"segments": [{"start": 1, ']  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_the_seeds_themselves_are_read(read, name):
    assert read(name, FILES[name]).kind == "interviews"


@pytest.mark.parametrize("name", FILES)
@fuzz
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_in_our_words(read, name, data):
    _read_or_refused(read, name, data.draw(mutated(FILES[name])))


@pytest.mark.parametrize("name", VALUES)
@fuzz
@given(data=st.data())
def test_json_of_another_shape_is_read_or_refused_in_our_words(read, name, data):
    _read_or_refused(read, "a.json", data.draw(mutated_json(VALUES[name])))


@fuzz
@given(content=mutated(WORD_XML.encode()))
def test_damage_inside_a_document_is_told_with_its_place_or_read(read, content):
    _read_or_refused(read, "a.docx", zipped({"word/document.xml": content}))


@pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.txt", "a.docx", "a.odt", "a.pdf", "a.trs", "a.html", "a.json"])
@fuzz
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=400))
def test_random_bytes_are_read_or_refused_in_our_words(read, name, start, rest):
    _read_or_refused(read, name, start + rest)


LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            ["Ann: Hi", "Ann  0:04", "[00:04] Ann: Hi", "0:0:5.900 --> 0:0:8.930", "Ann", "## Interview 2",
             "[a]x", "---", "س:", "**I:** a", "P1", "Interviewer", "Interviewer: Ann Lee", "Date: 3 May", "Bob: No"]
        ),
    ),
    max_size=30,
)  # fmt: skip


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.vtt"])
@fuzz
@given(lines=LINES)
def test_any_lines_make_turns_that_are_slices(read, name, lines):
    _read_or_refused(read, name, "\n".join(lines).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "line",
    ["Ann [" * 100_000, "0:0:0.0\nA\n" * 20_000, "#" * 500_000, "[a]" * 200_000, "---\n" * 100_000, "**" * 200_000 + ": x",
     "<" * 300_000, "<segment>" * 50_000, "class='speaker" * 30_000],
    ids=lambda line: line[:9],
)  # fmt: skip
def test_long_repetitions_end_soon(read, line):
    for name in ("a.txt", "a.xml"):
        _read_or_refused(read, name, line.encode())


def _read_or_refused(read, name, content):
    """Read a file; the fixture checks that every turn is a slice of its record's text."""
    try:
        contents = read(name, content)
    except ServiceError as error:
        assert error.detail.endswith(".")
        return
    assert contents.records
    for record in contents.records:
        json.dumps(
            [record.text, dict(record.metadata), [turn.speaker for turn in record.turns]], ensure_ascii=False
        ).encode()
        for turn in record.turns:
            for at in (turn.starts_at_s, turn.ends_at_s):
                assert at is None or 0 <= at < float("inf")
