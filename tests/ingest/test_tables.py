"""CSV, TSV and XLSX become records: the delimiter, the header, the columns and the rows are found."""

import io
import zipfile

import pytest

from nlp_service.errors import InvalidRequest, UnreadableFile, UnsupportedMediaType
from nlp_service.ingest import spreadsheets

from .workbooks import workbook

ROWS = "id,text,rating\n1,Great app,5\n2,Too slow,2\n"


def texts(contents):
    return [record.text for record in contents.records]


@pytest.mark.parametrize(
    "content",
    [
        ROWS,
        ROWS.replace(",", ";"),
        ROWS.replace(",", "\t"),
        ROWS.replace(",", "|"),
        "sep=;\n" + ROWS.replace(",", ";"),
        '"sep=;"\r\n' + ROWS.replace(",", ";"),
        "\ufeff" + ROWS,
        "\n\n" + ROWS,
        "Reviews of May\n" + ROWS,
        "Reviews of May,,\n,,\n" + ROWS,
        ROWS.replace("\n", "\r\n"),
        ROWS.replace("\n", "\r"),
        ROWS.replace("rating\n", "rating,\n").replace("5\n", "5,\n").replace("2\n", "2,\n"),
        "id,text,rating\n1,Great app,5\n\n2,Too slow,2\n,,\n",
        'id,text,rating\n"1","Great app","5"\n"2","Too slow","2"',
    ],
)
def test_the_same_rows_come_out_of_every_dialect(read, content):
    contents = read("a.csv", content)

    assert [(record.external_id, record.text, record.rating) for record in contents.records] == [
        ("1", "Great app", 5.0),
        ("2", "Too slow", 2.0),
    ]
    assert contents.columns == {"text": "text", "rating": "rating", "id": "id"}
    assert contents.kind == "reviews"


def test_a_quoted_cell_holds_line_ends_delimiters_and_quotes(read):
    contents = read("a.csv", 'id,text\n1,"Slow, and\nit said ""no"""\n2,Fine; really\n')

    assert texts(contents) == ['Slow, and\nit said "no"', "Fine; really"]


def test_one_column_of_texts_with_commas_is_one_column(read):
    contents = read("a.csv", "review\nGood, but slow\nBad\nI like it, a lot, really\n")

    assert texts(contents) == ["Good, but slow", "Bad", "I like it, a lot, really"]


def test_short_rows_are_filled_and_long_rows_are_told(read):
    contents = read("a.csv", "id,text,rating\n1,Good\n2,Bad,1\n3,Slow,2,extra\n")

    assert texts(contents) == ["Good", "Bad", "Slow"]
    assert contents.records[2].metadata == {"column 4": "extra"}
    assert any("line 4" in warning for warning in contents.warnings)


def test_a_quote_that_is_never_closed_costs_no_other_row_and_is_told_with_its_line(read):
    contents = read("a.csv", 'id,text\n1,Good\n2,"Bad\n3,Slow\n4,"Fine, really"\n')

    assert texts(contents) == ["Good", '"Bad', "Slow", "Fine, really"]
    assert any("never closed" in warning and "line 3" in warning for warning in contents.warnings)


def test_a_row_that_cannot_be_read_is_counted_and_told_with_its_line(read):
    contents = read("a.csv", 'id,text,rating\n1,Good,5\n2,"Bad\n3,Slow,2\n4,"Fine, ""really""",4\n')

    assert texts(contents) == ["Good", "Slow", 'Fine, "really"']
    assert contents.skipped == {"bad_row": 1}
    assert any("left out" in warning and "line 3" in warning for warning in contents.warnings)


def test_quotes_inside_an_unquoted_tsv_are_text(read):
    contents = read("a.tsv", 'id\ttext\n1\tGood\n2\t"Bad\n')

    assert texts(contents) == ["Good", '"Bad']
    assert contents.warnings


