"""What a PNG or JPEG file holds beside its pixels, and the same file without it.

A camera, a scanner or a program writes names, record numbers, places and small copies of the
uncropped picture into a file. What stays is what the picture looks like by: its pixels and their
colours, an ICC profile, and which side is up. Nothing is decoded, so pixels stay what they were.
"""

import re
import warnings
import zlib
from collections.abc import Iterator

from msgspec import Struct
from PIL import ExifTags, Image

from content.phrases import Phrase, phrase

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
# The chunks that stay, each with the bytes that it may hold (PNG specification, third edition).
_CHUNKS = {
    b"IHDR": 13,
    b"PLTE": 768,
    b"IDAT": 1 << 31,
    b"IEND": 0,
    b"tRNS": 256,
    b"sBIT": 4,
    b"bKGD": 6,
    b"pHYs": 9,
    b"gAMA": 4,
    b"cHRM": 32,
    b"sRGB": 1,
    b"cICP": 4,
    b"mDCV": 24,
    b"cLLI": 8,
    b"iCCP": 1 << 31,
}
_LOOKS = (b"pHYs", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"iCCP", b"eXIf")
_NAMED_CHUNKS = {
    b"tEXt": phrase("text"),
    b"zTXt": phrase("text"),
    b"iTXt": phrase("text"),
    b"tIME": phrase("a time"),
    b"acTL": phrase("further frames"),
    b"fcTL": phrase("further frames"),
    b"fdAT": phrase("further frames"),
}
_TEXT_CHUNKS = (
    (b"XML:com.adobe.xmp", Phrase("XMP")),
    (b"Raw profile type xmp", Phrase("XMP")),
    (b"Raw profile type iptc", Phrase("IPTC")),
    (b"Raw profile type 8bim", Phrase("IPTC")),
    (b"Raw profile type exif", Phrase("EXIF")),
    (b"Raw profile type APP1", Phrase("EXIF")),
)
# JPEG's own segments (ITU-T T.81, table B.1), and the others by how they begin.
_OWN = frozenset({*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF})
_SCAN, _END = 0xDA, 0xD9
_EXIF = b"Exif\0\0"
_SEGMENTS = (
    (0xE0, b"JFXX\0", phrase("a thumbnail")),
    (0xE1, b"http://ns.adobe.com/x", Phrase("XMP")),
    (0xE2, b"MPF\0", phrase("further pictures")),
    (0xED, b"", Phrase("IPTC")),
    (0xFE, b"", phrase("a comment")),
)
_JFIF, _JFIF_LENGTH = b"JFIF\0", 14  # bytes, without a thumbnail
_ADOBE, _ADOBE_LENGTH = b"Adobe", 12
# In a scan FF 00 is a byte of data, and FF D0 to D7 divide it.
_MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
_OTHER = phrase("other data")
# Which side is up, and what nobody is known by: resolution, its unit, how colour is sampled.
_ORIENTATION = 0x0112
_HARMLESS = frozenset({_ORIENTATION, 0x011A, 0x011B, 0x0128, 0x0213})
_EMPTY, _ENTRY = 14, 20  # bytes of EXIF data without any tag, and of one of these at most


class Stripped(Struct, frozen=True):
    """A picture's file without what it held beside its pixels, and the names of that.

    A file that held nothing is the same to the last byte.
    """

    data: bytes
    left_out: tuple[Phrase, ...] = ()


def stripped(data: bytes) -> Stripped:
    """A PNG or JPEG file without what it holds beside its pixels; any other as it is."""
    if data.startswith(_PNG):
        parts = [(_PNG, ()), *_png(data)]
    elif data.startswith(_JPEG):
        parts = [(_JPEG, ()), *_jpeg(data)]
    else:
        return Stripped(data)
    kept = b"".join(part for part, _ in parts)
    left_out = dict.fromkeys(name for _, names in parts for name in names)
    return Stripped(data if kept == data else kept, tuple(left_out))


def looking_like(png: bytes, original: bytes) -> bytes:
    """A PNG of the same pixels, in the colours, the size and the position of the original."""
    head, *rest = (whole for _, _, whole in _chunks(png))
    looks = (whole for kind, _, whole in _chunks(original) if kind in _LOOKS)
    return b"".join((_PNG, head, *looks, *rest))


