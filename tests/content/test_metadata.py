"""What picture files hold beside their pixels."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from content.check import check_paths
from content.images import FigureError, read_figure
from content.library import SHIPPED, load_library
from content.metadata import stripped
from tests.content.samples import write_case
from tests.support.pictures import (
    JPEGS,
    OTHERS,
    PNGS,
    chunk,
    exif,
    into_png,
    saved,
    scene,
    tells,
)

EACH = [
    *(pytest.param(make, id=f"JPEG, {place}") for place, make in JPEGS.items()),
    *(pytest.param(make, id=f"PNG, {place}") for place, make in PNGS.items()),
]
FIGURE = {
    "file": "lumps.img",
    "caption": "The lumps.",
    "alt": "A body with black dots.",
    "creator": "The authors",
    "licence": "CC-BY-4.0",
    "consent": "not-required",
}
PROFILE = b"\0\0\x02\x0cprofile of a screen" + bytes(500)


def seen(data: bytes) -> tuple[tuple[int, int], bytes]:
    """The picture as a program shows it that turns it right way up."""
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
        turned = ImageOps.exif_transpose(image)
        return turned.size, turned.convert("RGBA").tobytes()


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("make", EACH)
def test_nothing_is_left_beside_the_pixels(make: Callable[[], bytes]) -> None:
    """Wherever a name stands, it is gone and the place is named; the picture looks the same."""
    data = make()
    found = stripped(data)
    assert found.left_out
    assert not tells(found.data)
    assert seen(found.data) == seen(data)
    with Image.open(io.BytesIO(found.data)) as image:
        assert getattr(image, "n_frames", 1) == 1
        assert set(image.getexif()) <= {0x0112}
    assert stripped(found.data).data is found.data
    assert stripped(found.data).left_out == ()


def test_what_these_tests_look_for_is_there() -> None:
    """The pictures tell, but for the one that holds nothing but a time, until it is taken out."""
    told = {place for place, make in (JPEGS | PNGS | OTHERS).items() if tells(make())}
    assert {*JPEGS, *PNGS, *OTHERS} - told == {"a time"}


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (JPEGS["EXIF"], ("EXIF", "a position (GPS)")),
        (JPEGS["a thumbnail in EXIF"], ("EXIF", "a thumbnail")),
        (JPEGS["a thumbnail in JFIF"], ("a thumbnail",)),
        (JPEGS["IPTC"], ("IPTC",)),
        (JPEGS["XMP"], ("XMP",)),
        (JPEGS["a comment"], ("a comment",)),
        (JPEGS["further pictures"], ("further pictures", "data behind its end")),
        (JPEGS["a program's own"], ("other data",)),
        (PNGS["compressed text"], ("text",)),
        (PNGS["XMP"], ("XMP",)),
        (PNGS["IPTC"], ("IPTC",)),
        (PNGS["EXIF"], ("EXIF", "a position (GPS)")),
        (PNGS["a time"], ("a time",)),
        (PNGS["behind the end"], ("data behind its end",)),
        (PNGS["further frames"], ("further frames", "text")),
    ],
)
def test_what_is_taken_out_is_named(data: Callable[[], bytes], names: tuple[str, ...]) -> None:
    """By what an author can look for, never by what it says."""
    assert tuple(map(str, stripped(data()).left_out)) == names


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        *(("PNG", mode) for mode in ("1", "L", "P", "RGB", "I;16")),
        *(("JPEG", mode) for mode in ("L", "RGB", "CMYK")),
    ],
)
def test_a_bare_picture_is_the_same_to_the_last_byte(form: str, mode: str) -> None:
    """With its colours' profile, its size in print, and which side is up."""
    turned = Image.Exif()
    turned[0x0112] = 6
    image = scene("L").convert("I;16") if mode == "I;16" else scene(mode)
    for options in ({}, {"icc_profile": PROFILE, "dpi": (300, 300), "exif": turned}):
        data = saved(image, form, progressive=True, **options)
        assert stripped(data).left_out == ()
        assert stripped(data).data is data


def test_profile_and_turn_stay() -> None:
    """They decide how the pixels look, so they stay where the rest of the EXIF goes."""
    for form in ("PNG", "JPEG"):
        found = stripped(saved(scene(), form, exif=exif(6), icc_profile=PROFILE))
        with Image.open(io.BytesIO(found.data)) as image:
            assert image.info["icc_profile"] == PROFILE
            assert dict(image.getexif()) == {0x0112: 6}


def test_other_files_are_left_alone() -> None:
    """What is neither PNG nor JPEG is no picture of ours."""
    for data in (b"", b"\xff", b"no picture", *(make() for make in OTHERS.values())):
        assert stripped(data).data is data


