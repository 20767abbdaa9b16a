"""What a picture is once it was taken: its pixels, and nothing beside them."""

import hashlib
import io
import struct
import warnings
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps

from content.images import MAX_BYTES, check_header
from content.metadata import stripped
from content.plain_picture import MOST_PIXELS, Flaw, PictureChange, PlainPicture, plain_picture
from tests.support.pictures import JPEGS, OTHERS, PNGS, chunk, exif, into_png, saved, scene, tells

EACH = JPEGS | PNGS | OTHERS
LOSSLESS = ("PNG", "BMP", "GIF", "WEBP")


def taken(data: bytes) -> PlainPicture:
    """The picture that was made of it."""
    picture = plain_picture(data)
    assert isinstance(picture, PlainPicture)
    return picture


def seen(data: bytes, mode: str = "RGB") -> Image.Image:
    """As a program shows it that turns it right way up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as image:
            return ImageOps.exif_transpose(image).convert(mode)


def is_bare(data: bytes) -> bool:
    """Whether Pillow and this program find nothing in a file but a picture."""
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        beside = set(image.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
        beside -= {"progression", "progressive", "adobe", "adobe_transform"}
        frames = getattr(image, "n_frames", 1)
        return not beside and not image.getexif() and frames == 1 and not stripped(data).left_out


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("place", EACH)
def test_nothing_is_left_beside_the_pixels(place: str) -> None:
    """Wherever a file can hold a name, it is gone; the picture looks the same, right way up."""
    data = EACH[place]()
    picture = plain_picture(data)
    if isinstance(picture, Flaw):
        assert picture is Flaw.NO_PICTURE
        assert place in OTHERS
        return
    assert not tells(picture.data)
    assert is_bare(picture.data)
    assert picture.sha256 == hashlib.sha256(picture.data).hexdigest()
    shown = seen(picture.data)
    assert shown.size == (picture.width, picture.height) == seen(data).size
    if place in PNGS:
        assert shown.tobytes() == seen(data).tobytes()
    again = taken(picture.data)
    assert seen(again.data).tobytes() == shown.tobytes()


@given(
    form=st.sampled_from([*LOSSLESS, "JPEG"]),
    mode=st.sampled_from(["1", "L", "P", "RGB", "RGBA", "LA"]),
    size=st.tuples(st.integers(2, 40), st.integers(2, 40)),
    text=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=8, max_size=40),
    turn=st.integers(1, 8),
)
def test_whatever_is_put_in_pixels_stay(
    form: str, mode: str, size: tuple[int, int], text: str, turn: int
) -> None:
    """Of forms that keep them each pixel is as before; no word of what was put in is left."""
    if form not in {"PNG", "WEBP"} and mode in {"RGBA", "LA"}:
        mode = "RGB"
    if form == "JPEG" and mode == "P":
        mode = "L"
    said = f"<{text}>"
    told = exif(turn if form == "JPEG" else 1)
    told[0x010E] = said
    options: dict[str, object] = {"exif": told, "comment": said, "xmp": said.encode()}
    if form == "WEBP":
        options |= {"lossless": True, "exact": True}
    if form == "GIF":
        options = {"comment": said.encode()}
    data = saved(scene(mode, size), form, **options) + said.encode()
    picture = taken(data)
    assert said.encode() not in picture.data
    assert is_bare(picture.data)
    if form in LOSSLESS:
        assert seen(picture.data).tobytes() == seen(data).tobytes()
    assert (picture.width, picture.height) == seen(data).size


def test_a_jpeg_keeps_its_own_compression() -> None:
    """Written anew it would lose sharpness: so it is not, unless it must be turned."""
    upright = saved(scene(), "JPEG", exif=exif(1), quality=80)
    assert taken(upright).data == saved(scene(), "JPEG", quality=80)
    turned = taken(saved(scene(), "JPEG", exif=exif(6), quality=95))
    assert (turned.width, turned.height) == (32, 48)
    assert turned.ending == "jpg"


def test_transparent_parts_are_white() -> None:
    """As learners get them; and it is said."""
    drawn = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    drawn.paste((200, 0, 0, 255), (5, 5, 9, 9))
    picture = taken(saved(drawn, "PNG"))
    assert picture.changes == (PictureChange.ON_WHITE,)
    assert seen(picture.data).getpixel((0, 0)) == (255, 255, 255)
    assert seen(picture.data).getpixel((6, 6)) == (200, 0, 0)


def test_of_a_moving_picture_the_first_frame_is_taken() -> None:
    """And it is said."""
    frames = [scene(), scene().rotate(180)]
    for form in ("GIF", "PNG", "WEBP"):
        data = saved(frames[0], form, save_all=True, append_images=frames[1:])
        picture = taken(data)
        assert picture.changes == (PictureChange.FIRST_FRAME,)
        assert is_bare(picture.data)


def test_another_profile_of_colours_is_put_into_the_pixels() -> None:
    """That of screens is left out, and one that nobody can read."""
    red = Image.new("RGB", (8, 8), (200, 30, 30))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert seen(taken(saved(red, "PNG", icc_profile=lab)).data).getpixel((0, 0)) == (200, 30, 30)
    assert taken(saved(red, "PNG", icc_profile=b"no profile" * 20)).changes == ()
    # The same profile with its red and blue exchanged.
    swapped = lab.replace(b"rXYZ", b"tXYZ").replace(b"bXYZ", b"rXYZ").replace(b"tXYZ", b"bXYZ")
    swapped = swapped.replace(b"s\0R\0G\0B", b"s\0W\0A\0P").replace(b"sRGB b", b"sWAP b")
    shown = seen(taken(saved(red, "PNG", icc_profile=swapped)).data).getpixel((0, 0))
    assert shown != (200, 30, 30)


def test_sixteen_bits_of_grey() -> None:
    """The upper eight stay: what the picture looks like."""
    deep = Image.new("I;16", (4, 4), 0x80FF)
    picture = taken(saved(deep, "PNG"))
    assert seen(picture.data, "L").getpixel((0, 0)) == 0x80


@pytest.mark.parametrize(
    ("data", "flaw"),
    [
        (b"", Flaw.EMPTY),
        (b"%PDF-1.7", Flaw.NO_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Flaw.NO_PICTURE),
        (b"a .jpg that is none", Flaw.NO_PICTURE),
        (b"\xff\xd8\xff\xe0 a header and no more", Flaw.DAMAGED),
        (saved(scene(), "PNG")[:150], Flaw.DAMAGED),
        (saved(scene(size=(500, 500)), "JPEG")[:900], Flaw.DAMAGED),
        (saved(Image.new("L", (500, 20)), "PNG"), Flaw.TOO_LONG),
        (saved(scene(), "TIFF"), Flaw.NO_PICTURE),
    ],
)
def test_what_is_no_picture(data: bytes, flaw: Flaw) -> None:
    """Is told by what is wrong with it."""
    assert plain_picture(data) is flaw


@pytest.mark.parametrize("sides", [(30_000, 30_000), (8_000, 7_000)])
def test_a_bomb_is_not_set_off(sides: tuple[int, int]) -> None:
    """What would be more pixels than any is decoded is refused by its header."""
    head = struct.pack(">IIBBBBB", *sides, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    assert sides[0] * sides[1] > MOST_PIXELS
    assert plain_picture(data) is Flaw.TOO_MANY_PIXELS


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_larger_than_telegram_takes_is_made_smaller(form: str) -> None:
    """In its sides; and it is said."""
    picture = taken(saved(Image.new("L", (7000, 3200), 128), form))
    assert picture.changes[0] is PictureChange.SMALLER
    check_header("figure", picture.data)
    assert picture.width + picture.height > 9_000 or form == "JPEG"


def test_a_picture_of_more_bytes_than_telegram_takes_is_compressed() -> None:
    """Noise, of which PNG makes no less."""
    noise = Image.effect_noise((2200, 2000), 100)
    picture = taken(
        saved(Image.merge("RGB", (noise, noise.rotate(90, expand=False), noise)), "PNG")
    )
    assert PictureChange.COMPRESSED in picture.changes
    assert len(picture.data) <= MAX_BYTES
    assert picture.ending == "jpg"


@given(
    st.sampled_from(list(EACH)),
    st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=6), st.integers(0, 9)), max_size=4),
    st.integers(0, 3000),
)
@example("EXIF, twice", [(10, b"\0", 0)], 0)
def test_damage_is_told_and_never_raised(
    place: str, changes: list[tuple[int, bytes, int]], cut: int
) -> None:
    """Whatever a file holds, it is a bare picture or refused."""
    data = EACH[place]()
    for at, bits, away in changes:
        data = data[:at] + bits + data[at + away :]
    for damaged in (data, data[:cut]):
        picture = plain_picture(damaged)
        assert isinstance(picture, Flaw) or is_bare(picture.data)


def test_a_long_text_in_a_png_is_no_picture_of_itself() -> None:
    """A chunk of text that grows a thousandfold is not opened up."""
    text = zlib.compress(b"\0" * 100_000_000, 9)
    data = into_png(chunk(b"zTXt", b"Comment\0\0" + text))
    assert not isinstance(plain_picture(data), PlainPicture) or is_bare(taken(data).data)
