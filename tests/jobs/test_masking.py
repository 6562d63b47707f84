"""Personal data does not reach the store of a project that masks it."""

from dataclasses import replace

import pytest

from nlp_service.domain import Record
from nlp_service.ingest.contents import Contents
from nlp_service.jobs import tasks
from nlp_service.store import projects, records

TEXT = "Call me on +1 415 555 0132 or write to a@example.com"


def _read(upload, **_how):
    made = (Record(id="rec_1", text=TEXT, kind="reviews"), Record(id="rec_2", text="Great app", kind="reviews"))
    return Contents(records=made, format="txt", encoding="utf-8", kind="reviews")


@pytest.mark.parametrize("mode", ["mask", "keep", "drop"])
def test_a_project_masks_unless_it_keeps(mode, context, project, queued, current):
    store = context.store
    with store.write() as connection:
        projects.update(connection, project.id, pii_mode=mode)
    job = queued("ingest")
    tasks.run_job(job.id, context=replace(context, read=_read))

    outcome = current(job).outcome
    with store.read() as connection:
        first, second = records.iterate(connection, project.id)
    assert second.text == "Great app" and second.metadata == {}
    if mode == "keep":
        assert first.text == TEXT and outcome["pii"] == {} and outcome["warnings"] == []
    elif mode == "drop":
        assert first.text == "Call me on  or write to "
        assert outcome["pii"] == {"phone": 1, "email": 1}
    else:
        assert first.text == "Call me on [phone] or write to [email]"
        assert first.metadata == {"pii_masked": "email 1, phone 1"}
        assert outcome["pii"] == {"phone": 1, "email": 1}
        assert outcome["warnings"] == ["Personal data was masked before it was stored, 2 in all: email 1, phone 1."]


def test_the_same_records_sent_again_are_unchanged(context, project, queued, current):
    for expected in ((2, 0), (0, 2)):
        job = queued("ingest")
        tasks.run_job(job.id, context=replace(context, read=_read))
        outcome = current(job).outcome
        assert (outcome["n_new"], outcome["n_unchanged"]) == expected
