from dataclasses import replace

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from nlp_service.domain import Record, Turn
from nlp_service.store import projects, records
from nlp_service.store.records import Upserted

ROLES = st.sampled_from(["customer", "agent", "bot", "interviewer", "participant", "unknown"])
SECONDS = st.none() | st.floats(0, 1e6)
OPTIONAL = st.none() | st.text()

TURNS = st.builds(
    Turn,
    index=st.integers(0, 1000),
    speaker=st.text(),
    role=ROLES,
    start=st.integers(0, 10**6),
    end=st.integers(0, 10**6),
    starts_at_s=SECONDS,
    ends_at_s=SECONDS,
)
RECORDS = st.builds(
    Record,
    id=st.text(min_size=1),
    text=st.text(),
    kind=st.sampled_from(["reviews", "chats", "interviews"]),
    source=st.text(),
    external_id=OPTIONAL,
    language=OPTIONAL,
    author=OPTIONAL,
    rating=st.none() | st.floats(allow_nan=False),
    occurred_at=OPTIONAL,
    channel=OPTIONAL,
    metadata=st.dictionaries(st.text(), st.text(), max_size=3),
    turns=st.lists(TURNS, max_size=3).map(tuple),
)


def review(number: int, text: str = "Fine", **fields: str) -> Record:
    return Record(id=f"rec_{number}", text=text, kind="reviews", **fields)


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batch=st.lists(RECORDS, max_size=4, unique_by=lambda record: record.external_id or record.id))
def test_records_come_back_equal_and_in_order(store, batch):
    distinct = list({(r.external_id and f"e{r.external_id}") or f"i{r.id}": r for r in batch}.values())
    with store.write() as connection:
        project = projects.create(connection, name="P", purpose="Q")
        records.upsert(connection, project.id, distinct)
        assert list(records.iterate(connection, project.id)) == distinct
        assert records.upsert(connection, project.id, distinct).n_unchanged == len(distinct)
        assert records.count(connection, project.id) == len(distinct)


def test_metadata_keep_the_order_of_their_columns(store, project):
    with store.write() as connection:
        records.upsert(connection, project.id, [replace(review(1), metadata={"z": "1", "a": "2"})])
        [record] = records.iterate(connection, project.id)

    assert list(record.metadata) == ["z", "a"]


def test_a_record_sent_again_replaces_the_one_with_its_external_id_and_keeps_its_place(store, project):
    batch = [review(1, external_id="t1"), review(2, external_id="t2"), review(3)]
    changed = [review(4, "Worse", external_id="t1"), review(2, external_id="t2"), review(3, "Better"), review(5)]
    with store.write() as connection:
        assert records.upsert(connection, project.id, batch) == Upserted(n_new=3, n_updated=0, n_unchanged=0)
        assert records.upsert(connection, project.id, changed) == Upserted(n_new=1, n_updated=2, n_unchanged=1)
        assert list(records.iterate(connection, project.id)) == changed


def test_of_one_key_twice_in_a_batch_the_later_wins(store, project):
    twice = [review(1, "First", external_id="t"), review(2, "Second", external_id="t")]
    with store.write() as connection:
        assert records.upsert(connection, project.id, twice) == Upserted(n_new=1, n_updated=1, n_unchanged=0)
        assert list(records.iterate(connection, project.id)) == twice[1:]


def test_an_empty_external_id_is_none_and_no_external_id_meets_an_id(store, project):
    batch = [review(1, external_id=""), review(2, external_id=""), review(3, external_id="rec_1")]
    with store.write() as connection:
        assert records.upsert(connection, project.id, batch).n_new == 3


def test_the_same_record_in_two_projects_is_two_records(store, project):
    with store.write() as connection:
        other = projects.create(connection, name="Other", purpose="P")
        for owner in (project, other):
            assert records.upsert(connection, owner.id, [review(1)]).n_new == 1
        records.upsert(connection, other.id, [review(1, "Changed")])
        assert list(records.iterate(connection, project.id)) == [review(1)]


def test_more_records_than_one_batch_come_back_in_order(store, project):
    batch = [review(number) for number in range(2 * records.BATCH)]
    with store.write() as connection:
        assert records.upsert(connection, project.id, batch).n_new == len(batch)
        assert list(records.iterate(connection, project.id)) == batch


def test_a_short_id_is_known_within_its_source_and_a_unique_one_everywhere(store, project):
    unique = "gp:AOqpTOHlmn0k"
    may = [review(1, "May", external_id="42", source="May.csv"), review(2, "Bad", external_id=unique, source="May.csv")]
    june = [
        review(3, "June", external_id="42", source="june.csv"),
        review(4, "Good", external_id=unique, source="june.csv"),
    ]
    again = [review(5, "May, again", external_id="42", source="may (1).xlsx")]
    with store.write() as connection:
        assert records.upsert(connection, project.id, may).n_new == 2
        assert records.upsert(connection, project.id, june) == Upserted(n_new=1, n_updated=1, n_unchanged=0)
        assert records.upsert(connection, project.id, again) == Upserted(n_new=0, n_updated=1, n_unchanged=0)
        assert [record.text for record in records.iterate(connection, project.id)] == ["May, again", "Good", "June"]


def test_records_of_before_sources_were_in_their_keys_get_the_keys_of_today(store, project):
    batch = [
        review(1, external_id="42", source="May.csv"),
        review(2),
        review(3, external_id="7", source="records.json"),
    ]
    with store.write() as connection:
        records.upsert(connection, project.id, batch)
        table = records.records
        connection.execute(table.update().where(table.c.id == "rec_1").values(key="external:42"))
        assert records.upsert(connection, project.id, batch[1:]).n_unchanged == 2
        records.rekey(connection)
        assert records.upsert(connection, project.id, batch).n_unchanged == 3
