"""Field of a microscope with crossed polarizers and a first-order red compensator.

Places are in micrometres from the lower left corner of the square round the field, angles in
degrees from the horizontal, which is the compensator's slow axis. A needle's colour follows from
its angle as for a crystal whose slow direction lies across its length.
"""

from math import cos, pi, radians, sin
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Ellipse, Polygon
from msgspec import Struct

from content.figures.curves import Point
from content.figures.style import TEXT, WHITE, WIDTH, canvas

HEIGHT: Final = 1230
FIELD: Final = 100
"""Width of the field, micrometres."""
DIAMETER: Final = 1060
"""The same in pixels."""
BELOW: Final = 40
"""Pixels under the field."""
GRAIN: Final = 4
"""Pixels of a grain of the background."""
NOISE: Final = 0.02
"""Standard deviation of the grains' brightness, as a share."""

PAGE: Final = "#2B2B2B"
MAGENTA: Final = "#A83279"
PARALLEL: Final = "#F6D33C"
ACROSS: Final = "#3FA9E6"
RIM: Final = "#C964A0"
CELL: Final = "#B85A93"
CELL_EDGE: Final = "#8C2A66"
NUCLEUS: Final = "#99417A"


class Needle(Struct, frozen=True):
    """A slender crystal round its centre."""

    x: float
    y: float
    length: float
    angle: float
    width: float = 0.9

    @property
    def retardation(self) -> float:
        """From 1, along the slow axis and fully yellow, to -1, across it and fully blue."""
        return cos(2 * radians(self.angle))

    def outline(self) -> list[Point]:
        """Pointed at both ends, with almost straight sides between."""
        along, up = cos(radians(self.angle)), sin(radians(self.angle))
        half = ((-0.5, 0), (-0.36, 0.36), (-0.15, 0.49), (0.15, 0.49), (0.36, 0.36), (0.5, 0))
        shape = [*half, *((x, -y) for x, y in half[-2:0:-1])]
        return [
            (
                self.x + self.length * x * along - self.width * y * up,
                self.y + self.length * x * up + self.width * y * along,
            )
            for x, y in shape
        ]


NEEDLES: Final = (
    Needle(22, 70, 14, 2), Needle(34, 58, 12, 178), Needle(58, 76, 15, 5), Needle(71, 62, 11, 172),
    Needle(46, 40, 13, 0), Needle(80, 38, 12, 8), Needle(28, 30, 13, 90), Needle(40, 80, 12, 86),
    Needle(64, 52, 14, 93), Needle(76, 76, 11, 98), Needle(54, 22, 13, 88), Needle(86, 54, 10, 84),
    Needle(50, 62, 12, 45), Needle(66, 30, 12, 135), Needle(18, 48, 11, 20), Needle(60, 14, 11, 70),
)  # fmt: skip
CELLS: Final[tuple[tuple[float, float, float], ...]] = (
    (24, 56, 5.4), (46, 41, 5.8), (59, 75, 6), (28, 31, 5.7), (30, 84, 5.1), (72, 24, 5.5),
    (82, 66, 5.3),
)  # fmt: skip
"""White cells: centre and radius."""


def draw() -> Figure:
    """Draw the field on a dark page."""
    figure = canvas(HEIGHT)
    figure.set_facecolor(PAGE)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    scale = DIAMETER / FIELD
    left, bottom = -(WIDTH - DIAMETER) / 2 / scale, -BELOW / scale
    chance = np.random.default_rng(3)
    _background(axes, chance)
    for cell in CELLS:
        _cell(axes, cell, chance)
    for needle in NEEDLES:
        axes.add_patch(
            Polygon(needle.outline(), facecolor=colour(needle), edgecolor=RIM, linewidth=0.8)
        )
    axes.set_xlim(left, left + WIDTH / scale)
    axes.set_ylim(bottom, bottom + HEIGHT / scale)
    _slow_axis(axes)
    _scale_bar(axes)
    return figure


def colour(needle: Needle) -> tuple[float, float, float]:
    """The background's colour, turned to yellow or blue by as much as the needle retards."""
    share = abs(needle.retardation)
    full = to_rgb(PARALLEL if needle.retardation > 0 else ACROSS)
    red, green, blue = (
        (1 - share) * under + share * over
        for under, over in zip(to_rgb(MAGENTA), full, strict=True)
    )
    return red, green, blue


def _background(axes: Axes, chance: np.random.Generator) -> None:
    """Magenta with a faint grain."""
    grains = DIAMETER // GRAIN
    steps = np.rint(chance.normal(0, 1, (grains, grains)))[..., np.newaxis]
    field = np.clip(np.array(to_rgb(MAGENTA)) * (1 + NOISE * steps), 0, 1)
    picture = axes.imshow(field, extent=(0, FIELD, 0, FIELD), interpolation="nearest")
    picture.set_clip_path(Circle((50, 50), 50, transform=axes.transData))


def _cell(axes: Axes, cell: tuple[float, float, float], chance: np.random.Generator) -> None:
    """A white cell with a nucleus of three lobes."""
    x, y, radius = cell
    axes.add_patch(
        Circle((x, y), radius, facecolor=CELL, edgecolor=CELL_EDGE, linewidth=3, alpha=0.85)
    )
    turn = chance.uniform(0, 2 * pi)
    for lobe in range(3):
        angle = turn + lobe * 1.75
        axes.add_patch(
            Ellipse(
                (x + 0.45 * radius * cos(angle), y + 0.45 * radius * sin(angle)),
                0.75 * radius,
                0.6 * radius,
                angle=np.degrees(angle) + 90,
                facecolor=NUCLEUS,
                linewidth=0,
            )
        )


def _slow_axis(axes: Axes) -> None:
    """The double-headed arrow in the upper left corner."""
    axes.annotate(
        "",
        xy=(-3, 108.5),
        xytext=(17, 108.5),
        arrowprops={"arrowstyle": "<|-|>,head_width=0.4,head_length=0.8", "color": WHITE, "lw": 5},
    )
    axes.text(-2.4, 103.4, "slow axis of compensator", size=TEXT, color=WHITE, va="center_baseline")


def _scale_bar(axes: Axes) -> None:
    axes.plot((92, 102), (-0.5, -0.5), color=WHITE, linewidth=7, solid_capstyle="butt")
    axes.text(97, 1.2, "10 µm", size=TEXT, color=WHITE, ha="center")
