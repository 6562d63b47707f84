"""Which reader a file needs: its bytes decide, then its extension."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from nlp_service.errors import UnreadableFile, UnsupportedMediaType
from nlp_service.ingest.archives import gunzip, only_file
from nlp_service.ingest.chats import is_chat_name, read_chat_archive
from nlp_service.ingest.codebooks import (
    is_codebook_table,
    is_codebook_text,
    read_codebook,
    read_codebook_table,
    read_codebook_text,
)
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.cues import has_timings
from nlp_service.ingest.decode import decode
from nlp_service.ingest.docx import is_docx, read_docx
from nlp_service.ingest.headers import is_known, rank_of
from nlp_service.ingest.jsonlines import read_json
from nlp_service.ingest.odt import read_odt
from nlp_service.ingest.pdf import read_pdf
from nlp_service.ingest.qda import read_project
from nlp_service.ingest.rows import records_of
from nlp_service.ingest.segments import is_segments, read_segments
from nlp_service.ingest.shapes import has_named_blocks
from nlp_service.ingest.slack import is_slack_archive, read_slack_archive
from nlp_service.ingest.spreadsheets import read_spreadsheet
from nlp_service.ingest.subtitles import read_subtitles
from nlp_service.ingest.surveys import is_survey, read_survey
from nlp_service.ingest.tables import Table, consistency, read_delimited, sniff_delimiter
from nlp_service.ingest.tagged import is_tagged, read_tagged
from nlp_service.ingest.transcripts import read_transcript
from nlp_service.ingest.zendesk_tables import is_zendesk_table, read_zendesk_table
from nlp_service.ingest.zoom import is_zoom_chat, read_zoom_chat

Reader = Callable[[Source], Contents]

READ = "CSV, TSV, XLSX, ODS, JSON, JSON lines, WebVTT, SRT, DOCX, ODT, PDF, TXT and MD"
_TABLES = frozenset({"csv", "tsv", "tab"})
_TEXTS = frozenset({"", "txt", "text", "md", "markdown", "log"})
_JSONS = frozenset({"json", "jsonl", "ndjson"})
_SUBTITLES = frozenset({"vtt", "srt"})
_WORKBOOKS = frozenset({"xlsx", "xlsm", "ods"})
_DOCUMENTS = frozenset({"docx", "docm", "odt", "pdf"})
_MARKUP = frozenset({"xml", "html", "htm", "xhtml", "trs"})
_PACKED = _TABLES | _JSONS | _SUBTITLES
"""What is read out of a zip that holds one such file, as survey programs send their tables."""
_OURS = _TABLES | _TEXTS | _JSONS | _SUBTITLES | _WORKBOOKS | _DOCUMENTS | {"qdc"}
_WAYS_OUT: Mapping[str, str] = {
    "doc": "DOC is not read: save it as .docx or plain text (.txt) and send that.",
    "rtf": "RTF is not read: save it as .docx or plain text (.txt) and send that.",
    "qdpx": "A QDA project is a zip archive (.qdpx): export the project again.",
    "qdc": "A codebook (.qdc) is XML: export it again.",
    "xls": "XLS is not read yet: save it as .xlsx or CSV and send that.",
    "xlsb": "XLSB is not read yet: save it as .xlsx or CSV and send that.",
    "zip": "Of ZIP archives, chat exports and those of one table are read: unpack it and send the files, one by one.",
    "html": "HTML is not read, save for transcripts that mark speakers: save the texts as CSV or plain text and send that.",
    "xml": "XML is not read, save for transcripts of speech: save the texts as CSV or plain text and send that.",
    "ole": "Old Office files, and those locked with a password, are not read: save it as .xlsx, .docx or CSV without one.",
    "image": "Images are not read: send the text itself.",
    "media": "Sound and video are not read: send a transcript as VTT, SRT or TXT.",
    "archive": "Compressed files are not read: unpack it and send the files inside, one by one.",
    "program": "Programs and databases are not read: export the texts as CSV or JSON.",
}
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_MAGIC = (
    (b"%PDF-", "pdf"), (b"{\\rtf", "rtf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"), (b"GIF87a", "image"), (b"GIF89a", "image"), (b"MZ\x90", "program"),
    (b"\x7fELF", "program"), (b"SQLite format 3", "program"), (_GZIP, "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"), (b"BZh", "archive"), (b"\xfd7zXZ", "archive"), (b"\x28\xb5\x2f\xfd", "archive"),
    (b"ID3", "media"), (b"OggS", "media"), (b"RIFF", "media"), (b"\x1aE\xdf\xa3", "media"),
)  # fmt: skip
_ZIPPED = (
    ("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb"), ("project.qde", "qdpx"),
)  # fmt: skip
_ARCHIVES: Mapping[str, Reader] = {
    "slack": read_slack_archive, "whatsapp": read_chat_archive, "qdpx": read_project,
    "docx": read_docx, "odt": read_odt, "pdf": read_pdf,
}  # fmt: skip
_JSON_START = re.compile(r'\s*(?:\{\s*["}]|\[\s*[{"\]])')


def read_source(source: Source) -> Contents:
    """The contents of a file, by the reader that its bytes and then its name ask for.

    Raises:
        UnsupportedMediaType: the format is not read; the message names the way out.
        UnreadableFile: the file is damaged, empty, or not what its name says.
    """
    if source.content.startswith(_GZIP):
        name = re.sub(r"\.gz$", "", source.filename, flags=re.IGNORECASE)
        source = replace(source, filename=name, content=gunzip(source.content))
    found = format_of_bytes(source.content)
    if found is not None and found in _ARCHIVES:
        return _ARCHIVES[found](source)
    if found in ("xlsx", "ods"):
        return read_table(source, read_spreadsheet(source, found))
    if found == "zip":
        inside = only_file(source.content, lambda name: PurePosixPath(name).suffix.lower().lstrip(".") in _PACKED)
        if inside is not None and not inside[1].startswith(_ZIP):
            return read_source(replace(source, filename=inside[0], content=inside[1]))
    if found is not None:
        raise _refusal(found, source.suffix)
    if source.suffix not in _OURS | _MARKUP and source.suffix in _WAYS_OUT:
        raise UnsupportedMediaType(_WAYS_OUT[source.suffix])
    if source.suffix in _WORKBOOKS:
        raise UnreadableFile(f"The file is named .{source.suffix} but is no workbook: open it and save it again.")
    if source.suffix in _DOCUMENTS:
        raise UnreadableFile(f"The file is named .{source.suffix} but is no such document: open it and save it again.")
    text, encoding = decode(source.content, encoding=source.stated_encoding, language=source.language)
    decoded = replace(source, text=text, encoding=encoding)
    return _reader(decoded)(decoded)


def format_of_bytes(content: bytes) -> str | None:
    """The binary format that the first bytes tell, None for what may be text."""
    if content.startswith(_ZIP):
        return _zipped(content)
    if content[4:8] == b"ftyp":
        return "media"
    return next((format for magic, format in _MAGIC if content.startswith(magic)), None)


def _zipped(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.lower() for name in archive.namelist()}
            is_open_document = "mimetype" in names and "content.xml" in names
            kind = (
                archive.read("mimetype")[:80]
                if is_open_document and archive.getinfo("mimetype").file_size < 200
                else b""
            )
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, ValueError, OSError, EOFError):
        raise UnreadableFile("The file is a damaged archive: export it again and send it anew.") from None
    if is_open_document:
        return "ods" if b"spreadsheet" in kind else "odt"
    if is_slack_archive(names):
        return "slack"
    if any(is_chat_name(name) for name in names):
        return "whatsapp"
    if is_docx(names):
        return "docx"
    return next((format for name, format in _ZIPPED if name in names), "zip")


def _refusal(found: str, suffix: str) -> UnreadableFile | UnsupportedMediaType:
    way_out = _WAYS_OUT[found]
    if suffix in _OURS - {""}:
        return UnreadableFile(f"The file is named .{suffix} but holds something else. {way_out}")
    return UnsupportedMediaType(way_out)


def _reader(source: Source) -> Reader:
    text, suffix = source.text, source.suffix
    if text.startswith("WEBVTT") or suffix in _SUBTITLES:
        return read_subtitles
    if suffix in _JSONS or _JSON_START.match(text[:2_000]):
        return read_json
    if suffix in _TABLES:
        return _read_table
    if suffix in _MARKUP or re.match(r"\s*<(?:\?xml|!doctype|html)\b", text[:500], re.IGNORECASE):
        return _markup_reader(text)
    shapes = (
        (is_codebook_text, read_codebook_text),
        (has_named_blocks, read_transcript),
        (has_timings, read_subtitles),
        (is_zoom_chat, read_zoom_chat),
        (_is_table, _read_table),
    )
    shaped = next((read for is_shaped, read in shapes if is_shaped(text)), None)
    if shaped is not None:
        return shaped
    if suffix in _TEXTS:
        return read_transcript
    raise UnsupportedMediaType(f"Files named .{suffix[:20]} are not read. Send {READ}.")


def _markup_reader(text: str) -> Reader:
    if "QDA-XML:codebook" in text[:2_000]:
        return read_codebook
    if is_tagged(text):
        return read_tagged
    raise UnsupportedMediaType(_WAYS_OUT["html" if re.search("<html", text[:500], re.IGNORECASE) else "xml"])


def _read_table(source: Source) -> Contents:
    return read_table(source, read_delimited(source))


def read_table(source: Source, table: Table) -> Contents:
    """The contents of a table, by the reader that its columns ask for.

    Raises:
        UnreadableFile: there is no text in it.
    """
    if is_codebook_table(table):
        return read_codebook_table(table)
    if is_zendesk_table(table):
        return read_zendesk_table(source, table)
    if is_segments(table):
        return read_segments(source, table)
    return read_survey(source, table) if is_survey(source, table) else records_of(source, table)


def _is_table(text: str) -> bool:
    """Whether a text without a table's name is one: every first row has the same cells and the header names a text."""
    delimiter = sniff_delimiter(text)
    if delimiter not in ",;\t":
        return False
    header = text.lstrip("\n").split("\n", 1)[0][:2_000].split(delimiter)
    names = [cell.strip(' "') for cell in header]
    has_text = any(rank_of("text", name) is not None for name in names)
    is_sure = delimiter == "\t" or sum(is_known(name) for name in names) > 1
    return has_text and is_sure and len(header) > 1 and consistency(text[:20_000], delimiter)[0] >= 0.9
