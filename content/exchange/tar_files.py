"""The files of a tar, packed by gzip or not: read in one pass, in bounded time and memory.

Python's own reader follows links, and takes time with the square of some hostile headers.
"""

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from posixpath import normpath

from msgspec import Struct

_BLOCK = 512
_GZIP = b"\x1f\x8b"
_MAGIC = slice(257, 262)
_WANTED = (".xml", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".svg")
_MOST_UNPACKED = 1_000_000_000  # bytes, those of films and sounds too, which are passed over
_MAX_RATIO = 300  # of unpacked to packed, from fifty megabytes on
_RATIO_FROM = 50_000_000
_LONGEST_HEADER = 10_000  # bytes of a long name, or of a file's further attributes
_CHUNK = 1_000_000
_PAX_PATH = re.compile(rb"^[0-9]{1,6} path=([^\n]*)$", re.MULTILINE)
_OCTAL = re.compile(rb"[ \0]*([0-7]{1,12})[ \0]*")
_FILE, _LINKS, _LONG_NAME, _ATTRIBUTES = (b"0", b"\0"), (b"1", b"2"), b"L", b"x"


class TarError(Exception):
    """A tar that cannot be read; says why."""


def is_tar(data: bytes) -> bool:
    """Whether this begins as a tar does, or as what gzip packed."""
    return data.startswith(_GZIP) or data[_MAGIC] == b"ustar"


def read_tar(
    data: bytes, *, files: int, each: int, together: int
) -> tuple[list[tuple[str, bytes]], list[tuple[str, str]]]:
    """The XML files and pictures by their paths, and what was left aside, and why.

    At most so many files, of so many bytes each and together. Raises TarError.
    """
    found: list[tuple[str, bytes]] = []
    refused: list[tuple[str, str]] = []
    left = together
    stream = _Stream(data)
    try:
        for count, (path, kind, size) in enumerate(_members(stream)):
            if count >= files:
                raise TarError(f"the package holds more than {files:,} files")
            wanted = kind in _FILE and path.lower().endswith(_WANTED)
            if path.startswith(".."):
                refused.append((path, "leads out of the package"))
            elif kind in _LINKS:
                refused.append((path, "is a link, which is not followed"))
            elif wanted and size > min(each, left):
                refused.append((path, f"unpacks to {size:,} bytes, which is too much"))
            elif wanted:
                found.append((path, stream.body(size)))
                left -= size
    except (OSError, EOFError, zlib.error) as error:
        raise TarError(f"this is not a tar that can be read ({error})") from error
    return found, refused


class _Stream:
    """What a tar unpacks to, from its beginning to its end, and never more than is bearable."""

    def __init__(self, data: bytes) -> None:
        raw = io.BytesIO(data)
        self._file = gzip.GzipFile(fileobj=raw) if data.startswith(_GZIP) else raw
        self._left = min(_MOST_UNPACKED, max(_RATIO_FROM, _MAX_RATIO * len(data)))
        self._unread = 0

    def header(self) -> bytes:
        """The next block, behind what is left of the file before it; empty at the end."""
        while self._unread:
            self._unread -= len(self._read(min(self._unread, _CHUNK)))
        block = self._take(_BLOCK)
        if block and len(block) < _BLOCK:
            raise TarError("this tar is cut short")
        return block

    def body(self, size: int) -> bytes:
        """The bytes of the file whose header was read last."""
        data = self._read(size)
        self._unread -= size
        return data

    def expect(self, size: int) -> None:
        """So many bytes follow, filled up to whole blocks."""
        self._unread = -(-size // _BLOCK) * _BLOCK

    def _read(self, size: int) -> bytes:
        data = self._take(size)
        if len(data) < size:
            raise TarError("this tar is cut short")
        return data

    def _take(self, size: int) -> bytes:
        self._left -= size
        if self._left < 0:
            raise TarError("the package unpacks to more than is read")
        return self._file.read(size)


class _Member(Struct, frozen=True):
    name: bytes
    kind: bytes
    size: int


def _members(stream: _Stream) -> Iterator[tuple[str, bytes, int]]:
    """Path, kind and size of each; a name that is too long for a header stands before it."""
    long_name = b""
    while (header := stream.header()).strip(b"\0"):
        member = _member(header)
        stream.expect(member.size)
        if member.kind in {_LONG_NAME, _ATTRIBUTES}:
            if member.size > _LONGEST_HEADER:
                raise TarError("a name in this tar is too long")
            text = stream.body(member.size)
            if member.kind == _LONG_NAME:
                long_name = text.rstrip(b"\0")
            elif path := _PAX_PATH.search(text):
                long_name = path[1]
            continue
        name = (long_name or member.name).decode("utf-8", "replace").replace("\\", "/")
        long_name = b""
        yield normpath(name.lstrip("/")), member.kind, member.size


def _member(header: bytes) -> _Member:
    size = _OCTAL.fullmatch(header[124:136])
    if header[_MAGIC] != b"ustar" or size is None:
        raise TarError("this is not a tar that can be read")
    name, prefix = header[:100].split(b"\0")[0], header[345:500].split(b"\0")[0]
    is_gnu = header[263:265] == b" \0"
    path = b"/".join([prefix, name]) if prefix and not is_gnu else name
    return _Member(path, header[156:157], int(size[1], 8))
