"""A large table read in batches gives what it gives read whole, with little of it in memory."""

import csv
import gzip
import io
import tracemalloc

import pytest

from nlp_service import ingest
from nlp_service.domain import Upload
from nlp_service.errors import ServiceError, UnreadableFile
from nlp_service.ingest import lines, stream
from nlp_service.settings import ROOT
from tests.ingest.test_surveys import FORMS, LIME, MONKEY, PLAIN, QUALTRICS, TYPEFORM, csv_of

PLAY = (
    "Package Name,Review Submit Millis Since Epoch,Review Last Update Millis Since Epoch,Star Rating,Review Text,"
    "Developer Reply Text,Review Link\n"
    "a,1514327431268,1514327431268,2,It is bad,,https://x.example?reviewid=gp:1\n"
    'a,1514327431299,1514327431299,2,"Kötü, ""çok"" yavaş\nbir uygulama",Thanks,https://x.example?reviewid=gp:2\n'
    "a,1514327431299,1514327431299,2,,,\n"
)


def streamed(name, content, **options):
    found = ingest.read_rows(io.BytesIO(content), Upload(filename=name, content=b""), **options)
    if found is None:
        return None, ()
    records = tuple(record for batch in found for record in batch)
    return found.contents, records


def same(name, content, **options):
    """The contents read whole, after they were compared with those read in batches."""
    whole = ingest.read(Upload(filename=name, content=content), **options)
    contents, records = streamed(name, content, **options)
    assert records == whole.records
    assert (contents.format, contents.encoding, contents.kind) == (whole.format, whole.encoding, whole.kind)
    assert dict(contents.columns) == dict(whole.columns) and dict(contents.speakers) == dict(whole.speakers)
    assert dict(contents.skipped) == dict(whole.skipped)
    assert sorted(contents.warnings) == sorted(whole.warnings)
    return whole


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", PLAY.encode()),
        ("a.csv", PLAY.encode("utf-16")),
        ("a.csv", PLAY.encode("utf-16-be")),
        ("a.csv", PLAY.encode("cp1254")),
        ("a.csv", PLAY.replace("\n", "\r\n").encode("utf-8-sig")),
        ("a.csv", ("sep=;\n" + "id;text\n1;Good\n2;Bad\n").encode()),
        ("a.tsv", b'id\ttext\n1\tGood\n2\t"Bad\n'),
        ("a.csv", b'id,text,n\n1,Good,5\n2,"Bad\n3,Slow,2\n4,"x ""y""",4\n5,a,b,c,d\n'),
        ("a.csv", b"text,date\nGood,03/04/2024\nBad,05/06/2024\n"),
        ("a.csv", b"id,text\n7,Good\n7,Bad\n7,Slow\n8,Fine\n8,Fine\n"),
        *(("survey.csv", csv_of(rows).encode()) for rows in (QUALTRICS, MONKEY, TYPEFORM, FORMS, LIME, PLAIN)),
        ("a.jsonl", b'{"id": 1, "text": "Good", "x": {"y": 2}}\n\nnot json\n{"id": 2, "text": "Bad"}\n3\n'),
        ("reviews.csv", (ROOT / "corpora" / "samples" / "reviews.csv").read_bytes()),
        ("survey.jsonl", (ROOT / "corpora" / "samples" / "survey.jsonl").read_bytes()),
    ],
)  # fmt: skip
def test_the_same_comes_out_in_batches_and_whole(name, content):
    same(name, content)


def test_a_compressed_table_is_read_in_batches(read):
    contents, records = streamed("a.csv.gz", gzip.compress(PLAY.encode()))

    assert [record.text for record in records] == ["It is bad", 'Kötü, "çok" yavaş\nbir uygulama\nThanks']
    assert (contents.format, records[0].source) == ("csv", "a.csv")


def test_beyond_the_first_rows_everything_is_read_by_the_same_rules(monkeypatch):
    monkeypatch.setattr(stream, "HEAD_ROWS", 3)
    monkeypatch.setattr(stream, "BATCH", 2)
    rows = [["id", "text", "date"], *([k, f"Word number {k}", f"{k % 28 + 1:02d}.01.2026"] for k in range(1, 12))]
    content = csv_of([*rows, ["3", "Word number 3", "04.01.2026"], ["12", "More", "", "extra"]]).encode()

    contents, records = streamed("a.csv", content)

    assert [record.external_id for record in records[:11]] == [str(k) for k in range(1, 12)]
    assert records[-2].metadata == {"id": "3", "duplicate_of": records[2].id}
    assert records[-1].metadata == {"column 4": "extra"}
    assert records[10].occurred_at == "2026-01-12"
    assert any("line 14" in warning for warning in contents.warnings)


