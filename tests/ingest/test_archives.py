"""Archives are unpacked in memory with a limit, and what is wrong with them is said."""

import gzip

import pytest

from nlp_service.errors import UnreadableFile, UnsupportedMediaType
from nlp_service.ingest import archives
from tests.ingest.archived import zipped

CHAT = "10.12.2024, 14:30 - Ann: It broke\n10.12.2024, 14:31 - Bob: Sorry\n"


@pytest.mark.parametrize(
    "name", ["_chat.txt", "a/_chat.txt", "WhatsApp Chat with Ann.txt", "与Ann的 WhatsApp 聊天.txt"]
)
def test_a_chat_is_found_in_a_zip_beside_its_pictures(read, name):
    contents = read("chat.zip", zipped({"IMG-1.jpg": b"\xff\xd8", name: CHAT}))

    assert (contents.format, [turn.speaker for turn in contents.records[0].turns]) == ("chat", ["Ann", "Bob"])


def test_a_gzip_file_is_read_as_what_is_in_it(read):
    lines = '{"text": "Good"}\n{"text": "Bad"}\n'
    assert [record.text for record in read("a.jsonl.gz", gzip.compress(lines.encode())).records] == ["Good", "Bad"]
    joined = gzip.compress(b"id,text\n1,Good\n") + gzip.compress(b"2,Bad\n")
    assert [record.text for record in read("a.csv.gz", joined).records] == ["Good", "Bad"]


@pytest.mark.parametrize("name", ["../users.json", "/etc/passwd.json", "a/../../b.json", "..\\b.json", "C:b.json"])
def test_a_name_that_leads_out_of_the_archive_is_refused(read, name):
    with pytest.raises(UnreadableFile, match="leads out of it"):
        read("a.zip", zipped({name: "[]", "users.json": "[]", "channels.json": "[]", "c/2024-01-01.json": "[]"}))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(read, monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 100_000)
    with pytest.raises(UnreadableFile, match="larger than 100,000 bytes"):
        read("a.zip", zipped({"_chat.txt": CHAT * 10_000}))


def test_a_gzip_bomb_is_refused_on_the_way(read, monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 100_000)
    with pytest.raises(UnreadableFile, match="larger than 100,000 bytes"):
        read("a.csv.gz", gzip.compress(b"a" * 50_000_000))


def test_an_archive_of_too_many_files_is_refused(read, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    with pytest.raises(UnreadableFile, match="3 files"):
        read("a.zip", zipped({"_chat.txt": CHAT, "1": "", "2": "", "3": ""}))


def test_a_size_that_lies_gives_no_more_than_it_says(read):
    content = bytearray(zipped({"_chat.txt": CHAT * 1_000}))
    for place in (content.find(b"PK\x01\x02") + 24, 22):
        content[place : place + 4] = (100).to_bytes(4, "little")
    with pytest.raises(UnreadableFile, match="damaged or locked"):
        read("a.zip", bytes(content))


def test_a_locked_archive_is_refused(read):
    content = bytearray(zipped({"_chat.txt": CHAT}))
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="locked"):
        read("a.zip", bytes(content))


@pytest.mark.parametrize("cut", [12, 30, -9])
def test_a_gzip_file_that_is_cut_off_is_refused(read, cut):
    with pytest.raises(UnreadableFile, match="compressed file is damaged"):
        read("a.csv.gz", gzip.compress(b"id,text\n1,Good\n" * 50)[:cut])


def test_gzip_in_gzip_and_other_zips_are_refused(read):
    with pytest.raises((UnreadableFile, UnsupportedMediaType), match="unpack it"):
        read("a.csv.gz", gzip.compress(gzip.compress(b"id,text\n1,Good\n")))
    with pytest.raises(UnsupportedMediaType, match="unpack it"):
        read("a.zip", zipped({"notes.txt": "x"}))


def test_two_chats_in_one_archive_are_refused(read):
    with pytest.raises(UnreadableFile, match="more than one chat"):
        read("a.zip", zipped({"a/_chat.txt": CHAT, "b/_chat.txt": CHAT}))


@pytest.mark.parametrize("name", ["survey.csv", "May/Survey.CSV", "survey.jsonl"])
def test_the_one_table_in_a_zip_is_read(read, name):
    table = '{"text": "Good"}\n{"text": "Bad"}\n' if name.endswith("jsonl") else "id,text\n1,Good\n2,Bad\n"
    members = {"readme.pdf": "%PDF", name: table, "__MACOSX/._survey.csv": "x", ".hidden.csv": "x"}
    contents = read("survey.zip", zipped(members))

    assert [record.text for record in contents.records] == ["Good", "Bad"]
    assert contents.records[0].source == name.rsplit("/", 1)[-1]


@pytest.mark.parametrize("members", [{"a.csv": "text\nGood\n", "b.csv": "text\nBad\n"}, {"a.exe": "MZ"}, {}])
def test_a_zip_of_several_tables_or_none_is_refused_with_what_to_do(read, members):
    with pytest.raises(UnsupportedMediaType, match="unpack it"):
        read("a.zip", zipped({**members, "x.bin": "x"}))


def test_a_zip_in_a_zip_is_not_unpacked(read):
    with pytest.raises(UnsupportedMediaType, match="unpack it"):
        read("a.zip", zipped({"a.csv": zipped({"b.csv": "text\nGood\n"})}))
