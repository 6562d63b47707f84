"""Real exports and our own samples come out as they should; the shared ones are skipped where they are absent."""

import pytest

from nlp_service.errors import UnreadableFile
from nlp_service.settings import ROOT

OURS = ROOT / "corpora" / "samples"


@pytest.mark.parametrize(
    ("path", "found", "n_records", "columns"),
    [
        (
            "google_play/reviews_org.mozilla.firefox_utf16le.csv",
            ("csv", "utf-16-le"),
            101,
            {"reply": "Developer Reply Text"},
        ),
        ("google_play/reviews_3rows_utf8.csv", ("csv", "utf-8"), 2, {"title": "Review Title", "id": "Review Link"}),
        ("trustpilot/reviews_a.xlsx", ("xlsx", None), 70, {"author": "Consumer Name", "date": "Review Time"}),
        ("app_store/scraper_semicolon.csv", ("csv", "utf-8"), 60, {"rating": "score", "author": "userName"}),
        ("google_takeout/Reviews_2024.json", ("google_takeout", "utf-8"), 25, {"text": "review_text_published"}),
        ("google_takeout/Reviews_2022_titlecase.json", ("google_takeout", "utf-8"), 2, {"text": "Review Comment"}),
        ("typeform/responses.csv", ("typeform", "utf-8"), 1, {"text": "Notes", "id": "#", "date": "Submit Date (UTC)"}),
        ("qualcoder_survey/survey456.csv", ("csv", "utf-8"), 3, {"text": "freetext", "author": "Case"}),
    ],
)
def test_tables_of_real_exports(samples, path, found, n_records, columns):
    contents = samples(path)

    assert ((contents.format, contents.encoding), len(contents.records)) == (found, n_records)
    assert columns.items() <= contents.columns.items()
    assert contents.kind == "reviews"


def test_trustpilot_repeats_are_marked_and_cut_titles_left_out(samples):
    contents = samples("trustpilot/reviews_a.xlsx")

    assert contents.skipped == {}
    assert sum("duplicate_of" in record.metadata for record in contents.records) == 35
    assert not any("...\n" in record.text.split("\n")[0] + "\n" for record in contents.records)
    assert {record.rating for record in contents.records} <= {1.0, 2.0, 3.0, 4.0, 5.0}


def test_google_play_rows_without_text_are_counted_and_replies_are_agents(samples):
    assert samples("google_play/reviews_3rows_utf8.csv").skipped == {"no_text": 1}
    replied = samples("google_play/reviews_org.mozilla.firefox_utf16le.csv")
    assert {tuple(turn.role for turn in record.turns) for record in replied.records} == {("customer", "agent")}


def test_mojibake_of_the_source_is_undone(samples):
    assert "Framsida lår" in samples("typeform/responses.csv").records[0].metadata["Muscles"]


def test_a_form_without_open_questions_is_refused(samples):
    with pytest.raises(UnreadableFile, match="“Timestamp”, “Full Name”"):
        samples("google_forms/form_responses_1.csv")


@pytest.mark.parametrize(
    ("path", "n_turns", "speakers"),
    [
        ("vtt/captions_with_bom.vtt", 1, {}),
        ("vtt/comments.vtt", 3, {}),
        ("vtt/metadata_headers_multiline.vtt", 1, {}),
        ("vtt/name_prefix.vtt", None, {"Mayor Johnson": "unknown", "Council Member Park": "unknown"}),
        ("vtt/teams_closed_v_tags.vtt", None, {"Jane Smith": "unknown", "John Doe": "unknown"}),
        ("vtt/teams_unclosed_v_tags.vtt", 3, {"Mayor Johnson": "unknown"}),
        ("vtt/tr_no_header_mixed_separators.vtt", None, {}),
        ("vtt/youtube_auto_rolling.vtt", 1, {}),
        ("vtt/zoom_name_prefix_cont.vtt", None, {"Person A (SL)": "unknown", "Person B": "unknown"}),
        ("srt/no_indexes_bom.srt", 4, {}),
        ("srt/utf16le_bom.srt", None, {}),
        ("srt/utf8_fa_bidi.srt", None, {"خلبان": "unknown", "اپراتور ATC": "agent"}),
        ("srt/whisper_interview_en.srt", None, {}),
        ("srt/windows_1256_fa_derived.srt", None, {}),
        ("otter/interview_en.txt", None, {"Interviewer": "interviewer", "Guest": "participant"}),
        ("otter/short.txt", 2, {"Alice Chen": "unknown", "Bob Ferreira": "unknown"}),
        ("plain_interview/bold_initials.md", None, {"Interviewer": "interviewer", "Respondent": "participant"}),
        ("plain_interview/bracket_speaker.txt", 7, {"id1": "unknown", "id2": "unknown", "id3": "unknown"}),
        ("plain_interview/bracket_time.txt", 3, {"Alice": "unknown", "Bob": "unknown"}),
    ],
)
def test_interviews_of_real_exports(samples, path, n_turns, speakers):
    contents = samples(path)

    assert contents.kind == "interviews"
    assert speakers.items() <= contents.speakers.items()
    assert n_turns is None or len(contents.records[0].turns) == n_turns


