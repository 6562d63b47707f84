"""What was sent to be stored: a file, a JSON array or JSON lines, read once here so that a bad one is refused now."""

import io
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, BinaryIO, cast

from flask import request
from pydantic import ValidationError

from nlp_service import ingest
from nlp_service.api import languages
from nlp_service.api.body import decode, invalid, parse_json
from nlp_service.api.current import settings
from nlp_service.api.problems import refuse_validation
from nlp_service.api.schemas import UploadFields, UploadForm
from nlp_service.domain import Upload
from nlp_service.errors import BatchTooLarge, UnreadableFile, UnsupportedMediaType
from nlp_service.ingest.contents import Contents
from nlp_service.ingest.preview import preview, understood
from nlp_service.jobs.intake import STREAM_FROM_BYTES

JSON_LINES = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"})
LONGEST_NAME = 200
BEGINNING = "The file is large: what is said here comes from its first rows, and the job tells the rest."


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An upload that can be read, how the sender wants it read, and what was found in it.

    Of a large table only the beginning was read; its bytes are in `file` and not in the upload.
    """

    upload: Upload
    fields: UploadFields
    mapping: Mapping[str, str]
    language: str | None
    contents: Contents
    file: BinaryIO | None = None

    @property
    def how(self) -> dict[str, Any]:
        """How to read it, as the job that does so is told."""
        return {
            "text_column": self.fields.text_column,
            "mapping": dict(self.mapping),
            "language": self.language,
            "encoding": self.fields.encoding,
        }

    @property
    def summary(self) -> dict[str, Any]:
        """What was understood, without any text."""
        return understood(self.upload.filename, self.contents, is_part=self.file is not None)

    @property
    def preview(self) -> dict[str, Any]:
        """What was understood, and the first records."""
        return preview(self.upload.filename, self.contents, is_part=self.file is not None)


def receive(query: UploadFields) -> Received:
    """The upload in the request at hand.

    Raises:
        InvalidRequest: the body or its fields are not valid.
        UnsupportedMediaType: the body is of another kind, or the file's format is not known.
        UnreadableFile: the file cannot be read.
        BatchTooLarge: there are too many records.
    """
    if request.mimetype == "multipart/form-data":
        fields, mapping = _form_fields()
        fields = fields.model_copy(update={"preview": fields.preview or query.preview})
        file, filename = _form_file()
        return check_file(file, Upload(filename=filename, content=b"", kind=fields.kind), fields, mapping)
    if request.is_json:
        content, filename = request.get_data(cache=True), "records.json"
        if not isinstance(parse_json(content), list):
            raise invalid("The body must be a JSON array of records.", code="not_an_array")
    elif request.mimetype in JSON_LINES:
        content, filename = request.get_data(cache=True), "records.jsonl"
        decode(content)
    else:
        raise UnsupportedMediaType(
            "Send a multipart form with a `file`, a JSON array (application/json) or JSON lines (application/x-ndjson)."
        )
    return check(Upload(filename=filename, content=content, kind=query.kind), query)


def check_file(
    file: BinaryIO, upload: Upload, fields: UploadFields, mapping: Mapping[str, str] | None = None
) -> Received:
    """The upload in a file with what was found in it; of a large table, in its beginning.

    Raises:
        UnsupportedLanguage: the language code is not known.
        InvalidRequest: the mapping names a column that there is not, or the encoding is none.
        UnsupportedMediaType: the file's format is not known.
        UnreadableFile: the file cannot be read or has no text.
        BatchTooLarge: there are too many records.
    """
    n_bytes = file.seek(0, io.SEEK_END)
    file.seek(0)
    if n_bytes >= STREAM_FROM_BYTES:
        language = languages.forced(fields.language, pointer="/language")
        how = {"text_column": fields.text_column, "language": language, "encoding": fields.encoding}
        stream = ingest.read_rows(file, upload, mapping=mapping, **how)
        if stream is not None:
            contents = replace(stream.contents, records=next(iter(stream), ()))
            contents = replace(contents, warnings=(*contents.warnings, BEGINNING))
            return Received(
                upload=upload, fields=fields, mapping=mapping or {}, language=language, contents=contents, file=file
            )
        file.seek(0)
    return check(replace(upload, content=file.read()), fields, mapping)


def check(upload: Upload, fields: UploadFields, mapping: Mapping[str, str] | None = None) -> Received:
    """The upload with what was found in it.

    Raises:
        UnsupportedLanguage: the language code is not known.
        InvalidRequest: the mapping names a column that there is not, or the encoding is none.
        UnsupportedMediaType: the file's format is not known.
        UnreadableFile: the file cannot be read or has no text.
        BatchTooLarge: there are too many records.
    """
    language = languages.forced(fields.language, pointer="/language")
    contents = ingest.read(
        upload, text_column=fields.text_column, mapping=mapping, language=language, encoding=fields.encoding
    )
    if not contents.records:
        raise UnreadableFile("There is no text in this file: check that the right column or sheet holds it.")
    most = settings().max_records
    if len(contents.records) > most:
        raise BatchTooLarge(f"The file has more than {most} records: split it into several.")
    return Received(upload=upload, fields=fields, mapping=mapping or {}, language=language, contents=contents)


def safe_name(filename: str | None) -> str:
    """The last part of the name a file had, without control characters, short enough to show."""
    name = PurePosixPath(PureWindowsPath(filename or "").name).name
    name = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C")
    return name[-LONGEST_NAME:] or "upload"


def _form_fields() -> tuple[UploadFields, dict[str, str]]:
    """The fields of the form, and the mapping apart."""
    values: dict[str, Any] = {name: value for name, value in request.form.items() if value != ""}
    if "mapping" in values:
        try:
            values["mapping"] = json.loads(values["mapping"])
        except (ValueError, RecursionError):
            raise invalid("`mapping` must be a JSON object.", code="broken_json", pointer="/mapping") from None
    try:
        form = UploadForm.model_validate(values)
    except ValidationError as error:
        refuse_validation(error)
    mapping = form.mapping.model_dump(exclude_none=True) if form.mapping else {}
    return UploadFields(**form.model_dump(exclude={"mapping"})), mapping


def _form_file() -> tuple[BinaryIO, str]:
    files = request.files.getlist("file")
    if len(files) != 1 or len(request.files) != 1:
        raise invalid("Send exactly one file, in the part named `file`.", code="missing", pointer="/file")
    return cast(BinaryIO, files[0].stream), safe_name(files[0].filename)
