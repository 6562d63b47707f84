"""Every review, survey and coding file of the shared samples, each row counted and read by eye in the file itself."""

import hashlib

import pytest

from nlp_service.errors import UnreadableFile
from nlp_service.text.identify import identify

ROWS = [
    # path, format, encoding, records, repeats, skipped, sha256 of the first and the last text,
    # role → header, first time, first rating, languages of the first and the last text
    ("google_play/reviews_org.mozilla.firefox_utf16le.csv", "csv", "utf-16-le", 101, 0, {}, "560b50fba8", "c8ccaa20ae",
     {"text": "Review Text", "rating": "Star Rating", "reply": "Developer Reply Text", "id": "Review Link",
      "date": "Review Submit Millis Since Epoch", "language": "Reviewer Language", "version": "App Version Name",
      "updated": "Review Last Update Millis Since Epoch"}, "2015-11-03T21:52:52.382Z", 1.0, ("fr", "en")),
    ("google_play/reviews_3rows_utf8.csv", "csv", "utf-8", 2, 0, {"no_text": 1}, "6323efbba8", "725d8f2ce4",
     {"text": "Review Text", "title": "Review Title", "rating": "Star Rating", "id": "Review Link",
      "date": "Review Submit Millis Since Epoch", "language": "Reviewer Language", "version": "App Version Name",
      "updated": "Review Last Update Millis Since Epoch"}, "2018-03-01T00:00:14.744Z", 5.0, (None, "en")),
    ("app_store/scraper_semicolon.csv", "csv", "utf-8", 60, 0, {}, "2aabf5c221", "14c1b1e4b9",
     {"text": "text", "title": "title", "rating": "score", "id": "id", "author": "userName", "version": "version"},
     None, 4.0, ("en", "en")),
    ("trustpilot/reviews_a.xlsx", "xlsx", None, 70, 35, {}, "de32a949cc", "ea8940ba02",
     {"text": "Review Text", "title": "Review Title", "rating": "Rating", "reply": "Reply Text", "id": "Review ID",
      "date": "Review Time", "language": "Language", "author": "Consumer Name"},
     "2023-07-07T18:29:44Z", 5.0, ("en", "en")),
    ("google_takeout/Reviews_2024.json", "google_takeout", "utf-8", 25, 0, {}, "bf41749219", "22186cc928",
     {"text": "review_text_published", "rating": "five_star_rating_published", "date": "date", "author": "author"},
     "2024-02-10T16:34:12Z", 5.0, ("en", "es")),
    ("google_takeout/Reviews_2022_titlecase.json", "google_takeout", "utf-8", 2, 0, {}, "8e6490f519", "04dcd11569",
     {"text": "Review Comment", "rating": "Star Rating", "date": "Published", "author": "author"},
     "2022-06-28T10:18:04Z", 5.0, ("en", "en")),
    ("qualtrics/three_headers_de_ui.csv", "qualtrics", "utf-8", 1, 0, {}, "7f83b1657f", "7f83b1657f",
     {"text": "Q2", "id": "ResponseId", "date": "RecordedDate", "language": "UserLanguage"},
     "2017-07-18T08:28:48", None, ("en", "en")),
    ("surveymonkey/responses_bulk.json", "surveymonkey", "utf-8", 2, 0, {}, "e3dfba5e75", "7398bb359d",
     {"text": "question 769893903", "id": "Respondent ID", "date": "Date Modified"},
     "2022-03-05T18:05:57+00:00", None, (None, None)),
    ("typeform/responses.csv", "typeform", "utf-8", 1, 0, {}, "72d01c1948", "72d01c1948",
     {"text": "Notes", "id": "#", "date": "Submit Date (UTC)"}, "2018-04-03T09:05:40Z", None, (None, None)),
    ("qualcoder_survey/survey456.csv", "csv", "utf-8", 3, 0, {}, "cc71649e0d", "8d088445da",
     {"text": "freetext", "author": "Case"}, None, None, ("en", "en")),
    ("qdpx/atlasti_8_4.qdpx", "qdpx", "utf-8", 7, 0, {"no_text": 8, "no_quotation": 1, "media": 6},
     "44dec2f23c", "89601a2c41", {}, None, None, ("en", None)),
]  # fmt: skip
"""A language of None: the words are too few, or names, for a reader to say one."""
REFUSED = [
    # path, what the message says: these files hold no text of a customer
    ("google_forms/form_responses_1.csv", "“Timestamp”, “Full Name”"),
    (
        "surveymonkey/survey_details.json",
        "“How many pets do you have\\?”, “What are the names of your pets\\?”.*no answers",
    ),
    ("qdpx/nvivo_mac_15.qdpx", "2 documents.*no text.*262 codes.*“rq1_definition > competencies > programming”"),
    ("qdc/taguette_codebook.qdc", "codebook of 3 codes .“interesting”, “people”, “interesting.places”"),
    ("codebook_text/qualcoder_plain.txt", "codebook of 6 codes .“code1”, “cat1 > code2”.*“cat3 > cat2 > code4”"),
]


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def spoken_language(record):
    """The language of what the customer said."""
    own = record.text[record.turns[0].start : record.turns[0].end] if record.turns else record.text
    return identify([own])[0].code


