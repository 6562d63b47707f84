"""A run to look at, made through the form."""

import io
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

REVIEWS = [
    "The app crashes every time I pay with my card.",
    "Payment fails with my card since the update.",
    "The app crashes when I pay with a card again.",
    "Please add a dark mode to the app.",
    "Delivery was late again, three days late.",
    "Delivery was late again and the courier was rude.",
    "پرداخت با کارت کار نمی‌کند.",
    "لطفاً حالت تاریک را اضافه کنید.",
    "Kargo yine üç gün geç geldi.",
    "Uygulama ödeme yaparken çöküyor.",
    "التطبيق يتعطل عند الدفع بالبطاقة.",
    "التوصيل متأخر جداً مرة أخرى.",
    "<b>Great</b> service, thank you!",
]


@pytest.fixture
def reviews() -> bytes:
    """A file of reviews in four languages."""
    rows = [f'p{i % 9},"{text}"' for i, text in enumerate(REVIEWS * 3)]
    return "\n".join(["author,text", *rows]).encode()


def made(client: FlaskClient, content: bytes) -> str:
    """The address of the page of a run that was made through the form."""
    form = {"file": (io.BytesIO(content), "reviews.csv"), "kind": "reviews", "purpose": "Why people leave"}
    job = client.post("/upload", data=form)
    assert job.status_code == 303, job.get_data(as_text=True)
    run = client.get(job.headers["Location"])
    assert run.status_code == 302, run.get_data(as_text=True)
    return str(run.headers["Location"])


@pytest.fixture
def run_path(client: FlaskClient, reviews: bytes) -> str:
    """The page of a run over reviews without times and ratings."""
    return made(client, reviews)


@pytest.fixture
def told_over_time(client: FlaskClient) -> str:
    """The page of a run over eight weeks, in which one subject of bad ratings rises and another has two parts."""
    rows = ["date,rating,text"]
    for week in range(8):
        day = date(2026, 1, 5) + timedelta(weeks=week)
        for i in range(4):
            rows.append(f"{day},{4 + i % 2},The dark mode of version {week}{i} is a joy for reading at night.")
            rows.append(f"{day},{4 + i % 2},Reading at night with the dark theme {week}{i} is easy on my eyes.")
        rows += [f"{day},1,Card payment number {week}{i} failed at the checkout." for i in range(12 * (week > 5))]
    return made(client, "\n".join(rows).encode())
