"""Pictures that carry a name and a record number wherever a file can hold them beside its pixels.

Those that Pillow does not write are put together here, byte by byte.
"""

import io
import struct
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress

from PIL import ExifTags, Image, PngImagePlugin

NAME, RECORD = "Jane Q. Roe", "MRN-0042317"
SAID = f"{NAME}, {RECORD}"
ORIENTATION = 0x0112


def scene(mode: str = "RGB", size: tuple[int, int] = (48, 32)) -> Image.Image:
    """A picture of which every turn and every change of colour shows."""
    image = Image.linear_gradient("L").resize(size).convert(mode)
    image.paste(Image.linear_gradient("L").rotate(90).resize((12, 12)).convert(mode), (2, 3))
    return image


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """The picture as a file."""
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """EXIF data as a camera and a program for pictures of patients write them."""
    data = Image.Exif()
    data[ORIENTATION] = orientation
    data[ExifTags.Base.Artist] = NAME
    data[ExifTags.Base.ImageDescription] = SAID
    data[ExifTags.Base.XPAuthor] = NAME.encode("utf-16-le")
    data.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = b"ASCII\0\0\0" + RECORD.encode()
    data.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSAreaInformation] = SAID.encode()
    return data


def exif_with_thumbnail(orientation: int = 6) -> bytes:
    """EXIF data whose second directory is a small JPEG with a comment."""
    small = saved(scene(size=(8, 8)), "JPEG", comment=SAID)
    first = struct.pack(">HHHIHHI", 1, ORIENTATION, 3, 1, orientation, 0, 26)
    second = struct.pack(">HHHIIHHIII", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, len(small), 0)
    return b"Exif\0\0" + b"MM\0*\0\0\0\x08" + first + second + small


XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{SAID}</dc:creator></x:xmpmeta>'.encode()
IPTC = b"\x1c\x02\x50" + struct.pack(">H", len(SAID)) + SAID.encode()
RESOURCES = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(IPTC)) + IPTC


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG file."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def into_jpeg(part: bytes, jpeg: bytes = b"", before: bytes = b"") -> bytes:
    """A JPEG file with one part more: at its beginning, or before the last of these bytes."""
    jpeg = jpeg or saved(scene(), "JPEG")
    at = jpeg.rindex(before) if before else 2
    return jpeg[:at] + part + jpeg[at:]


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def into_png(part: bytes, png: bytes = b"", before: bytes = b"IDAT") -> bytes:
    """A PNG file with one chunk more, before the first of a kind."""
    png = png or saved(scene(), "PNG")
    at = png.index(before) - 4
    return png[:at] + part + png[at:]


def _png_text(*, compressed: bool) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", SAID, zip=compressed)
    info.add_itxt("Description", SAID, zip=compressed)
    return saved(scene(), "PNG", pnginfo=info)


def _raw_profile() -> bytes:
    profile = f"\niptc\n{len(IPTC)}\n{IPTC.hex()}\n".encode()
    body = b"Raw profile type iptc\0\0" + zlib.compress(profile)
    return into_png(chunk(b"zTXt", body))


def _frames() -> Iterable[Image.Image]:
    return [scene().rotate(180)]


def _several(**options: object) -> bytes:
    further = scene().rotate(180)
    further.encoderinfo = {"exif": exif()}  # Pillow takes a further frame's own options from there
    return saved(scene(), "MPO", save_all=True, append_images=[further], **options)


