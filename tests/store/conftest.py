"""An open store in a folder of its own, and a project in it."""

from collections.abc import Iterator

import pytest

from nlp_service.settings import Settings
from nlp_service.store import projects
from nlp_service.store.engine import Store, open_store
from nlp_service.store.projects import Project


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = open_store(settings)
    yield store
    store.close()


@pytest.fixture
def project(store: Store) -> Project:
    with store.write() as connection:
        return projects.create(connection, name="App reviews", purpose="To find what breaks")
