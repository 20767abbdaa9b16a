"""The pictures of questions from outside: found, decoded, and named so that any disk takes them."""

import base64
import binascii
import re
import warnings
from collections.abc import Callable, Iterable
from io import BytesIO
from urllib.parse import unquote

from msgspec import Struct
from PIL import Image

from content.exchange import html_reading
from content.exchange.item import Picture

_DATA = re.compile(r"data:image/([a-z0-9]+)[^,]{0,200};base64,", re.IGNORECASE)
_UNSAFE = re.compile(r"[^\w.-]+")
_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_LONGEST_NAME = 80  # characters; with folders before it any file system takes it
_LONGEST_SHOWN = 80
_CONVERTED = ("GIF", "BMP", "WEBP")
_MOST_PIXELS = 25_000_000  # Telegram takes 10,000 pixels in width and height together
_MOST = 30  # of one question; a case holds fewer


class Pictures(Struct, frozen=True):
    """What was found of the pictures that a text shows; ``missing`` says what was not, and why."""

    found: tuple[Picture, ...] = ()
    missing: tuple[str, ...] = ()


def gather(images: Iterable[html_reading.Image], find: Callable[[str], bytes | None]) -> Pictures:
    """Each picture once, under a name of its own; two that are equal are one.

    ``find`` gives the bytes for an address that is neither on the web nor the data itself.
    """
    found: dict[str, Picture] = {}
    missing: dict[str, None] = {}
    for image in images:
        if image.src in found:
            continue
        if len(found) + len(missing) >= _MOST:
            missing[f"of its pictures only the first {_MOST} were looked at"] = None
            break
        written = _DATA.match(image.src)
        if written:
            name, data = f"picture.{written[1].lower()}", from_base64(image.src[written.end() :])
        else:
            name, data = image.src, None if _REMOTE.match(image.src) else find(image.src)
        if data and any(data == picture.data for picture in found.values()):
            continue
        if data:
            name, data, frames = _as_telegram_takes_it(file_name(name), data)
            name = _distinct(name, {picture.name.lower() for picture in found.values()})
            found[image.src] = Picture(name, data, " ".join(image.alt.split()))
            if frames > 1:
                shown = image.src[:_LONGEST_SHOWN]
                missing[f"its picture {shown!r} moves; of {frames} frames the first is taken"] = (
                    None
                )
        elif _REMOTE.match(image.src):
            missing[f"its picture {image.src[:_LONGEST_SHOWN]} lies on the web, not here"] = None
        else:
            missing[f"its picture {image.src[:_LONGEST_SHOWN]!r} is not here, or damaged"] = None
    return Pictures(tuple(found.values()), tuple(missing))


def _as_telegram_takes_it(name: str, data: bytes) -> tuple[str, bytes, int]:
    """Of a GIF, BMP or WebP its first frame as PNG, and how many frames it has.

    All else, and what is damaged, is one frame as it is.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=_CONVERTED) as image:
                if image.width * image.height > _MOST_PIXELS:
                    return name, data, 1
                frames: int = getattr(image, "n_frames", 1)
                converted = BytesIO()
                image.convert("RGBA" if image.has_transparency_data else "RGB").save(
                    converted, "PNG"
                )
    except Exception:  # noqa: BLE001 (Pillow raises many kinds; the figure's own check says more)
        return name, data, 1
    return f"{name.rpartition('.')[0] or name}.png", converted.getvalue(), frames


def from_base64(text: str) -> bytes | None:
    """The bytes, or None where this is not base64; spaces and line breaks in it do not matter."""
    try:
        return base64.b64decode("".join(unquote(text).split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def file_name(address: str) -> str:
    """A file name without folders or odd characters, made of the end of an address."""
    last = re.split(r"[/\\]", unquote(address).partition("?")[0])[-1]
    name = _UNSAFE.sub("-", last).strip(".-")
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        return name[:_LONGEST_NAME] or "picture"
    suffix = suffix[:10]
    return f"{stem[: _LONGEST_NAME - len(suffix) - 1]}.{suffix}"


def _distinct(name: str, taken: set[str]) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    candidate, number = name, 1
    while candidate.lower() in taken:
        number += 1
        candidate = f"{stem}-{number}{dot}{suffix}"
    return candidate
