"""What was sent to be stored: a file, a JSON array or JSON lines, read once here so that a bad one is refused now."""

import json
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

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

JSON_LINES = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"})
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An upload that can be read, how the sender wants it read, and what was found in it."""

    upload: Upload
    fields: UploadFields
    language: str | None
    contents: Contents

    @property
    def summary(self) -> dict[str, Any]:
        """What was understood, without any text."""
        return {
            "filename": self.upload.filename,
            "format": self.contents.format,
            "encoding": self.contents.encoding,
            "kind": self.contents.kind,
            "columns": dict(self.contents.columns),
            "n_records": len(self.contents.records),
            "skipped": dict(self.contents.skipped),
            "warnings": list(self.contents.warnings),
        }


def receive(query: UploadFields) -> Received:
    """The upload in the request at hand.

    Raises:
        InvalidRequest: the body or its fields are not valid.
        UnsupportedMediaType: the body is of another kind, or the file's format is not known.
        UnreadableFile: the file cannot be read.
        BatchTooLarge: there are too many records.
    """
    if request.mimetype == "multipart/form-data":
        fields = _form_fields()
        content, filename = _form_file()
    elif request.is_json:
        fields, content, filename = query, request.get_data(cache=True), "records.json"
        if not isinstance(parse_json(content), list):
            raise invalid("The body must be a JSON array of records.", code="not_an_array")
    elif request.mimetype in JSON_LINES:
        fields, content, filename = query, request.get_data(cache=True), "records.jsonl"
        decode(content)
    else:
        raise UnsupportedMediaType(
            "Send a multipart form with a `file`, a JSON array (application/json) or JSON lines (application/x-ndjson)."
        )
    return check(Upload(filename=filename, content=content, kind=fields.kind), fields)


def check(upload: Upload, fields: UploadFields) -> Received:
    """The upload with what was found in it.

    Raises:
        UnsupportedLanguage: the language code is not known.
        UnsupportedMediaType: the file's format is not known.
        UnreadableFile: the file cannot be read or has no text.
        BatchTooLarge: there are too many records.
    """
    language = languages.forced(fields.language, pointer="/language")
    contents = ingest.read(upload, text_column=fields.text_column, language=language)
    if not contents.records:
        raise UnreadableFile("There is no text in this file: check that the right column or sheet holds it.")
    most = settings().max_records
    if len(contents.records) > most:
        raise BatchTooLarge(f"The file has more than {most} records: split it into several.")
    return Received(upload=upload, fields=fields, language=language, contents=contents)


def safe_name(filename: str | None) -> str:
    """The last part of the name a file had, without control characters, short enough to show."""
    name = PurePosixPath(PureWindowsPath(filename or "").name).name
    name = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C")
    return name[-LONGEST_NAME:] or "upload"


def _form_fields() -> UploadFields:
    values: dict[str, Any] = {name: value for name, value in request.form.items() if value != ""}
    if "mapping" in values:
        try:
            values["mapping"] = json.loads(values["mapping"])
        except ValueError:
            raise invalid("`mapping` must be a JSON object.", code="broken_json", pointer="/mapping") from None
    try:
        form = UploadForm.model_validate(values)
    except ValidationError as error:
        refuse_validation(error)
    named = form.mapping.text if form.mapping else None
    fields = form.model_dump(exclude={"mapping"})
    return UploadFields(**{**fields, "text_column": form.text_column or named})


def _form_file() -> tuple[bytes, str]:
    files = request.files.getlist("file")
    if len(files) != 1 or len(request.files) != 1:
        raise invalid("Send exactly one file, in the part named `file`.", code="missing", pointer="/file")
    return files[0].stream.read(), safe_name(files[0].filename)
