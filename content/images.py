"""Figure files: inside the case's folder, readable, within what Telegram takes, and bare.

What leaves this module are pictures as learners may get them: nothing but pixels, on white.
"""

import hashlib
import io
import warnings
from pathlib import Path

from msgspec import Struct
from PIL import Image, UnidentifiedImageError

from content.metadata import looking_like, stripped
from content.phrases import Phrase, phrase

# Telegram's limits for photos (sendPhoto).
MAX_BYTES = 10_000_000
MAX_SIDES = 10_000
MAX_RATIO = 20
_FORMATS = ("PNG", "JPEG")
_GREY = frozenset({"1", "L", "LA"})
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class FigureFile(Struct, frozen=True):
    """A figure's bytes as learners get them, and the SHA-256 of these in hexadecimal.

    ``left_out``: what its file holds beside its pixels. ``on_white``: parts of it are transparent
    in the file.
    """

    data: bytes
    sha256: str
    left_out: tuple[Phrase, ...] = ()
    on_white: bool = False


class FigureError(Exception):
    """A figure that cannot be used: a problem's code and its phrase."""

    def __init__(self, code: str, said: Phrase) -> None:
        super().__init__(str(said))
        self.code, self.phrase = code, said


def read_figure(folder: Path, file: str) -> FigureFile:
    """Read a figure of a case in ``folder``; its format and size are taken from its header.

    Raises FigureError.
    """
    path = folder / file
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            said = phrase("{file} leads out of the case's folder", file=file)
            raise FigureError("figure-outside", said)
        if not path.is_file():
            said = phrase("there is no file {file} beside the case", file=file)
            raise FigureError("figure-missing", said)
        if path.stat().st_size > MAX_BYTES:
            said = phrase("{file} is larger than {n} bytes", file=file, n=f"{MAX_BYTES:,}")
            raise FigureError("figure-too-large", said)
        data = path.read_bytes()
    except (OSError, ValueError, RuntimeError) as error:
        # pathlib raises ValueError for a null byte and RuntimeError for a loop of links.
        reason = getattr(error, "strerror", None) or phrase("its path makes no sense")
        said = phrase("{file} cannot be read: {reason}", file=file, reason=reason)
        raise FigureError("figure-unreadable", said) from error
    bare = stripped(data)
    check_header(file, bare.data)
    shown = _on_white(file, bare.data)
    if len(shown) > MAX_BYTES:
        said = phrase("{file} on white is larger than {n} bytes", file=file, n=f"{MAX_BYTES:,}")
        raise FigureError("figure-too-large", said)
    digest = hashlib.sha256(shown).hexdigest()
    return FigureFile(shown, digest, bare.left_out, shown is not bare.data)


def check_header(file: str, data: bytes) -> None:
    """See that a figure is a PNG or JPEG whose size Telegram takes; ``file`` names it in errors.

    Raises FigureError.
    """
    try:
        with _open(data) as image:
            width, height = image.size
    except Image.DecompressionBombError:
        raise _dimensions(file, phrase("more than a hundred million")) from None
    except UnidentifiedImageError as error:
        if data.startswith(_SIGNATURES):
            said = phrase("{file} is damaged in its header", file=file)
            raise FigureError("figure-damaged", said) from error
        said = phrase("{file} is neither PNG nor JPEG", file=file)
        raise FigureError("figure-format", said) from error
    except Exception as error:
        raise _damaged(file, error) from error
    if width + height > MAX_SIDES or max(width, height) > MAX_RATIO * min(width, height):
        raise _dimensions(file, f"{width} x {height}")


def _dimensions(file: str, size: str | Phrase) -> FigureError:
    said = phrase(
        "{file} is {size} pixels; Telegram takes width + height up to {sides} and a ratio up to"
        " {ratio}",
        file=file,
        size=size,
        sides=f"{MAX_SIDES:,}",
        ratio=MAX_RATIO,
    )
    return FigureError("figure-dimensions", said)


def _damaged(file: str, error: Exception) -> FigureError:
    said = phrase("{file} is damaged: {reason}", file=file, reason=str(error))
    return FigureError("figure-damaged", said)


def check_pixels(file: str, data: bytes) -> None:
    """Decode every pixel of a figure whose header is in order, to see that none is damaged.

    The header's limits bound the memory this takes. Raises FigureError.
    """
    try:
        with _open(data) as image:
            image.verify()
        with _open(data) as image:
            image.load()
    except Exception as error:
        raise _damaged(file, error) from error


def _on_white(file: str, data: bytes) -> bytes:
    """A picture with its transparent parts white, as they mostly are where it was drawn.

    One that has none is the same to the last byte. Raises FigureError.
    """
    try:
        with _open(data) as image:
            if not image.has_transparency_data:
                return data
            drawn = image.convert("RGBA")
            if drawn.getchannel("A").getextrema() == (255, 255):
                return data
            white = Image.new("RGBA", drawn.size, "white")
            white.alpha_composite(drawn)
            shown = io.BytesIO()
            white.convert("L" if image.mode in _GREY else "RGB").save(shown, "PNG")
    except Exception as error:
        raise _damaged(file, error) from error
    return looking_like(shown.getvalue(), data)


def _open(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of many pixels, or of EXIF data that makes no sense
        return Image.open(io.BytesIO(data), formats=_FORMATS)
