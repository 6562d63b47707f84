import threading

import pytest
import sqlalchemy
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from nlp_service.errors import NotReady
from nlp_service.store import projects, tables, theme_edits
from nlp_service.store.engine import open_store, opened_store, to_json
from nlp_service.store.ids import ago, new_id, timestamp


def test_what_was_written_is_there_when_the_database_is_opened_again(settings):
    store = open_store(settings)
    with store.write() as connection:
        project = projects.create(connection, name="A", purpose="B", glossary={"چت": "chat"})
    store.close()

    store = open_store(settings)
    with store.read() as connection:
        assert projects.get(connection, project.id) == project
    store.close()


def test_a_database_of_a_newer_version_is_refused_with_what_to_do(settings):
    store = open_store(settings)
    with store.write() as connection:
        connection.execute(tables.schema.update().values(version=tables.SCHEMA_VERSION + 1))
    store.close()

    with pytest.raises(NotReady, match=f"version {tables.SCHEMA_VERSION + 1}.*NLP_DATA_DIR"):
        open_store(settings)


def test_a_database_of_version_1_is_brought_up_to_date_and_keeps_what_is_in_it(settings):
    with opened_store(settings) as store, store.write() as connection:
        project = projects.create(connection, name="A", purpose="B")
        tables.theme_edits.drop(connection)
        tables.decisions.drop(connection)
        tables.deliveries.drop(connection)
        tables.upload_pieces.drop(connection)
        connection.execute(tables.schema.update().values(version=1))

    for _ in range(2):
        with opened_store(settings) as store, store.write() as connection:
            assert connection.execute(tables.schema.select()).all() == [(tables.SCHEMA_VERSION,)]
            assert projects.get(connection, project.id) == project
            assert theme_edits.log(connection, project.id) == ()
            edit = theme_edits.add(connection, project.id, "rename", "thm_a", label={"en": "A"})
            assert theme_edits.undo(connection, project.id).id == edit.id
            connection.execute(tables.theme_edits.delete())


def test_opening_for_a_block_creates_the_schema_and_can_be_repeated(settings):
    for _ in range(2):
        with opened_store(settings) as store, store.read() as connection:
            assert connection.execute(tables.schema.select()).all() == [(tables.SCHEMA_VERSION,)]


def test_only_the_owner_can_read_the_files(settings, store, project):
    modes = {path.name: path.stat().st_mode & 0o777 for path in settings.data_dir.iterdir()}

    assert modes["nlp_service.sqlite3"] == modes["nlp_service.sqlite3-wal"] == 0o600


def test_a_write_that_raises_changes_nothing(store):
    with pytest.raises(RuntimeError), store.write() as connection:
        projects.create(connection, name="A", purpose="B")
        raise RuntimeError

    with store.read() as connection:
        assert projects.page(connection).items == ()


def test_a_write_inside_a_write_is_refused_at_once(store, project):
    with store.write(), pytest.raises(RuntimeError, match="wait for itself"), store.write():
        pass
    with store.write() as connection:
        assert projects.get(connection, project.id) == project


def test_a_reader_sees_one_state_while_a_writer_commits(store):
    with store.read() as reader:
        assert projects.page(reader).items == ()
        with store.write() as writer:
            projects.create(writer, name="A", purpose="B")
        assert projects.page(reader).items == ()


def test_read_then_write_of_many_threads_loses_nothing(store, project):
    def rename() -> None:
        for _ in range(5):
            with store.write() as connection:
                name = projects.get(connection, project.id).name
                projects.update(connection, project.id, name=name + "x")

    threads = [threading.Thread(target=rename) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with store.read() as connection:
        assert projects.get(connection, project.id).name == project.name + "x" * 20


def test_two_stores_on_one_new_file_open_at_once(settings):
    stores = []
    threads = [threading.Thread(target=lambda: stores.append(open_store(settings))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()

    assert len(stores) == 4


def test_an_error_does_not_carry_the_values_it_was_about(store):
    with pytest.raises(sqlalchemy.exc.IntegrityError) as caught, store.write() as connection:
        connection.execute(tables.records.insert().values(text="a customer's words"))

    assert "words" not in str(caught.value)


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
def test_the_schema_compiles(dialect):
    for table in tables.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


def test_records_are_counted_up_by_the_database_in_both_dialects():
    assert "BIGSERIAL" in str(CreateTable(tables.records).compile(dialect=postgresql.dialect()))
    assert "position INTEGER NOT NULL" in str(CreateTable(tables.records).compile(dialect=sqlite.dialect()))


def test_ids_of_one_process_sort_by_birth_and_times_as_texts():
    ids = [new_id("rec") for _ in range(2000)]

    assert ids == sorted(set(ids))
    assert {len(one) for one in ids} == {len("rec_") + 26}
    assert ago(60) < timestamp() < ago(-60)
    assert timestamp(0) == "1970-01-01T00:00:00.000Z"


def test_equal_values_give_equal_json_without_escapes_or_spaces():
    assert to_json({"ب": [1, None], "a": 0.5}) == '{"ب":[1,null],"a":0.5}'
    with pytest.raises(ValueError, match="JSON"):
        to_json(float("nan"))
