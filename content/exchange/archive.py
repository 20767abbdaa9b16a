"""The files of a package: a zip or a tar that may be broken, hostile, or hold packages itself."""

import io
import zipfile
from collections.abc import Iterator
from posixpath import normpath
from urllib.parse import unquote

from content.exchange.tar_files import TarError, is_tar, read_tar

MAX_FILES = 10_000
MAX_FILE_BYTES = 50_000_000
MAX_BYTES = 200_000_000  # of all files read, unpacked
MAX_RATIO = 300  # of unpacked to packed, from a megabyte on; XML rarely packs to a hundredth
_MAX_NESTING = 3
_RATIO_FROM = 1_000_000
_LOCKED = 1  # a bit of an entry's flags
_ENTRY = b"PK\x01\x02"  # begins each entry of a zip's directory


class ArchiveError(Exception):
    """A package, or a file of one, that cannot be read; says why."""


class Archive:
    """Reads files by their paths in the package, whatever their capitals; none goes to the disk.

    A zip inside is a folder of that name; of a tar only XML and pictures are seen. Raises
    ArchiveError where this is neither.
    """

    def __init__(self, data: bytes, most_files: int = 0) -> None:
        self._most_files = most_files or MAX_FILES
        self._files: dict[str, tuple[str, zipfile.ZipFile, zipfile.ZipInfo]] = {}
        self._unpacked: dict[str, tuple[str, bytes]] = {}
        self._unread = MAX_BYTES
        self.refused: list[tuple[str, str]] = []
        """Paths that were left aside, and why."""
        if is_tar(data):
            self._add_tar(data)
        else:
            self._add("", data, 1)

    @property
    def paths(self) -> Iterator[str]:
        """All files, in the package's order."""
        yield from (path for path, _ in self._unpacked.values())
        yield from (path for path, _, _ in self._files.values())

    def find(self, path: str) -> str | None:
        """The file's path as the package spells it, for an address that may be percent-encoded."""
        for candidate in (path, unquote(path)):
            key = _key(candidate)
            if found := self._files.get(key) or self._unpacked.get(key):
                return found[0]
        return None

    def read(self, path: str) -> bytes:
        """A file's bytes. Raises ArchiveError."""
        if unpacked := self._unpacked.get(_key(path)):
            return unpacked[1]
        found = self._files.get(_key(path))
        if found is None:
            raise ArchiveError("is not in the package")
        return self._read(found[1], found[2])

    def head(self, path: str, length: int) -> bytes:
        """A file's first bytes, or none where it cannot be read."""
        if unpacked := self._unpacked.get(_key(path)):
            return unpacked[1][:length]
        found = self._files.get(_key(path))
        if found is None or found[2].flag_bits & _LOCKED:
            return b""
        try:
            with found[1].open(found[2]) as file:
                return file.read(length)
        except Exception:  # noqa: BLE001 (zipfile raises many kinds; reading the whole says why)
            return b""

    def _add_tar(self, data: bytes) -> None:
        try:
            files, self.refused = read_tar(
                data, files=MAX_FILES, each=MAX_FILE_BYTES, together=MAX_BYTES
            )
        except TarError as error:
            raise ArchiveError(str(error)) from error
        for path, content in files:
            if "/._" not in f"/{path}":
                self._unpacked.setdefault(_key(path), (path, content))

    def _add(self, folder: str, data: bytes, depth: int) -> None:
        if len(data) > MAX_BYTES or data.count(_ENTRY) > 10 * self._most_files:
            raise ArchiveError("the package is too large")
        try:
            opened = zipfile.ZipFile(io.BytesIO(data))
            entries = opened.infolist()
        except Exception as error:
            raise ArchiveError(f"this is not a zip that can be read ({error})") from error
        for entry in entries:
            path = normpath(folder + entry.filename.replace("\\", "/").lstrip("/"))
            if entry.is_dir() or "__MACOSX" in path:
                continue
            if len(self._files) >= self._most_files:
                raise ArchiveError(f"the package holds more than {self._most_files:,} files")
            if path.startswith(".."):
                self.refused.append((path, "leads out of the package"))
            elif path.lower().endswith(".zip"):
                self._add_nested(path, opened, entry, depth)
            else:
                self._files.setdefault(_key(path), (path, opened, entry))

    def _add_nested(
        self, path: str, opened: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int
    ) -> None:
        try:
            if depth == _MAX_NESTING:
                raise ArchiveError(f"lies in more than {_MAX_NESTING} packages")
            self._add(f"{path}/", self._read(opened, entry), depth + 1)
        except ArchiveError as error:
            self.refused.append((path, str(error)))

    def _read(self, opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
        """Sizes in a zip's directory may lie, so what comes out is counted too."""
        limit = min(MAX_FILE_BYTES, self._unread)
        if entry.flag_bits & _LOCKED:
            raise ArchiveError("is locked with a password")
        if entry.file_size > limit:
            raise ArchiveError(f"unpacks to {entry.file_size:,} bytes, which is too much")
        if entry.file_size > max(_RATIO_FROM, MAX_RATIO * entry.compress_size):
            raise ArchiveError("is packed as only hostile files are")
        try:
            with opened.open(entry) as file:
                data = file.read(limit + 1)
        except Exception as error:
            raise ArchiveError(f"is damaged ({error})") from error
        if len(data) > limit:
            raise ArchiveError("unpacks to more than it says")
        self._unread -= len(data)
        return data


def _key(path: str) -> str:
    return normpath(path.replace("\\", "/").lstrip("/")).casefold()
