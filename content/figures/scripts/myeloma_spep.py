"""Serum protein electrophoresis: the density curve of a patient's serum over that of normal serum.

Places along the strip run from 0 to 100, from the anode, in no unit; areas are in g/L, so that
densities are in g/L for each step of the strip.
"""

from math import pi, sqrt
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import panel
from content.figures.curves import Samples, bump
from content.figures.style import BLACK, LABEL, QUIET, SMALL, TEXT, canvas

HEIGHT: Final = 1080
STRIP: Final = (0.0, 100.0)
SAMPLES: Final = 2001
TOP: Final = 10.2
"""The highest density shown."""
NORMAL_LINE: Final = "#707070"
FILL: Final = "#E3EAF3"
GEL: Final = "#F4F1EC"
STAIN: Final = "#2B3A78"
BELOW: Final = 300
"""Pixels under the curve, for the names of its regions and the stained strip."""
REGIONS: Final = {
    "albumin": 20,
    "\N{GREEK SMALL LETTER ALPHA}1": 31,
    "\N{GREEK SMALL LETTER ALPHA}2": 45,
    "\N{GREEK SMALL LETTER BETA}": 66,
    "\N{GREEK SMALL LETTER GAMMA}": 100,
}
"""Where each region of the strip ends."""


class Fraction(Struct, frozen=True):
    """What one group of proteins adds to the curve: a normal curve of this area and spread."""

    area: float
    centre: float
    spread: float


PATIENT: Final = (
    Fraction(33, 12, 2.4),
    Fraction(3, 25, 2.0),
    Fraction(9, 38, 3.2),
    Fraction(5, 53, 2.0),
    Fraction(4, 60, 2.2),
    Fraction(4, 80, 7.0),
    Fraction(46, 78, 2.0),
)
NORMAL: Final = (
    Fraction(42, 12, 2.4),
    Fraction(2, 25, 2.0),
    Fraction(7, 38, 3.2),
    Fraction(5, 53, 2.0),
    Fraction(4, 60, 2.2),
    Fraction(11, 80, 7.0),
)


def draw() -> Figure:
    """Draw both curves."""
    figure = canvas(HEIGHT)
    axes = panel(figure, left=90, bottom=BELOW, right=30, top=25)
    axes.grid(visible=False)
    axes.set_xlim(*STRIP)
    axes.set_ylim(0, TOP)
    axes.set_yticks(())
    axes.set_ylabel("Optical density", labelpad=16)
    _regions(axes)
    place = np.linspace(*STRIP, SAMPLES)
    strip = panel(figure, left=90, bottom=130, right=30, top=HEIGHT - 215)
    _stained(strip, density(place, PATIENT))
    _direction(strip)
    axes.fill_between(place, density(place, PATIENT), color=FILL, linewidth=0, zorder=1)
    for name, serum, colour, style, width in (
        ("patient", PATIENT, BLACK, "-", 5),
        ("normal", NORMAL, NORMAL_LINE, (0, (4, 2.2)), 4),
    ):
        curve = density(place, serum)
        axes.plot(place, curve, color=colour, linestyle=style, linewidth=width, label=name)
    axes.legend(loc="upper center", framealpha=1, edgecolor="none", fontsize=TEXT, handlelength=2.4)
    return figure


def density(place: Samples, serum: tuple[Fraction, ...]) -> Samples:
    """How dense a serum's stain is at these places of the strip."""
    return sum(
        (
            part.area / (part.spread * sqrt(2 * pi)) * bump(place, part.centre, part.spread)
            for part in serum
        ),
        np.zeros_like(place),
    )


def _regions(axes: Axes) -> None:
    start = STRIP[0]
    for name, end in REGIONS.items():
        if end < STRIP[1]:
            axes.axvline(end, ymax=0.78, color=QUIET, linewidth=2, zorder=0.5)
        axes.annotate(
            name,
            xy=((start + end) / 2, 0),
            xytext=(0, -16),
            textcoords="offset points",
            size=TEXT,
            color=BLACK,
            ha="center",
            va="top",
        )
        start = end
    axes.set_xticks(())


def _stained(axes: Axes, patient: Samples) -> None:
    """The patient's strip: the denser, the darker."""
    axes.grid(visible=False)
    axes.set_xlim(*STRIP)
    axes.set_xticks(())
    axes.set_yticks(())
    axes.spines[:].set_visible(True)
    dark = 1 - np.exp(-patient / 2.2)
    shades = np.array(to_rgb(GEL)) + dark[:, np.newaxis] * (
        np.array(to_rgb(STAIN)) - np.array(to_rgb(GEL))
    )
    axes.imshow(shades[np.newaxis], extent=(*STRIP, 0, 1), aspect="auto", interpolation="nearest")


def _direction(axes: Axes) -> None:
    """The ends of the strip; albumin goes the farthest to the anode."""
    for x, words, size, side in (
        (0, "anode (+)", SMALL, "left"),
        (50, "Migration", LABEL, "center"),
        (100, "cathode (\N{MINUS SIGN})", SMALL, "right"),
    ):
        axes.annotate(
            words,
            xy=(x, 0),
            xytext=(0, -60),
            textcoords="offset points",
            size=size,
            ha=side,
            va="baseline",
        )
