"""What every test may ask for: the labelled corpora outside the repository, if they are there, and weightless settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nlp_service.api.current import EXTENSION
from nlp_service.app import create_app
from nlp_service.inference.hashing import HashingEngine
from nlp_service.settings import ROOT, Settings
from nlp_service.store.engine import Store, open_store

SHARED_DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public corpora and sample files beside the repository; tests that need it are skipped without it."""
    if not SHARED_DATA.is_dir():
        pytest.skip("../shared/data is not here")
    return SHARED_DATA


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a service without weights, with a data folder of its own."""
    return Settings(engine="hashing", data_dir=tmp_path / "var")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An open store in a folder of its own."""
    store = open_store(settings)
    yield store
    store.close()


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The app with the hashing engine, whose jobs end before the request that made them."""
    app = create_app(settings, engine=HashingEngine(), immediate=True)
    yield app
    app.extensions[EXTENSION].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client on this machine."""
    return app.test_client()
