"""Case files that the program itself writes into a folder of cases, and takes away again.

Under its name stands the old file or the new one, never half of one, also where the machine dies;
and what is done twice is done once. A file that is not as it was written here is left alone.
"""

import errno
import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_WITHDRAWN = ".withdrawn"  # hidden, so that nobody reads it as a case


class ChangedByHandError(Exception):
    """The file that is there is not the one that was written here."""


def digest_of(data: bytes) -> str:
    """By which a file is known again: SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_case_file(
    folder: Path,
    name: str,
    data: bytes,
    *,
    replaces: str | None,
    figures: Mapping[str, bytes],
) -> None:
    """Write a case in place of the file with that digest, or of none; its figures before it.

    Figures come beside it by their paths from the folder; one that is there with other bytes is no
    less somebody's. Raises ChangedByHandError, OSError.
    """
    if not folder.is_dir():
        # Made here, a folder that was misspelt would go unnoticed.
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), folder)
    target = folder / name
    there = _digest_at(target)
    if there != digest_of(data):
        if there != replaces:
            raise ChangedByHandError(name)
        for path, picture in figures.items():
            before = _digest_at(folder / path)
            if before not in {None, digest_of(picture)}:
                raise ChangedByHandError(path)
            if before is None:
                _put(folder / path, picture, over=False)
        _put(target, data, over=there is not None)
    _part(target).unlink(missing_ok=True)  # of a kill just after it was written
    _settle(folder)


def take_away(folder: Path, name: str, digest: str) -> None:
    """Move a file with that digest where no case is read. Raises ChangedByHandError, OSError."""
    target = folder / name
    there = _digest_at(target)
    if there is None:
        return
    if there != digest:
        raise ChangedByHandError(name)
    kept = folder / _WITHDRAWN
    kept.mkdir(exist_ok=True)
    target.replace(kept / name)
    _settle(kept)
    _settle(folder)


def _digest_at(path: Path) -> str | None:
    """The digest of the file there, None where there is none. Raises as the above."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise ChangedByHandError(path.name)
    try:
        return digest_of(path.read_bytes())
    except FileNotFoundError:
        return None


def _put(path: Path, data: bytes, *, over: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = _part(path)
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if over or not _linked(part, path):
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _part(path: Path) -> Path:
    """One name for each file: what a kill leaves behind is written over when it is tried again."""
    return path.with_name(f".{path.name}.part")


def _linked(part: Path, path: Path) -> bool:
    """Whether the file came to its name, which nobody else has taken meanwhile.

    Not every file system has links. Raises ChangedByHandError.
    """
    try:
        os.link(part, path)
    except FileExistsError:
        raise ChangedByHandError(path.name) from None
    except OSError:
        if path.exists():
            raise ChangedByHandError(path.name) from None
        return False
    return True


def _settle(folder: Path) -> None:
    """See that the names in a folder are on the disk, where the system can be asked to."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
