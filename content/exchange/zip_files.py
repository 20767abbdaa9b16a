"""Zips whose bytes depend on nothing but what is in them."""

import io
import zipfile
from collections.abc import Iterable

_EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip knows no earlier time
_FILE_MODE = 0o644 << 16
_UNIX = 3


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of these paths and bytes, in their order."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files:
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _FILE_MODE
            entry.create_system = _UNIX
            archive.writestr(entry, content)
    return data.getvalue()
