"""Figure files: inside the case's folder, readable, and within what Telegram takes."""

import hashlib
import io
import warnings
from pathlib import Path

from msgspec import Struct
from PIL import Image, UnidentifiedImageError

# Telegram's limits for photos (sendPhoto).
MAX_BYTES = 10_000_000
MAX_SIDES = 10_000
MAX_RATIO = 20
_FORMATS = ("PNG", "JPEG")
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class FigureFile(Struct, frozen=True):
    """A figure's bytes and their SHA-256 in hexadecimal."""

    data: bytes
    sha256: str


class FigureError(Exception):
    """A figure that cannot be used: a problem's code and its sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_figure(folder: Path, file: str) -> FigureFile:
    """Read a figure of a case in ``folder``; its format and size are taken from its header.

    Raises FigureError.
    """
    path = folder / file
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise FigureError("figure-outside", f"{file} leads out of the case's folder")
        if not path.is_file():
            raise FigureError("figure-missing", f"there is no file {file} beside the case")
        if path.stat().st_size > MAX_BYTES:
            raise FigureError("figure-too-large", f"{file} is larger than {MAX_BYTES:,} bytes")
        data = path.read_bytes()
    except (OSError, ValueError, RuntimeError) as error:
        # pathlib raises ValueError for a null byte and RuntimeError for a loop of links.
        reason = getattr(error, "strerror", None) or "its path makes no sense"
        raise FigureError("figure-unreadable", f"{file} cannot be read: {reason}") from error
    check_header(file, data)
    return FigureFile(data, hashlib.sha256(data).hexdigest())


def check_header(file: str, data: bytes) -> None:
    """See that a figure is a PNG or JPEG whose size Telegram takes; ``file`` names it in errors.

    Raises FigureError.
    """
    try:
        with _open(data) as image:
            width, height = image.size
    except Image.DecompressionBombError:
        raise _dimensions(file, "more than a hundred million") from None
    except UnidentifiedImageError as error:
        if data.startswith(_SIGNATURES):
            raise FigureError("figure-damaged", f"{file} is damaged in its header") from error
        raise FigureError("figure-format", f"{file} is neither PNG nor JPEG") from error
    except Exception as error:
        raise FigureError("figure-damaged", f"{file} is damaged: {error}") from error
    if width + height > MAX_SIDES or max(width, height) > MAX_RATIO * min(width, height):
        raise _dimensions(file, f"{width} x {height}")


def _dimensions(file: str, size: str) -> FigureError:
    return FigureError(
        "figure-dimensions",
        f"{file} is {size} pixels; Telegram takes width + height up to {MAX_SIDES:,}"
        f" and a ratio up to {MAX_RATIO}",
    )


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
        raise FigureError("figure-damaged", f"{file} is damaged: {error}") from error


def _open(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(io.BytesIO(data), formats=_FORMATS)
