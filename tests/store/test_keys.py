import pytest

from nlp_service.errors import InvalidRequest, NotFound
from nlp_service.store import keys
from nlp_service.store.tables import keys as table


def test_a_key_is_found_by_its_secret_alone(store, project):
    with store.write() as connection:
        key, secret = keys.create(connection, project.id, ["write", "read"])
        keys.create(connection, project.id, ["admin"])
        assert keys.find(connection, secret) == key
        for wrong in ("", "nlp_", secret[:-1], secret + "x", secret.upper(), secret[:12] + "x" * 35, "x" + secret):
            assert keys.find(connection, wrong) is None

    assert secret.startswith("nlp_")
    assert len(secret) == 47
    assert key.scopes == ("read", "write")


def test_the_secret_is_nowhere_in_the_database(store, project):
    with store.write() as connection:
        _, secret = keys.create(connection, project.id, ["read"])
        stored = str(connection.execute(table.select()).all())

    assert secret not in stored
    assert secret[12:] not in stored


def test_a_revoked_key_opens_nothing_and_still_counts_as_a_key(store, project):
    with store.write() as connection:
        assert not keys.any_keys(connection)
        key, secret = keys.create(connection, project.id, ["read"])
        revoked = keys.revoke(connection, key.id)
        assert keys.find(connection, secret) is None
        assert keys.any_keys(connection)
        assert keys.revoke(connection, key.id) == revoked
        assert keys.list_keys(connection) == (revoked,)


def test_keys_are_listed_by_project(store, project):
    with store.write() as connection:
        own, _ = keys.create(connection, project.id, ["read"])
        every, _ = keys.create(connection, None, ["admin"])
        assert keys.list_keys(connection) == (own, every)
        assert keys.list_keys(connection, project.id) == (own,)


@pytest.mark.parametrize("scopes", [[], ["root"], ["read", ""]])
def test_a_key_has_scopes_that_exist(store, project, scopes):
    with store.write() as connection, pytest.raises(InvalidRequest, match="analyze, read, write, admin"):
        keys.create(connection, project.id, scopes)


def test_an_unknown_key_or_project_is_not_found(store):
    with store.write() as connection:
        with pytest.raises(NotFound):
            keys.revoke(connection, "key_unknown")
        with pytest.raises(NotFound):
            keys.create(connection, "prj_unknown", ["read"])
