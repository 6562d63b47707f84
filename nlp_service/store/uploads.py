"""Uploaded files, kept from the moment they come until the job that reads them has ended."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from sqlite3 import Blob
from typing import Any, BinaryIO, cast

from sqlalchemy import Connection, Integer, delete, func, insert, literal_column, select

from nlp_service.domain import Upload
from nlp_service.errors import NotFound
from nlp_service.store.ids import new_id, timestamp
from nlp_service.store.tables import uploads

PIECE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """An upload whose bytes are read from the database as they are asked for; `upload` has none of them."""

    upload: Upload
    n_bytes: int
    file: BinaryIO


def save(connection: Connection, project_id: str, upload: Upload, *, file: BinaryIO | None = None) -> str:
    """The id of the stored upload; the bytes of a file, where there is one, are written a piece at a time."""
    upload_id = new_id("upl")
    n_bytes = 0 if file is None else file.seek(0, io.SEEK_END)
    connection.execute(
        insert(uploads).values(
            id=upload_id,
            project_id=project_id,
            filename=upload.filename,
            kind=upload.kind,
            content=upload.content if file is None else func.zeroblob(n_bytes),
            created_at=timestamp(),
        )
    )
    if file is not None:
        file.seek(0)
        with _blob(connection, upload_id, readonly=False) as blob:
            while piece := file.read(PIECE):
                blob.write(piece)
    return upload_id


@contextmanager
def opened(connection: Connection, upload_id: str) -> Iterator[StoredFile]:
    """The file, to be read within the connection's transaction.

    Raises:
        NotFound: there is none of that id, or it has been read already.
    """
    columns = (uploads.c.filename, uploads.c.kind, func.length(uploads.c.content).label("n_bytes"))
    row = connection.execute(select(*columns).where(uploads.c.id == upload_id)).one_or_none()
    if row is None:
        raise NotFound("There is no upload with this id: send the file again.")
    with _blob(connection, upload_id, readonly=True) as blob, io.BufferedReader(_BlobFile(blob), PIECE) as file:
        upload = Upload(filename=row.filename, content=b"", kind=row.kind)
        yield StoredFile(upload=upload, n_bytes=row.n_bytes, file=cast(BinaryIO, file))


def get(connection: Connection, upload_id: str) -> Upload:
    """The file as it came.

    Raises:
        NotFound: there is none of that id, or it has been read already.
    """
    row = connection.execute(
        select(uploads.c.filename, uploads.c.kind, uploads.c.content).where(uploads.c.id == upload_id)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no upload with this id: send the file again.")
    return Upload(filename=row.filename, kind=row.kind, content=row.content)


def remove(connection: Connection, upload_id: str) -> None:
    """Forget the file; nothing happens where it is gone already."""
    connection.execute(delete(uploads).where(uploads.c.id == upload_id))


class _BlobFile(io.RawIOBase):
    """A blob of the database as a file to read."""

    def __init__(self, blob: Blob) -> None:
        self._blob = blob

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._blob.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._blob.seek(offset, whence)
        return self._blob.tell()

    def tell(self) -> int:
        return self._blob.tell()


def _blob(connection: Connection, upload_id: str, *, readonly: bool) -> Blob:
    query = select(literal_column("rowid", Integer)).select_from(uploads).where(uploads.c.id == upload_id)
    row_id = connection.execute(query)
    driver: Any = connection.connection.driver_connection
    blob: Blob = driver.blobopen("uploads", "content", row_id.scalar_one(), readonly=readonly)
    return blob
