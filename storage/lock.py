"""One program at a time: whoever works on a database holds a lock beside it, which says when."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.connection import make_folder
from storage.errors import StorageError

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_PATIENCE_S = 3.0  # seconds, for a program that is just ending
_PAUSE_S = 0.05


class DatabaseInUseError(StorageError):
    """Another program works on this database."""


@contextmanager
def sole_use(path: Path) -> Iterator[None]:
    """Hold the database at ``path`` for this program alone; the system lets go if it is killed.

    Raises DatabaseInUseError, or StorageError where no lock can be made.
    """
    make_folder(path)
    end = time.monotonic() + _PATIENCE_S
    while (lock := _taken(path)) is None:
        if time.monotonic() >= end:
            raise DatabaseInUseError(
                "another Morning Report works on it; stop that one first, or use another database"
            )
        time.sleep(_PAUSE_S)
    try:
        yield
    finally:
        os.close(lock)


def in_use(path: Path) -> bool:
    """Whether a program works on the database at ``path`` now. Raises StorageError."""
    if not _place(path).exists():
        return False
    lock = _taken(path)
    if lock is not None:
        os.close(lock)
    return lock is None


def note_at_work(path: Path, now: int) -> None:
    """Note in the lock's file that the bot is at work with the database: ``now``, UTC milliseconds.

    Where it cannot be written, the next start has to do without.
    """
    with suppress(OSError), _place(path).open("r+b") as file:
        file.write(b"%015d %d\n" % (now, os.fstat(file.fileno()).st_ino))


def last_at_work(path: Path) -> int | None:
    """When the bot was last at work with the database in this very place; None where unknown.

    A backup does not bring the lock's file along, and that of a copied folder names another inode.
    """
    place = _place(path)
    try:
        now, inode = map(int, place.read_bytes().split())
        return now if inode == place.stat().st_ino else None
    except (OSError, ValueError):
        return None


def _taken(path: Path) -> int | None:
    """The lock, held until it is closed; None while another program has it. Raises StorageError.

    Its file stays: were it deleted, two programs could hold locks on files of one name.
    """
    try:
        file = os.open(_place(path), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StorageError(f"cannot lock {path}: {error.strerror}") from error
    try:
        _lock(file)
    except OSError as error:
        os.close(file)
        # Some systems say so when another holds it.
        if isinstance(error, BlockingIOError | PermissionError):
            return None
        raise StorageError(f"cannot lock {path}: {error.strerror}") from error
    return file


def _place(path: Path) -> Path:
    """Beside the file itself: whoever comes by a symbolic link meets the same lock."""
    return Path(f"{os.path.realpath(path)}.lock")
