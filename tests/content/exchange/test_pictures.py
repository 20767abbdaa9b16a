"""Pictures of questions from outside."""

import base64
from io import BytesIO

import pytest
from PIL import Image as Pillow

from content.exchange.html_reading import Image
from content.exchange.item import Picture
from content.exchange.pictures import file_name, gather
from content.metadata import stripped
from tests.support.pictures import OTHERS, tells


def drawn(form: str, mode: str = "RGB") -> bytes:
    """A small red picture."""
    data = BytesIO()
    Pillow.new(mode, (3, 2), "red").save(data, form)
    return data.getvalue()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("a.png", "a.png"),
        ("@@PLUGINFILE@@/my%20strip%201.PNG?time=3", "my-strip-1.PNG"),
        ("../../etc/passwd", "passwd"),
        ("C:\\pictures\\..\\x.jpg", "x.jpg"),
        ("..", "picture"),
        (".htaccess", "htaccess"),
        ("a\0b\n.png", "a-b-.png"),
        ("x" * 300 + ".png", "x" * 76 + ".png"),
        ("", "picture"),
    ],
)
def test_a_name_has_no_folders_and_no_surprises(address: str, name: str) -> None:
    """Whatever an address says, its file lands where the figures are."""
    assert file_name(address) == name


def test_pictures_are_found_named_and_told_of() -> None:
    """Each once; two of one name apart; those on the web or nowhere are missing, with a reason."""
    files = {"a/x.png": b"1", "b/X.png": b"2", "c/y.png": b"1"}
    inline = "data:image/jpeg;charset=x;base64," + base64.b64encode(b"3").decode()
    addresses = [*files, "a/x.png", inline, "https://x.org/z.png", "//x.org/z.png", "gone.png"]
    pictures = gather([Image(address, " an  alt ") for address in addresses], files.get)
    assert pictures.found == (
        Picture("x.png", b"1", "an alt"),
        Picture("X-2.png", b"2", "an alt"),
        Picture("picture.jpeg", b"3", "an alt"),
    )
    assert pictures.missing == (
        "its picture https://x.org/z.png lies on the web, not here",
        "its picture //x.org/z.png lies on the web, not here",
        "its picture 'gone.png' is not here, or damaged",
    )


@pytest.mark.parametrize(("form", "mode"), [("GIF", "P"), ("BMP", "RGB"), ("WEBP", "RGBA")])
def test_old_formats_become_png(form: str, mode: str) -> None:
    """What Telegram takes for no photo is turned into one that shows the same."""
    (picture,) = gather([Image("old.x")], lambda _: drawn(form, mode)).found
    assert picture.name == "old.png"
    with Pillow.open(BytesIO(picture.data)) as image:
        assert (image.format, image.size) == ("PNG", (3, 2))
        assert min(image.convert("RGB").getchannel("R").tobytes()) > 200


@pytest.mark.parametrize("place", OTHERS)
def test_of_one_that_moves_the_first_frame_is_taken(place: str) -> None:
    """That is told; and nothing of what its file held beside the pixels comes along."""
    pictures = gather([Image("old.x")], lambda _: OTHERS[place]())
    moves = ("its picture 'old.x' moves; of 2 frames the first is taken",)
    assert pictures.missing == (moves if "further frames" in place else ())
    assert stripped(pictures.found[0].data).left_out == ()
    assert not tells(pictures.found[0].data)


@pytest.mark.parametrize("data", [drawn("PNG"), b"GIF89a", b"BM", b"\xff\xd8\xff"])
def test_other_pictures_stay_as_they_are(data: bytes) -> None:
    """Those that Telegram takes, and those that nobody can read."""
    assert gather([Image("a.gif")], lambda _: data).found == (Picture("a.gif", data),)
