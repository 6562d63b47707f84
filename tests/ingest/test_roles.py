"""Names become roles: by words, by pairs of initials, by who is left."""

import pytest

from nlp_service.ingest.roles import role_word, roles_of
from nlp_service.ingest.speakers import speakers_among, split_prefix


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Interviewer", "interviewer"), ("INTERVIEWER 2", "interviewer"), ("Interviewer (I)", "interviewer"),
        ("Participant 4", "participant"), ("P12", "participant"), ("K۱", "participant"),
        ("مشارکت\u200cكننده", "participant"),
        ("Customer", "customer"), ("Customer Service", "agent"), ("Support - Kiva", "agent"), ("MÜŞTERİ", "customer"),
        ("Müşteri Temsilcisi", "agent"), ("خدمة العملاء", "agent"), ("Bot", "bot"), ("پشتيبان", "agent"),
        ("Mayor Johnson", None), ("I", None), ("Dana", None), ("", None), ("Agentha", None),
        ("Customer Agent Bot Host Dana", None),
    ],
)  # fmt: skip
def test_role_words(name, role):
    assert role_word(name) == role


@pytest.mark.parametrize(
    ("names", "kind", "roles"),
    [
        (["I", "R"], "interviews", ["interviewer", "participant"]),
        (["Q", "A"], "interviews", ["interviewer", "participant"]),
        (["S", "C"], "interviews", ["interviewer", "participant"]),
        (["س", "ج"], "interviews", ["interviewer", "participant"]),
        (["I", "P1", "P2"], "interviews", ["interviewer", "participant", "participant"]),
        (["C", "A"], "chats", ["customer", "agent"]),
        (["A", "B"], "interviews", ["unknown", "unknown"]),
        (["Interviewer", "Ann", "Bob"], "interviews", ["interviewer", "participant", "participant"]),
        (["Agent", "Ann"], "chats", ["agent", "customer"]),
        (["Agent", "Ann"], "interviews", ["agent", "unknown"]),
        (["Agent", "Ann", "Bob"], "chats", ["agent", "unknown", "unknown"]),
        (["Customer", "Kiva"], "chats", ["customer", "agent"]),
        (["Customer", "Agent", "Kiva"], "chats", ["customer", "agent", "unknown"]),
        (["Ann", "Bob"], "chats", ["unknown", "unknown"]),
        (["Interviewer", ""], "interviews", ["interviewer", "unknown"]),
    ],
)
def test_roles_of_the_speakers_of_one_conversation(names, kind, roles):
    assert list(roles_of(names, kind=kind).values()) == roles


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("Ann: Hi", ("Ann", "Hi")),
        ("Ann Lee (SL): Hi", ("Ann Lee (SL)", "Hi")),
        ("**I:** Hi", ("I", "Hi")),
        ("\u202bعلی : سلام", ("علی", "سلام")),
        ("• مریم：سلام", ("مریم", "سلام")),
        ("Ann:", ("Ann", "")),
        ("Note: this", None),
        ("نکته: این", None),
        ("https://a.example", None),
        ("at 10:30 we left", None),
        ("He said, well: no", None),
        ("It is over. Then: no", None),
        ("this is a rather long clause that: goes on", None),
        ("3: no", None),
        ("no colon", None),
        ("", None),
    ],
)
def test_a_prefix_that_may_be_a_speaker(text, split):
    assert split_prefix(text) == split


def test_a_prefix_is_a_speaker_when_it_repeats_or_is_a_short_capitalised_name():
    assert set(speakers_among(["Ann: a", "what i mean: b", "علی: c"])) == {"Ann"}
    assert set(speakers_among(["علی: c", "علی: d", "مریم: e"])) == {"علی"}
