"""Tickets of four help desks: who is the customer, what is no public speech, what is somebody else's."""

import json

import pytest

from nlp_service.errors import UnreadableFile

COMMENTS = [
    {"id": 1, "author_id": 10, "plain_body": "It&nbsp;broke".replace("&nbsp;", "\u00a0"), "public": True,
     "created_at": "2024-05-03T10:00:00Z"},
    {"id": 2, "author_id": 20, "html_body": "<p>Which <b>model</b>?</p>", "public": True,
     "created_at": "2024-05-03T10:05:00Z"},
    {"id": 3, "author_id": 20, "plain_body": "He is angry", "public": False, "created_at": "2024-05-03T10:06:00Z"},
    {"id": 4, "author_id": -1, "plain_body": "We close this soon", "public": True, "created_at": "2024-05-03T10:07:00Z"},
    {"id": 5, "author_id": 10, "plain_body": "The red one\n\nOn 3 May 2024, Shop <a@b.example> wrote:\n> Which model?",
     "public": True, "created_at": "2024-05-03T10:08:00Z"},
    {"id": 6, "author_id": 20, "plain_body": "Merged", "public": True, "via": {"source": {"rel": "merge"}}},
]  # fmt: skip
TICKET = {
    "id": 7, "requester_id": 10, "subject": "Broken", "raw_subject": "Broken", "description": "It broke", "status": "open",
    "via": {"channel": "email"}, "tags": ["a", "b"], "created_at": "2024-05-03T10:00:00Z", "satisfaction_rating": None,
}  # fmt: skip
USERS = [{"id": 10, "name": "Ann", "role": "end-user"}, {"id": 20, "name": "Bo", "role": "agent"}]
SAID = [("customer", "It broke"), ("agent", "Which model?"), ("bot", "We close this soon"), ("customer", "The red one")]
LEFT_OUT = {"private_note": 1, "service_message": 1, "quoted_reply": 1}
EVENT = {
    "type": "zen:event-type:ticket.comment_added", "time": "2024-05-03T10:00:00Z", "subject": "zen:ticket:7",
    "detail": {"id": "7", "requester_id": "10", "subject": "Broken", "status": "OPEN", "via": {"channel": "email"}},
    "event": {"comment": {"id": "1", "body": "It broke", "is_public": True,
                          "author": {"id": "10", "is_staff": False, "name": "Ann"}}},
}  # fmt: skip


def said(contents):
    return [(turn.role, record.text[turn.start : turn.end]) for record in contents.records for turn in record.turns]


@pytest.mark.parametrize(
    "value",
    [
        {"ticket": TICKET, "comments": COMMENTS},
        {"ticket": {**TICKET, "comments": COMMENTS}},
        {"tickets": [{**TICKET, "comments": COMMENTS}], "count": 1},
        {**TICKET, "comments": COMMENTS},
        [{**TICKET, "comments": COMMENTS}],
        {"ticket": {**TICKET, "id": "7", "requester_id": "10"}, "comments": COMMENTS},
    ],
)
def test_zendesk_comments_are_turns_of_their_writers(read, value):
    contents = read("a.json", json.dumps(value))

    assert (contents.format, contents.kind) == ("zendesk", "chats")
    assert (said(contents), contents.skipped) == (SAID, LEFT_OUT)
    record = contents.records[0]
    assert (record.external_id, record.author, record.channel) == ("7", "10", "email")
    assert record.metadata == {"subject": "Broken", "status": "open", "tags": "a, b"}
    assert [turn.starts_at_s for turn in record.turns] == [0.0, 300.0, 420.0, 480.0]


def test_zendesk_users_beside_the_tickets_give_names(read):
    contents = read("a.json", json.dumps({"tickets": [{**TICKET, "comments": COMMENTS[:2]}], "users": USERS}))

    assert [turn.speaker for turn in contents.records[0].turns] == ["Ann", "Bo"]


def test_zendesk_json_lines_give_a_record_a_ticket_and_a_repeated_one_once(read):
    lines = [{**TICKET, "comments": COMMENTS[:1]}, {**TICKET, "id": 8}, {**TICKET, "comments": COMMENTS}]
    contents = read("a.ndjson", "\n".join(map(json.dumps, lines)))

    assert [record.external_id for record in contents.records] == ["7", "8"]
    assert [text for _, text in said(contents)] == [*(text for _, text in SAID), "It broke"]
    assert contents.skipped == {**LEFT_OUT, "duplicate": 1}


