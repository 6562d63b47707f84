"""Bytes → records: `read` picks the reader, by the bytes first and the name second."""

from nlp_service.domain import Upload
from nlp_service.errors import UnreadableFile
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.sniff import read_source

__all__ = ["Contents", "read"]


def read(upload: Upload, *, text_column: str | None = None, language: str | None = None) -> Contents:
    """What is in a file: its records, and how its format, encoding, columns and speakers were understood.

    Raises:
        UnsupportedMediaType: the format is not read; the message says what is.
        UnreadableFile: the file cannot be read, or no text is found in it; the message says what to do.
    """
    contents = read_source(
        Source(
            filename=upload.filename,
            content=upload.content,
            kind=upload.kind,
            text_column=text_column,
            language=language,
        )
    )
    if not contents.records:
        raise UnreadableFile("No row of this file has text: check that the right column or sheet holds it.")
    return contents
