"""Pictures that people send, made into what a case can hold: pixels, and nothing beside them.

A picture is decoded and written anew, so that nothing of its file is left: first turned right way
up, its colours those of any screen (sRGB), transparent parts white, of moving ones the first frame.
A JPEG that needs none of this keeps its own compressed pixels. What is sent may be hostile: pixels
are bounded before any is decoded. It takes seconds at most, in which nobody else may wait.
"""

import hashlib
import io
import warnings
from enum import StrEnum
from threading import Lock
from typing import Final

from msgspec import Struct
from PIL import Image, ImageOps, UnidentifiedImageError

from content.images import MAX_BYTES, MAX_RATIO, MAX_SIDES
from content.metadata import stripped

MOST_PIXELS: Final = 25_000_000
"""Of a picture that is decoded: Telegram takes 10,000 in width and height together."""
MOST_PHOTO_PIXELS: Final = 50_000_000
"""Of a JPEG: what a telephone takes at most."""
NARROW: Final = 800
"""Pixels: what is less wide is hard to read on a telephone."""
_TURN = Lock()
FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
_GREY = frozenset({"1", "L", "LA", "La"})
_JPEG = frozenset({"JPEG", "MPO"})
_ORIENTATION = 0x0112
_QUALITY = 95


class Flaw(StrEnum):
    """Why something that was sent can be no picture of a case."""

    EMPTY = "empty"
    NO_PICTURE = "no-picture"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too-many-pixels"
    TOO_LONG = "too-long"


class PictureChange(StrEnum):
    """What was done to a picture that can be seen, or that its author should know."""

    FIRST_FRAME = "first-frame"
    ON_WHITE = "on-white"
    SMALLER = "smaller"
    COMPRESSED = "compressed"


class PlainPicture(Struct, frozen=True):
    """A PNG or JPEG within Telegram's limits for photos, and the SHA-256 of its bytes (hex)."""

    data: bytes
    sha256: str
    width: int
    height: int
    changes: tuple[PictureChange, ...] = ()

    @property
    def ending(self) -> str:
        """Of its file's name."""
        return "jpg" if self.data.startswith(b"\xff\xd8") else "png"


def plain_picture(data: bytes) -> PlainPicture | Flaw:
    """The picture that these bytes are, or why they are none. Never raises."""
    if not data:
        return Flaw.EMPTY
    try:
        # One after the other, since each may take hundreds of megabytes.
        with _TURN, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of many pixels, or of EXIF data that makes no sense
            return _plain(data)
    except _FlawError as error:
        return error.flaw
    except Image.DecompressionBombError:
        return Flaw.TOO_MANY_PIXELS
    except UnidentifiedImageError:
        return Flaw.NO_PICTURE
    except Exception:  # noqa: BLE001 (Pillow raises many kinds at what is damaged)
        return Flaw.DAMAGED


class _FlawError(Exception):
    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


def _plain(data: bytes) -> PlainPicture:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        photo = image.format in _JPEG  # the second with further pictures behind the first
        _check_size(*image.size, MOST_PHOTO_PIXELS if photo else MOST_PIXELS)
        changes = []
        if getattr(image, "is_animated", False) and not photo:
            changes.append(PictureChange.FIRST_FRAME)
        bare = photo and image.mode in {"L", "RGB"} and _is_bare(image)
        if sum(image.size) > MAX_SIDES:
            bare = False
            changes.append(PictureChange.SMALLER)
            image.thumbnail(_within(*image.size), Image.Resampling.LANCZOS)
        image.load()
        own = stripped(data).data
        if bare and len(own) <= MAX_BYTES and _is_bare_file(own):
            return _taken(own, image.size, changes)
        shown, on_white = _on_white(_from_print(_upright(image)))
        shown = _in_srgb(shown, image.info.get("icc_profile"))
    changes += [PictureChange.ON_WHITE] if on_white else []
    return _written(shown, changes, lossy=photo)


