"""What every test may ask for: the labelled corpora outside the repository, if they are there, and weightless settings."""

from pathlib import Path

import pytest

from nlp_service.settings import ROOT, Settings

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
