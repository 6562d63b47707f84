"""A binary file → its lines as text, a piece in memory at a time, in the encoding that all of it is in."""

import codecs
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.decode import known_encoding, mark_of, narrow_of, wide_of
from nlp_service.ingest.delimited import LONGEST_CELL

LONGEST_FILE = 5_000_000_000
"""Bytes, unpacked."""
DAMAGED = (OSError, EOFError, zlib.error)
"""What reading a compressed file raises."""
_PIECE = 1_000_000
_STRICT = ("utf", "ascii")


def encoding_of(file: BinaryIO, *, stated: str | None = None, language: str | None = None) -> str:
    """The encoding of a file, which is read once from its beginning to its end.

    Raises:
        InvalidRequest: there is no encoding of the stated name.
        UnreadableFile: the file is empty, no text, or in no encoding that we can tell.
    """
    file.seek(0)
    head = file.read(_PIECE)
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("The file is empty: check that the export was finished, and send it again.")
    if stated is not None:
        return known_encoding(stated)
    found = mark_of(head)[1] or wide_of(head)
    if found is not None:
        return found
    decoder, piece, n_bytes = codecs.getincrementaldecoder("utf-8")(), head, 0
    try:
        while piece:
            n_bytes += len(piece)
            if n_bytes > LONGEST_FILE:
                raise UnreadableFile(f"Unpacked, the file is larger than {LONGEST_FILE:,} bytes: send it in parts.")
            decoder.decode(piece)
            piece = file.read(_PIECE)
        decoder.decode(b"", final=True)
    except DAMAGED:
        raise damaged() from None
    except UnicodeDecodeError:
        return narrow_of(head if piece is head else piece, language=language)
    return "utf-8"


def damaged() -> UnreadableFile:
    """The error of a compressed file that cannot be unpacked."""
    return UnreadableFile("The compressed file is damaged: compress it again, or send what is in it.")


def text_lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    """The lines of a file with LF at their ends, without a byte order mark.

    In a single-byte page a byte without a character becomes U+FFFD, so that one of them does not cost the rest.

    Raises:
        UnreadableFile: a line is too long, there are NUL bytes, or the bytes are not valid in the encoding.
    """
    file.seek(0)
    errors = "strict" if encoding.startswith(_STRICT) else "replace"
    text = io.TextIOWrapper(file, encoding=encoding, errors=errors)
    rest, is_first = "", True
    try:
        while piece := text.read(_PIECE):
            if "\x00" in piece:
                raise UnreadableFile("The file holds binary data, not text: export it as CSV or JSON lines.")
            piece = piece.removeprefix("\ufeff") if is_first else piece
            is_first = False
            *lines, rest = (rest + piece).split("\n")
            if len(rest) > LONGEST_CELL:
                raise UnreadableFile(f"A line is longer than {LONGEST_CELL:,} characters: send one record a line.")
            for line in lines:
                yield line + "\n"
    except UnicodeDecodeError:
        raise UnreadableFile(
            f"The file looks like {encoding} but has bytes that are not valid there: save it as UTF-8 or name its encoding."
        ) from None
    except DAMAGED:
        raise damaged() from None
    finally:
        text.detach()
    if rest:
        yield rest
