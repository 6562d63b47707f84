"""The bytes choose the reader; what is not read is refused with the way out."""

import io
import zipfile

import pytest

from nlp_service.errors import UnreadableFile, UnsupportedMediaType


def zipped(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_qde", ".qde"), content)
    return stream.getvalue()


DOCX = zipped(word__document_xml="<w/>")
ODT = zipped(mimetype="application/vnd.oasis.opendocument.text", content_xml="<o/>")
ODS = zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<o/>")
QDPX = zipped(Project_qde="<p/>")
ZIP = zipped(readme="hello")
PDF = b"%PDF-1.7\n1 0 obj"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.doc", b"plain words", "DOC is not read: save it as .docx"),
        ("a.rtf", b"{\\rtf1 words}", "RTF is not read: save it as .docx"),
        ("a.zip", ZIP, "Of ZIP archives, chat exports and those of one table are read: unpack it"),
        ("upload", ZIP, "unpack it"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20), "save it as .xlsx"),
        ("a.png", PNG, "send the text itself"),
        ("a.html", b"<html><body>hi</body></html>", "HTML is not read"),
        ("a.xml", b"<?xml version='1.0'?><a/>", "XML is not read"),
        ("a.txt", b"<?xml version='1.0'?><a/>", "XML is not read"),
        ("a.xyz", b"plain words", "CSV, TSV, XLSX, ODS, JSON, JSON lines, WebVTT, SRT, DOCX, ODT, PDF, TXT and MD"),
    ],
)
def test_what_is_not_read_yet_is_named_with_the_way_out(read, name, content, message):
    with pytest.raises(UnsupportedMediaType, match=message):
        read(name, content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (PDF, "PDF is damaged"),
        (PNG, "named .csv .* Images"),
        (DOCX, "document has no text"),
        (ODT, "document has no text"),
        (ZIP, "named .csv .* unpack"),
        (b"MZ\x90\x00" + bytes(60), "named .csv .* Programs"),
        (b"\x7fELF" + bytes(60), "named .csv .* Programs"),
        (b"PK\x03\x04" + bytes(60), "damaged archive"),
        (ODS, "damaged or locked"),
        (QDPX, "XML is broken|no text"),
        (b"text,id\x00\x00\x01", "binary"),
        (b"", "empty"),
    ],
)
def test_binary_content_under_a_readable_name_is_refused(read, content, message):
    with pytest.raises(UnreadableFile, match=message):
        read("a.csv", content)


def test_a_workbook_by_name_only_is_refused(read):
    with pytest.raises(UnreadableFile, match="no workbook"):
        read("a.xlsx", "id,text\n1,Good\n")


@pytest.mark.parametrize("name", ["a.docx", "a.docm", "a.odt", "a.pdf"])
def test_a_document_by_name_only_is_refused(read, name):
    with pytest.raises(UnreadableFile, match="no such document: open it and save it again"):
        read(name, "plain words")


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.txt", "WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n", "vtt"),
        ("a.txt", "1\n00:00:00,000 --> 00:00:01,000\nHi\n", "srt"),
        ("a.csv", '[{"text": "Hi"}]', "json"),
        ("a.txt", '{"text": "Hi"}\n{"text": "Ho"}\n', "jsonl"),
        ("upload", "id,text\n1,Hi\n2,Ho\n", "csv"),
        ("a.txt", "id\ttext\n1\tHi\n2\tHo\n", "tsv"),
        ("a.TXT", "Just words.", "text"),
        ("a.md", "[link](https://a.example) and words", "text"),
        ("a.txt", "[00:00:01] Ann: Hi\n[00:00:02] Bob: Ho\n", "timed_transcript"),
        ("a.txt", "Text, they say, is dead.\nWords, I say, are not.\n", "text"),
    ],
)
def test_the_reader_is_chosen_by_the_bytes(read, name, content, format):
    assert read(name, content).format == format


def test_no_message_quotes_the_text_of_a_customer(read):
    secret = "my-secret-word"
    for name, content in [("a.json", f'{{"text": "{secret}'), ("a.xyz", secret), ("a.vtt", secret), ("a.pdf", secret)]:
        with pytest.raises((UnreadableFile, UnsupportedMediaType)) as caught:
            read(name, content)
        assert secret not in caught.value.detail