def _check_size(width: int, height: int, most: int) -> None:
    """Before a pixel is decoded. Raises _FlawError."""
    if width * height > most:
        raise _FlawError(Flaw.TOO_MANY_PIXELS)
    if max(width, height) > MAX_RATIO * min(width, height):
        raise _FlawError(Flaw.TOO_LONG)


def _within(width: int, height: int) -> tuple[int, int]:
    """A box for it, width and height together within Telegram's limit."""
    share = MAX_SIDES / (width + height)
    return int(width * share), int(height * share)


def _is_bare(image: Image.Image) -> bool:
    """Whether its pixels look the same without what stands beside them."""
    return "icc_profile" not in image.info and _upright(image) is image


def _is_bare_file(data: bytes) -> bool:
    """Whether nothing is left that says how to show it, and all is there that is to be shown.

    Two EXIF segments may not agree, and a damaged segment may end amid the pixels.
    """
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        try:
            image.load()
        except OSError:
            return False
        return "icc_profile" not in image.info and not image.getexif()


def _upright(image: Image.Image) -> Image.Image:
    try:
        if image.getexif().get(_ORIENTATION, 1) == 1:
            return image
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 (EXIF data that cannot be read says nothing)
        return image


def _from_print(image: Image.Image) -> Image.Image:
    """Colours of print as a screen shows them."""
    if image.mode != "CMYK":
        return image
    profile = image.info.get("icc_profile")
    shown = _by_profile(image, profile) if profile else None
    return image.convert("RGB") if shown is None else shown


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In the colours that screens take a picture without a profile for."""
    if not profile or image.mode != "RGB":
        return image
    shown = _by_profile(image, profile)
    return image if shown is None else shown


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """None where its profile is that of screens, is of other colours, or cannot be read."""
    from PIL import ImageCms  # noqa: PLC0415 (few pictures have one)

    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(own):
            return None
        return ImageCms.profileToProfile(
            image, own, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except Exception:  # noqa: BLE001 (whatever it is, the picture is shown without it)
        return None


def _on_white(image: Image.Image) -> tuple[Image.Image, bool]:
    """In eight bits of grey or colour, and whether something behind it had to be white."""
    if image.mode.startswith("I"):  # sixteen bits, of which the upper eight stay
        return image.convert("I").point(lambda value: value * (1 / 256) + 0).convert("L"), False
    mode = "L" if image.mode in _GREY else "RGB"
    if not image.has_transparency_data:
        return image.convert(mode), False
    drawn = image.convert("RGBA")
    if drawn.getchannel("A").getextrema() == (255, 255):
        return drawn.convert(mode), False
    white = Image.new("RGBA", drawn.size, "white")
    white.alpha_composite(drawn)
    return white.convert(mode), True


def _written(image: Image.Image, changes: list[PictureChange], *, lossy: bool) -> PlainPicture:
    """PNG, or JPEG where it was one, or would be too large for Telegram."""
    image.info = {}  # what stands there Pillow would write into the file
    data = _saved(image, "JPEG") if lossy else _saved(image, "PNG")
    if len(data) > MAX_BYTES:
        changes = [*changes, PictureChange.COMPRESSED]
        data = _saved(image, "JPEG")
    while len(data) > MAX_BYTES:
        image = ImageOps.scale(image, 0.7, Image.Resampling.LANCZOS)
        data = _saved(image, "JPEG")
    return _taken(data, image.size, changes)


def _saved(image: Image.Image, form: str) -> bytes:
    data = io.BytesIO()
    options = {"quality": _QUALITY, "subsampling": 0} if form == "JPEG" else {}
    image.save(data, form, **options)
    return data.getvalue()


def _taken(data: bytes, size: tuple[int, int], changes: list[PictureChange]) -> PlainPicture:
    digest = hashlib.sha256(data).hexdigest()
    return PlainPicture(data, digest, *size, tuple(dict.fromkeys(changes)))


ONE_PIXEL: Final = _saved(Image.new("L", (1, 1), 255), "PNG")
"""A picture that stands for one that was looked at when it was taken."""
