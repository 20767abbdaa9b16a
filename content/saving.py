"""Writes whole files: under their name stands the old one or the new one, never half of one."""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from content.schema import SCHEMA_FILE, schema_text


def create(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, and the folders it lies in.

    Raises FileExistsError where there is one by that name, and OSError.
    """
    with _written(path, data) as part:
        try:
            os.link(part, path)
        except FileExistsError:
            raise
        except OSError:
            # Not every file system has links; the name is claimed before it is filled.
            path.open("xb").close()
            part.replace(path)


def replace(path: Path, data: bytes) -> None:
    """Write a file, in place of what stands under its name, or where a link of that name leads.

    Raises OSError, also where a pipe or a device stands there: a file in the place of
    ``/dev/stdout`` or ``/dev/null`` would be missed by the whole computer.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file() and not target.is_dir():
        raise OSError(errno.EINVAL, "it is a pipe or a device, not a file", path)
    with _written(target, data) as part:
        part.replace(target)


def save_schema(folder: Path) -> None:
    """Lay the schema that case files name for editors beside them, if none is there."""
    with contextlib.suppress(FileExistsError):
        create(folder / SCHEMA_FILE.name, schema_text().encode())


@contextlib.contextmanager
def _written(path: Path, data: bytes) -> Iterator[Path]:
    """The data in a hidden file beside its place, gone at the end."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        # Not the file itself is there already, but one where its folder should be.
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path.parent) from None
    part = path.parent / f".{secrets.token_hex(8)}.part"
    try:
        part.write_bytes(data)
        yield part
    finally:
        part.unlink(missing_ok=True)
