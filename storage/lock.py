"""One program at a time: whoever works on a database holds a lock beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from storage.database import make_folder
from storage.errors import StorageError

_PATIENCE = 3.0  # seconds, for a program that is just ending


class DatabaseInUseError(StorageError):
    """Another program works on this database."""


@contextmanager
def sole_use(path: Path) -> Iterator[None]:
    """Hold the database at ``path`` for this program alone; the system lets go if it is killed.

    Raises DatabaseInUseError, or StorageError where no lock can be made.
    """
    make_folder(path)
    lock = FileLock(f"{path}.lock")
    try:
        lock.acquire(timeout=_PATIENCE)
    except Timeout:
        raise DatabaseInUseError(
            "another Morning Report works on it; stop that one first, or use another database"
        ) from None
    except OSError as error:
        raise StorageError(f"cannot lock {path}: {error.strerror}") from error
    try:
        yield
    finally:
        lock.release()


def in_use(path: Path) -> bool:
    """Whether a program works on the database at ``path`` now. Raises StorageError."""
    place = Path(f"{path}.lock")
    if not place.exists():
        return False
    lock = FileLock(place)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError as error:
        raise StorageError(f"cannot lock {path}: {error.strerror}") from error
    lock.release()
    return False