@pytest.mark.parametrize(
    ("change", "first"),
    [({}, "It broke"), ({"description": ""}, "Broken"), ({"description": None, "subject": "Help"}, "Help")],
)
def test_a_zendesk_ticket_without_comments_says_its_description_or_subject(read, change, first):
    assert said(read("a.json", json.dumps({"tickets": [{**TICKET, **change}]}))) == [("customer", first)]


def test_what_a_customer_says_of_the_service_is_a_turn(read):
    ticket = {**TICKET, "satisfaction_rating": {"score": "bad", "comment": "Too slow"}}
    contents = read("a.json", json.dumps({"ticket": ticket, "comments": COMMENTS[:1]}))

    assert said(contents)[-1] == ("customer", "Too slow")
    assert contents.records[0].metadata["satisfaction"] == "bad"


def test_zendesk_audits_are_put_together_by_ticket(read):
    audits = [
        {"id": 1, "ticket_id": 7, "author_id": 10, "created_at": "2024-05-03T10:00:00Z", "via": {"channel": "web"},
         "events": [
            {"type": "Comment", "author_id": 10, "body": "It broke", "public": True},
            {"type": "Create", "field_name": "requester_id", "value": "10"},
            {"type": "Create", "field_name": "subject", "value": "Broken"}]},
        {"id": 2, "ticket_id": 7, "author_id": 20, "created_at": "2024-05-03T10:05:00Z", "events": [
            {"type": "Comment", "author_id": 20, "body": "Which model?", "public": True},
            {"type": "Change", "field_name": "status", "value": "pending"}]},
    ]  # fmt: skip
    contents = read("a.json", json.dumps({"audits": audits}))

    assert said(contents) == SAID[:2]
    assert contents.records[0].metadata == {"subject": "Broken", "status": "pending"}


@pytest.mark.parametrize(
    ("staff", "public", "found"),
    [(False, True, [("customer", "It broke")]), (True, True, [("agent", "It broke")]), (True, False, None)],
)
def test_a_zendesk_webhook_event_is_one_message(read, staff, public, found):
    comment = {
        "id": "1",
        "body": "It broke",
        "is_public": public,
        "author": {"id": "20" if staff else "10", "is_staff": staff},
    }
    event = json.dumps({**EVENT, "event": {"comment": comment}})
    if found is None:
        with pytest.raises(UnreadableFile, match="public message"):
            read("a.json", event)
        return
    assert said(read("a.json", event)) == found


def test_comments_without_a_ticket_take_their_first_writer_as_customer_and_say_so(read):
    contents = read("a.json", json.dumps({"comments": COMMENTS[:2]}))

    assert said(contents) == SAID[:2]
    assert "writer of a ticket's first comment" in " ".join(contents.warnings)


def test_a_chat_pasted_into_one_comment_is_split(read):
    body = "(10:01:02) Ann: It broke\n(10:01:30) Bo: Which model?\nThe red one?\n(10:02:00) Ann: Yes"
    ticket = {"ticket": TICKET, "comments": [{"author_id": 10, "body": body, "public": True}], "users": USERS}

    assert said(read("a.json", json.dumps(ticket))) == [
        ("customer", "It broke"), ("agent", "Which model?\nThe red one?"), ("customer", "Yes"),
    ]  # fmt: skip


def test_an_automatic_reply_is_nobodys_voice(read):
    ticket = {**TICKET, "subject": "Automatic reply: Your order", "description": "Back on Monday"}
    tickets = {"tickets": [ticket, {**TICKET, "id": 8}]}
    contents = read("a.json", json.dumps(tickets))

    assert (said(contents), contents.skipped) == ([("customer", "It broke")], {"auto_reply": 1, "no_text": 1})


def test_zendesk_rows_of_a_warehouse_are_tickets(read):
    rows = "7,2024-05-03 10:00:00,It broke,10,Broken,web\n8,,,10,,web\n"
    contents = read("tickets.csv", "id,created_at,description,requester_id,subject,via_channel\n" + rows)

    assert (contents.format, said(contents), contents.skipped) == (
        "zendesk_tickets",
        [("customer", "It broke")],
        {"no_speech": 1, "no_text": 1},
    )
    assert (contents.records[0].author, contents.records[0].metadata["subject"]) == ("10", "Broken")


