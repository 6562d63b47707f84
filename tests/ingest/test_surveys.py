"""A survey gives a record for each open answer, with its question, the respondent's score and closed answers beside it."""

import csv
import io
import json

import pytest

from nlp_service.errors import UnreadableFile

from .workbooks import workbook

QUALTRICS = [
    ["StartDate", "EndDate", "Status", "IPAddress", "ResponseId", "RecipientEmail", "UserLanguage", "Q1_NPS_GROUP", "Q1",
     "Q2", "Q3_4_TEXT", "Q2 - Topics"],
    ["Start Date", "End Date", "Response Type", "IP Address", "Response ID", "Recipient Email", "User Language",
     "Recommend? - Group", "How likely are you to recommend us?", "Why did you\ngive this score?", "Other - Text", "Topics"],
    ['{"ImportId":"startDate"}', '{"ImportId":"endDate"}', '{"ImportId":"status"}', '{"ImportId":"ipAddress"}',
     '{"ImportId":"_recordId"}', '{"ImportId":"recipientEmail"}', '{"ImportId":"userLanguage"}',
     '{"ImportId":"QID1_NPS_GROUP"}', '{"ImportId":"QID1"}', '{"ImportId":"QID2_TEXT"}', '{"ImportId":"QID3_4_TEXT"}',
     '{"ImportId":"QID2_TEXT_eae5a8d0e7fd4bd183e983e5Topics"}'],
    ["2026-01-02 10:00:00", "2026-01-02 10:05:00", "0", "192.0.2.1", "R_2abcdefghijk", "a@b.example", "FA", "Detractor",
     "3", "قیمت زیاد است", "خوب نیست", "price"],
    ["2026-01-03 10:00:00", "2026-01-03 10:05:00", "0", "192.0.2.2", "R_3abcdefghijk", "c@d.example", "EN", "Promoter",
     "9", "n/a", "", ""],
    ["2026-01-03 11:00:00", "2026-01-03 11:05:00", "Survey Preview", "192.0.2.3", "R_4abcdefghijk", "", "EN", "", "9",
     "just a test of mine", "", ""],
]  # fmt: skip
LEGACY = [
    ["V1", "V2", "V6", "Q1", "Q2"],
    ["ResponseID", "ResponseSet", "IPAddress", "How satisfied are you?", "What could we do better for you?"],
    ["R_abcdefghij1", "Default", "192.0.2.1", "4", "Answer the telephone, please"],
    ["R_abcdefghij2", "Default", "192.0.2.1", "2", "Lower your prices a bit more"],
]
MONKEY = [
    ["Respondent ID", "Collector ID", "Date Created", "Email Address", "How satisfied are you?", "Which do you use?", "",
     "", "What is missing?", "Anything else?"],
    ["", "", "", "", "Response", "App", "Web", "Other (please specify)", "Open-Ended Response", "Open-Ended Response"],
    ["11111111111", "222", "01/13/2026 10:00:00 AM", "x@y.example", "4", "App", "", "the kiosk", "karanlık mod", ""],
    ["11111111112", "222", "01/14/2026 10:00:00 AM", "z@y.example", "2", "", "Web", "", "dark mode", "Thanks a lot"],
]  # fmt: skip
TYPEFORM = [
    ["#", "How easy was it? {{field:1}}", "What should we *fix*?", "Colors", "Start Date (UTC)", "Submit Date (UTC)",
     "Network ID"],
    ["068127e3d5e9ca5f5fac8e04fa692a9e", "5", "The login never works for me", "red / blue", "2026-04-03 09:05:14",
     "2026-04-03 09:05:40", "d3"],
    ["168127e3d5e9ca5f5fac8e04fa692a9e", "2", "The prices in the shop are wrong", "blue / green", "2026-04-03 09:05:14",
     "2026-04-03 09:06:40", "d4"],
]  # fmt: skip
FORMS = [
    ["مهر زمان", "نشانی ایمیل", "چقدر راضی هستید؟", "چه چیزی را باید بهتر کنیم؟", "کدام را استفاده می‌کنید؟"],
    ["2026/04/03 9:05:14", "a@b.example", "۴", "سرعت برنامه خیلی کم است و زیاد قطع می‌شود", "وب, موبایل"],
    ["2026/04/03 9:06:14", "c@d.example", "۲", "پشتیبانی تلفنی هیچ وقت جواب نمی‌دهد", "وب"],
    ["2026/04/03 9:07:14", "e@f.example", "۵", "ندارم", "وب, موبایل"],
]
LIME = [
    ["id", "submitdate", "lastpage", "startlanguage", "Q1", "Q2[other]", "Q2Time"],
    ["1", "2026-01-02 10:00:00", "3", "tr", "Ödeme ekranı sürekli hata veriyor", "", "12.4"],
    ["2", "", "1", "tr", "Kargo takibi hiç çalışmıyor, lütfen düzeltin", "hepsi", "9.1"],
]
PLAIN = [
    ["Case", "Age", "What do you like most about the app?", "What should we change in the app?"],
    ["P1", "31", "It is quick and it looks nice", "Please add an offline mode"],
    ["P2", "45", "I like that support answers", "The font is far too small"],
]


