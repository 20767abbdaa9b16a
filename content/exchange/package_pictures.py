"""The pictures of a package, as many as all its items together may show."""

from msgspec import Struct, field

from content.exchange.archive import Archive, ArchiveError

_MOST_SHOWN = 500_000_000  # bytes: many items may show one picture, and each case has its own file


class PackagePictures(Struct):
    """Reads each picture once; ``shown`` are the bytes of all that were asked for so far."""

    archive: Archive
    read: dict[str, bytes] = field(default_factory=dict)
    shown: int = 0

    def at(self, path: str) -> bytes | None:
        """The bytes of a file of the package, or None where there is none, or no room for it."""
        try:
            if path not in self.read:
                self.read[path] = self.archive.read(path)
        except ArchiveError:
            return None
        self.shown += len(self.read[path])
        return self.read[path] if self.shown <= _MOST_SHOWN else None
