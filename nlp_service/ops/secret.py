"""The secret behind the pseudonyms of people: who does not have it cannot try names until one fits."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from nlp_service.errors import NotReady
from nlp_service.settings import Settings

FILENAME = "pseudonym.key"
_BYTES = 32


def pseudonym_key(settings: Settings) -> bytes:
    """The key as it is set, else the one kept in the data folder, which is made where there is none.

    Raises:
        NotReady: it is not set and cannot be kept.
    """
    if settings.pseudonym_key is not None:
        return settings.pseudonym_key.get_secret_value().encode()
    path = settings.data_dir / FILENAME
    try:
        if not path.is_file():
            _make(path)
        return path.read_bytes()
    except OSError as error:
        raise NotReady(
            f"The key of pseudonyms cannot be kept in {path}: set NLP_PSEUDONYM_KEY, or let the folder be written to."
        ) from error


def _make(path: Path) -> None:
    """A new key, whole from its first moment; of two processes that make one, the first is heard."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
    with suppress(FileExistsError):
        os.link(name, path)
    Path(name).unlink()
