"""Whatever arrives, the readers of tickets and chats say what is wrong in our words, lose no slice, and end soon."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_service.errors import ServiceError
from nlp_service.ingest.markup import text_of_html
from nlp_service.ingest.replies import own_words
from tests.ingest.archived import zipped
from tests.ingest.mutations import fuzz, mutated, mutated_json
from tests.ingest.test_archives import CHAT
from tests.ingest.test_chat_logs import ADDRESSED, ZOOM
from tests.ingest.test_slack import DAY, export
from tests.ingest.test_tickets import COMMENTS, EVENT, FRESHDESK, HELPSCOUT, INTERCOM, TICKET, USERS

TELEGRAM_MESSAGES = [
    {
        "id": 1,
        "type": "message",
        "date": "2024-05-03T10:00:00",
        "date_unixtime": "1714730400",
        "from": "علی",
        "text": "خراب",
    },
    {
        "id": 2,
        "type": "message",
        "date": "2024-05-03T10:01:00",
        "from": None,
        "text": ["see ", {"type": "link", "text": "a"}],
    },
    {"id": 3, "type": "service", "date": "2024-05-03T10:02:00", "actor": "x", "action": "pin_message", "text": ""},
]
TELEGRAM = {"chats": {"list": [{"name": "علی", "type": "personal_chat", "id": 5, "messages": TELEGRAM_MESSAGES}]}}
DIALOGUE = {
    "id": "c1",
    "turns": [{"speaker": "Ann", "role": "customer", "text": "It broke"}, {"speaker": "agent", "text": "Sorry"}],
    "labels": {"solved": True, "scores": [1]},
}
VALUES = {
    "zendesk": {"ticket": TICKET, "comments": COMMENTS, "users": USERS},
    "zendesk_event": EVENT,
    "zendesk_audits": {"audits": [{"id": 1, "ticket_id": 7, "events": [{"type": "Comment", **COMMENTS[0]}]}]},
    "intercom": INTERCOM,
    "freshdesk": FRESHDESK,
    "helpscout": HELPSCOUT,
    "slack_day": DAY,
    "telegram": TELEGRAM,
    "dialogue": DIALOGUE,
}
WHATSAPP = "\n".join(
    [
        "\u200e[الاثنين، ١٢\u200f/١٢\u200f/٢٠٢٤، ١٠:٣٠ م] سارة: \u200eتم حذف الصورة",
        "[12/12/2024, 10:31:15\u202fPM] Ann: It broke\nand fell",
        "20.12.2024, 14:30 - Ali: <Medya dahil edilmedi>",
        "2024/12/20 下午2:30 - 山田: IMG-1.jpg (file attached)",
        "[01:12, 10.06.2026] Bo: ok",
    ]
)
EVENTS = (
    "chat_id,actor_id,chat_index,created_at,message,original_message\n"
    'c,agent:1,1,2024-05-03 10:00:00,Hi,"{""author"":{}}"\n'
)
TICKETS = "id,created_at,description,requester_id,subject,via_channel\n7,2024-05-03 10:00:00,It broke,10,Broken,web\n"
FILES = {
    "export.zip": zipped(export(support=DAY)),
    "stored.zip": zipped(export(support=DAY), compression=0),
    "chat.zip": zipped({"_chat.txt": CHAT, "a.jpg": b"\xff\xd8"}),
    "lines.jsonl.gz": gzip.compress((json.dumps(DIALOGUE) + "\n" + json.dumps(DIALOGUE)).encode()),
    "whatsapp.txt": WHATSAPP.encode(),
    "chat.txt": (CHAT * 3).encode(),
    "zoom.txt": ZOOM.encode(),
    "zoom_addressed.txt": ADDRESSED.encode(),
    "tickets.csv": TICKETS.encode(),
    "events.csv": EVENTS.encode(),
    **{f"{name}.json": json.dumps(value, ensure_ascii=False).encode() for name, value in VALUES.items()},
}
MAIL = (
    b"Hello,\n\nOn 3 May 2024, A <a@b.example> wrote:\n> One\n\nTwo\n-- \nAnn\n"
    b"From: A\nTo: B\nSubject: C\nSent from my iPhone\n"
)
HTML = b"<p>One<br>Two</p><blockquote><p>Three</p></blockquote><a href='x'>Four</a>"
STARTS = [b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"[{", b'{"ticket": {', b"[20.12.24, 14:30:15] "]


@pytest.mark.parametrize("name", FILES)
def test_the_seeds_themselves_are_read(read, name):
    assert read(name, FILES[name]).kind == "chats"


@pytest.mark.parametrize("name", FILES)
@fuzz
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_in_our_words(read, name, data):
    _read_or_refused(read, name, data.draw(mutated(FILES[name])))


@pytest.mark.parametrize("name", VALUES)
@fuzz
@given(data=st.data())
def test_json_of_another_shape_is_read_or_refused_in_our_words(read, name, data):
    _read_or_refused(read, "a.json", data.draw(mutated_json(VALUES[name])))


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.zip", "a.csv.gz", "upload"])
@fuzz
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=400))
def test_random_bytes_are_read_or_refused_in_our_words(read, name, start, rest):
    _read_or_refused(read, name, start + rest)


def texts(seed):
    """Any text, and damaged ones."""
    return st.one_of(st.text(max_size=400), mutated(seed).map(lambda content: content.decode("utf-8", "replace")))


@fuzz
@given(text=texts(MAIL))
def test_own_words_are_lines_of_the_mail_in_its_order(text):
    own = own_words(text)

    lines = iter(text.split("\n"))
    assert own.removed or own.text == text
    assert all(any(line.strip() == other.strip() for other in lines) for line in own.text.split("\n") if line.strip())


@fuzz
@given(html=texts(HTML))
def test_any_markup_gives_text(html):
    text = text_of_html(html)
    assert text == text.strip()
    assert "\n\n\n" not in text


def _read_or_refused(read, name, content):
    """Read a file; the fixture checks that every turn is a slice of its record's text."""
    try:
        contents = read(name, content)
    except ServiceError as error:
        assert error.detail.endswith(".")
        return
    assert contents.records
    json.dumps([dict(record.metadata) for record in contents.records]).encode()
    for record in contents.records:
        record.text.encode()
        "".join([record.source, record.external_id or "", record.author or "", *record.metadata.values()]).encode()
        "".join(turn.speaker for turn in record.turns).encode()