@given(
    st.sampled_from([*JPEGS, *PNGS]),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=6), st.integers(0, 9)), max_size=4),
    st.integers(0, 4000),
)
def test_damage_is_not_its_business(
    place: str, changes: list[tuple[int, bytes, int]], cut: int
) -> None:
    """Whatever a file holds is taken apart without an error, and a second look finds no more."""
    data = (JPEGS | PNGS)[place]()
    for at, bits, away in changes:
        data = data[:at] + bits + data[at + away :]
    for damaged in (data, data[:cut]):
        once = stripped(damaged)
        assert len(once.data) <= len(damaged) + 34
        assert stripped(once.data).data == once.data


@pytest.mark.parametrize("make", [*EACH, *(pytest.param(m, id=n) for n, m in OTHERS.items())])
def test_a_case_has_bare_figures_and_its_author_is_told(
    tmp_path: Path, make: Callable[[], bytes]
) -> None:
    """At the figure's place in the file; what may move is refused."""
    (tmp_path / "lumps.img").write_bytes(make())
    path = write_case(tmp_path / "hard-lumps.yaml", figures=[FIGURE])
    library = load_library(tmp_path)
    problems = [each for each in check_paths([path]).problems if each.code.startswith("figure-")]
    assert [(each.line, each.column) for each in problems] == [
        (1, path.read_text("utf-8").index('"lumps.img"') + 1)
    ]
    if make in OTHERS.values():
        assert [each.code for each in problems] == ["figure-format"]
        assert library.cases == {}
        return
    assert [each.code for each in problems] == ["figure-metadata"]
    (sha256,) = library.snapshot(library.cases["hard-lumps"]).figures
    bare = library.figure(sha256)
    assert bare is not None
    assert not tells(bare)
    assert not tells(problems[0].message.encode())


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "RGB"])
def test_transparent_parts_are_white(tmp_path: Path, mode: str) -> None:
    """As in the program that drew them; colours, profile and turn stay, and the author is told."""
    image = scene("RGBA" if mode in {"RGBA", "P", "RGB"} else "LA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    turned = exif(orientation=6)
    options: dict[str, object] = {"exif": turned, "icc_profile": PROFILE}
    if mode == "P":
        image = image.quantize(16)
    elif mode in {"L", "RGB"}:
        image = scene(mode)
        options["transparency"] = image.getpixel((9, 9))
    data = into_png(chunk(b"gAMA", b"\0\0\xb1\x8f"), saved(image, "PNG", **options))
    (tmp_path / "lumps.img").write_bytes(data)
    figure = read_figure(tmp_path, "lumps.img")
    with Image.open(io.BytesIO(data)) as drawn, Image.open(io.BytesIO(figure.data)) as shown:
        white = Image.new("RGBA", drawn.size, "white")
        white.alpha_composite(drawn.convert("RGBA"))
        assert shown.mode == ("L" if mode in {"L", "LA"} else "RGB")
        assert shown.convert("RGBA").tobytes() == white.tobytes()
        assert shown.info["icc_profile"] == PROFILE
        assert shown.info["gamma"] == pytest.approx(0.45455)
        assert dict(shown.getexif()) == {0x0112: 6}
    assert (figure.on_white, tells(figure.data)) == (True, False)
    write_case(tmp_path / "hard-lumps.yaml", figures=[FIGURE])
    found = {(p.code, str(p.severity)) for p in check_paths([tmp_path]).problems}
    assert {("figure-metadata", "warning"), ("figure-transparency", "note")} <= found


def test_an_opaque_picture_is_the_same_to_the_last_byte(tmp_path: Path) -> None:
    """Many programs write a transparency that is nowhere used."""
    data = saved(scene("RGBA"), "PNG")
    (tmp_path / "lumps.img").write_bytes(data)
    figure = read_figure(tmp_path, "lumps.img")
    assert (figure.data, figure.left_out, figure.on_white) == (data, (), False)


def test_a_transparent_picture_that_is_damaged_is_refused(tmp_path: Path) -> None:
    """It cannot be put on white."""
    image = scene("RGBA", (300, 300))
    image.putalpha(100)
    data = saved(image, "PNG")
    (tmp_path / "lumps.img").write_bytes(data[: len(data) // 2])
    with pytest.raises(FigureError, match="damaged"):
        read_figure(tmp_path, "lumps.img")


def test_shipped_figures_are_bare() -> None:
    """They are what is committed, to the last byte."""
    for path in sorted((SHIPPED / "figures").iterdir()):
        figure = read_figure(path.parent, path.name)
        assert (figure.data, figure.left_out) == (path.read_bytes(), ())
