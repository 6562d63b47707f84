"""A project in the store."""

import pytest

from nlp_service.store import projects
from nlp_service.store.engine import Store
from nlp_service.store.projects import Project


@pytest.fixture
def project(store: Store) -> Project:
    with store.write() as connection:
        return projects.create(connection, name="App reviews", purpose="To find what breaks")
