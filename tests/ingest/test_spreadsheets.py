"""XLSX and ODS: sheets, macros, formulas, and files that would fill the memory."""

import pytest

from nlp_service.errors import UnreadableFile

from .workbooks import MAIN, open_document, workbook

ROWS = [["Reviews of May"], ["id", "Review", "Stars"], [1, "Too slow", 2], [2, "بد بود", 4.5]]


@pytest.mark.parametrize(("name", "make"), [("a.xlsx", workbook), ("a.ods", open_document), ("upload", open_document)])
def test_the_same_rows_come_out_of_both_programs(read, name, make):
    contents = read(name, make({"Notes": [], "May": ROWS}))

    assert [(record.external_id, record.text, record.rating) for record in contents.records] == [
        ("1", "Too slow", 2.0),
        ("2", "بد بود", 4.5),
    ]
    assert contents.format == ("xlsx" if make is workbook else "ods")


@pytest.mark.parametrize("times", ["1000000000", "50000000"])
def test_rows_that_are_repeated_without_end_are_refused(read, times):
    content = open_document({"May": ROWS}, repeated=f' table:number-rows-repeated="{times}"')

    with pytest.raises(UnreadableFile, match="repeats rows"):
        read("a.ods", content)


def test_blank_rows_repeated_to_the_end_of_a_sheet_are_none(read):
    content = open_document({"May": [*ROWS, []]})
    end = b'<table:table-row table:number-rows-repeated="1048000"></table:table-row></table:table>'
    padded = _with_content(
        content, lambda part: part.replace(b"<table:table-row></table:table-row></table:table>", end)
    )

    assert len(read("a.ods", padded).records) == 2


def test_a_formula_is_the_value_that_was_saved_and_never_evaluated(read):
    sheet = (
        f"<worksheet {MAIN}><sheetData>"
        '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c><c r="B1" t="inlineStr"><is><t>x</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>=HYPERLINK("http://a.example")</t></is></c>'
        '<c r="B2"><f>1+1</f><v>7</v></c></row></sheetData></worksheet>'
    )
    content = workbook({"May": ROWS}, extra={})
    content = _with_content(content, lambda _: sheet.encode(), member="xl/worksheets/sheet1.xml")

    record = read("a.xlsx", content).records[0]
    assert (record.text, record.metadata) == ('=HYPERLINK("http://a.example")', {"x": "7"})


def test_macros_are_told_and_left_alone(read):
    content = workbook({"May": ROWS}, extra={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})

    contents = read("a.xlsm", content)
    assert len(contents.records) == 2
    assert any("macros" in warning for warning in contents.warnings)


def test_an_entity_in_a_sheet_is_not_expanded(read):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + open_document({"May": ROWS})[:0]
    content = _with_content(open_document({"May": ROWS}), lambda part: bomb + part.replace(b"Too slow", b"&b;"))

    try:
        contents = read("a.ods", content)
    except UnreadableFile:
        return
    assert "aaaa" not in contents.records[0].text


@pytest.mark.parametrize(("name", "content"), [("a.ods", b"id,text\n1,Good\n"), ("a.xlsm", b"id,text\n1,Good\n")])
def test_a_workbook_by_name_only_is_refused(read, name, content):
    with pytest.raises(UnreadableFile, match="no workbook"):
        read(name, content)


def _with_content(content, change, *, member="content.xml"):
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name == member else part)
    return stream.getvalue()
