"""Bytes → text: byte order marks, UTF-16 without one, strict UTF-8, then the most likely code page."""

import re
from collections.abc import Mapping

from charset_normalizer import from_bytes

from nlp_service.errors import UnreadableFile

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
_LATIN: Mapping[str, tuple[str, ...]] = {
    "cp1252": ("àâçéèêëîïôùûüœæ", "äöüß", "áéíóúüñ", "áâãàçéêíóôõú", "àèéìòù", "åäöæøé"),
    "cp1254": ("çğıöşüâîûİ",),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"),
}
"""Letters of the languages that each Latin code page is met with; in a tie the first page wins."""


def decode(content: bytes) -> tuple[str, str]:
    """The text, with LF line ends and no byte order mark, and the encoding it was in.

    Raises:
        UnreadableFile: the file is empty, is not text, or is in no encoding that we can tell.
    """
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("The file is empty: check that the export was finished, and send it again.")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _readable(_strictly(content[len(mark) :], encoding)), encoding
    encoding = _wide(content) or _narrow(content)
    return _readable(_strictly(content, encoding)), encoding


def repair(text: str) -> str:
    """The text with UTF-8 that was once read as cp1252 undone, where re-encoding all of it gives valid UTF-8."""
    if not _MOJIBAKE.search(text):
        return text
    try:
        return b"".join(_western_byte(character) for character in text).decode("utf-8")
    except UnicodeError:
        return text


def clean(text: str) -> str:
    """The text without control characters and halves of surrogate pairs, trimmed."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text.replace("\x00", ""))).strip()


def _western_byte(character: str) -> bytes:
    return character.encode("latin-1") if ord(character) < 0x100 else character.encode("cp1252")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableFile(
            f"The file looks like {encoding} but has bytes that are not valid there: save it as UTF-8, send it again."
        ) from None


def _readable(text: str) -> str:
    sample = text[:_SAMPLE]
    if "\x00" in text or len(_CONTROLS.findall(sample)) > max(8, _MOST_CONTROLS * len(sample)):
        raise UnreadableFile("The file holds binary data, not text: export it as CSV, JSON, TXT, VTT or SRT.")
    if not text.strip():
        raise UnreadableFile("The file is empty: check that the export was finished, and send it again.")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _wide(content: bytes) -> str | None:
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


def _narrow(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    if b"\x00" in content:
        raise UnreadableFile("The file holds binary data, not text: export it as CSV, JSON, TXT, VTT or SRT.")
    sample = content[:_LONG_SAMPLE]
    n_ascii = len(re.findall(rb"[A-Za-z]", sample))
    n_high = len(re.findall(rb"[\x80-\xff]", sample))
    if n_ascii >= 0.6 * (n_ascii + n_high):
        return _latin(sample)
    best = from_bytes(content[:_SAMPLE]).best()
    if best is None:
        raise UnreadableFile("The file is in an encoding that cannot be told: save it as UTF-8 and send it again.")
    return best.encoding


def _latin(content: bytes) -> str:
    """The Latin code page in which the letters beyond ASCII most look like those of one of its languages."""
    scores = {encoding: _likeness(content, encoding, alphabets) for encoding, alphabets in _LATIN.items()}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < 0:
        raise UnreadableFile("The file is in an encoding that cannot be told: save it as UTF-8 and send it again.")
    return best


def _likeness(content: bytes, encoding: str, alphabets: tuple[str, ...]) -> float:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    strange = re.findall(r"[^\W\d_]?[^\x00-\x7f‘’“”„…–—€•]", text)
    if not strange:
        return 0.0
    return max(sum(found[-1] in alphabet + alphabet.upper() for found in strange) for alphabet in alphabets) / len(
        strange
    )
