"""Who speaks can be corrected by the sender, in every format alike."""

import json

import pytest

from nlp_service.errors import InvalidRequest
from tests.ingest.papers import docx, pdf, wp
from tests.ingest.test_tagged import PAGE, TRS

LINES = ["Ann: Why did you leave?", "Bob: It was late.", "Ann: And?", "Bob: Cold."]
TEXT = "\n".join(LINES)
CUES = "".join(f"00:00:0{k}.000 --> 00:00:0{k + 1}.000\n{line}\n\n" for k, line in enumerate(LINES))
SEGMENTS = [
    {"start": k, "end": k + 1, "text": text, "speaker": name}
    for k, (name, text) in enumerate(line.split(": ") for line in LINES)
]
FILES = {
    "a.txt": TEXT,
    "a.vtt": "WEBVTT\n\n" + CUES,
    "a.srt": CUES.replace(".", ","),
    "a.docx": docx("".join(map(wp, LINES))),
    "a.pdf": pdf(LINES),
    "a.trs": TRS,
    "a.html": PAGE,
    "a.json": json.dumps({"segments": SEGMENTS, "language": "en"}),
    "b.json": json.dumps(SEGMENTS),
    "c.json": json.dumps({"turns": [{"speaker": one["speaker"], "text": one["text"]} for one in SEGMENTS]}),
    "a.csv": "speaker,words\n" + "\n".join(line.replace(": ", ",") for line in LINES),
    "whatsapp.txt": "\n".join(f"10.12.2024, 14:3{k} - {line}" for k, line in enumerate(LINES)),
}


@pytest.mark.parametrize("name", FILES)
def test_a_role_that_the_sender_states_is_believed_and_the_others_follow(read, name):
    as_is, stated = (
        read(name, FILES[name], kind="interviews"),
        read(name, FILES[name], kind="interviews", roles={"Ann": "interviewer"}),
    )

    assert as_is.speakers["Ann"] == as_is.speakers["Bob"] == "unknown"
    assert (stated.speakers["Ann"], stated.speakers["Bob"]) == ("interviewer", "participant")
    assert {(turn.speaker, turn.role) for record in stated.records for turn in record.turns} == set(
        stated.speakers.items()
    )
    assert [record.text for record in stated.records] == [record.text for record in as_is.records]
    assert not any("Nobody's role" in warning or "asks most" in warning for warning in stated.warnings)


def test_a_stated_role_wins_over_the_name(read):
    roles = {"Interviewer": "participant", "P1": "interviewer"}
    contents = read("a.txt", "Interviewer: Why?\nP1: Because.\n", roles=roles)

    assert contents.speakers == roles


@pytest.mark.parametrize(
    ("roles", "message"),
    [
        ({"Cy": "interviewer"}, "those of this file are “Ann”, “Bob”"),
        ({"ann": "interviewer"}, "those of this file are"),
        ({"Ann": "boss"}, "no such role: give one of “customer”"),
    ],
)
def test_a_role_or_speaker_that_is_none_is_refused(read, roles, message):
    with pytest.raises(InvalidRequest, match=message):
        read("a.txt", TEXT, roles=roles)


def test_a_file_that_names_nobody_takes_no_roles(read):
    with pytest.raises(InvalidRequest, match="it names none"):
        read("a.csv", "id,text\n1,Good\n", roles={"Ann": "interviewer"})


@pytest.mark.parametrize(
    ("asked", "answered", "hint"),
    [
        ("Why {}?", "Because of {} and many other things.", "“Ann” asks most"),
        ("Why {}?", "Is it {}?", None),
        ("A statement {} of very many words indeed. Why?", "No {}.", None),
        ("Yes {}.", "No {}.", None),
        ("چرا {}؟", "چون {} بود و خیلی دیر شده بود.", "“Ann” asks most"),
    ],
)
def test_who_asks_most_is_hinted_and_given_no_role(read, asked, answered, hint):
    lines = [f"Ann: {asked.format(k)}\nBob: {answered.format(k)}" for k in range(9)]
    contents = read("a.txt", "\n".join(lines))

    assert set(contents.speakers.values()) == {"unknown"}
    assert any("asks most" in warning for warning in contents.warnings) == (hint is not None)
    assert hint is None or any(warning.startswith(hint) for warning in contents.warnings)
