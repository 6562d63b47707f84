"""Every transcript and document of the shared samples, each row counted and read by eye in the file itself.

Where a file names nobody, a turn is a run of captions up to the end of a sentence, and was counted by another program.
"""

import hashlib

import pytest

UNKNOWN, BOTH, CALL, SOME = {"unknown"}, {"interviewer", "participant"}, {"agent", "customer"}, {"agent", "unknown"}
NOBODY = set()
F, T, X = "formats/", "transcripts/", "transcripts/_licence_not_stated/"

ROWS = [
    # path, format, records, turns, skipped
    # sha256 of the first and the last text, roles, seconds of the first turn, of the last and its end, stated language
    (F + "assemblyai/utterances.json", "assemblyai", 1, 1, {},
     "e74007b293", "e74007b293", UNKNOWN, (0.17, 0.17, 25.14), "en"),
    (F + "aws_transcribe/speaker_labels.json", "aws_transcribe", 1, 3, {},
     "fc0d519433", "9d966f027a", UNKNOWN, (0.49, 34.4, 40.46), None),
    (F + "deepgram/utterances.json", "deepgram", 1, 1, {},
     "4d5f5e9c0e", "4d5f5e9c0e", UNKNOWN, (0.08, 0.08, 25.44), None),
    (F + "docx/ID1.docx", "docx_text", 1, 0, {},
     "381c76bb1d", "381c76bb1d", NOBODY, (None, None, None), None),
    (F + "docx/transcript_tables.docx", "docx_segments", 1, 37, {"paragraph": 9, "table": 6},
     "efcaf26098", "d34d6c9669", CALL, (0.4, 181.94, 182.84), None),
    (F + "odt/ID2.odt", "odt_text", 1, 0, {},
     "746f25f1a1", "746f25f1a1", NOBODY, (None, None, None), None),
    (F + "otter/interview_en.txt", "otter", 1, 11, {},
     "509385223c", "858645632a", BOTH, (21.0, 469.0, None), None),
    (F + "otter/short.txt", "otter", 1, 2, {},
     "700d6587b3", "2c3eef5f79", UNKNOWN, (1.0, 9.0, None), None),
    (F + "plain_interview/bold_initials.md", "transcript", 1, 22, {},
     "a702126e3a", "5f2e71ab47", BOTH, (None, None, None), None),
    (F + "plain_interview/bracket_speaker.txt", "bracketed_transcript", 1, 7, {},
     "2cd773cc86", "9aa43ee780", UNKNOWN, (None, None, None), None),
    (F + "plain_interview/bracket_time.txt", "timed_transcript", 1, 3, {},
     "af5b856b70", "43d4a61737", UNKNOWN, (1.0, 8.0, None), None),
    (F + "rev/transcript.json", "rev", 1, 2, {},
     "13dcab0bf8", "334328a126", UNKNOWN, (1.02, 2.3, 2.9), None),
    (F + "srt/no_indexes_bom.srt", "srt", 1, 4, {},
     "e5c9ba59ed", "e709190049", UNKNOWN, (6.5, 25.0, 50.0), None),
    (F + "srt/utf16le_bom.srt", "srt", 1, 4, {},
     "e5c9ba59ed", "e709190049", UNKNOWN, (6.5, 25.0, 50.0), None),
    (F + "srt/utf8_fa_bidi.srt", "srt", 1, 14, {},
     "ae1c31d2b1", "d7dc8f8c41", SOME, (220.375, 247.708, 248.708), None),
    (F + "srt/whisper_interview_en.srt", "srt", 1, 484, {},
     "9da6d47952", "9e41164cb6", UNKNOWN, (43.81, 3110.8, 3111.76), None),
    (F + "srt/windows_1256_fa_derived.srt", "srt", 1, 18, {},
     "e12ef19a2b", "a1606cbb58", UNKNOWN, (2.0, 36.0, 37.0), None),
    (F + "vtt/captions_with_bom.vtt", "vtt", 1, 1, {},
     "f778f8e981", "f778f8e981", UNKNOWN, (0.5, 0.5, 21.58), None),
    (F + "vtt/comments.vtt", "vtt", 1, 3, {},
     "7533c8cd44", "bc7ebd2dcf", UNKNOWN, (135.0, 145.0, 150.0), None),
    (F + "vtt/metadata_headers_multiline.vtt", "vtt", 1, 1, {},
     "000a521344", "000a521344", UNKNOWN, (0.5, 0.5, 11.89), "en"),
    (F + "vtt/name_prefix.vtt", "vtt", 1, 8, {},
     "aabee7cf10", "6a7d1f870a", UNKNOWN, (1.0, 91.0, 110.0), None),
    (F + "vtt/teams_closed_v_tags.vtt", "vtt", 1, 11, {},
     "b156ad4a87", "4a5fd63eda", UNKNOWN, (0.0, 72.5, 78.0), None),
    (F + "vtt/teams_unclosed_v_tags.vtt", "vtt", 1, 3, {},
     "aabee7cf10", "ca3c1e4ecb", UNKNOWN, (1.0, 19.0, 25.0), None),
    (F + "vtt/tr_no_header_mixed_separators.vtt", "vtt", 1, 12, {},
     "0479d67b8e", "68cb066d67", UNKNOWN, (0.555, 78.5, 85.0), None),
    (F + "vtt/youtube_auto_rolling.vtt", "vtt", 1, 1, {},
     "a65510fffb", "a65510fffb", UNKNOWN, (4.4, 4.4, 11.43), "en"),
    (F + "vtt/zoom_name_prefix_cont.vtt", "vtt", 1, 23, {},
     "08f4776fc4", "2ea50438b7", UNKNOWN, (0.51, 430.76, 435.28), None),
    (F + "whisper/whisper_timestamped.json", "whisper", 1, 2, {},
     "54767eb248", "af49781f55", UNKNOWN, (0.12, 12.98, 25.32), "en"),
    (F + "whisper/whisperx_diarized.json", "whisper", 1, 2, {},
     "700d6587b3", "2c3eef5f79", UNKNOWN, (0.5, 9.1, 12.6), "en"),
    (X + "de/lnp232_diarization_with_text.xml", "xml_segments", 1, 462, {},
     "4a817e51e1", "52eda3d86e", UNKNOWN, (0.47, 4647.75, 4655.92), None),
    (X + "de/lnp232_final.html", "html_transcript", 1, 103, {},
     "49a7e1c619", "cee56a88de", UNKNOWN, (0.0, 4654.0, None), None),
    (X + "de/lnp232_final.trs", "trs", 1, 103, {},
     "49a7e1c619", "cee56a88de", UNKNOWN, (0.0, 4654.4, 4659.62), None),
    (X + "en/idaho_oral_history_armantrout.csv", "csv_segments", 1, 409, {},
     "7f60e647e8", "2c33dcef91", UNKNOWN, (0.0, None, None), None),
    (X + "en/idaho_oral_history_gluck.csv", "csv_segments", 1, 335, {"stage_direction": 1},
     "0c7f2354cf", "e2a0f9b093", UNKNOWN, (223.0, 6545.0, None), None),
    (X + "en/idaho_oral_history_mohammad.csv", "csv_segments", 1, 92, {"note": 1},
     "96ccc0a03a", "7f7afad016", UNKNOWN, (None, None, None), None),
    (X + "en/wtbs_architect_turns.json", "json_segments", 1, 118, {},
     "6df3bd0070", "3440a610b6", UNKNOWN, (0.0, 2887.32, 2889.64), None),
    (X + "en/wtbs_kate_vass_turns.json", "json_segments", 1, 66, {},
     "da6f7e107d", "8569efc4ed", UNKNOWN, (0.0, 2302.7, 2305.7), None),
    (X + "es/internet_colombia_hugo_sim.txt", "teams_transcript", 1, 110, {},
     "228c9a9ed4", "efda23f175", UNKNOWN, (0.0, 4211.15, 4215.6), None),
    (X + "es/internet_colombia_iconicos.txt", "trint", 1, 60, {"comment": 5},
     "843640e507", "3a4153d33d", UNKNOWN, (2.0, 3718.0, None), None),
    (X + "es/internet_colombia_quiroga.txt", "trint", 1, 70, {"comment": 8},
     "ee6494f54a", "4fa6d8aa9b", UNKNOWN, (4.0, 3857.0, None), None),
    (X + "es/internet_colombia_sastre.txt", "trint", 1, 118, {"comment": 12},
     "39d239df53", "b605dcdd98", UNKNOWN, (2.0, 4174.0, None), None),
    (X + "es/internet_colombia_ulloa.txt", "teams_transcript", 1, 106, {},
     "843dfeadab", "e8f16e6db6", UNKNOWN, (0.0, 5483.627, None), None),
    (X + "es/leanmind_ep30_whisper_no_speakers.txt", "text", 1, 0, {},
     "67573f6ef8", "67573f6ef8", NOBODY, (None, None, None), None),
    (X + "zh/wtbs_architect_zh-TW.txt", "text", 1, 0, {},
     "e01a0a6f04", "e01a0a6f04", NOBODY, (None, None, None), None),
    (X + "zh/wtbs_architect_zh-TW_en_parallel.md", "timed_paragraphs", 1, 651, {},
     "337526afa2", "3440a610b6", UNKNOWN, (None, 2887.0, None), "zh"),
    (X + "zh/wtbs_kate_vass_zh-TW.txt", "text", 1, 0, {},
     "52c26756ee", "52c26756ee", NOBODY, (None, None, None), None),
    (X + "zh/wtbs_kate_vass_zh-TW_en_parallel.md", "timed_paragraphs", 1, 363, {},
     "9617c59288", "8569efc4ed", UNKNOWN, (None, 2302.0, None), "zh"),
    (T + "en/hitsave_artemio_urbina.md", "srt", 1, 889, {},
     "d2358d0eb7", "d34d6c9669", UNKNOWN, (0.0, 5207.52, 5208.52), None),
    (T + "en/hitsave_betty_and_earl.md", "otter", 1, 54, {},
     "d4711899da", "4816f479c8", BOTH, (22.0, 2769.0, None), None),
    (T + "en/hitsave_goodboy_galaxy.srt", "srt", 1, 484, {},
     "9da6d47952", "9e41164cb6", UNKNOWN, (43.81, 3110.8, 3111.76), None),
    (T + "en/hitsave_goodboy_galaxy.tsv", "tsv_segments", 1, 484, {},
     "9da6d47952", "9e41164cb6", UNKNOWN, (43.81, 3110.8, 3111.76), None),
    (T + "en/hitsave_goodboy_galaxy.txt", "srt", 1, 484, {},
     "9da6d47952", "9e41164cb6", UNKNOWN, (43.81, 3110.8, 3111.76), None),
    (T + "en/hitsave_goodboy_galaxy.vtt", "vtt", 1, 484, {},
     "9da6d47952", "9e41164cb6", UNKNOWN, (43.81, 3110.8, 3111.76), None),
    (T + "en/hitsave_keitai.vtt", "vtt", 1, 125, {},
     "dfc8769167", "f81c3c7e00", UNKNOWN, (0.0, 5431.12, 5436.64), None),
    (T + "en/hitsave_keitai_whisper.json", "whisper", 1, 125, {},
     "dfc8769167", "f81c3c7e00", UNKNOWN, (0.0, 5431.12, 5436.64), "en"),
    (T + "en/hitsave_lantana_games.md", "otter", 1, 59, {},
     "3ed67ac6cc", "a0616ca478", BOTH, (0.0, 1764.0, None), None),
    (T + "en/hitsave_super_marxist_twins_4speakers.md", "otter", 1, 213, {},
     "0472024e0a", "f51bead488", BOTH, (22.0, 5896.0, None), None),
    (T + "en/hitsave_wintermoor.md", "transcript", 1, 290, {},
     "595a0718bc", "3815d060ad", UNKNOWN, (0.0, None, None), None),
    (T + "en/virtualcoffee_1_1.srt", "srt", 1, 54, {},
     "8e08857572", "ccaa3a277b", UNKNOWN, (14.73, 2972.505, 3017.515), None),
    (T + "en/virtualcoffee_2_3.srt", "srt", 1, 97, {},
     "0821899b1d", "acde6eca77", UNKNOWN, (14.548, 4127.43, 4133.34), None),
    (T + "en/virtualcoffee_4_2.srt", "srt", 1, 171, {},
     "14d38ff8bb", "0db9bc6a1c", UNKNOWN, (5.203, 3106.646, 3143.213), None),
    (T + "en/virtualcoffee_6_5.srt", "srt", 1, 148, {},
     "6ba80f3aa6", "f4b9ef8106", UNKNOWN, (6.91, 3539.0, 3572.112), None),
    (T + "en/virtualcoffee_8_5.srt", "srt", 1, 92, {},
     "a948bfd1b8", "a978aaa300", UNKNOWN, (6.056, 2626.088, 2659.454), None),
    (T + "en/zos_user_interview_sample200.md", "transcript", 1, 24, {},
     "5ac02902c0", "774b7eb24f", BOTH, (None, None, None), None),
    (T + "en/zos_user_interviews.md", "transcript", 9, 84, {},
     "7cebdaa7f4", "8c22d8fc91", BOTH, (None, None, None), None),]  # fmt: skip
