import io
from dataclasses import replace

import pytest

from nlp_service.domain import Upload
from nlp_service.errors import NotFound
from nlp_service.store import uploads
from nlp_service.store.tables import upload_pieces


def test_an_upload_comes_back_as_it_came_until_it_is_removed(store, project):
    upload = Upload(filename="نظرها.csv", content=b"\x00\xffbytes\r\n", kind="reviews")
    with store.write() as connection:
        upload_id = uploads.save(connection, project.id, upload)
        assert uploads.get(connection, upload_id) == upload
        uploads.remove(connection, upload_id)
        uploads.remove(connection, upload_id)
        with pytest.raises(NotFound):
            uploads.get(connection, upload_id)


def test_a_file_is_written_and_read_a_piece_at_a_time(store, project, monkeypatch):
    monkeypatch.setattr(uploads, "PIECE", 7)
    content = bytes(range(256)) * 3
    upload = Upload(filename="large.csv", content=b"", kind="reviews")
    with store.write() as connection:
        upload_id = uploads.save(connection, project.id, upload, file=io.BytesIO(content))
        assert uploads.get(connection, upload_id) == replace(upload, content=content)
    with store.read() as connection, uploads.opened(connection, upload_id) as stored:
        assert (stored.upload, stored.n_bytes) == (upload, len(content))
        assert (stored.file.read(5), stored.file.tell()) == (content[:5], 5)
        stored.file.seek(-3, io.SEEK_END)
        assert stored.file.read() == content[-3:]
        stored.file.seek(0)
        assert io.TextIOWrapper(stored.file, encoding="latin-1", newline="").read() == content.decode("latin-1")


def test_an_upload_that_is_gone_cannot_be_opened(store):
    with store.read() as connection, pytest.raises(NotFound), uploads.opened(connection, "upl_1"):
        pass


def test_the_pieces_of_a_file_go_with_it(store, project):
    with store.write() as connection:
        upload_id = uploads.save(
            connection, project.id, Upload(filename="a.csv", content=b""), file=io.BytesIO(b"text")
        )
        uploads.remove(connection, upload_id)
        assert connection.execute(upload_pieces.select()).all() == []
