"""Whatever bytes come, a reader gives records whose slices hold, or raises an error of ours."""

import csv
import io
import json

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nlp_service import ingest
from nlp_service.domain import Upload
from nlp_service.errors import ServiceError

NAMES = ["a.csv", "a.tsv", "a.xlsx", "a.json", "a.jsonl", "a.vtt", "a.srt", "a.txt", "a.md", "upload", "a.docx"]
FRAGMENTS = [
    "WEBVTT\n\n", "00:00:01.000 --> 00:00:02.000\n", "00:00:02,000 --> 00:00:03,000", "<v Ann>", "</v>",
    "<00:00:01.100><c>",
    "Ann: ", "**I:** ", "[id1] ", "[00:00:01] Bob: ", "Ann  0:01\n", "10.12.2024, 14:30 - Ann: ", "[2026-08-03 10:02] ",
    "text,id,rating,date\n", "sep=;\n", '"', ";", ",", "\t", "\n", "\r\n", "\n\n", "03/04/2024", "۱۴۰۳/۰۱/۳۲", "★★",
    "n/a",
    '{"text": ', '[{"review": "', '"}]', '{"messages": [{"from": 1, "date": 2, "text": [', "]}", "\ud83d\ude00",
    "\u202b", "Ã¼",
    "\u200e", "سلام", "می\u200cشود", "9" * 30, "1e999", "NaN", "null", "#", "(I)", " (0:01)", "[laughs]", "...", "-->",
]  # fmt: skip
MAGICS = [b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"PK\x03\x04", b"%PDF-", b"\xff\xfe\x00\x00"]
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
LOOSE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(name, content, **options):
    """The contents, or None where they are refused as they should be."""
    try:
        return ingest.read(Upload(filename=name, content=content), **options)
    except ServiceError as error:
        assert error.detail and error.status in ((400, 415, 422) if options else (415, 422))
        return None


def check(contents):
    """Slices hold, ids are distinct, texts are clean: what every later stage relies on."""
    if contents is None:
        return
    assert contents.records
    assert len({record.id for record in contents.records}) == len(contents.records)
    for record in contents.records:
        assert record.text.strip() == record.text != ""
        record.text.encode("utf-8")
        json.dumps([dict(record.metadata), dict(contents.columns)], ensure_ascii=False).encode("utf-8")
        words = [record.text[turn.start : turn.end] for turn in record.turns]
        assert not record.turns or "\n".join(words) == record.text
        assert all(words) and all(turn.speaker == turn.speaker.strip() for turn in record.turns)


@given(st.sampled_from(NAMES), st.sampled_from(MAGICS), st.binary(max_size=400))
@example("a.json", b"", b'[{"text": "\\ud800"}]')
@example("a.json", b"", b'[{"\\ud800": "x", "text": "b"}]')
@example("a.csv", b"", b'sep="\n"')
@example("a.txt", b"", b"\x85\xa0")
@example("a.txt", b"", b"\x01")
@LOOSE
def test_arbitrary_bytes_raise_nothing_but_our_errors(name, magic, content):
    check(read(name, magic + content))


@given(st.sampled_from(NAMES), st.lists(st.one_of(st.sampled_from(FRAGMENTS), ANY_TEXT), max_size=30))
@LOOSE
def test_pieces_of_every_format_in_any_order_raise_nothing_but_our_errors(name, pieces):
    content = "".join(pieces).encode("utf-8", "replace")
    check(read(name, content))
    check(read(name, content, text_column="text"))


KEYS = ["text", "id", "messages", "from", "date", "chats", "list", "features", "properties", "turns", "speaker"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | ANY_TEXT, inner, max_size=4),
    max_leaves=15,
)


@given(JSON)
@LOOSE
def test_any_json_is_read_or_refused(value):
    check(read("a.json", json.dumps(value).encode()))


@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT), min_size=1, max_size=8), st.sampled_from(",;\t|"))
@LOOSE
def test_texts_survive_a_csv_of_any_delimiter(rows, delimiter):
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(["review id", "review text"])
    writer.writerows([f"r{place}", f"words {text}"] for place, (text, _) in enumerate(rows))

    contents = read("a.csv", stream.getvalue().encode())

    check(contents)
    assert contents is None or len(contents.records) + sum(contents.skipped.values()) >= len(rows)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ann", "Bob", "Interviewer", "مریم"]), st.from_regex(r"[a-zآ-ی]{1,9}[.!؟]", fullmatch=True)
        ),
        min_size=1,
        max_size=12,
    )
)
@LOOSE
def test_what_is_written_as_voices_is_read_back(said):
    cues = (f"00:00:{k:02d}.000 --> 00:00:{k:02d}.900\n<v {name}>{words}</v>" for k, (name, words) in enumerate(said))

    contents = read("a.vtt", ("WEBVTT\n\n" + "\n\n".join(cues) + "\n").encode())

    check(contents)
    record = contents.records[0]
    assert record.text.replace("\n", " ") == " ".join(words for _, words in said)
    spoken = [name for k, (name, _) in enumerate(said) if k == 0 or said[k - 1][0] != name]
    assert [turn.speaker for turn in record.turns] == spoken
