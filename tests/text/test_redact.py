"""Personal data is found in every script of digits, and what only looks like it is left alone."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp_service.domain import Record, Turn
from nlp_service.text.redact import KINDS, NOTE, Masking, find, mask, mask_records
from nlp_service.text.redact.find import may_hold
from nlp_service.text.redact.findings import Finding, apart
from nlp_service.text.redact.identity_checks import egyptian_id, emirates_id, iranian_id, my_number, saudi_id

SCRIPTS = {"fa": "۰۱۲۳۴۵۶۷۸۹", "ar": "٠١٢٣٤٥٦٧٨٩", "hi": "०१२३४५६७८९", "full width": "０１２３４５６７８９"}

PRESENT = [
    ("phone", "en", "call +1 415 555 0132 now", "+1 415 555 0132"),
    ("phone", "en", "it is (415) 555-0132, mornings only", "(415) 555-0132"),
    ("phone", "en", "my number is 4155550132", "4155550132"),
    ("phone", "en", "https://wa.me/905321112233 works", "905321112233"),
    ("phone", "fa", "شماره۰۹۱۲۳۴۵۶۷۸۹هست", "۰۹۱۲۳۴۵۶۷۸۹"),
    ("phone", "tr", "Siparişim gelmedi 0532 111 22 33", "0532 111 22 33"),
    ("phone", "tr", "beni 0 (532) 111 22 33'ten arayın", "0 (532) 111 22 33"),
    ("phone", "tr", "cep 0538 290 61 75 yanlış", "0538 290 61 75"),
    ("phone", "ar", "جوالي ٠٥٥١٢٣٤٥٦٧", "٠٥٥١٢٣٤٥٦٧"),
    ("phone", "ar", "01012345678 موبايلي", "01012345678"),
    ("phone", "ar", "رقمي 00971501234567", "00971501234567"),
    ("phone", "de", "Rufen Sie 0171 1234567 an", "0171 1234567"),
    ("phone", "fr", "appelez le 06 12 34 56 78", "06 12 34 56 78"),
    ("phone", "hi", "मेरा नंबर +91 98765 43210 है", "+91 98765 43210"),
    ("phone", "und", "\u202a+98 912 345 6789\u202c", "+98 912 345 6789"),
    ("email", "fa", "ایمیل:ali.r@example.com هست", "ali.r@example.com"),
    ("email", "tr", "bana ayşe@example.com.tr'den yazın", "ayşe@example.com.tr"),
    ("email", "en", "ali at example dot com", "ali at example dot com"),
    ("iban", "tr", "iban TR33 0006 1005 1978 6457 8413 26 ve", "TR33 0006 1005 1978 6457 8413 26"),
    ("iban", "de", "de89370400440532013000 bitte", "de89370400440532013000"),
    ("iban", "fa", "شبا ۲۷۰۱۷۰۰۰۰۰۰۰۱۰۰۳۲۴۲۰۰۰۰۱", "۲۷۰۱۷۰۰۰۰۰۰۰۱۰۰۳۲۴۲۰۰۰۰۱"),
    ("card", "en", "paid with 4111 1111 1111 1111 12/26", "4111 1111 1111 1111"),
    ("card", "en", "amex 378282246310005", "378282246310005"),
    ("national_id", "en", "I gave 123-45-6789 twice", "123-45-6789"),
    ("national_id", "es", "mi DNI es 12345678Z", "12345678Z"),
    ("national_id", "tr", "TC kimlik numaram 10000000146", "10000000146"),
    ("national_id", "und", "cpf 529.982.247-25", "529.982.247-25"),
    ("national_id", "it", "CF RCCMNL83S18D969H", "RCCMNL83S18D969H"),
    ("ip", "en", "logged in from 198.51.100.23", "198.51.100.23"),
    ("ip", "en", "over 2001:db8::8a2e:370:7334 only", "2001:db8::8a2e:370:7334"),
    ("url_token", "en", "see https://u:pw@example.com/x now", "https://u:pw@example.com/x"),
    ("url_token", "en", "(https://example.com/r?token=abc123def).", "https://example.com/r?token=abc123def"),
    ("postal_code", "en", "our postcode is EC1A 1BB", "EC1A 1BB"),
    ("postal_code", "pt", "moro no CEP 01310-100 agora", "01310-100"),
    ("postal_code", "fa", "کد پستی ۱۹۹۷۶۴۵۱۱۸", "۱۹۹۷۶۴۵۱۱۸"),
    ("postal_code", "fa", "کد ده رقمی پستی ما شده ۳۱۳۶۷۱۳۹۸۴", "۳۱۳۶۷۱۳۹۸۴"),
    ("postal_code", "en", "You asked for my postcode. It should be 83301, I think", "83301"),
    ("postal_code", "de", "Hauptplatz 14, A-8430 Leibnitz", "8430"),
    ("postal_code", "it", "Da noi a Bologna si scrive 40137", "40137"),
    ("postal_code", "tr", "Kurye gelmedi, 27560 Şehitkâmil / Gaziantep.", "27560"),
    ("postal_code", "pt", "Há engano, o meu é 4715-213", "4715-213"),
    ("postal_code", "nl", "Het moet 9711 LM zijn", "9711 LM"),
    ("postal_code", "en", "Adelaide SA 5000 is where we are", "5000"),
    ("national_id", "fa", "کدِ ملیِ 564 018 9371", "564 018 9371"),
    ("national_id", "ar", "بطاقة والدي (25311082102361)", "(25311082102361)"),
    ("national_id", "it", "il fiscale MRC HMD 88S01 Z330N", "MRC HMD 88S01 Z330N"),
    ("card", "en", "four and then twelve: 5479 332104667850.", "5479 332104667850"),
    ("ip", "de", "Unser Mailserver (193.174.82.15) ist gesperrt", "193.174.82.15"),
]

WITH_DIGITS = [
    row for row in PRESENT if row[3].isascii() and row[0] not in {"email", "url_token"} and "/" not in row[2]
]
"""Addresses of pages and of mail are written in ASCII."""

ABSENT = [
    ("en", "It cost $1,249.99, then 1 299 000 rials, then 5551234567 USD."),
    ("en", "From 2024-05-12 to 12/05/2026 10:30, or 12.05.2024 14:45."),
    ("fa", "از ۱۴۰۳/۰۵/۱۲ تا ۱۴۰۳-۰۶-۲۰ ساعت ۱۰:۳۰"),
    ("en", "Since version 10.4.2.1 and opencv-python==4.8.0.74, tor 0.4.7.10"),
    ("en", "order number 5551234567, tracking 9400111899223817360941"),
    ("tr", "sipariş numaram 5321112233, kargo takip no 053211122330"),
    ("fa", "شماره سفارش ۰۹۱۲۳۴۵۶۷۸۹ است"),
    ("ar", "رقم الطلب ٠٥٥١٢٣٤٥٦٧"),
    ("en", "years 2019 2020 2021 2022, rated 4.8 of 5, score 98765 of 100000"),
    ("en", "card 4111 1111 1111 1112 fails Luhn"),
    ("en", "TR33 0006 1005 1978 6457 8413 27 fails modulo 97"),
    ("fa", "کد ملی ۱۲۳۴۵۶۷۸۹۰ رقم کنترلش غلط است"),
    ("en", "DNI 12345678A and SSN 000-12-3456 are impossible"),
    ("en", "listen on 127.0.0.1 and 0.0.0.0, not 300.1.2.3"),
    ("en", "https://example.com/blog/2024/05/12/new-prices?utm_source=aB3dE5fG7hJ9kL1mN3pQ5rS7"),
    ("en", "https://github.com/a/b/blob/00ced1e2b7610543a519329a76ad0bfd12cd1c32/x.js"),
    ("en", "https://shop.example.com/item?id=5321112233 is sold out"),
    ("en", "@support why is 24/7 only 9 to 5, look at example dot"),
    ("en", "Screenshot 2019-08-16 16-18-09, days 12-13-14-15-16"),
    ("en", "12053 - 12398 and 10.0.15063 and 8.10.12382.878 and 000000000000"),
    ("en", "It was november 24, 2012 Copenhagen; parts 75011 and 93100"),
    ("de", "In Berlin kamen 25000 Besucher, Auflage 12345"),
    ("nl", "Onderdeel 9711 LX, 2000 MB en 1500 KM"),
    ("en", "std::dec and 12:30:45 are no addresses"),
]


@pytest.mark.parametrize(("kind", "language", "text", "said"), PRESENT)
def test_personal_data_is_found_where_it_stands(kind, language, text, said):
    assert [(one.kind, text[one.start : one.end]) for one in find(text, language=language)] == [(kind, said)]


@pytest.mark.parametrize(("language", "text"), ABSENT)
def test_what_only_looks_like_it_is_left_alone(language, text):
    assert find(text, language=language) == ()


@pytest.mark.parametrize("digits", SCRIPTS.values(), ids=SCRIPTS)
@pytest.mark.parametrize("row", WITH_DIGITS, ids=lambda row: row[3])
def test_digits_of_every_script_are_read(row, digits):
    kind, language, text, said = row
    table = str.maketrans("0123456789", digits)
    written = text.translate(table)
    found = [(one.kind, written[one.start : one.end]) for one in find(written, language=language)]
    assert found == [(kind, said.translate(table))]


@pytest.mark.parametrize(
    ("check", "valid", "invalid"),
    [
        (iranian_id, "0084575948", ("0084575949", "1111111111", "008457594")),
        (saudi_id, "1000000008", ("1000000009", "3000000006")),
        (emirates_id, "784199012345676", ("784199012345670", "785199012345670")),
        (egyptian_id, "29001011234567", ("29013011234567", "49001011234567", "29001019934567")),
        (my_number, "123456789018", ("123456789012",)),
    ],
)
def test_check_digits_that_no_library_has(check, valid, invalid):
    assert check(valid)
    assert not any(check(number) for number in invalid)


def test_the_longer_finding_stays_then_the_surer_then_the_rarer_kind():
    long = Finding(kind="phone", start=0, end=10, confidence=0.7)
    short = Finding(kind="card", start=4, end=8, confidence=1.0)
    sure = Finding(kind="phone", start=20, end=30, confidence=0.99)
    unsure = Finding(kind="national_id", start=20, end=30, confidence=0.8)
    rare = Finding(kind="iban", start=40, end=50, confidence=0.8)
    common = Finding(kind="phone", start=40, end=50, confidence=0.8)

    assert apart([short, common, unsure, rare, sure, long]) == (long, sure, rare)


def test_a_masked_text_has_the_kinds_and_the_counts():
    masked = mask("شماره ۰۹۱۲ ۳۴۵ ۶۷۸۹ یا a@example.com یا b@example.com", language="fa")

    assert masked.text == "شماره [phone] یا [email] یا [email]"
    assert masked.counts == {"phone": 1, "email": 2}


def test_offsets_move_with_the_text():
    text = "call +1 415 555 0132 or mail a@example.com today"
    masked = mask(text, language="en")

    assert masked.text[masked.moved(text.index("or")) :] == "or mail [email] today"
    assert masked.moved(0) == 0 and masked.moved(len(text)) == len(masked.text)
    assert masked.moved(text.index("415")) == len("call [phone]")


PIECES = st.sampled_from(
    [*(text for _, _, text, _ in PRESENT), *(text for _, text in ABSENT), "İ", "😀", "\n", " ", "+", "("]
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=6).map(" ".join),
    st.sampled_from(["en", "fa", "tr", "und"]),
)
def test_findings_of_any_text_are_apart_and_in_order_and_masking_tells_no_more(text, language):
    found = find(text, language=language)

    assert all(0 <= one.start < one.end <= len(text) and one.kind in KINDS for one in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert not found or may_hold(text)
    masked = mask(text, language=language)
    assert all(
        text[one.start : one.end] not in masked.text or text.count(text[one.start : one.end]) > 1 for one in found
    )


@pytest.mark.parametrize(
    "piece", ["1 2 ", "0912 345 6789 ", "a@", "1", "TR33 0006 ", "a.a", "no ", "+(", "12:", "A1A 1A1 ", "x's "]
)
def test_a_long_hostile_text_is_read_in_seconds(piece):
    started = time.perf_counter()
    find((piece * 20_000)[:20_000] + " 5551234567")
    assert time.perf_counter() - started < 10


def test_records_are_masked_with_their_turns_names_and_columns():
    lines = ["Hi, I am on 0532 111 22 33", "mail a@example.com please", "thanks"]
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines]
    turns = tuple(
        Turn(
            index=n,
            speaker="+90 532 111 22 33" if n != 1 else "Ayşe",
            role="customer",
            start=start,
            end=start + len(line),
        )
        for n, (start, line) in enumerate(zip(starts, lines, strict=True))
    )
    record = Record(
        id="r", text=text, kind="chats", author="b@example.com", turns=turns, metadata={"tel": "0533 111 22 33"}
    )
    plain = Record(id="p", text="Great app", kind="reviews", author="Ali")

    (masked, same), counts = mask_records([record, plain], Masking(key=b"a key"))

    said = [masked.text[turn.start : turn.end] for turn in masked.turns]
    assert said == ["Hi, I am on [phone]", "mail [email] please", "thanks"]
    assert masked.turns[0].speaker == masked.turns[2].speaker != "+90 532 111 22 33"
    assert masked.turns[0].speaker.startswith("[phone] ") and masked.turns[1].speaker == "Ayşe"
    assert masked.author.startswith("[email] ") and masked.metadata["tel"] == "[phone]"
    assert masked.metadata[NOTE] == "email 2, phone 3" and counts == {"email": 2, "phone": 3}
    assert same is plain
    assert mask_records([record], Masking(key=b"another"))[0][0].author != masked.author


def test_what_is_dropped_leaves_nothing_in_its_place_but_a_record_keeps_words():
    text = "Call +1 415 555 0132 now"
    turn = Turn(index=0, speaker="Ann", role="customer", start=21, end=24)
    record = Record(id="r", text=text, kind="chats", turns=(turn,))
    bare = Record(id="b", text="+1 415 555 0132", kind="chats", author="a@example.com")

    (dropped, kept), counts = mask_records([record, bare], Masking(key=b"a key", marked=False))

    assert dropped.text == "Call  now"
    assert dropped.text[dropped.turns[0].start : dropped.turns[0].end] == "now"
    assert kept.text == "[phone]" and kept.author and "@" not in kept.author
    assert counts == {"phone": 2, "email": 1}
