"""Archives for tests: a zip of named files, or one with a field of its directory changed."""

import io
import zipfile


def zipped(members, *, compression=zipfile.ZIP_DEFLATED):
    """The bytes of a zip of name → content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()