FOLDERS = (
    "aws_transcribe", "deepgram", "assemblyai", "rev", "whisper", "otter", "docx", "odt", "vtt", "srt", "plain_interview",
)  # fmt: skip
ENCODINGS = {"utf16le_bom.srt": "utf-16-le", "windows_1256_fa_derived.srt": "cp1256"}


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:10]


@pytest.fixture(scope="module")
def read_shared(shared_data, read):
    """What was found in a file of the shared data, read once."""
    found = {}

    def read_path(path):
        if path not in found:
            found[path] = read(path.rsplit("/", 1)[-1], (shared_data / path).read_bytes())
        return found[path]

    return read_path


@pytest.mark.parametrize("row", ROWS, ids=[row[0].rsplit("/", 1)[-1] for row in ROWS])
def test_a_real_file_is_read_as_a_person_counts_it(read_shared, row):
    path, format, n_records, n_turns, skipped, first, last, roles, times, language = row
    contents = read_shared(path)
    said = [(record, turn) for record in contents.records for turn in record.turns]
    texts = [record.text[turn.start : turn.end] for record, turn in said] or [one.text for one in contents.records]
    ends = (said[0][1].starts_at_s, said[-1][1].starts_at_s, said[-1][1].ends_at_s) if said else (None, None, None)
    name = path.rsplit("/", 1)[-1]

    assert (contents.format, len(contents.records), len(said)) == (format, n_records, n_turns)
    assert contents.encoding == (None if name.endswith((".docx", ".odt")) else ENCODINGS.get(name, "utf-8"))
    assert dict(contents.skipped) == skipped
    assert (digest(texts[0]), digest(texts[-1])) == (first, last)
    assert {turn.role for _, turn in said} == roles
    assert ends == times
    assert contents.records[0].language == language


