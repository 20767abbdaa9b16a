"""The house style of the figures: size, type, colours, and a PNG that comes out the same each time.

A figure is 1200 pixels wide and is mostly seen about 360 pixels wide on a phone, so the smallest
type is 28 pixels high in the file. The units here are pixels of the file: at 72 dots an inch a
point is a pixel, for type and lines alike.
"""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Final

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.typing import RcKeyType
from PIL import Image

WIDTH: Final = 1200
SMALL: Final = 28
TEXT: Final = 32
LABEL: Final = 36

BLACK: Final = "#000000"
INK: Final = "#333333"
QUIET: Final = "#A0A0A0"
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
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.labelsize": LABEL,
    "axes.linewidth": 2.5,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": TEXT,
    "ytick.labelsize": TEXT,
    "xtick.major.size": 10,
    "ytick.major.size": 10,
    "xtick.major.width": 2.5,
    "ytick.major.width": 2.5,
    "xtick.major.pad": 8,
    "ytick.major.pad": 8,
    "lines.linewidth": 3,
    "hatch.linewidth": 3,
}


def canvas(height: int) -> Figure:
    """A white sheet, ``WIDTH`` pixels wide and ``height`` high."""
    return Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor=WHITE)


def png(draw: Callable[[], Figure]) -> bytes:
    """Draw in the house style, whatever matplotlib settings the machine has.

    The PNG holds pixels only, neither date nor program, so that the same versions of matplotlib and
    Pillow give the same bytes.
    """
    drawn = BytesIO()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        draw().savefig(drawn, format="png", metadata={"Software": None})
    with Image.open(drawn) as image:
        file = BytesIO()
        image.convert("RGB").save(file, "PNG", optimize=True)
    return file.getvalue()
