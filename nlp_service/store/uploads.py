"""Uploaded files, kept from the moment they come until the job that reads them has ended."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, cast

from sqlalchemy import Connection, delete, func, insert, select

from nlp_service.domain import Upload
from nlp_service.errors import NotFound
from nlp_service.store.ids import new_id, timestamp
from nlp_service.store.tables import upload_pieces, uploads

PIECE = 1_000_000
"""Bytes of a large file that are in memory at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """An upload whose bytes are read as they are asked for; `upload` has none of them."""

    upload: Upload
    n_bytes: int
    file: BinaryIO


def save(connection: Connection, project_id: str, upload: Upload, *, file: BinaryIO | None = None) -> str:
    """The id of the stored upload; the bytes of a file, where there is one, are written a piece at a time."""
    upload_id = new_id("upl")
    connection.execute(
        insert(uploads).values(
            id=upload_id,
            project_id=project_id,
            filename=upload.filename,
            kind=upload.kind,
            content=upload.content,
            created_at=timestamp(),
        )
    )
    if file is not None:
        file.seek(0)
        start = 0
        while piece := file.read(PIECE):
            connection.execute(insert(upload_pieces).values(upload_id=upload_id, start=start, content=piece))
            start += len(piece)
    return upload_id


@contextmanager
def opened(connection: Connection, upload_id: str) -> Iterator[StoredFile]:
    """The file, to be read within the connection's transaction.

    Raises:
        NotFound: there is none of that id, or it has been read already.
    """
    upload = _row(connection, upload_id)
    n_bytes = connection.execute(
        select(func.sum(func.length(upload_pieces.c.content))).where(upload_pieces.c.upload_id == upload_id)
    ).scalar_one()
    if n_bytes is None:
        n_bytes, raw = len(upload.content), io.BytesIO(upload.content)
        file = cast(BinaryIO, raw)
    else:
        file = cast(BinaryIO, io.BufferedReader(_Pieces(connection, upload_id, n_bytes), PIECE))
    with file:
        yield StoredFile(upload=replace(upload, content=b""), n_bytes=n_bytes, file=file)


def get(connection: Connection, upload_id: str) -> Upload:
    """The file as it came.

    Raises:
        NotFound: there is none of that id, or it has been read already.
    """
    upload = _row(connection, upload_id)
    query = (
        select(upload_pieces.c.content).where(upload_pieces.c.upload_id == upload_id).order_by(upload_pieces.c.start)
    )
    pieces = connection.execute(query).scalars().all()
    return replace(upload, content=b"".join(pieces)) if pieces else upload


def remove(connection: Connection, upload_id: str) -> None:
    """Forget the file; nothing happens where it is gone already."""
    connection.execute(delete(uploads).where(uploads.c.id == upload_id))


def _row(connection: Connection, upload_id: str) -> Upload:
    columns = (uploads.c.filename, uploads.c.kind, uploads.c.content)
    row = connection.execute(select(*columns).where(uploads.c.id == upload_id)).one_or_none()
    if row is None:
        raise NotFound("There is no upload with this id: send the file again.")
    return Upload(filename=row.filename, kind=row.kind, content=row.content)


class _Pieces(io.RawIOBase):
    """The pieces of an upload as one file to read."""

    def __init__(self, connection: Connection, upload_id: str, n_bytes: int) -> None:
        self._connection, self._upload_id, self._n_bytes = connection, upload_id, n_bytes
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        column = upload_pieces.c.start
        query = select(column, upload_pieces.c.content).where(
            upload_pieces.c.upload_id == self._upload_id, column <= self._at
        )
        row = self._connection.execute(query.order_by(column.desc()).limit(1)).one_or_none()
        piece = b"" if row is None else row.content[self._at - row.start :][: len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._n_bytes}[whence])
        return self._at

    def tell(self) -> int:
        return self._at