def csv_of(rows):
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def answers(contents):
    return [(record.metadata["question"], record.text, record.rating) for record in contents.records]


def test_qualtrics_answers_come_with_their_question_score_and_respondent(read):
    contents = read("survey.csv", csv_of(QUALTRICS))

    assert answers(contents) == [
        ("Why did you give this score?", "قیمت زیاد است", 3.0),
        ("Other - Text", "خوب نیست", 3.0),
    ]
    assert [record.external_id for record in contents.records] == ["R_2abcdefghijk:q2", "R_2abcdefghijk:q3 4 text"]
    assert {record.author for record in contents.records} == {"R_2abcdefghijk"}
    assert contents.records[0].language == "fa" and contents.records[0].occurred_at == "2026-01-02T10:05:00"
    assert contents.records[0].metadata == {
        "How likely are you to recommend us?": "3",
        "score": "nps",
        "question": "Why did you give this score?",
    }
    assert contents.skipped == {"no_answer": 1, "test_response": 1}
    assert contents.format == "qualtrics"
    assert contents.columns["text"] == "Q2" and contents.columns["text 2"] == "Q3_4_TEXT"
    assert not any("example" in value for record in contents.records for value in record.metadata.values())


def test_legacy_qualtrics_has_two_header_rows(read):
    contents = read("survey.csv", "\ufeff" + csv_of(LEGACY))

    assert answers(contents) == [
        ("What could we do better for you?", "Answer the telephone, please", 4.0),
        ("What could we do better for you?", "Lower your prices a bit more", 2.0),
    ]
    assert contents.records[0].author == "R_abcdefghij1"


@pytest.mark.parametrize("make", [csv_of, lambda rows: workbook({"Sheet": rows})], ids=["csv", "xlsx"])
def test_surveymonkey_questions_go_over_several_columns(read, make):
    contents = read("survey.xlsx" if make is not csv_of else "survey.csv", make(MONKEY))

    assert answers(contents) == [
        ("Which do you use?", "the kiosk", 4.0),
        ("What is missing?", "karanlık mod", 4.0),
        ("What is missing?", "dark mode", 2.0),
        ("Anything else?", "Thanks a lot", 2.0),
    ]
    first = contents.records[0]
    assert first.metadata["How satisfied are you?"] == "4" and first.metadata["score"] == "csat"
    assert first.metadata["Which do you use?"] == "App"
    assert first.author == contents.records[1].author != contents.records[2].author
    assert first.occurred_at == "2026-01-13T10:00:00"


def test_typeform_ids_are_respondents_and_choices_are_no_answers(read):
    contents = read("responses.csv", csv_of(TYPEFORM))

    assert answers(contents) == [
        ("What should we *fix*?", "The login never works for me", 5.0),
        ("What should we *fix*?", "The prices in the shop are wrong", 2.0),
    ]
    assert contents.records[0].metadata["score"] == "ces"
    assert contents.records[0].metadata["Colors"] == "red / blue"
    assert contents.records[0].occurred_at == "2026-04-03T09:05:40Z"


def test_a_form_in_persian_is_read_and_who_wrote_is_left_out(read):
    contents = read("form.csv", csv_of(FORMS))

    assert [record.text for record in contents.records] == [FORMS[1][3], FORMS[2][3]]
    assert contents.format == "google_forms"
    assert contents.skipped == {"no_answer": 1}
    assert [record.rating for record in contents.records] == [4.0, 2.0]
    assert contents.records[0].metadata == {
        "چقدر راضی هستید؟": "۴",
        "score": "csat",
        "کدام را استفاده می‌کنید؟": "وب, موبایل",
        "question": "چه چیزی را باید بهتر کنیم؟",
    }
    assert any("who somebody is" in warning for warning in contents.warnings)


