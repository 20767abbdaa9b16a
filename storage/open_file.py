"""Whether the files that are open still lie under their names."""

from pathlib import Path
from typing import Self

from msgspec import Struct

from storage.errors import StorageError

Identity = tuple[int, int] | None
"""A file's device and number; None where there is none."""


class OpenFile(Struct, frozen=True):
    """A database's name, and what was found under it and beside it: the file, and its log."""

    path: Path
    file: Identity
    log: Identity

    @classmethod
    def now_at(cls, path: Path) -> Self:
        """What is there now."""
        return cls(path, _identity(path), _identity(log_of(path)))

    def ensure_there(self) -> None:
        """Raise StorageError where another file or log is there now, or none.

        SQLite would go on writing into one that nobody finds again.
        """
        now = self.now_at(self.path)
        for what, before, after in (
            ("file", self.file, now.file),
            ("log (the file that ends in -wal)", self.log, now.log),
        ):
            if after != before:
                raise StorageError(f"its {what} was taken away, or another one put into its place")


def log_of(path: Path) -> Path:
    """The write-ahead log of a database: what is committed and not yet carried over."""
    return path.with_name(f"{path.name}-wal")


def _identity(path: Path) -> Identity:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)