def test_every_transcript_and_document_has_a_row(shared_data):
    there = {f"formats/{name}/{path.name}" for name in FOLDERS for path in (shared_data / "formats" / name).iterdir()}
    there |= {path.relative_to(shared_data).as_posix() for path in (shared_data / "transcripts").rglob("*.*")}

    assert there == {row[0] for row in ROWS} | {"transcripts/SOURCES.md"}


@pytest.mark.parametrize(
    "paths",
    [
        [f"{T}en/hitsave_goodboy_galaxy.{suffix}" for suffix in ("srt", "vtt", "tsv", "txt")],
        [f"{T}en/hitsave_keitai.vtt", f"{T}en/hitsave_keitai_whisper.json"],
        [f"{X}de/lnp232_final.trs", f"{X}de/lnp232_final.html"],
        [f"{F}srt/no_indexes_bom.srt", f"{F}srt/utf16le_bom.srt"],
    ],
)
def test_one_talk_in_several_formats_has_the_same_words(read_shared, paths):
    assert len({read_shared(path).records[0].text for path in paths}) == 1


def test_several_interviews_in_one_file_are_several_records(read_shared):
    records = read_shared(f"{T}en/zos_user_interviews.md").records

    assert records[8].metadata["heading"].startswith("Transcript 9: Senior System Programmer at a Large Healthcare")
    assert [{turn.speaker for turn in record.turns} for record in records] == [
        {"Interviewer", f"R{number}"} for number in range(1, 10)
    ]
    assert len({record.id for record in records}) == 9


