"""The house style of the figures: size, type, colours, and a PNG that comes out the same each time.

A figure is 1200 pixels wide and is mostly seen about 360 pixels wide on a phone, so the smallest
type is 30 pixels high in the file. The units here are pixels of the file: at 72 dots an inch a
point is a pixel, for type and lines alike.

The lettering is Inter, in two weights: its files and their licence lie in ``fonts``, and go before
what the machine has by that name.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.rcsetup import cycler
from matplotlib.typing import RcKeyType
from PIL import Image
from PIL.ImageChops import difference
from PIL.ImageStat import Stat

WIDTH: Final = 1200
SMALL: Final = 30
TEXT: Final = 34
LABEL: Final = 38

SOFT: Final = 1.1
"""How far colours may be off on average, of 255, before a picture is taken to be shaded."""

FONTS: Final = Path(__file__).parent / "fonts"
FAMILY: Final = "Inter"
SEMIBOLD: Final = "semibold"

BLACK: Final = "#000000"
INK: Final = "#232B33"
QUIET: Final = "#8A949E"
GRID: Final = "#E1E5E9"
WHITE: Final = "#FFFFFF"

# Okabe and Ito's palette, told apart with every common kind of colour vision.
ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"

_SETTINGS: Final[Mapping[RcKeyType, object]] = {
    "font.family": FAMILY,
    "font.size": TEXT,
    "text.color": INK,
    "text.hinting": "none",
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.labelsize": LABEL,
    "axes.linewidth": 2.5,
    "axes.prop_cycle": cycler(color=(BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY)),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlecolor": BLACK,
    "axes.titlesize": LABEL,
    "axes.titleweight": SEMIBOLD,
    "grid.color": GRID,
    "grid.linewidth": 2,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": TEXT,
    "ytick.labelsize": TEXT,
    "xtick.major.size": 10,
    "ytick.major.size": 0,
    "xtick.major.width": 2.5,
    "ytick.major.width": 2.5,
    "xtick.major.pad": 8,
    "ytick.major.pad": 12,
    "ytick.alignment": "center",
    "lines.linewidth": 3,
    "lines.solid_capstyle": "round",
    "lines.solid_joinstyle": "round",
    "hatch.linewidth": 3,
}


def _registered() -> None:
    """Make the shipped weights known, ahead of any that the machine calls the same."""
    known = len(fontManager.ttflist)
    for file in sorted(FONTS.glob("*.otf")):
        fontManager.addfont(file)
    fontManager.ttflist = fontManager.ttflist[known:] + fontManager.ttflist[:known]


_registered()


def canvas(height: int) -> Figure:
    """A white sheet, ``WIDTH`` pixels wide and ``height`` high."""
    return Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor=WHITE)


@contextmanager
def house() -> Iterator[None]:
    """The house style, whatever matplotlib settings the machine has."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield


def png(draw: Callable[[], Figure]) -> bytes:
    """Draw in the house style.

    The PNG holds pixels only, neither date nor program, so that the same versions of matplotlib and
    Pillow give the same bytes.
    """
    drawn = BytesIO()
    with house():
        draw().savefig(drawn, format="png", metadata={"Software": None})
    with Image.open(drawn) as image:
        return packed(image.convert("RGB"))


def packed(image: Image.Image, how: Image.Quantize = Image.Quantize.MAXCOVERAGE) -> bytes:
    """A PNG of the 256 colours that come nearest to the picture's: half as large.

    They cover all its hues, few pixels or many. Where soft shading would turn to steps, they are
    those of its large areas instead.
    """
    few = image.quantize(256, how, dither=Image.Dither.NONE)
    if max(Stat(difference(image, few.convert("RGB"))).mean) > SOFT:
        few = image.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()
