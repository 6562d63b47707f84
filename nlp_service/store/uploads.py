"""Uploaded files, kept from the moment they come until the job that reads them has ended."""

from sqlalchemy import Connection, delete, insert, select

from nlp_service.domain import Upload
from nlp_service.errors import NotFound
from nlp_service.store.ids import new_id, timestamp
from nlp_service.store.tables import uploads


def save(connection: Connection, project_id: str, upload: Upload) -> str:
    """The id of the stored upload."""
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
    return upload_id


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