def test_tags_of_a_transcriber_are_kept_with_counts(read_shared):
    tags = read_shared(f"{X}en/idaho_oral_history_mohammad.csv").records[0].metadata["tags"]

    assert tags.startswith("prompt (14); flarf (14); future (12)")


@pytest.mark.parametrize(
    ("path", "speaker"),
    [
        (f"{X}de/lnp232_final.trs", "Tim Pritlove"),
        (f"{X}en/idaho_oral_history_armantrout.csv", "DB"),
        (f"{X}en/idaho_oral_history_gluck.csv", "DB"),
        (f"{X}en/idaho_oral_history_mohammad.csv", "DB"),
        (f"{X}es/internet_colombia_quiroga.txt", "Jaime Humberto Borja"),
        (f"{T}en/hitsave_wintermoor.md", "Jonas Rosland"),
        (f"{X}es/internet_colombia_ulloa.txt", None),
        (f"{X}en/wtbs_architect_turns.json", None),
        (f"{T}en/virtualcoffee_1_1.srt", None),
        (f"{T}en/hitsave_lantana_games.md", None),
    ],
)
def test_who_asks_most_is_a_hint_where_no_role_is_known(read_shared, path, speaker):
    hints = [warning for warning in read_shared(path).warnings if "asks most" in warning]

    assert hints == (
        [f"“{speaker}” asks most of the questions: if that is the interviewer, state it."] if speaker else []
    )
