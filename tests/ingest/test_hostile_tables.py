"""Whatever arrives, the readers of tables, reviews, surveys and coding say what is wrong in our words, and end soon."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_service import ingest
from nlp_service.domain import Upload
from nlp_service.errors import ServiceError
from nlp_service.ingest.decode import clean_cells, decode, repair
from nlp_service.ingest.pages import code_page
from tests.ingest.archived import zipped
from tests.ingest.mutations import fuzz, mutated, mutated_json
from tests.ingest.test_qda import CODES, QDC, TALK, project, selection, text_source
from tests.ingest.test_review_json import APP, BUSINESS, CONNECT, ENTRY, PLAY
from tests.ingest.test_stream import PLAY as PLAY_TABLE
from tests.ingest.test_surveys import DETAILS, FORMS, LEGACY, LIME, MONKEY, PLAIN, QUALTRICS, TYPEFORM, csv_of, response
from tests.ingest.workbooks import open_document, workbook

ROWS = [["id", "Review", "Stars"], [1, "Too slow", 2], [2, "بد بود", 4.5]]
TURKISH = "id;yorum;puan\n1;Ödeme ekranı hep hata veriyor, şikayet ettim;1\n2;Güzel;5\n".encode("cp1254")
PERSIAN = "متن,امتیاز\nبرنامه خيلي کند شده و بسته ميشود,1\nخوب بود,5\n".replace("ی", "ي").encode("cp1256")
TABLES = {
    "play.csv": PLAY_TABLE.encode(),
    "play_wide.csv": PLAY_TABLE.encode("utf-16"),
    "turkish.csv": TURKISH,
    "persian.csv": PERSIAN,
    "quotes.tsv": b'id\ttext\n1\t"Good\n2\tBad"\n',
    "lines.jsonl": b'{"id": 1, "text": "Good"}\n{"id": 2, "text": "Bad", "x": {"y": [1]}}\n',
    **{f"survey_{place}.csv": csv_of(rows).encode()
       for place, rows in enumerate((QUALTRICS, LEGACY, MONKEY, TYPEFORM, FORMS, LIME, PLAIN))},
}  # fmt: skip
PROJECT = project(text_source(selection(0, 8, "The app is slow", "A", "b")))
FILES = {
    **TABLES,
    "book.xlsx": workbook({"May": ROWS}),
    "book.ods": open_document({"May": ROWS}),
    "study.qdpx": zipped({"project.qde": PROJECT, "sources/t1.txt": TALK}),
    "stored.qdpx": zipped({"project.qde": PROJECT, "sources/t1.txt": TALK}, compression=0),
}
PLACE = {"review_text_published": "Good", "questions": [{"question": "a", "rating": 5}]}
VALUES = {
    "business": BUSINESS,
    "play": PLAY,
    "feed": {"feed": {"entry": [APP, ENTRY]}},
    "connect": CONNECT,
    "takeout": {"features": [{"properties": PLACE}]},
    "surveymonkey": [DETAILS, {"data": [response("1", (7, {"choice_id": "70"}), (8, {"text": "It is too dear"}))]}],
}  # fmt: skip
STARTS = [
    b"",
    b"text,id\n",
    b"PK\x03\x04",
    b"\xff\xfe",
    b"<?xml version='1.0'?><CodeBook QDA-XML:codebook",
    b"#,a\n",
    b"[{",
]


@pytest.mark.parametrize("name", FILES)
def test_the_seeds_themselves_are_read(read, name):
    assert read(name, FILES[name]).records


@pytest.mark.parametrize("name", FILES)
@fuzz
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_in_our_words(read, name, data):
    _read_or_refused(read, name, data.draw(mutated(FILES[name])))


@pytest.mark.parametrize("name", TABLES)
@fuzz
@given(data=st.data())
def test_a_damaged_table_is_read_in_batches_or_refused_in_our_words(name, data):
    content = data.draw(mutated(TABLES[name]))
    try:
        found = ingest.read_rows(io.BytesIO(content), Upload(filename=name, content=b""))
        records = [record for batch in found or () for record in batch]
    except ServiceError as error:
        assert error.detail.endswith(".")
        return
    _check(records)


@pytest.mark.parametrize("name", VALUES)
@fuzz
@given(data=st.data())
def test_json_of_another_shape_is_read_or_refused_in_our_words(read, name, data):
    _read_or_refused(read, "a.json", data.draw(mutated_json(VALUES[name])))


@fuzz
@given(data=st.data())
def test_a_damaged_codebook_is_refused_in_our_words(read, data):
    _read_or_refused(read, "codes.qdc", data.draw(mutated(QDC.format(CODES).encode())))


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.xlsx", "a.ods", "a.qdpx", "a.qdc", "a.jsonl", "upload"])
@fuzz
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=400))
def test_random_bytes_are_read_or_refused_in_our_words(read, name, start, rest):
    _read_or_refused(read, name, start + rest)


HEADERS = st.sampled_from(
    ["id", "text", "Stars", "تاریخ", "puan", "#", "Timestamp", "Respondent ID", "V1", "", "a?", "tag"]
)
CELLS = st.one_of(
    HEADERS, st.text(st.characters(exclude_categories=["Cs"]), max_size=30), st.sampled_from(["5", "n/a", "★★"])
)


@fuzz
@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6),
    mapping=st.dictionaries(
        st.sampled_from(["text", "rating", "id", "date", "reply", "nonsense"]), HEADERS, max_size=3
    ),
    encoding=st.sampled_from([None, "utf-8", "cp1254", "utf-16", "nonsense", "idna"]),
)
def test_any_table_with_any_wish_is_read_or_refused_in_our_words(read, rows, mapping, encoding):
    _read_or_refused(read, "a.csv", csv_of(rows).encode(), mapping=mapping, encoding=encoding)


@fuzz
@given(content=st.one_of(st.binary(max_size=300), mutated(TURKISH), mutated(PERSIAN)))
def test_bytes_become_text_that_goes_back_into_them(content):
    page = code_page(content)
    assert page is None or content.decode(page).encode(page) == content
    try:
        text, encoding = decode(content)
    except ServiceError:
        return
    assert text and "\r" not in text
    "".encode(encoding)


@fuzz
@given(cells=st.lists(st.text(max_size=40), max_size=5))
def test_cleaned_cells_are_clean_and_repairing_twice_is_repairing_once(cells):
    cleaned = clean_cells(cells)
    assert len(cleaned) == len(cells)
    "".join(cleaned).encode()
    assert all(repair(cell) == cell or repair(repair(cell)) for cell in cleaned)


def _read_or_refused(read, name, content, **options):
    try:
        contents = read(name, content, **options)
    except ServiceError as error:
        assert error.detail.endswith(".")
        return
    assert contents.records
    json.dumps([dict(contents.columns), dict(contents.skipped), list(contents.warnings)]).encode()
    _check(contents.records)


def _check(records):
    ids = [record.id for record in records]
    assert len(set(ids)) == len(ids)
    json.dumps([dict(record.metadata) for record in records], ensure_ascii=False).encode()
    for record in records:
        assert record.text == record.text.strip() != ""
        "".join([record.text, record.source, record.external_id or "", record.author or ""]).encode()
