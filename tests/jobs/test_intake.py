"""A small upload is read whole, a large table in batches; both store the same."""

from dataclasses import replace

import pytest

from nlp_service import ingest
from nlp_service.domain import Upload
from nlp_service.jobs import intake, tasks
from nlp_service.store import jobs, records, uploads

HEADER = "id,text,rating\n"
ROWS = "".join(f"{k},The parcel number {k} came late,{k % 5 + 1}\n" for k in range(3_000))
CONTENT = (HEADER + ROWS + '3000,"open\n3001,Fine again,4\n1,The parcel number 1 came late,2\n').encode()


@pytest.fixture
def taken_in(context, store, project):
    """Takes an upload in with the real readers; the job as it ended and the records."""

    def run(content, *, filename="a.csv", **payload):
        with store.write() as connection:
            upload_id = uploads.save(connection, project.id, Upload(filename=filename, content=content))
            job = jobs.create(connection, project.id, "ingest", {"upload_id": upload_id, **payload})
        tasks.run_job(job.id, context=replace(context, read=ingest.read))
        with store.read() as connection:
            return jobs.get(connection, job.id), list(records.iterate(connection, project.id))

    return run


def test_a_large_table_gives_the_records_and_the_outcome_of_a_small_one(taken_in, monkeypatch):
    job, stored = taken_in(CONTENT)
    assert (job.state, len(stored)) == ("done", 3_002)

    monkeypatch.setattr(intake, "STREAM_FROM_BYTES", 1)
    monkeypatch.setattr(ingest, "read", None)
    again, same = taken_in(CONTENT)

    assert same == stored
    assert again.outcome == {**job.outcome, "n_new": 0, "n_unchanged": 3_002}
    assert again.outcome["skipped"] == {"bad_row": 1}
    assert any("line 3002" in warning for warning in again.outcome["warnings"])


def test_what_the_sender_said_reaches_the_readers(taken_in, monkeypatch):
    monkeypatch.setattr(intake, "STREAM_FROM_BYTES", 1)
    content = "words,points\nÖdeme ekranı bozuk,3\n".encode("cp1254")
    job, stored = taken_in(content, mapping={"text": "words", "rating": "points"}, encoding="cp1254", language="tr")

    assert job.outcome["columns"] == {"text": "words", "rating": "points"}
    assert (stored[0].text, stored[0].rating, stored[0].language) == ("Ödeme ekranı bozuk", 3.0, "tr")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"a,b\n1,2\n", ("unreadable_file", "No column looks like text")),
        (b"text,b\nn/a,2\n-,3\n", ("unreadable_file", "No row of this file has text")),
        (CONTENT, ("batch_too_large", "1,000 are allowed")),
    ],
)
def test_a_large_file_that_cannot_be_taken_in_fails_with_what_to_do(taken_in, context, monkeypatch, content, refusal):
    monkeypatch.setattr(intake, "STREAM_FROM_BYTES", 1)
    monkeypatch.setitem(context.settings.__dict__, "max_records", 1_000)
    job, _ = taken_in(content)

    assert (job.state, job.error["code"]) == ("failed", refusal[0])
    assert refusal[1] in job.error["detail"]


def test_a_file_that_is_no_table_is_read_whole_however_large(taken_in, monkeypatch):
    monkeypatch.setattr(intake, "STREAM_FROM_BYTES", 1)
    job, stored = taken_in(b'[{"text": "Good"}]', filename="a.json")

    assert (job.state, [record.text for record in stored]) == ("done", ["Good"])