def test_zendesk_chat_events_are_turns_in_order_of_time(read):
    rows = [
        "agent:5,2,2024-05-03 10:01:00,Which model?",
        "77,1,2024-05-03 10:00:00,It broke",
        "__trigger,3,2024-05-03 10:02:00,Bye",
        "agent:,4,2024-05-03 10:03:00,Who am I?",
        "77,5,2024-05-03 10:04:00,",
    ]
    contents = read(
        "e.csv", "chat_id,actor_id,chat_index,created_at,message\n" + "".join(f"c1,{row}\n" for row in rows)
    )

    assert said(contents) == [
        ("customer", "It broke"),
        ("agent", "Which model?"),
        ("bot", "Bye"),
        ("unknown", "Who am I?"),
    ]
    assert contents.skipped == {"service_message": 1}


def part(body, kind, at, **more):
    return {"type": "conversation_part", "part_type": "comment", "body": body, "created_at": at,
            "author": {"type": kind, "id": "1", "name": kind.title(), "email": "a@b.example"}, **more}  # fmt: skip


INTERCOM = {
    "type": "conversation", "id": "9", "created_at": 1714730400, "title": None, "state": "closed",
    "source": {"type": "email", "subject": "Broken", "body": "<p>It <i>broke</i></p>",
               "author": {"type": "user", "name": "Ann"}},
    "contacts": {"contacts": [{"id": "c1"}]},
    "conversation_rating": {"rating": 2, "remark": "Too slow", "created_at": 1714734000},
    "conversation_parts": {"total_count": 6, "conversation_parts": [
        part("<p>I am a robot</p>", "bot", 1714730410),
        part(None, "admin", 1714730415, part_type="assignment"),
        part("<p>Which model?</p>", "admin", 1714730460),
        part("<p>He is angry</p>", "admin", 1714730470, part_type="note"),
        part("<p>The red one</p><blockquote>Which model?</blockquote>", "lead", 1714730520),
        part(None, "user", 1714730530, attachments=[{"type": "upload"}]),
    ]},
}  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [
        INTERCOM,
        [INTERCOM],
        {"type": "conversation.list", "conversations": [INTERCOM]},
        {"type": "notification_event", "topic": "conversation.user.replied", "data": {"item": INTERCOM}},
    ],
)
def test_intercom_parts_are_turns_of_their_writers(read, value):
    contents = read("a.json", json.dumps(value))
    record = contents.records[0]

    assert said(contents) == [
        ("customer", "It broke"), ("bot", "I am a robot"), ("agent", "Which model?"), ("customer", "The red one"),
        ("customer", "Too slow"),
    ]  # fmt: skip
    assert contents.skipped == {"service_message": 1, "private_note": 1, "quoted_reply": 1, "media": 1}
    assert (record.rating, record.author, record.channel, record.occurred_at) == (
        2.0,
        "c1",
        "email",
        "2024-05-03T10:00:00Z",
    )
    assert "a@b.example" not in json.dumps([record.text, dict(record.metadata), list(contents.speakers)])
    assert contents.warnings == ()


def test_missing_intercom_parts_are_said(read):
    parts = {**INTERCOM["conversation_parts"], "total_count": 740}
    contents = read("a.json", json.dumps({**INTERCOM, "conversation_parts": parts}))

    assert "newest 500 parts" in contents.warnings[0]


FRESHDESK = {
    "id": 3, "requester_id": 10, "status": 5, "source": 1, "subject": "Broken", "description": "<div>It broke</div>",
    "description_text": "It broke", "created_at": "2024-05-03T10:00:00Z", "requester": {"name": "Ann"},
    "custom_fields": {"plan": "pro"},
    "conversations": [
        {"body_text": "The red one\n\nSent from my iPhone", "incoming": True, "private": False, "user_id": 10,
         "created_at": "2024-05-03T10:09:00Z"},
        {"body_text": "Which model?", "incoming": False, "private": False, "user_id": 2, "from_email": "Bo <b@b.example>",
         "created_at": "2024-05-03T10:05:00Z"},
        {"body_text": "He is angry", "incoming": False, "private": True, "user_id": 2, "created_at": "2024-05-03T10:06:00Z"},
    ],
}  # fmt: skip
HELPSCOUT = {
    "id": 4, "mailboxId": 1, "threads": 4, "type": "email", "subject": "Broken", "primaryCustomer": {"id": 10},
    "_embedded": {"threads": [
        {"id": 4, "type": "note", "state": "published", "body": "He is angry", "createdAt": "2024-05-03T10:10:00Z"},
        {"id": 3, "type": "customer", "state": "published", "body": "The red one<br>-- <br>Ann",
         "createdAt": "2024-05-03T10:09:00Z", "customer": {"first": "Ann", "last": "Lee"}},
        {"id": 5, "type": "message", "state": "draft", "body": "Wait", "createdAt": "2024-05-03T10:08:00Z"},
        {"id": 6, "type": "lineitem", "state": "published", "body": "Closed", "createdAt": "2024-05-03T10:07:00Z"},
        {"id": 2, "type": "message", "state": "published", "body": "<p>Which model?</p>",
         "createdAt": "2024-05-03T10:05:00Z", "createdBy": {"type": "user", "first": "Bo", "last": ""}},
        {"id": 1, "type": "customer", "state": "published", "body": "It broke", "createdAt": "2024-05-03T10:00:00Z",
         "customer": {"first": "Ann", "last": "Lee"}},
    ]},
}  # fmt: skip
TALK = [("customer", "It broke"), ("agent", "Which model?"), ("customer", "The red one")]


