"""Slack exports and single days: names for ids, programs apart from people, threads together."""

import json

import pytest

from nlp_service.errors import UnreadableFile
from tests.ingest.archived import zipped

USERS = [
    {"id": "U1", "name": "ann", "profile": {"display_name": "Ann", "real_name": "Ann Lee"}},
    {"id": "U2", "name": "bo", "profile": {"display_name": "", "real_name": "Bo Ray"}},
    {"id": "U3", "name": "relay", "is_bot": True, "profile": {}},
]
DAY = [
    {"type": "message", "user": "U1", "text": "It broke &amp; &lt;b&gt; fell off", "ts": "1714730400.000100"},
    {"type": "message", "subtype": "channel_join", "user": "U2", "text": "<@U2> has joined", "ts": "1714730401.000100"},
    {"type": "message", "user": "U2", "ts": "1714730460.0",
     "text": "<@U1> see <https://a.example/x|the page>, <#C9|help>, <!here>"},
    {"type": "message", "subtype": "bot_message", "bot_id": "B1", "text": "", "ts": "1714730470.000100",
     "attachments": [{"pretext": "New case", "text": "Case 7"}]},
    {"type": "message", "user": "USLACKBOT", "text": "Reminder", "ts": "1714730480.000100"},
    {"type": "message", "user": "U3", "text": "From the relay", "ts": "1714730490.000100"},
    {"type": "message", "user": "U1", "text": "", "files": [{"id": "F1"}], "ts": "1714730500.000100"},
    {"type": "message", "user": "U1", "text": "Thanks", "ts": "1714730510.000100", "thread_ts": "1714730400.000100"},
]  # fmt: skip
SAID = [
    ("Ann", "unknown", "It broke & <b> fell off"),
    ("Ann", "unknown", "Thanks"),
    ("Bo Ray", "unknown", "@Ann see the page, #help, @here"),
    ("Bot", "bot", "New case\nCase 7"),
    ("Slackbot", "bot", "Reminder"),
    ("relay", "bot", "From the relay"),
]


def said(contents):
    return [
        (turn.speaker, turn.role, record.text[turn.start : turn.end])
        for record in contents.records
        for turn in record.turns
    ]


def export(**channels):
    files = {"users.json": json.dumps(USERS), "channels.json": json.dumps([{"id": "C1", "name": "support"}])}
    return files | {f"{name}/2024-05-03.json": json.dumps(day) for name, day in channels.items()}


@pytest.mark.parametrize("root", ["", "Shop Slack export/"])
def test_an_export_is_a_record_a_channel(read, root):
    content = zipped({f"{root}{name}": text for name, text in export(support=DAY, empty=[], random=DAY[:1]).items()})
    contents = read("export.zip", content)

    assert (contents.format, contents.kind, len(contents.records)) == ("slack", "chats", 2)
    assert said(contents)[1:] == SAID
    assert contents.skipped == {"service_message": 1, "media": 1}
    assert [record.metadata["chat"] for record in contents.records] == ["random", "support"]
    assert contents.records[1].external_id == "C1"
    assert contents.records[1].occurred_at == "2024-05-03T10:00:00Z"


def test_days_of_a_channel_follow_each_other(read):
    files = export(support=DAY[2:3]) | {"support/2024-05-02.json": json.dumps(DAY[:1])}
    assert [text for *_, text in said(read("a.zip", zipped(files)))] == [SAID[0][2], SAID[2][2]]


def test_a_single_day_is_read_with_what_it_says_of_people(read):
    day = [{**DAY[0], "user_profile": {"real_name": "Ann Lee"}}, DAY[2], *DAY[3:]]
    contents = read("2024-05-03.json", json.dumps(day))

    assert [speaker for speaker, _, _ in said(contents)][:3] == ["Ann Lee", "U1", "U2"]
    assert "@U1 see the page" in said(contents)[2][2]


@pytest.mark.parametrize("broken", ["{", "[1, 2", "\ud83d".encode("utf-16-le", "surrogatepass").decode("latin-1")])
def test_a_broken_day_is_refused(read, broken):
    with pytest.raises(UnreadableFile):
        read("a.zip", zipped(export(support=DAY) | {"support/2024-05-04.json": broken}))


@pytest.mark.parametrize(
    "day",
    [
        [{"type": "message", "text": "It broke"}],
        [{"type": "message", "ts": "soon", "text": "It broke"}],
        [{**DAY[0]}, {"text": "It broke"}],
    ],
)
def test_other_lists_of_messages_are_read_as_rows(read, day):
    assert read("a.json", json.dumps(day)).format == "json"


def test_an_export_without_words_says_so(read):
    with pytest.raises(UnreadableFile, match="No message of this Slack export"):
        read("a.zip", zipped(export(support=DAY[1:2])))
