"""The drawings: the committed pictures are what the scripts draw, in the house style."""

import ast
import platform
import subprocess
import sys
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.font_manager import findfont, get_font
from matplotlib.text import Text
from PIL import Image, ImageChops

from content.figures import style
from content.figures.curves import smooth
from content.figures.drawings import FIGURES, FOLDER, drawn
from content.figures.sheet import SHEET, sheet

ROOT = Path(__file__).parent.parent.parent
PINNED = dict(
    line.split("==") for line in (ROOT / "constraints.txt").read_text("utf-8").split() if line
)
_SHADES = 9  # of 256, from which a pixel is another
_SHARE = 0.00002  # of all pixels may be; the smallest full stop of a figure has more


def other_versions() -> str:
    """What differs here from where the committed pictures were drawn; empty if nothing does."""
    differing = [
        f"{package} {version(package)} is not {PINNED[package]}"
        for package in ("matplotlib", "numpy", "pillow")
        if version(package) != PINNED[package]
    ]
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        differing.append(f"{platform.machine()} may round otherwise than x86-64")
    return "; ".join(differing)


def assert_alike(committed: bytes, drawn_again: bytes) -> None:
    """Two pictures are the same but for what one processor rounds otherwise than another.

    Logarithms and powers come out a last bit apart, by which the edges of a few lines are a shade
    lighter or darker.
    """
    with Image.open(BytesIO(committed)) as one, Image.open(BytesIO(drawn_again)) as other:
        assert one.size == other.size
        difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    shades = difference.convert("L").histogram()
    assert sum(shades[_SHADES:]) <= _SHARE * sum(shades)


@pytest.mark.long
@pytest.mark.skipif(bool(other_versions()), reason=other_versions())
@pytest.mark.parametrize("name", FIGURES)
def test_figure_drawn_again_is_the_committed_one(name: str) -> None:
    """On the pinned versions a script draws the committed picture."""
    assert_alike((FOLDER / f"{name}.png").read_bytes(), drawn(name))


@pytest.mark.long
@pytest.mark.skipif(bool(other_versions()), reason=other_versions())
def test_the_sheet_shows_every_picture() -> None:
    """The committed contact sheet is the one that these pictures give."""
    assert_alike(SHEET.read_bytes(), sheet(sorted(FOLDER.glob("*.png"))))


def test_every_picture_has_its_script() -> None:
    """The folder holds the pictures that the scripts draw, and no other."""
    assert sorted(FIGURES) == sorted(path.stem for path in FOLDER.iterdir())


@pytest.mark.parametrize("name", FIGURES)
def test_picture_suits_a_phone(name: str) -> None:
    """A picture is as wide as the house style says, small to send, and carries no metadata."""
    path = FOLDER / f"{name}.png"
    with Image.open(path) as image:
        assert (image.format, image.width, image.info) == ("PNG", style.WIDTH, {})
        assert image.height <= 1.5 * image.width
    assert path.stat().st_size < 300_000


def test_settings_of_the_machine_change_nothing() -> None:
    """Whatever matplotlib is set to, a figure is drawn in the house style."""
    name = next(iter(FIGURES))
    before = drawn(name)
    with mpl.rc_context({"font.size": 3, "savefig.dpi": 10, "lines.linewidth": 9}):
        assert before == drawn(name)


@pytest.mark.long
@pytest.mark.parametrize("name", FIGURES)
def test_lettering_is_of_the_shipped_font(name: str) -> None:
    """Every word of a figure is set in a weight that lies with the figures and has its letters."""
    with style.house():
        figure = FIGURES[name]()
        figure.draw_without_rendering()
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if said := text.get_text().replace("\n", "").strip():
            file = Path(findfont(text.get_fontproperties()))
            assert (file.parent, "$" in said) == (style.FONTS, False)
            assert set(map(ord, said)) <= set(get_font(file).get_charmap())


def test_font_lies_with_its_licence() -> None:
    """Two weights, and the licence that lets them be passed on."""
    assert {"Inter-Regular.otf", "Inter-SemiBold.otf", "LICENSE"} == {
        path.name for path in style.FONTS.iterdir()
    }
    assert "SIL OPEN FONT LICENSE Version 1.1" in (style.FONTS / "LICENSE").read_text("utf-8")


def test_smooth_curve_meets_every_point() -> None:
    """A smooth curve goes through the points given, from the first to the last."""
    points = [(0.0, 0.0), (1.0, 2.0), (3.0, 1.0)]
    curve = smooth(points, steps=5)
    assert [curve[0], curve[5], curve[10]] == points
    assert len(curve) == 11


def test_command_draws_the_named_figure(tmp_path: Path) -> None:
    """The command draws what it is told to, where it is told to, and names the file."""
    name = next(iter(FIGURES))
    done = run("--into", str(tmp_path), name)
    assert (0, f"{tmp_path / name}.png\n") == (done.returncode, done.stdout)
    assert [tmp_path / f"{name}.png"] == list(tmp_path.iterdir())


def test_command_names_the_figures_there_are() -> None:
    """A name that no figure has is answered with the names there are."""
    done = run("no-such-figure")
    assert done.returncode == 2
    assert f"there are {', '.join(FIGURES)}" in done.stderr
    assert "Traceback" not in done.stderr


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as ``make figures`` does."""
    return subprocess.run(
        [sys.executable, "-m", "content.figures", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )


def test_only_drawings_need_matplotlib() -> None:
    """Those of cases, and pictures for people: it is loaded nowhere else, since that takes long."""
    importing = {
        path.relative_to(ROOT).parts[:2]
        for package in ("bot", "content", "storage")
        for path in (ROOT / package).rglob("*.py")
        if "matplotlib" in imported(path)
    }
    assert importing == {("content", "figures"), ("bot", "files")}


def imported(path: Path) -> set[str]:
    """The top-level packages that a module imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names
