import io

import pytest

from nlp_service.domain import Record, Upload
from nlp_service.errors import InvalidRequest, NotFound, PurposeRequired
from nlp_service.store import decisions, deliveries, jobs, keys, projects, records, runs, theme_edits, uploads
from nlp_service.store.tables import metadata


@pytest.mark.parametrize("purpose", ["", "  ", "\n"])
def test_a_project_needs_a_purpose(store, project, purpose):
    with store.write() as connection:
        with pytest.raises(PurposeRequired):
            projects.create(connection, name="A", purpose=purpose)
        with pytest.raises(PurposeRequired):
            projects.update(connection, project.id, purpose=purpose)


def test_an_update_changes_the_named_fields_only(store, project):
    with store.write() as connection:
        changed = projects.update(connection, project.id, retention_days=30, glossary={"پشتیبانی": "support"})
        assert changed == projects.get(connection, project.id)

    assert (changed.retention_days, changed.glossary) == (30, {"پشتیبانی": "support"})
    assert (changed.name, changed.purpose, changed.created_at) == (project.name, project.purpose, project.created_at)


def test_a_field_that_is_not_there_cannot_be_changed(store, project):
    with store.write() as connection, pytest.raises(TypeError, match="created_at"):
        projects.update(connection, project.id, created_at="2020-01-01T00:00:00.000Z")


def test_an_unknown_project_is_not_found(store):
    with store.write() as connection:
        for call in (projects.get, projects.update, projects.delete):
            with pytest.raises(NotFound):
                call(connection, "prj_unknown")


def test_deleting_a_project_takes_everything_of_it_and_nothing_else(store, project):
    with store.write() as connection:
        other = projects.create(connection, name="Other", purpose="Stays")
        for owner in (project, other):
            records.upsert(connection, owner.id, [Record(id="rec_1", text="Good", kind="reviews")])
            run = runs.create(connection, owner.id, "Why")
            segment = {"record_id": "rec_1", "act": "praise", "sentiment": "positive", "language": "en"}
            found = {"themes": [{"id": "thm_1"}], "requests": [{"id": "req_1"}], "segments": [segment]}
            runs.save_results(connection, run.id, {}, **found)
            jobs.create(connection, owner.id, "run", {})
            keys.create(connection, owner.id, ["read"])
            asked = runs.get_request(connection, "req_1", run_id=run.id)
            decisions.decide(connection, asked, "planned")
            deliveries.add(connection, run.id, export="requests.csv", recipient="local")
            theme_edits.add(connection, owner.id, "rename", "thm_1", label={"en": "Praise"})
            uploads.save(connection, owner.id, Upload(filename="a.txt", content=b""), file=io.BytesIO(b"Good"))
        projects.delete(connection, project.id)

    with store.read() as connection:
        left = {table.name: len(connection.execute(table.select()).all()) for table in metadata.sorted_tables}
        assert projects.page(connection).items == (other,)
    assert left.pop("idempotency") == 0
    assert set(left.values()) == {1}


def test_pages_are_stable_under_inserts(store):
    with store.write() as connection:
        made = [projects.create(connection, name=str(n), purpose="P") for n in range(5)]
        first = projects.page(connection, limit=2)
        made.append(projects.create(connection, name="late", purpose="P"))
        projects.delete(connection, made[0].id)
        second = projects.page(connection, limit=2, cursor=first.next_cursor)
        third = projects.page(connection, limit=2, cursor=second.next_cursor)

    assert [*first.items, *second.items, *third.items] == made
    assert third.next_cursor is None


@pytest.mark.parametrize("cursor", ["", "x", "!!", "МQ", "MQ", "W10", "bnVsbA", "W1tb" * 60, "_____w"])
def test_a_cursor_that_is_not_ours_is_an_invalid_request(store, cursor):
    with store.read() as connection, pytest.raises(InvalidRequest, match="next_cursor"):
        projects.page(connection, cursor=cursor)


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_page_has_a_reasonable_size(store, limit):
    with store.read() as connection, pytest.raises(InvalidRequest, match="1 to 1000"):
        projects.page(connection, limit=limit)