def test_a_table_without_a_header_keeps_its_first_row(read):
    contents = read("a.csv", "17,The parcel came late again\n18,The driver was very kind\n", text_column="column 2")

    assert texts(contents) == ["The parcel came late again", "The driver was very kind"]
    assert any("header" in warning for warning in contents.warnings)


@pytest.mark.parametrize(
    ("first", "n_records"), [("I like this shop a lot", 3), ("What should we do better?", 2), ("Remarks", 2)]
)
def test_a_lone_column_may_have_no_header(read, first, n_records):
    assert len(read("a.csv", f"{first}\nIt was late, as always\nNobody answered the phone\n").records) == n_records


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("تاریخ,امتیاز,متن نظر,نویسنده", {"date": "تاریخ", "rating": "امتیاز", "text": "متن نظر", "author": "نویسنده"}),
        ("Tarih,Puan,Yorum,Kullanıcı Adı",
         {"date": "Tarih", "rating": "Puan", "text": "Yorum", "author": "Kullanıcı Adı"}),
        ("التاريخ,التقييم,التعليق,الاسم",
         {"date": "التاريخ", "rating": "التقييم", "text": "التعليق", "author": "الاسم"}),
        ("Datum,Bewertung,Rezension,Autor",
         {"date": "Datum", "rating": "Bewertung", "text": "Rezension", "author": "Autor"}),
        ("Date,Note,Commentaire,Auteur", {"date": "Date", "rating": "Note", "text": "Commentaire", "author": "Auteur"}),
        ("Fecha,Calificación,Comentario,Autor",
         {"date": "Fecha", "rating": "Calificación", "text": "Comentario", "author": "Autor"}),
        ("Data,Avaliação,Comentário,Nome",
         {"date": "Data", "rating": "Avaliação", "text": "Comentário", "author": "Nome"}),
        ("created_at,STAR-RATING,reviewText,user_name",
         {"date": "created_at", "rating": "STAR-RATING", "text": "reviewText", "author": "user_name"}),
        ("c1,c2,c3,c4", {"text": "c3"}),
    ],
)  # fmt: skip
def test_columns_are_found_by_name_in_many_languages_and_by_content(read, header, columns):
    rows = "2024-05-01,5,The delivery was quick and the driver kind,Ann\n2024-05-02,1,It broke on the second day,Bob\n"

    contents = read("a.csv", f"{header}\n{rows}")

    assert dict(contents.columns) == columns
    assert texts(contents) == ["The delivery was quick and the driver kind", "It broke on the second day"]


@pytest.mark.parametrize("content", ["a,b\n1,2\n3,4\n", "url,code\nhttps://a.example/x,A1\nhttps://a.example/y,B2\n"])
def test_a_table_without_text_is_refused_with_its_columns(read, content):
    with pytest.raises(UnreadableFile, match=r"“\w+”, “\w+”.*text-column"):
        read("a.csv", content)


def test_a_stated_text_column_is_obeyed_and_an_absent_one_is_refused(read):
    content = "id,review,praise\n1,Something long to read here,Nice\n"

    assert texts(read("a.csv", content, text_column="Praise")) == ["Nice"]
    with pytest.raises(InvalidRequest, match="“id”, “review”, “praise”"):
        read("a.csv", content, text_column="complaint")


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Late", "It came late.", "Late\nIt came late."),
        ("It came la...", "It came late.", "It came late."),
        ("It came…", "It came late.", "It came late."),
        ("It came late.", "It came late.", "It came late."),
        ("", "It came late.", "It came late."),
        ("Late", "", "Late"),
        ("Late", "n/a", "Late"),
        ("Really...", "It came late.", "Really...\nIt came late."),
        ("...", "It came late.", "...\nIt came late."),
    ],
)
def test_title_and_text_are_joined_unless_one_repeats_the_other(read, title, text, expected):
    contents = read("a.csv", f'title,review\n"{title}","{text}"\nBad,Very bad\n')

    assert contents.records[0].text == expected


