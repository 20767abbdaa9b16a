"""Whether a file that is open still lies under its name."""

from pathlib import Path
from typing import Self

from msgspec import Struct

from storage.errors import StorageError


class OpenFile(Struct, frozen=True):
    """A name, and the file that was found under it: its device and number, None for none."""

    path: Path
    identity: tuple[int, int] | None

    @classmethod
    def now_at(cls, path: Path) -> Self:
        """What is there now."""
        try:
            found = path.stat()
        except OSError:
            return cls(path, None)
        return cls(path, (found.st_dev, found.st_ino))

    def ensure_there(self) -> None:
        """Raise StorageError where another file is there now, or none.

        SQLite would go on writing into one that nobody finds again.
        """
        if self.now_at(self.path) != self:
            raise StorageError("its file was taken away, or another one put into its place")
