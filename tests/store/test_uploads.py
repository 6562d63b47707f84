import pytest

from nlp_service.domain import Upload
from nlp_service.errors import NotFound
from nlp_service.store import uploads


def test_an_upload_comes_back_as_it_came_until_it_is_removed(store, project):
    upload = Upload(filename="نظرها.csv", content=b"\x00\xffbytes\r\n", kind="reviews")
    with store.write() as connection:
        upload_id = uploads.save(connection, project.id, upload)
        assert uploads.get(connection, upload_id) == upload
        uploads.remove(connection, upload_id)
        uploads.remove(connection, upload_id)
        with pytest.raises(NotFound):
            uploads.get(connection, upload_id)