def test_rows_without_text_or_answer_are_counted(read):
    contents = read("a.csv", "text,rating\nGood,5\n,4\nn/a,3\nyok,1\n")

    assert texts(contents) == ["Good"]
    assert contents.skipped == {"no_text": 1, "no_answer": 2}


def test_a_file_whose_rows_all_lack_text_is_refused(read):
    with pytest.raises(UnreadableFile):
        read("a.csv", "text,rating\n,4\n,3\n")


def test_rows_with_one_id_are_marked_when_they_say_the_same_and_kept_apart_when_not(read):
    contents = read(
        "a.csv", "review id,text\n1,Good\n1,Good\n2,Bad\n3,A\n4,B\n5,C\n6,D\n3,Other words\n" + "x,Y\n" * 30
    )

    originals = [record for record in contents.records if "duplicate_of" not in record.metadata]
    repeats = [record for record in contents.records if "duplicate_of" in record.metadata]
    assert [record.text for record in originals] == ["Good", "Bad", "A", "B", "C", "D", "Other words", "Y"]
    assert [record.external_id for record in originals] == ["1", "2", "3", "4", "5", "6", None, "x"]
    assert [record.metadata["duplicate_of"] for record in repeats] == [originals[0].id] + [originals[-1].id] * 29
    assert {record.external_id for record in repeats} == {None} and repeats[0].metadata["id"] == "1"
    assert len({record.id for record in contents.records}) == len(contents.records) == 38


def test_an_id_that_names_people_is_no_id_of_records(read):
    contents = read("a.csv", "id,text\n7,Good\n7,Bad\n7,Slow\n8,Fine\n")

    assert [record.external_id for record in contents.records] == [None] * 4
    assert contents.records[1].metadata == {"id": "7"}


def test_equal_texts_without_author_or_date_stay_two_people(read):
    assert len(read("a.csv", "text,rating\nGood,5\nGood,5\n").records) == 2


def test_a_later_edit_of_one_review_takes_its_place(read):
    header = "Review Submit Millis Since Epoch,Review Last Update Millis Since Epoch,Review Text,Review Link\n"
    link = "https://play.google.com/apps/publish#Details:p=x&reviewid=gp:AOqp1"
    old = f"1514327431268,1514327431268,It is bad,{link}\n"
    new = f"1514327431268,1519862754332,It is good now,{link}\n"

    for content in (header + old + new, header + new + old):
        contents = read("reviews.csv", content)

        assert texts(contents) == ["It is good now"]
        assert contents.skipped == {"superseded": 1}
        assert contents.records[0].external_id == "gp:AOqp1"
        assert contents.records[0].occurred_at == "2017-12-26T22:30:31.268Z"


def test_a_reply_is_the_agents_turn(read):
    contents = read("a.csv", "review,agent_reply\nToo slow,We fixed it\nFine,\n")

    first, second = contents.records
    assert [(turn.role, first.text[turn.start : turn.end]) for turn in first.turns] == [
        ("customer", "Too slow"),
        ("agent", "We fixed it"),
    ]
    assert second.turns == ()
    assert contents.speakers == {"customer": "customer", "agent": "agent"}


def test_dates_of_unknown_order_stay_raw_with_a_warning(read):
    contents = read("a.csv", "text,date\nGood,03/04/2024\nBad,05/06/2024\n")

    assert [record.occurred_at for record in contents.records] == [None, None]
    assert contents.records[0].metadata == {"date": "03/04/2024"}
    assert any("day and month" in warning for warning in contents.warnings)


def test_persian_digits_are_read_in_ratings_and_dates(read):
    contents = read("a.csv", "متن,امتیاز,تاریخ\nخوب بود,۵,۱۴۰۳/۰۱/۰۱\nبد بود,۱,۱۴۰۳/۰۱/۰۲\n")

    assert [(record.rating, record.occurred_at) for record in contents.records] == [
        (5.0, "2024-03-20"),
        (1.0, "2024-03-21"),
    ]