JPEGS: dict[str, Callable[[], bytes]] = {
    "EXIF": lambda: saved(scene(), "JPEG", exif=exif(), quality=90),
    "EXIF, turned": lambda: saved(scene(), "JPEG", exif=exif(orientation=6)),
    "EXIF, twice": lambda: into_jpeg(
        segment(0xE1, exif(6).tobytes()), saved(scene(), "JPEG", exif=exif(orientation=3))
    ),
    "EXIF that nobody can read": lambda: into_jpeg(
        segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + SAID.encode())
    ),
    "EXIF, padded": lambda: into_jpeg(segment(0xE1, Image.Exif().tobytes() + SAID.encode())),
    "a thumbnail in EXIF": lambda: into_jpeg(segment(0xE1, exif_with_thumbnail())),
    "XMP": lambda: saved(scene(), "JPEG", xmp=XMP),
    "more XMP": lambda: into_jpeg(
        segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + bytes(40) + XMP)
    ),
    "IPTC": lambda: into_jpeg(segment(0xED, RESOURCES)),
    "a comment": lambda: saved(scene(), "JPEG", comment=SAID),
    "a comment between scans": lambda: into_jpeg(
        segment(0xFE, SAID.encode()), saved(scene(), "JPEG", progressive=True), b"\xff\xda"
    ),
    "a thumbnail in JFIF": lambda: saved(scene(), "JPEG").replace(
        b"\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0",
        segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x04\x02" + SAID.encode()),
    ),
    "a thumbnail of JFXX": lambda: into_jpeg(segment(0xE0, b"JFXX\0\x10" + SAID.encode())),
    "colour profile's neighbour": lambda: into_jpeg(segment(0xE2, b"FPXR\0" + SAID.encode())),
    "a program's own": lambda: into_jpeg(segment(0xE5, SAID.encode())),
    "behind the end": lambda: saved(scene(), "JPEG") + SAID.encode(),
    "another picture behind the end": lambda: (
        saved(scene(), "JPEG") + saved(scene(), "JPEG", comment=SAID)
    ),
    "further pictures": _several,
    "CMYK": lambda: saved(scene("CMYK"), "JPEG", exif=exif(orientation=8), comment=SAID),
}
"""By place, a JPEG file that says who it is of there."""

PNGS: dict[str, Callable[[], bytes]] = {
    "text": lambda: _png_text(compressed=False),
    "compressed text": lambda: _png_text(compressed=True),
    "XMP": lambda: into_png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)),
    "IPTC": _raw_profile,
    "EXIF": lambda: saved(scene(), "PNG", exif=exif()),
    "EXIF, turned": lambda: saved(scene("P"), "PNG", exif=exif(orientation=6)),
    "a thumbnail in EXIF": lambda: into_png(chunk(b"eXIf", exif_with_thumbnail()[6:])),
    "a time": lambda: into_png(chunk(b"tIME", struct.pack(">HBBBBB", 2026, 3, 1, 9, 30, 0))),
    "a suggested palette": lambda: into_png(chunk(b"sPLT", SAID.encode() + b"\0\x08")),
    "a program's own": lambda: into_png(chunk(b"prVt", SAID.encode())),
    "too long a gamma": lambda: into_png(chunk(b"gAMA", struct.pack(">I", 45455) + SAID.encode())),
    "behind the pixels": lambda: into_png(chunk(b"tEXt", b"a\0" + SAID.encode()), before=b"IEND"),
    "behind the end": lambda: saved(scene(), "PNG") + SAID.encode(),
    "further frames": lambda: into_png(
        chunk(b"tEXt", b"Comment\0" + SAID.encode()),
        saved(scene(), "PNG", save_all=True, append_images=_frames()),
        b"IEND",
    ),
    "grey": lambda: saved(scene("L"), "PNG", exif=exif(orientation=3)),
    "opaque": lambda: saved(scene("RGBA"), "PNG", exif=exif()),
}
"""By place, a PNG file that says who it is of there."""

OTHERS: dict[str, Callable[[], bytes]] = {
    "WebP, EXIF": lambda: saved(scene(), "WEBP", exif=exif(), xmp=XMP),
    "WebP, further frames": lambda: saved(
        scene(), "WEBP", save_all=True, append_images=_frames(), exif=exif()
    ),
    "GIF, a comment": lambda: saved(scene("P"), "GIF", comment=SAID.encode()),
    "GIF, further frames": lambda: saved(
        scene("P"), "GIF", save_all=True, append_images=_frames(), comment=SAID.encode()
    ),
}
"""Those that are no figures."""


def tells(data: bytes) -> bool:
    """Whether the name or the record number stands anywhere in these bytes, or packed in them."""
    wanted = [
        word.encode(coding)
        for word in (NAME, RECORD)
        for coding in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    wanted += [word.encode().hex().encode() for word in (NAME, RECORD)]
    unpacked = [data]
    at = data.find(b"\x78")
    while at >= 0:
        packed = zlib.decompressobj()
        with suppress(zlib.error):
            unpacked.append(packed.decompress(data[at:]))
        at = data.find(b"\x78", at + 1)
    return any(word in part for word in wanted for part in unpacked)