def test_youtube_words_come_once_and_cp1256_is_persian(samples):
    rolling = samples("vtt/youtube_auto_rolling.vtt").records[0].text
    assert rolling == "the first thing to understand is that the index is stale and nobody rebuilt it"
    assert samples("srt/windows_1256_fa_derived.srt").encoding == "cp1256"


@pytest.mark.parametrize(
    ("path", "n_records", "n_turns", "skipped"),
    [
        ("whatsapp/android_de.txt", 1, 3, {"media": 2, "service_message": 1}),
        ("whatsapp/android_ja.txt", 1, 3, {"media": 2}),
        ("whatsapp/android_tr_assembled.txt", 1, 3, {"media": 1, "service_message": 1}),
        ("whatsapp/es_am_pm_dots.txt", 1, 7, {"service_message": 2}),
        ("whatsapp/fi_klo_dot_time.txt", 1, 3, {}),
        ("whatsapp/ios_ar_constructed.txt", 1, 2, {"media": 1}),
        ("whatsapp/pt_bracket_year_first.txt", 1, 3, {}),
        ("telegram/result_full_fa.json", 2, 5, {}),
        ("telegram/result_single_min.json", 1, 2, {}),
        ("telegram/result_single_ru.json", 1, None, {"service_message": 1, "forwarded": 1, "media": 2}),
    ],
)
def test_chats_of_real_exports(samples, path, n_records, n_turns, skipped):
    contents = samples(path)

    assert (contents.kind, len(contents.records), dict(contents.skipped)) == ("chats", n_records, skipped)
    assert n_turns is None or len(contents.records[0].turns) == n_turns


def test_articles_are_one_record_each(shared_data, read):
    for path in sorted((shared_data / "articles").glob("*.txt")):
        contents = read(path.name, path.read_bytes())

        assert [record.kind for record in contents.records] == ["reviews"]
        assert contents.records[0].turns == ()
        assert contents.records[0].text == path.read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    ("name", "kind", "n_records", "roles"),
    [
        ("interview_ar.txt", "interviews", 1, {"interviewer", "participant"}),
        ("interview_en.vtt", "interviews", 1, {"interviewer", "participant"}),
        ("interview_fa.txt", "interviews", 1, {"interviewer", "participant"}),
        ("interview_tr.txt", "interviews", 1, {"interviewer", "participant"}),
        ("support_chat_ar.txt", "chats", 1, {"customer", "agent"}),
        ("support_chat_en.txt", "chats", 1, {"customer", "agent"}),
        ("support_chat_fa.txt", "chats", 1, {"customer", "agent"}),
        ("support_chat_tr.txt", "chats", 1, {"customer", "agent"}),
        ("reviews.csv", "reviews", 240, set()),
        ("survey.jsonl", "reviews", 60, set()),
    ],
)
def test_our_own_samples(read, name, kind, n_records, roles):
    contents = read(name, (OURS / name).read_bytes())

    assert (contents.kind, len(contents.records)) == (kind, n_records)
    assert set(contents.speakers.values()) == roles
    n_repeats = {"reviews.csv": 3}.get(name, 0)
    assert sum("duplicate_of" in record.metadata for record in contents.records) == n_repeats
    assert len(contents.warnings) == bool(n_repeats)