def test_the_language_of_the_call_wins_over_the_hint_of_the_file(read):
    content = "text,language\nGood,en-GB\n"

    assert read("a.csv", content).records[0].language == "en"
    assert read("a.csv", content, language="de").records[0].language == "de"


def test_ids_are_equal_for_equal_files_and_differ_by_name(read):
    first, again, other = read("a.csv", ROWS), read("a.csv", ROWS), read("b.csv", ROWS)

    assert first == again
    assert {record.id for record in first.records}.isdisjoint({record.id for record in other.records})
    assert all(record.id.startswith("rec_") and len(record.id) == 24 for record in first.records)


def test_where_a_person_is_does_not_become_metadata(read):
    assert read("a.csv", "text,IPAddress,plan\nGood,192.0.2.1,free\n").records[0].metadata == {"plan": "free"}


def test_a_stated_kind_is_obeyed(read):
    assert read("a.csv", ROWS, kind="chats").records[0].kind == "chats"


@pytest.mark.parametrize("line", ["x" * 10_000_000, '"' + "x" * 10_000_000, "x," * 5_000_000, "x\t" * 5_000])
def test_a_line_of_ten_megabytes_is_read_or_refused(read, line):
    try:
        contents = read("a.csv", f"text,id\n{line}\n")
    except UnreadableFile as error:
        assert len(error.detail) < 400
    else:
        assert contents.records


def test_a_workbook_is_read_below_its_title_row(read):
    content = workbook(
        {"Notes": [], "May": [["Celsius"], ["id", "Review", "Stars"], [1, "Too slow", 2], [2, "Fine", 4.5]]}
    )

    contents = read("a.xlsx", content)

    assert [(record.external_id, record.text, record.rating) for record in contents.records] == [
        ("1", "Too slow", 2.0),
        ("2", "Fine", 4.5),
    ]
    assert contents.format == "xlsx"


def test_other_sheets_with_rows_are_named(read):
    rows = [["text"], ["Good"]]

    contents = read("a.xlsx", workbook({"May": rows, "June": rows, "Empty": []}))

    assert len(contents.records) == 1
    assert any("June" in warning and "Empty" not in warning for warning in contents.warnings)


def test_a_workbook_under_the_name_of_a_csv_is_read(read):
    assert texts(read("a.csv", workbook({"May": [["text"], ["Good"]]}))) == ["Good"]


@pytest.mark.parametrize("cut", [30, 200, 700])
def test_a_damaged_workbook_is_refused(read, cut):
    with pytest.raises(UnreadableFile):
        read("a.xlsx", workbook({"May": [["text"], ["Good"]]})[:-cut])


@pytest.mark.parametrize("seed", range(40))
def test_a_workbook_with_any_byte_changed_is_read_or_refused(read, seed):
    content = bytearray(workbook({"May": [["text", "rating"], ["Good", 5], ["Bad", 1]]}))
    content[(seed * 7919) % len(content)] ^= 1 + seed

    try:
        assert read("a.xlsx", bytes(content)).records
    except (UnreadableFile, UnsupportedMediaType) as error:
        assert error.detail


def test_a_workbook_that_unzips_to_too_much_is_refused(read, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MAX_UNZIPPED_BYTES", 100_000)
    bomb = workbook({"May": [["text"], ["Good"]]}, extra={"xl/media/zeros.bin": bytes(200_000)})

    with pytest.raises(UnreadableFile, match="unzips"):
        read("a.xlsx", bomb)


def test_a_stray_far_cell_is_refused_before_it_fills_the_memory(read):
    far = b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    content = workbook({"May": [["text"], ["Good"]]}, extra={"xl/worksheets/sheet9.xml": far})

    with pytest.raises(UnreadableFile, match="stray"):
        read("a.xlsx", content)


def test_a_workbook_part_with_a_wrong_checksum_is_refused(read):
    content = bytearray(workbook({"May": [["text"], ["Good"]]}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        place = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content[place + 70] ^= 0xFF

    with pytest.raises(UnreadableFile):
        read("a.xlsx", bytes(content))
