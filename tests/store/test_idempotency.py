import pytest

from nlp_service.store import idempotency
from nlp_service.store.ids import ago
from nlp_service.store.tables import idempotency as table


def test_a_request_is_started_then_running_then_replayed(store):
    with store.write() as connection:
        assert idempotency.begin(connection, "key_1", "k", "body").state == "started"
        assert idempotency.begin(connection, "key_1", "k", "body").state == "running"
        idempotency.finish(
            connection, "key_1", "k", status=202, body={"id": "job_1"}, headers={"Location": "/v1/jobs/job_1"}
        )
        replay = idempotency.begin(connection, "key_1", "k", "body")

    assert replay == idempotency.Begun(
        state="replay", status=202, headers={"Location": "/v1/jobs/job_1"}, body={"id": "job_1"}
    )


def test_another_body_is_a_mismatch_and_another_owner_a_start(store):
    with store.write() as connection:
        idempotency.begin(connection, "key_1", "k", "body")
        assert idempotency.begin(connection, "key_1", "k", "other").state == "mismatch"
        assert idempotency.begin(connection, "key_2", "k", "other").state == "started"
        idempotency.finish(connection, "key_1", "k", status=200, body=None)
        assert idempotency.begin(connection, "key_1", "k", "other").state == "mismatch"


def test_a_forgotten_request_starts_again(store):
    with store.write() as connection:
        idempotency.begin(connection, "key_1", "k", "body")
        idempotency.forget(connection, "key_1", "k")
        assert idempotency.begin(connection, "key_1", "k", "other").state == "started"


@pytest.mark.parametrize(
    ("age_s", "finished", "expected"),
    [
        (3600, True, "replay"),
        (25 * 3600, True, "started"),
        (60, False, "running"),
        (3600, False, "started"),
    ],
)
def test_age_decides(store, age_s, finished, expected):
    with store.write() as connection:
        idempotency.begin(connection, "key_1", "k", "body")
        if finished:
            idempotency.finish(connection, "key_1", "k", status=200, body={})
        connection.execute(table.update().values(created_at=ago(age_s)))
        assert idempotency.begin(connection, "key_1", "k", "body").state == expected
