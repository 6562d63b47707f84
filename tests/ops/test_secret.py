import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from nlp_service.errors import NotReady
from nlp_service.ops.secret import FILENAME, pseudonym_key
from nlp_service.settings import Settings


def test_a_key_is_made_once_for_its_owner_alone(settings):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(pseudonym_key, [settings] * 32))

    path = settings.data_dir / FILENAME
    assert keys == {path.read_bytes()} and len(path.read_bytes()) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_key_that_is_set_is_used_and_never_shown(tmp_path):
    settings = Settings(data_dir=tmp_path / "var", pseudonym_key="sixteen or more of it")

    assert pseudonym_key(settings) == b"sixteen or more of it"
    assert not settings.data_dir.exists()
    assert "sixteen" not in repr(settings)


def test_a_key_that_cannot_be_kept_is_told_with_the_remedy(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NotReady, match="NLP_PSEUDONYM_KEY"):
        pseudonym_key(Settings(data_dir=tmp_path / "file" / "var"))
