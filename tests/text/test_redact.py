import json

import pytest

from nlp_service.settings import Settings
from nlp_service.text.redact import find, mask

GOLD = Settings().corpora_dir / "gold" / "pii"


def found(text, language="en"):
    return [(text[f.start : f.end], f.kind) for f in find(text, language=language)]


@pytest.mark.parametrize("language", ["en", "fa", "tr", "ar"])
def test_personal_data_of_training_rows_is_found_where_it_is(language):
    rows = [json.loads(line) for line in (GOLD / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()]
    gold, said = set(), set()
    for row in rows:
        if row["split"] == "train":
            gold |= {(row["id"], s["start"], s["end"], s["kind"]) for s in row["spans"]}
            said |= {(row["id"], f.start, f.end, f.kind) for f in find(row["text"], language=language)}

    assert len(gold & said) >= 0.95 * len(gold)
    assert len(gold & said) >= 0.9 * len(said)


@pytest.mark.parametrize(
    "text",
    [
        "It cost 1,299.00 and arrived on 2026-05-12.",
        "Order 48213377 is late again",
        "Version 10.4.2.1 of the app crashes",
        "۱۲۵۰۰۰ تومان گرون‌تر شده",
        "Rated 4.5 of 5 by 1200 people",
        "",
    ],
)
def test_prices_dates_versions_and_orders_are_nobodys(text):
    assert found(text, "fa" if "تومان" in text else "en") == []


def test_a_masked_text_names_the_kind_and_keeps_the_rest():
    masked = mask("Write to ann.lee@example.com please", language="en")

    assert masked.text == "Write to [email] please"