@pytest.mark.parametrize("row", ROWS, ids=[row[0].rsplit("/", 1)[-1] for row in ROWS])
def test_a_real_file_is_read_as_a_person_counts_it(samples, row):
    path, format, encoding, n_records, n_repeats, skipped, first, last, columns, began_at, rating, languages = row
    contents = samples(path)
    records = contents.records

    assert (contents.format, contents.encoding, contents.kind) == (
        format, encoding, "interviews" if format == "qdpx" else "reviews",
    )  # fmt: skip
    assert (len(records), dict(contents.skipped)) == (n_records, skipped)
    assert sum("duplicate_of" in record.metadata for record in records) == n_repeats
    assert (digest(records[0].text), digest(records[-1].text)) == (first, last)
    assert dict(contents.columns) == columns
    assert (records[0].occurred_at, records[0].rating) == (began_at, rating)
    for record, language in zip((records[0], records[-1]), languages, strict=True):
        assert language is None or spoken_language(record) == language


@pytest.mark.parametrize(("path", "message"), REFUSED, ids=[path for path, _ in REFUSED])
def test_a_real_file_without_texts_is_refused_with_what_is_in_it(samples, path, message):
    with pytest.raises(UnreadableFile, match=message):
        samples(path)


def test_every_file_of_these_formats_has_a_row(shared_data):
    folders = {row[0].split("/")[0] for row in (*ROWS, *REFUSED)}
    there = {f"{name}/{path.name}" for name in folders for path in (shared_data / "formats" / name).iterdir()}

    assert len(folders) == 12
    assert there == {row[0] for row in (*ROWS, *REFUSED)}


def test_the_same_reviews_come_out_of_both_encodings_of_the_console(samples, shared_data, read):
    path = "google_play/reviews_org.mozilla.firefox_utf16le.csv"
    content = (shared_data / "formats" / path).read_bytes()
    as_utf8 = read(path.rsplit("/", 1)[1], content.decode("utf-16").encode())

    assert as_utf8.records == samples(path).records
    assert as_utf8.encoding == "utf-8"


def test_repeats_of_the_real_set_name_a_record_with_the_same_words(samples):
    records = samples("trustpilot/reviews_a.xlsx").records
    by_id = {record.id: record for record in records}
    repeats = [record for record in records if "duplicate_of" in record.metadata]

    assert all(by_id[record.metadata["duplicate_of"]].text == record.text for record in repeats)
    assert {record.metadata["id"] for record in repeats} == {record.external_id for record in records} - {None}


def test_a_quotation_of_a_project_without_texts_has_its_codes_and_its_document(samples):
    records = samples("qdpx/atlasti_8_4.qdpx").records
    mayhem = next(record for record in records if record.text.startswith("I'm a single mum"))

    assert mayhem.metadata == {
        "document": "Mabel.txt",
        "unit": "quotation",
        "codes": "bacon and eggs; cornflakes; happiness",
        "cut_off": "true",
    }
    assert "damage done by fatty foods" not in {record.text for record in records}


def test_questions_of_the_api_get_their_texts_from_the_details(shared_data, read):
    folder = shared_data / "formats" / "surveymonkey"
    both = b"[%b, %b]" % ((folder / "survey_details.json").read_bytes(), (folder / "responses_bulk.json").read_bytes())
    contents = read("survey.json", both)

    assert [record.text for record in contents.records] == ["Donut, Mango, Phil", "Phil, Mango, Donut"]
    assert contents.records[0].metadata == {
        "How many pets do you have?": "3",
        "question": "What are the names of your pets?",
    }