def test_new_names_in_later_json_lines_are_kept(monkeypatch):
    monkeypatch.setattr(stream, "HEAD_ROWS", 1)
    content = b'{"text": "Good"}\n{"text": "Bad", "plan": "free", "n": 2}\n'

    assert streamed("a.jsonl", content)[1][1].metadata == {"other": "plan: free | n: 2"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"id,text\n1,Good\n"),
        ("a.json", b'[{"text": "Good"}]'),
        ("a.csv", b'[{"text": "Good"}]'),
        ("a.csv", b"PK\x03\x04rest"),
        ("a.csv", b"start,end,text\n0,1,Good\n1,2,Bad\n"),
        ("a.jsonl", b'{"turns": [{"speaker": "a", "text": "b"}]}\n'),
        ("a.jsonl", b'{"type": "conversation", "conversation_parts": {}, "source": {"body": "x"}}\n'),
    ],
)  # fmt: skip
def test_what_is_no_table_of_texts_is_left_to_be_read_whole(name, content):
    assert streamed(name, content)[0] is None


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"text,id\nGood\x00,1\n", "binary"),
        ("a.csv", b"a,b\n1,2\n", "No column looks like text"),
        ("a.csv", b"\xff\xfeab\x00", "bytes that are not valid"),
        ("a.csv.gz", gzip.compress(PLAY.encode() * 50)[:-300], "damaged"),
        ("a.csv.gz", b"\x1f\x8bnothing", "damaged"),
        ("a.jsonl", b"{\n{\n{}\n", "Most lines"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(name, content, message):
    with pytest.raises(UnreadableFile, match=message):
        streamed(name, content)


def test_a_byte_without_a_character_late_in_a_file_costs_no_row(monkeypatch):
    monkeypatch.setattr(lines, "_PIECE", 4_000)
    rows = "".join(f"{k},Gr\xfc\xdfe aus K\xf6ln {k}\n" for k in range(2_000)).encode("latin-1")
    contents, records = streamed("a.csv", b"id,text\n" + rows + b"x,Sch\xf6n \x81 hier\n")

    assert (contents.encoding, len(records)) == ("cp1252", 2_001)
    assert records[-1].text == "Schön \ufffd hier"


def test_text_that_turns_out_not_to_be_utf8_late_is_read_in_the_page_of_that_part(monkeypatch):
    monkeypatch.setattr(lines, "_PIECE", 4_000)
    ascii_rows = "".join(f"{k},Plain words only {k}\n" for k in range(2_000)).encode()
    turkish = "x,Ödeme ekranı hep hata veriyor şikayet ettim çözülmedi ğ\n".encode("cp1254")
    contents, records = streamed("a.csv", b"id,text\n" + ascii_rows + turkish)

    assert contents.encoding == "cp1254"
    assert records[-1].text.startswith("Ödeme ekranı")


def test_a_table_takes_less_memory_than_it_has_bytes(monkeypatch):
    monkeypatch.setattr(stream, "HEAD_ROWS", 200)
    monkeypatch.setattr(stream, "BATCH", 100)
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(["id", "text", "rating"])
    writer.writerows([k, f"Row {k}: " + "the parcel was late again and nobody answers " * 10, 3] for k in range(30_000))
    file = io.BytesIO(rows.getvalue().encode())
    del rows

    tracemalloc.start()
    try:
        found = ingest.read_rows(file, Upload(filename="a.csv", content=b""))
        n_records = sum(len(batch) for batch in found)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert n_records == 30_000
    assert most < 0.8 * file.getbuffer().nbytes


def test_nothing_but_our_errors_comes_out_of_a_stream_of_pieces():
    pieces = [b'"', b",", b"\n", b"text,id\n", b"\xff", b"{", b"}", b"\x00", b"a" * 50]
    for first in pieces:
        for second in pieces:
            for name in ("a.csv", "a.jsonl", "a.tsv.gz"):
                try:
                    streamed(name, (first + second) * 20)
                except ServiceError as error:
                    assert error.detail