@pytest.mark.parametrize("value", [FRESHDESK, [FRESHDESK], {"tickets": [FRESHDESK]}])
def test_freshdesk_replies_are_turns_in_order_of_time(read, value):
    contents = read("a.json", json.dumps(value))
    record = contents.records[0]

    assert (contents.format, said(contents), contents.skipped) == (
        "freshdesk",
        TALK,
        {"signature": 1, "private_note": 1},
    )
    assert [turn.speaker for turn in record.turns] == ["Ann", "Bo", "Ann"]
    assert (record.channel, record.metadata) == ("email", {"subject": "Broken", "status": "closed", "plan": "pro"})


def test_freshdesk_notes_of_the_first_version_are_read(read):
    note = {
        "note": {"body": "Which model?", "incoming": False, "private": False, "created_at": "2024-05-03T12:05:00+02:00"}
    }
    ticket = {key: value for key, value in FRESHDESK.items() if key not in ("conversations", "description_text")}
    contents = read("a.json", json.dumps({"helpdesk_ticket": {**ticket, "display_id": 12, "notes": [note]}}))

    assert (said(contents), contents.records[0].external_id) == (TALK[:2], "12")


@pytest.mark.parametrize("value", [HELPSCOUT, [HELPSCOUT], {"_embedded": {"conversations": [HELPSCOUT]}, "page": {}}])
def test_helpscout_threads_are_turns_oldest_first(read, value):
    contents = read("a.json", json.dumps(value))

    assert (contents.format, said(contents)) == ("helpscout", TALK)
    assert contents.skipped == {"private_note": 1, "draft": 1, "service_message": 1, "signature": 1}
    assert contents.speakers == {"Ann Lee": "customer", "Bo": "agent"}


def test_two_sides_of_one_name_stay_apart(read):
    users = [{"id": 10, "name": "Alex", "role": "end-user"}, {"id": 20, "name": "Alex", "role": "agent"}]
    contents = read("a.json", json.dumps({"ticket": TICKET, "comments": COMMENTS[:2], "users": users}))

    assert contents.speakers == {"Alex": "customer", "Alex (agent)": "agent"}


@pytest.mark.parametrize(
    "value",
    [
        {"tickets": [{"id": 1, "text": "It broke", "requester_id": 2}]},
        [{"id": 1, "subject": "Broken", "description": "It broke"}],
        {"type": "conversation", "text": "It broke"},
        [{"id": 1, "status": 2, "text": "It broke", "requester_id": 3}],
        {"comments": [{"text": "It broke"}]},
    ],
)
def test_other_json_with_such_keys_is_read_as_rows(read, value):
    contents = read("a.json", json.dumps(value))

    assert contents.kind == "reviews"
    assert "It broke" in contents.records[0].text


@pytest.mark.parametrize(
    "value",
    [
        {"ticket": {"requester_id": 1, "raw_subject": None, "description": None}, "comments": [{"author_id": 2}]},
        {**INTERCOM, "source": {"body": None}, "conversation_parts": {}, "conversation_rating": None},
        {**HELPSCOUT, "_embedded": {}},
        {"ticket": TICKET, "comments": [{**COMMENTS[0], "public": False}]},
    ],
)
def test_a_ticket_without_public_words_says_what_to_do(read, value):
    with pytest.raises(UnreadableFile, match="export the tickets with their conversations"):
        read("a.json", json.dumps(value))
