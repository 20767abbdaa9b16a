"""QR codes of links: dark on light, with light all around, and the link itself in them."""

from io import BytesIO

import pytest
import segno
from PIL import Image

from bot.files.qr_code import qr_code
from tests.support.report_samples import LINK


def modules(png: bytes, link: str) -> list[list[bool]]:
    """Which modules are dark, each all over; the frame around them among them."""
    size = int(segno.make_qr(link, error="m").symbol_size(border=8)[0])
    with Image.open(BytesIO(png)) as image:
        grey = image.convert("L")
        assert grey.width == grey.height
        assert grey.width % size == 0
        step = grey.width // size
        colours = [
            [
                grey.crop((x * step, y * step, (x + 1) * step, (y + 1) * step)).getcolors()
                for x in range(size)
            ]
            for y in range(size)
        ]
    assert all(one in ([(step * step, 0)], [(step * step, 255)]) for row in colours for one in row)
    return [[one == [(step * step, 0)] for one in row] for row in colours]


@pytest.mark.parametrize("link", ["t.me/a", LINK, LINK + "x" * 200])
def test_it_is_the_link_with_light_around_it(link: str) -> None:
    """No micro code, which phones cannot read; eight modules of light, as the standard asks for
    four; every module of one colour.
    """
    dark = modules(qr_code(link), link)
    matrix = [[bool(one) for one in row] for row in segno.make_qr(link, error="m").matrix]
    assert [row[8:-8] for row in dark[8:-8]] == matrix
    assert not any(map(any, dark[:8] + dark[-8:] + [row[:8] + row[-8:] for row in dark]))
    assert len(matrix) >= 21


def test_a_phone_shows_it_large_and_telegram_keeps_it_sharp() -> None:
    """About as large as the photos that Telegram keeps, however long the link."""
    for link in ("t.me/a", LINK, LINK + "x" * 200):
        with Image.open(BytesIO(qr_code(link))) as image:
            assert 800 <= image.width <= 1280


def test_what_no_code_holds_is_an_error() -> None:
    """Which says nothing of it."""
    with pytest.raises(ValueError, match="Data too large") as raised:
        qr_code("secret" * 1000)
    assert "secret" not in str(raised.value)
