"""Zip and gzip files, unpacked in memory with a limit; nothing is ever written under a name from an archive."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath

from nlp_service.errors import UnreadableFile

MAX_UNPACKED_BYTES = 200_000_000
MAX_DOCUMENT_BYTES = 60_000_000
MAX_MEMBERS = 100_000
_STEP = 1_000_000
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, RuntimeError, NotImplementedError, ValueError, OSError, EOFError,
    zlib.error,
)  # fmt: skip


def members_of(content: bytes, wanted: Callable[[str], bool], *, most: int | None = None) -> dict[str, bytes]:
    """Name → bytes of the wanted files of a zip, in the order of their names; the others are not unpacked.

    `most` is how many bytes they may have together, where that is fewer than any archive may.

    Raises:
        UnreadableFile: the archive is damaged, locked, too large unpacked, or has a name that leads out of it.
    """
    limit = min(MAX_UNPACKED_BYTES, most or MAX_UNPACKED_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _check_names([info.filename for info in infos])
            chosen = [info for info in infos if wanted(info.filename)]
            if sum(info.file_size for info in chosen) > limit:
                raise _too_large(limit)
            return {info.filename: archive.read(info) for info in sorted(chosen, key=lambda info: info.filename)}
    except _BROKEN:
        raise UnreadableFile(
            "The archive is damaged or locked with a password: export it again and send it anew."
        ) from None


def only_file(content: bytes, wanted: Callable[[str], bool]) -> tuple[str, bytes] | None:
    """Name and bytes of the one wanted file in a zip, None where there are several or none; a Mac's shadows are no files.

    Raises:
        UnreadableFile: the archive is damaged, locked, too large unpacked, or has a name that leads out of it.
    """
    found: list[str] = []

    def is_first(name: str) -> bool:
        path = PurePosixPath(name)
        if "__MACOSX" in path.parts or path.name.startswith(".") or not wanted(path.name):
            return False
        found.append(name)
        return len(found) == 1

    files = members_of(content, is_first)
    return (PurePosixPath(found[0]).name, files[found[0]]) if len(found) == 1 else None


def gunzip(content: bytes) -> bytes:
    """The bytes inside a gzip file.

    Raises:
        UnreadableFile: the file is damaged or too large unpacked.
    """
    pieces: list[bytes] = []
    n_bytes, rest = 0, content
    try:
        while rest.startswith(b"\x1f\x8b"):
            stream = zlib.decompressobj(wbits=31)
            while not stream.eof:
                piece = stream.decompress(rest, _STEP)
                rest = stream.unconsumed_tail
                if not piece and not rest:
                    raise zlib.error("cut off")
                pieces.append(piece)
                n_bytes += len(piece)
                if n_bytes > MAX_UNPACKED_BYTES:
                    raise _too_large(MAX_UNPACKED_BYTES)
            rest = stream.unused_data
    except zlib.error:
        raise UnreadableFile("The compressed file is damaged: compress it again, or send what is in it.") from None
    return b"".join(pieces)


def _check_names(names: list[str]) -> None:
    if len(names) > MAX_MEMBERS:
        raise _too_large(MAX_UNPACKED_BYTES)
    for name in names:
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", name) or "\x00" in name:
            raise UnreadableFile(
                "The archive has a file whose name leads out of it: pack the files again, in one folder."
            )


def _too_large(limit: int) -> UnreadableFile:
    return UnreadableFile(
        f"Unpacked, the archive is larger than {limit:,} bytes or {MAX_MEMBERS:,} files: send it in parts."
    )