def test_limesurvey_respondents_are_people_of_their_file(read):
    contents = read("a.csv", csv_of(LIME))
    other = read("b.csv", csv_of(LIME))

    assert [record.text for record in contents.records] == [LIME[1][4], LIME[2][4]]
    assert [record.author for record in contents.records] == ["a:1", "a:2"]
    assert {r.author for r in contents.records}.isdisjoint({r.author for r in other.records})
    assert contents.records[0].language == "tr"


def test_a_sheet_with_several_questions_is_a_survey(read):
    contents = read("sheet.csv", csv_of(PLAIN))

    assert contents.format == "survey"
    assert len(contents.records) == 4
    assert len({record.author for record in contents.records}) == 2
    assert {record.author for record in contents.records} == {"sheet:P1", "sheet:P2"}
    assert contents.records[0].metadata == {"Age": "31", "question": PLAIN[0][2]}


def test_a_stated_text_column_makes_it_a_table_of_that_column(read):
    contents = read("sheet.csv", csv_of(PLAIN), text_column=PLAIN[0][3])

    assert [record.text for record in contents.records] == ["Please add an offline mode", "The font is far too small"]
    assert contents.format == "csv"


@pytest.mark.parametrize(
    "rows",
    [
        [QUALTRICS[0], QUALTRICS[1], QUALTRICS[2], [*QUALTRICS[3][:9], "", "", ""]],
        [["Timestamp", "Which color do you like most?"], ["9/6/2018 0:06:16", "red"], ["9/6/2018 0:06:17", "blue"]],
        [["#", "Yes?", "Submit Date (UTC)"], ["a1", "1", "2026-04-03 09:05:40"]],
    ],
)
def test_a_survey_without_open_answers_is_refused_with_its_columns(read, rows):
    with pytest.raises(UnreadableFile, match=r"answered in words.*“"):
        read("survey.csv", csv_of(rows))


@pytest.mark.parametrize(
    "content",
    [
        "id,review,reply\n1,I like that it is quick and small,We thank you for your kind words\n",
        "timestamp,user,rating,comment\n2026-04-03 09:05:40,ann,5,Works fine for me\n",
    ],
)
def test_a_table_of_reviews_is_no_survey(read, content):
    contents = read("a.csv", content)

    assert contents.format == "csv"
    assert len(contents.records) == 1 and "question" not in contents.records[0].metadata


def response(number, *answers_given):
    questions = [{"id": str(key), "answers": [answer]} for key, answer in answers_given]
    return {"id": number, "collector_id": "9", "survey_id": "1", "date_modified": "2026-01-02T10:00:00+00:00",
            "pages": [{"id": "1", "questions": questions}]}  # fmt: skip


DETAILS = {
    "id": "1", "title": "Pets",
    "pages": [{"questions": [
        {"id": "7", "headings": [{"heading": "How <b>satisfied</b> are you?"}],
         "answers": {"choices": [{"id": "70", "text": "5"}, {"id": "71", "text": "1"}],
                     "other": {"id": "79", "text": "Other"}}},
        {"id": "8", "headings": [{"heading": "Why?"}], "answers": {"rows": [{"id": "80", "text": "Price"}]}},
    ]}],
}  # fmt: skip


def test_responses_of_the_api_are_put_together_with_their_questions(read):
    bulk = {"data": [
        response("1001", (7, {"choice_id": "70"}), (8, {"row_id": "80", "text": "It is fair enough"})),
        response("1002", (7, {"choice_id": "71"}), (7, {"other_id": "79", "text": "it depends on the day"})),
    ]}  # fmt: skip
    contents = read("survey.json", json.dumps({"survey": DETAILS, "responses": bulk}))

    assert answers(contents) == [
        ("Why? – Price", "It is fair enough", 5.0),
        ("How satisfied are you? – Other", "it depends on the day", 1.0),
    ]
    assert contents.warnings == ()
    alone = read("survey.json", json.dumps(bulk))
    assert any("details" in warning for warning in alone.warnings)


def test_responses_without_words_are_refused(read):
    bulk = {"data": [response("1001", (7, {"choice_id": "70"}), (8, {"text": "42"}))]}

    with pytest.raises(UnreadableFile, match="answered in words"):
        read("survey.json", json.dumps(bulk))


def test_half_a_surrogate_in_a_question_does_no_harm(read):
    details = json.loads(json.dumps(DETAILS).replace("Why?", "Why\\ud800?"))
    contents = read("survey.json", json.dumps([details, {"data": [response("1", (8, {"text": "It is too dear"}))]}]))

    assert contents.records[0].metadata["question"] == "Why\ufffd?"
