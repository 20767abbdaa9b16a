"""Figure files."""

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image

from content.images import MAX_BYTES, FigureError, check_pixels, read_figure


def png(width: int, height: int, image_format: str = "PNG") -> bytes:
    """A one-coloured image's bytes."""
    buffer = io.BytesIO()
    Image.new("L", (width, height), 200).save(buffer, image_format)
    return buffer.getvalue()


def refused(folder: Path, file: str) -> str:
    with pytest.raises(FigureError) as error:
        read_figure(folder, file)
    return error.value.code


@pytest.mark.parametrize("image_format", ["PNG", "JPEG"])
def test_a_figure_is_read_with_its_hash(tmp_path: Path, image_format: str) -> None:
    """PNG and JPEG are taken, from a folder below the case's too."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a.img").write_bytes(png(30, 40, image_format))
    figure = read_figure(tmp_path, "figures/a.img")
    assert figure.data == png(30, 40, image_format)
    assert len(figure.sha256) == 64
    check_pixels("a.img", figure.data)


def test_a_figure_lies_inside_the_folder(tmp_path: Path) -> None:
    """Neither a path nor a link leads out of the case's folder."""
    folder = tmp_path / "cases"
    folder.mkdir()
    (tmp_path / "out.png").write_bytes(png(9, 9))
    (folder / "link.png").symlink_to(tmp_path / "out.png")
    (folder / "loop.png").symlink_to(folder / "loop.png")
    assert refused(folder, "../out.png") == "figure-outside"
    assert refused(folder, str(tmp_path / "out.png")) == "figure-outside"
    assert refused(folder, "link.png") == "figure-outside"
    assert refused(folder, "loop.png") in {"figure-missing", "figure-unreadable"}


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    """Nor is a folder a figure, nor a path that no file can have."""
    (tmp_path / "folder.png").mkdir()
    assert refused(tmp_path, "none.png") == "figure-missing"
    assert refused(tmp_path, "folder.png") == "figure-missing"
    assert refused(tmp_path, "a\0b.png") == "figure-unreadable"
    assert refused(tmp_path, "x" * 5000) == "figure-unreadable"


@pytest.mark.parametrize(
    ("size", "fits"),
    [
        ((5000, 5000), True),
        ((5000, 5001), False),
        ((20, 1), True),
        ((21, 1), False),
        ((1, 21), False),
    ],
)
def test_sides_keep_telegrams_limits(tmp_path: Path, size: tuple[int, int], fits: bool) -> None:
    """Width and height add up to 10,000 at most, and one is at most 20 times the other."""
    (tmp_path / "a.png").write_bytes(png(*size))
    if fits:
        assert read_figure(tmp_path, "a.png").sha256
    else:
        assert refused(tmp_path, "a.png") == "figure-dimensions"


def test_a_huge_header_is_refused_before_a_pixel_is_decoded(tmp_path: Path) -> None:
    """A small file that claims an enormous image costs no memory."""
    data = bytearray(png(9, 9))
    data[16:24] = (2**31 - 1).to_bytes(4) * 2
    (tmp_path / "damaged.png").write_bytes(data)
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4)
    (tmp_path / "bomb.png").write_bytes(data)
    assert refused(tmp_path, "damaged.png") == "figure-damaged"
    assert refused(tmp_path, "bomb.png") == "figure-dimensions"


def test_files_are_at_most_ten_megabytes(tmp_path: Path) -> None:
    """Telegram's limit of an uploaded photo."""
    (tmp_path / "a.png").write_bytes(png(9, 9) + bytes(MAX_BYTES))
    assert refused(tmp_path, "a.png") == "figure-too-large"


@pytest.mark.parametrize("data", [b"", b"not an image", png(9, 9, "GIF"), png(9, 9, "BMP")])
def test_other_formats_are_refused(tmp_path: Path, data: bytes) -> None:
    """What is neither PNG nor JPEG is no figure."""
    (tmp_path / "a.png").write_bytes(data)
    assert refused(tmp_path, "a.png") == "figure-format"


@pytest.mark.parametrize("image_format", ["PNG", "JPEG"])
def test_damaged_pixels_are_found(tmp_path: Path, image_format: str) -> None:
    """A file cut short has a good header, and is found when its pixels are decoded."""
    whole = png(300, 300, image_format)
    (tmp_path / "a.png").write_bytes(whole[: len(whole) // 2])
    figure = read_figure(tmp_path, "a.png")
    with pytest.raises(FigureError, match="damaged") as error:
        check_pixels("a.png", figure.data)
    assert error.value.code == "figure-damaged"
