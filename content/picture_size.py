"""The size of a PNG or JPEG, by as much of its header as nearly every file has.

A bot looks at all its figures when it starts, and need not load Pillow for this alone.
"""

import zlib

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
# Bits of a sample, and kinds of colour, that PNG puts together.
_PNG_KINDS = {(1, 0), (2, 0), (4, 0), (8, 0), (16, 0), (8, 2), (16, 2)} | {
    *((1, 3), (2, 3), (4, 3), (8, 3)),
    *((8, 4), (16, 4), (8, 6), (16, 6)),
}
# Frame headers (SOF0 and so on); DHT, JPG and DAC lie among them.
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN = 0xDA
_SEGMENTS = _FRAMES | {0xC4, 0xCC, 0xDB, 0xDD, 0xFE} | set(range(0xE0, 0xF0))


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, or None where the header is damaged, unusual, or another's.

    A header reaches to the first pixels, which are not looked at.
    """
    size = None
    if data.startswith(_PNG):
        size = _png(data)
    elif data.startswith(_JPEG):
        size = _jpeg(data)
    return size if size and all(size) else None


def _png(data: bytes) -> tuple[int, int] | None:
    size = None
    at = len(_PNG)
    while at + 12 <= len(data):
        kind, end = data[at + 4 : at + 8], at + 8 + int.from_bytes(data[at : at + 4])
        if kind == b"IDAT":
            return size
        if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4]):
            return None
        if size is None:
            body = data[at + 8 : end]
            if kind != b"IHDR" or len(body) != 13 or (body[8], body[9]) not in _PNG_KINDS:
                return None
            size = int.from_bytes(body[:4]), int.from_bytes(body[4:8])
        at = end + 4
    return None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    size = None
    at = len(_JPEG)
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, body = data[at + 1], at + 4
        if marker == _SCAN:
            return size
        if marker not in _SEGMENTS:
            return None
        end = at + 2 + int.from_bytes(data[at + 2 : body])
        if marker in _FRAMES and end >= body + 6 and end <= len(data):
            # Eight bits a sample, in grey, three colours or four.
            if data[body] != 8 or data[body + 5] not in {1, 3, 4}:
                return None
            size = (
                int.from_bytes(data[body + 3 : body + 5]),
                int.from_bytes(data[body + 1 : body + 3]),
            )
        at = end
    return None
