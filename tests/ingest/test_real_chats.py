"""Every ticket and chat file of the shared samples, each row counted and read by eye in the file itself."""

import hashlib

import pytest

from nlp_service.text.identify import identify

UNKNOWN, CUSTOMER, AGENT, BOT = {"unknown"}, {"customer"}, {"agent"}, {"bot"}
BOTH = CUSTOMER | AGENT
Z = "formats/zendesk/"
W = "formats/whatsapp/"
T = "formats/telegram/"

ROWS = [
    # path, format, records, turns, skipped
    # sha256 of the first and the last text, roles, first time, seconds of the last turn, language
    (Z + "ticket_audits.json", "zendesk", 8, 8, {},
     "599e8c4f9a", "9f86d08188", BOTH, "2023-09-09T23:52:05Z", 0.0, "en"),
    (Z + "ticket_with_audit.json", "zendesk", 1, 1, {},
     "9f86d08188", "9f86d08188", CUSTOMER, "2023-09-18T23:25:58Z", 0.0, None),
    (Z + "ticket_data.csv", "zendesk_tickets", 10, 10, {},
     "feccd6cb7e", "feccd6cb7e", CUSTOMER, "2020-02-19T01:54:52", 0.0, None),
    (Z + "ticket_chat_event_data.csv", "zendesk_chat_events", 8, 10, {"service_message": 2, "no_text": 1},
     "5a9fd9527a", "a570c542a5", BOT, "2023-12-12T11:20:10", 0.0, None),
    ("formats/intercom/conversation_2_11.json", "intercom", 1, 1, {"service_message": 2},
     "95f1c48d1e", "95f1c48d1e", AGENT, "2024-06-27T12:53:52Z", 0.0, "en"),
    ("formats/freshdesk/ticket_v2_with_conversations.json", "freshdesk", 1, 2, {"private_note": 1},
     "148035d62b", "872c7a6fa5", BOTH, "2016-05-18T04:36:04Z", 90010.0, "en"),
    ("formats/helpscout/conversation_with_thread.json", "helpscout", 1, 1, {},
     "c7be1ed902", "c7be1ed902", CUSTOMER, "2017-04-21T14:39:56Z", 0.0, "en"),
    ("formats/slack/export.zip", "slack", 2, 40, {"media": 2},
     "ec18bb5bec", "fce5473e00", BOT | CUSTOMER | UNKNOWN, "2016-02-07T22:42:07Z", 111377.0, None),
    ("formats/zoom_chat/chat.txt", "zoom_chat", 1, 4, {},
     "fa690b8206", "54cef8f42f", UNKNOWN, None, 351.0, None),
    (W + "android_de.txt", "chat", 1, 3, {"media": 2, "service_message": 1},
     "c976d91424", "80c592754d", UNKNOWN, "2024-12-10T14:30:00", 180.0, "de"),
    (W + "android_ja.txt", "chat", 1, 3, {"media": 2},
     "125aeadf27", "06449e4cd0", UNKNOWN, "2024-12-10T14:30:00", 180.0, "ja"),
    (W + "android_private_en.txt", "chat", 1, 39, {"media": 4, "service_message": 2},
     "f939e5a786", "066e60011a", UNKNOWN, None, None, "en"),
    (W + "android_tr_assembled.txt", "chat", 1, 3, {"media": 1, "service_message": 1},
     "d22ceb8d01", "bf49ab6b38", UNKNOWN, "2026-06-10T21:34:00", 240.0, "tr"),
    (W + "emoji_heavy.txt", "chat", 1, 6, {"media": 1, "service_message": 2},
     "e19daa7d31", "dcddeaee09", UNKNOWN, "2017-07-12T22:35:00", 38242500.0, "en"),
    (W + "es_am_pm_dots.txt", "chat", 1, 7, {"service_message": 2},
     "dd14cbbf0e", "69e66cc1ee", UNKNOWN, "2019-01-01T11:25:00", 94559760.0, None),
    (W + "fi_klo_dot_time.txt", "chat", 1, 3, {},
     "2dbf1b14c5", "3bf8e0cbe4", UNKNOWN, "2018-06-13T21:25:15", None, None),
    (W + "group_dots_pokemon.txt", "chat", 1, 18, {"service_message": 2},
     "3c8723d561", "0af03619c4", UNKNOWN, "2016-08-06T13:23:00", 7426800.0, "en"),
    (W + "ios_ar_constructed.txt", "chat", 1, 2, {"media": 1},
     "c8834f942a", "c9d6539900", UNKNOWN, "2024-12-12T22:30:00", 60.0, "ar"),
    (W + "ios_group_en_ampm.txt", "chat", 1, 31, {"media": 2, "service_message": 6},
     "9a2aface5d", "6e49715379", UNKNOWN, None, None, "en"),
    (W + "pt_bracket_year_first.txt", "chat", 1, 3, {},
     "db48e6ac8d", "4bbfdf9edd", UNKNOWN, "2018-06-13T21:25:15", None, "pt"),
    (T + "result_full_fa.json", "telegram", 2, 7, {},
     "d6ca41139e", "5e92d15597", UNKNOWN, "2024-01-15T10:30:00", 300.0, "fa"),
    (T + "result_single_min.json", "telegram", 1, 2, {},
     "ce445de5f7", "00c7e1ff55", UNKNOWN, "2018-12-05T10:39:10Z", 614.0, None),
    (T + "result_single_ru.json", "telegram", 1, 8, {"service_message": 1, "forwarded": 1, "media": 2},
     "b0cd90062f", "e5bed7028e", UNKNOWN, "2023-05-01T12:01:00Z", 660.0, "ru"),
    ("chats/de/maia_dqe_de_client_01.jsonl.gz", "jsonl_dialogues", 359, 5157, {},
     "798b222205", "8b1b0d5521", BOTH, None, None, "de"),
    ("chats/en/twitter_support_twcs_subset.jsonl.gz", "jsonl_dialogues", 1285, 4182, {"no_speech": 1},
     "f96a1a55f6", "dca635eb4b", BOTH, None, None, "en"),
    ("chats/en/uss_mwoz.jsonl.gz", "jsonl_dialogues", 1000, 22108, {},
     "e463218f93", "da4ab26a0a", BOTH, None, None, "en"),
    ("chats/en/uss_redial.jsonl.gz", "jsonl_dialogues", 400, 8760, {},
     "3639efcd08", "128901223a", BOTH, None, None, "en"),
    ("chats/en/uss_sgd.jsonl.gz", "jsonl_dialogues", 1000, 25666, {},
     "2704ff0cc6", "85f363eff4", BOTH, None, None, "en"),
    ("chats/fr/maia_en_fr.jsonl.gz", "jsonl_dialogues", 264, 5448, {},
     "035df594a1", "2fef8257d0", BOTH, None, None, "fr"),
    ("chats/hi/cucom_banking_synthetic_codemixed.jsonl.gz", "jsonl_dialogues", 51, 746, {},
     "85392c0f55", "a56cb5a181", BOTH, None, None, None),
    ("chats/pt/maia_dqe_pt_br_client_02.jsonl.gz", "jsonl_dialogues", 113, 2850, {},
     "623f668dde", "e0fd460a1e", BOTH, None, None, "pt"),
    ("chats/pt/maia_dqe_pt_br_client_04.jsonl.gz", "jsonl_dialogues", 43, 512, {},
     "ad674a9316", "a0ec1ae4ae", BOTH, None, None, "pt"),
    ("chats/pt/maia_dqe_pt_pt_client_03.jsonl.gz", "jsonl_dialogues", 21, 382, {},
     "fbc0acbbe3", "ec8195478f", BOTH, None, None, "pt"),
]  # fmt: skip
"""A language of None: the words are too few, made up, or of several languages for a reader to say one."""


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:10]


