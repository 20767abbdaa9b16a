"""Sizes that are read from a picture's header without Pillow."""

import io
import zlib

import pytest
from PIL import Image

from content.library import SHIPPED
from content.picture_size import picture_size

MODES = [("PNG", mode) for mode in ("1", "L", "LA", "I;16", "P", "RGB", "RGBA")]
MODES += [("JPEG", mode) for mode in ("L", "RGB", "CMYK")]


def picture(image_format: str, mode: str, **options: object) -> bytes:
    """A picture of 30 by 40."""
    buffer = io.BytesIO()
    Image.new(mode, (30, 40)).save(buffer, image_format, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(("image_format", "mode"), MODES)
def test_the_size_stands_in_the_header(image_format: str, mode: str) -> None:
    """Whatever the colours."""
    assert picture_size(picture(image_format, mode)) == (30, 40)


def test_a_progressive_picture_with_a_profile_and_a_comment_is_read() -> None:
    """What else a header holds is passed over."""
    data = picture(
        "JPEG", "RGB", progressive=True, comment=b"a" * 999, exif=b"Exif\0\0", icc_profile=b"b" * 99
    )
    assert picture_size(data) == (30, 40)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("figures/*.*")), ids=lambda path: path.name)
def test_shipped_figures_need_no_pillow(path) -> None:
    """A start reads all of them."""
    with Image.open(path) as image:
        assert picture_size(path.read_bytes()) == image.size


@pytest.mark.parametrize("image_format", ["PNG", "JPEG"])
def test_of_a_damaged_header_nothing_is_said(image_format: str) -> None:
    """Cut short anywhere, with any byte wrong, or followed by nothing: Pillow may say why."""
    whole = picture(image_format, "L")
    header = whole.index(b"IDAT" if image_format == "PNG" else b"\xff\xda")
    assert not any(picture_size(whole[:end]) for end in range(header))
    if image_format == "PNG":
        flipped = (whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :] for n in range(8, header - 4))
        assert not any(map(picture_size, flipped))


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff", b"\xff\xd8\xff\xc0\0\0"])
def test_other_bytes_have_no_size(data: bytes) -> None:
    """Nor does reading them take for ever."""
    assert picture_size(data) is None


def test_a_picture_has_sides() -> None:
    """One without a single pixel has no size to go by."""
    whole = bytearray(picture("PNG", "L"))
    whole[16:24] = bytes(8)
    whole[29:33] = zlib.crc32(whole[12:29]).to_bytes(4)
    assert picture_size(bytes(whole)) is None
