"""The pictures of a package: which file of the zip is which, and what is in it."""

import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

import zstandard

from content.exchange.archive import MAX_FILE_BYTES, Archive, ArchiveError

_ZSTANDARD = b"\x28\xb5\x2f\xfd"
_MOST_NAMES = 200_000
_NAME, _ENTRY, _LEGACY_FILE = 1, 1, 255  # numbers of fields in Anki's messages


def unpacked(data: bytes) -> bytes:
    """The bytes, out of Zstandard where they are in it. Raises ArchiveError."""
    if not data.startswith(_ZSTANDARD):
        return data
    try:
        with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(data) as stream:
            plain = stream.read(MAX_FILE_BYTES + 1)
    except zstandard.ZstdError as error:
        raise ArchiveError(f"is damaged ({error})") from error
    if len(plain) > MAX_FILE_BYTES:
        raise ArchiveError("unpacks to too much")
    return plain


class Media:
    """Finds pictures by the names under which notes show them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._files: dict[str, str] = {}
        # Where that fails each picture is told of as missing.
        with suppress(ArchiveError, ValueError, RecursionError):
            self._files = dict(_listed(unpacked(archive.read("media"))))

    def find(self, name: str) -> bytes | None:
        """The bytes of the file by this name."""
        if name not in self._files:
            return None
        try:
            return unpacked(self._archive.read(self._files[name]))
        except ArchiveError:
            return None


def _listed(data: bytes) -> Iterator[tuple[str, str]]:
    """Names and the files that hold them: JSON, or in newer packages a message of messages."""
    if data.lstrip().startswith(b"{"):
        for file, name in json.loads(data).items():
            yield str(name), file
        return
    for place, (number, entry) in enumerate(islice(_fields(data), _MOST_NAMES)):
        if number != _ENTRY or not isinstance(entry, bytes):
            continue
        fields = dict(_fields(entry))
        name = fields.get(_NAME, b"")
        if isinstance(name, bytes):
            yield name.decode("utf-8", "replace"), str(fields.get(_LEGACY_FILE, place))


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a protobuf message by their numbers. Raises ValueError."""
    place = 0
    while place < len(message):
        tag, place = _varint(message, place)
        match tag & 7:  # how the value is written
            case 0:
                value, place = _varint(message, place)
                yield tag >> 3, value
            case 1:
                place += 8
            case 2:
                length, place = _varint(message, place)
                if place + length > len(message):
                    raise ValueError("a message ends too soon")
                yield tag >> 3, message[place : place + length]
                place += length
            case 5:
                place += 4
            case _:
                raise ValueError("this is no message")


def _varint(message: bytes, place: int) -> tuple[int, int]:
    value = 0
    for step in range(10):
        if place >= len(message):
            raise ValueError("a number ends too soon")
        value |= (message[place] & 0x7F) << (7 * step)
        place += 1
        if message[place - 1] < 0x80:
            return value, place
    raise ValueError("a number is too long")