@pytest.mark.parametrize("row", ROWS, ids=[row[0].rsplit("/", 1)[-1] for row in ROWS])
def test_a_real_file_is_read_as_a_person_counts_it(shared_data, read, row):
    path, format, n_records, n_turns, skipped, first, last, roles, began_at, ends_after, language = row
    contents = read(path.rsplit("/", 1)[-1], (shared_data / path).read_bytes())
    said = [(record, turn) for record in contents.records for turn in record.turns]
    texts = [record.text[turn.start : turn.end] for record, turn in said]

    assert (contents.format, contents.kind, contents.encoding) == (format, "chats", "utf-8")
    assert (len(contents.records), len(said), dict(contents.skipped)) == (n_records, n_turns, skipped)
    assert (digest(texts[0]), digest(texts[-1])) == (first, last)
    assert {turn.role for _, turn in said} == roles
    assert (contents.records[0].occurred_at, said[-1][1].starts_at_s) == (began_at, ends_after)
    assert language is None or identify([contents.records[0].text])[0].code == language


def test_every_ticket_and_chat_file_has_a_row(shared_data):
    folders = ("zendesk", "intercom", "freshdesk", "helpscout", "slack", "whatsapp", "telegram", "zoom_chat")
    there = {f"formats/{name}/{path.name}" for name in folders for path in (shared_data / "formats" / name).iterdir()}
    there |= {path.relative_to(shared_data).as_posix() for path in (shared_data / "chats").glob("*/*.gz")}

    assert there == {row[0] for row in ROWS}


def test_labels_of_conversations_are_metadata_where_they_are_plain(shared_data, read):
    path = "chats/pt/maia_dqe_pt_pt_client_03.jsonl.gz"
    record = read("c.jsonl.gz", (shared_data / path).read_bytes()).records[0]

    assert record.metadata == {"dropped": "0.0", "task_success": "3.0"}
    assert record.external_id == "maia-pt_pt_client_03-en_pt_#CLIENT-03#_2020-12-27-1"