_Part = tuple[bytes, tuple[Phrase, ...]]  # what is kept of a part of a file, and what is left out


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Each chunk's type, its data, and all of it."""
    at, kind = len(_PNG), b""
    while at < len(png) and kind != b"IEND":
        end = at + 12 + int.from_bytes(png[at : at + 4])
        kind = png[at + 4 : at + 8]
        yield kind, png[at + 8 : end - 4], png[at:end]
        at = end


def _png(data: bytes) -> Iterator[_Part]:
    length = len(_PNG)
    for kind, body, whole in _chunks(data):
        length += len(whole)
        if len(body) <= _CHUNKS.get(kind, -1):
            yield whole, ()
        elif kind == b"eXIf":
            orientation, names = _exif(body)
            yield _chunk(kind, orientation) if orientation else b"", names
        else:
            text = (name for begins, name in _TEXT_CHUNKS if body.startswith(begins))
            yield b"", (next(text, _NAMED_CHUNKS.get(kind, _OTHER)),)
    if length < len(data):
        yield b"", (phrase("data behind its end"),)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def _segments(jpeg: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Each segment's marker, its data, and the scan behind it, or what lies behind the end."""
    at, marker = len(_JPEG), 0
    while marker != _END and (hit := _MARKER.search(jpeg, at)):
        marker, at = hit[1][0], hit.end()
        if marker in _OWN or marker >= 0xE0:
            end = at + max(2, int.from_bytes(jpeg[at : at + 2]))
            following = _MARKER.search(jpeg, end) if marker == _SCAN else None
            at = following.start() if following else len(jpeg) if marker == _SCAN else end
            yield marker, jpeg[hit.end() + 2 : end], jpeg[end:at]
    if marker == _END:
        yield marker, b"", jpeg[at:]


def _jpeg(data: bytes) -> Iterator[_Part]:
    orientation = b""
    for marker, body, behind in _segments(data):
        if marker == _END:
            yield b"\xff\xd9", (phrase("data behind its end"),) if behind.strip(b"\0") else ()
        elif marker in _OWN:
            yield _segment(marker, body) + behind, ()
        elif marker == 0xE0 and body.startswith(_JFIF):
            whole = len(body) <= _JFIF_LENGTH
            kept = body if whole else body[: _JFIF_LENGTH - 2] + b"\0\0"
            yield _segment(marker, kept), () if whole else (phrase("a thumbnail"),)
        elif marker == 0xE1 and body.startswith(_EXIF):
            found, names = _exif(body[len(_EXIF) :])
            yield b"" if orientation or not found else _segment(marker, _EXIF + found), names
            orientation = orientation or found
        elif marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"):
            yield _segment(marker, body), ()
        elif marker == 0xEE and body.startswith(_ADOBE):
            yield _segment(marker, body[:_ADOBE_LENGTH]), ()
        else:
            known = (
                name for its, begins, name in _SEGMENTS if its == marker and body.startswith(begins)
            )
            yield b"", (next(known, _OTHER),)


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def _exif(tiff: bytes) -> tuple[bytes, tuple[Phrase, ...]]:
    """EXIF data with which side is up alone, empty where that is up; and what else was in it."""
    exif = Image.Exif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exif.load(_EXIF + tiff)
            tags, orientation = set(exif), exif.get(_ORIENTATION)
            thumbnail = bool(exif.get_ifd(ExifTags.IFD.IFD1))
    except Exception:  # noqa: BLE001 (Pillow raises many kinds; what it cannot read is left out)
        return b"", (Phrase("EXIF"),)
    plain = tags <= _HARMLESS and not thumbnail and len(tiff) <= _EMPTY + _ENTRY * len(tags)
    names = [] if plain else [Phrase("EXIF")]
    names += [phrase("a position (GPS)")] if ExifTags.Base.GPSInfo in tags else []
    names += [phrase("a thumbnail")] if thumbnail else []
    if orientation not in range(2, 9):
        return b"", tuple(names)
    alone = Image.Exif()
    alone[_ORIENTATION] = orientation
    return alone.tobytes()[len(_EXIF) :], tuple(names)
