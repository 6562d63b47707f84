"""A project, and a run over a few reviews, made through the API."""

import pytest
from flask.testing import FlaskClient

REVIEWS = [
    "The app crashes every time I pay with my card.",
    "Payment fails with my card since the update.",
    "Please add a dark mode to the app.",
    "I wish there was a dark mode for night.",
    "Delivery was late again, three days late.",
    "The courier was late and rude.",
    "پرداخت با کارت کار نمی‌کند.",
    "لطفاً حالت تاریک را اضافه کنید.",
    "Kargo yine üç gün geç geldi.",
    "Uygulama ödeme yaparken çöküyor.",
    "التطبيق يتعطل عند الدفع بالبطاقة.",
    "Great service, thank you!",
] * 3


@pytest.fixture
def project_id(client: FlaskClient) -> str:
    """A project without records."""
    reply = client.post("/v1/projects", json={"name": "Shop", "purpose": "Find out why people leave."})
    return str(reply.get_json()["id"])


@pytest.fixture
def run_id(client: FlaskClient, project_id: str) -> str:
    """A run over a few reviews in four languages."""
    records = [{"text": text, "author": f"p{i}"} for i, text in enumerate(REVIEWS)]
    job = client.post(f"/v1/projects/{project_id}/batches", json=records).get_json()
    done = client.get(f"/v1/jobs/{job['id']}").get_json()
    assert done["state"] == "done", done["error"]
    return str(done["result_url"].rsplit("/", 1)[1])
