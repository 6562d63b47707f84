"""Bytes → text: byte order marks, UTF-16 without one, strict UTF-8, then the most likely code page."""

import codecs
import re
from collections.abc import Sequence

from charset_normalizer import from_bytes

from nlp_service.errors import InvalidRequest, UnreadableFile
from nlp_service.ingest.pages import code_page

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAMPLE = 65_536
_LONG_SAMPLE = 1_000_000
_HEADER = 1_000
_MOST_CONTROLS = 0.02
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOJIBAKE = re.compile(r"[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SUSPICIOUS = re.compile(f"[\x00]|{_CONTROLS.pattern}|{_MOJIBAKE.pattern}|{_SURROGATES.pattern}")
_MAYBE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\u00c2-\u00f4\ud800-\udfff]")


def decode(content: bytes, *, encoding: str | None = None, language: str | None = None) -> tuple[str, str]:
    """The text, with LF line ends and no byte order mark, and the encoding it was in, or the one that was stated.

    Raises:
        InvalidRequest: there is no such encoding.
        UnreadableFile: the file is empty, is not text, or is in no encoding that we can tell.
    """
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("The file is empty: check that the export was finished, and send it again.")
    if encoding is not None:
        known = known_encoding(encoding)
        return _readable(_strictly(content, known)), known
    marked, found = mark_of(content)
    found = found or wide_of(content) or _utf8(content) or narrow_of(content, language=language)
    return _readable(_strictly(content[marked:], found)), found


def known_encoding(name: str) -> str:
    """The encoding as we write it.

    Raises:
        InvalidRequest: Python knows no text encoding of that name.
    """
    try:
        codec = codecs.lookup(name)
        "a".encode(codec.name)
    except (LookupError, ValueError, UnicodeError):
        raise InvalidRequest(
            "There is no encoding of that name: give one such as utf-8, utf-16, cp1252, cp1254 or cp1256."
        ) from None
    return codec.name


def mark_of(content: bytes) -> tuple[int, str | None]:
    """The length of the byte order mark and the encoding it tells; zero and None where there is none."""
    return next(((len(mark), encoding) for mark, encoding in _MARKS if content.startswith(mark)), (0, None))


def repair(text: str) -> str:
    """The text with UTF-8 that was once read as cp1252 or cp1254 undone, where all of it goes back to valid UTF-8."""
    if not _MOJIBAKE.search(text):
        return text
    for page in ("cp1252", "cp1254"):
        try:
            return b"".join(_western_byte(character, page) for character in text).decode("utf-8")
        except UnicodeError:
            continue
    return text


def clean(text: str) -> str:
    """The text without control characters and halves of surrogate pairs, trimmed."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text.replace("\x00", ""))).strip()


def clean_cells(cells: Sequence[str]) -> tuple[str, ...]:
    """Every cell of a row repaired and cleaned; a row without anything suspicious is only trimmed, which is fast."""
    row = "\n".join(cells)
    if _MAYBE.search(row) and _SUSPICIOUS.search(row):
        return tuple(clean(repair(cell)) for cell in cells)
    return tuple([cell.strip() for cell in cells])


def _western_byte(character: str, page: str) -> bytes:
    try:
        return character.encode(page)
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableFile(
            f"The file looks like {encoding} but has bytes that are not valid there: save it as UTF-8 or name its encoding."
        ) from None


def _readable(text: str) -> str:
    sample = text[:_SAMPLE]
    if "\x00" in text or len(_CONTROLS.findall(sample)) > max(8, _MOST_CONTROLS * len(sample)):
        raise UnreadableFile("The file holds binary data, not text: export it as CSV, JSON, TXT, VTT or SRT.")
    if not text.strip():
        raise UnreadableFile("The file is empty: check that the export was finished, and send it again.")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def wide_of(content: bytes) -> str | None:
    """UTF-16 without a mark: most bytes at odd (or even) offsets of the header line are NUL."""
    line = content[:_HEADER]
    end = re.search(rb"\n\x00?", line)
    line = line[: end.end()] if end and end.end() >= 8 else line
    pairs = len(line) // 2
    if pairs < 2:
        return None
    even, odd = line[0::2].count(0), line[1::2].count(0)
    if odd > 0.5 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if even > 0.5 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return None


def narrow_of(content: bytes, *, language: str | None = None) -> str:
    """The single-byte page, or the other encoding, of bytes that are no UTF-8; a stated language is a hint.

    Raises:
        UnreadableFile: the bytes are no text, or in an encoding that cannot be told.
    """
    if b"\x00" in content:
        raise UnreadableFile("The file holds binary data, not text: export it as CSV, JSON, TXT, VTT or SRT.")
    page = code_page(content[:_LONG_SAMPLE], language=language)
    if page is not None:
        return page
    best = from_bytes(content[:_SAMPLE]).best()
    if best is None:
        raise UnreadableFile(
            "The file is in an encoding that cannot be told: save it as UTF-8, or name its encoding, and send it again."
        )
    return best.encoding


def _utf8(content: bytes) -> str | None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"
