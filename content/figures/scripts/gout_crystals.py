"""Field of a microscope with crossed polarizers and a first-order red compensator; and another.

Places are in micrometres from the lower left corner of the square round the field, angles in
degrees from the horizontal, which is the compensator's slow axis. A crystal's colour follows from
its angle: in needles as where the slow direction lies across their length, in rods the other way.
"""

from math import cos, pi, radians, sin
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Patch, Polygon
from msgspec import Struct

from content.figures.curves import Point, smooth
from content.figures.style import LABEL, TEXT, WHITE, WIDTH, canvas

HEIGHT: Final = 1260
FIELD: Final = 100
"""Width of the field, micrometres."""
DIAMETER: Final = 1120
"""The same in pixels."""
BELOW: Final = 36
"""Pixels under the field."""
GRAIN: Final = 5
"""Pixels of a grain of the background."""
NOISE: Final = 0.02
"""Standard deviation of the grains' brightness, as a share."""

PAGE: Final = "#262628"
MAGENTA: Final = "#A83279"
YELLOW: Final = "#F6D33C"
BLUE: Final = "#3FA9E6"
NEEDLE_RIM: Final = "#C964A0"
ROD_RIM: Final = "#E7B3D2"
CELL: Final = "#BE5E97"
CELL_EDGE: Final = "#E08FBD"
NUCLEUS: Final = "#7B2460"
GRANULE: Final = "#DB92BD"


class Crystal(Struct, frozen=True):
    """A crystal round its centre; ``slant`` is by how much of half its length its ends lean."""

    x: float
    y: float
    length: float
    width: float
    angle: float
    slant: float = 0

    def outline(self, half: tuple[Point, ...]) -> list[Point]:
        """The shape whose upper half is given in shares of length and width, turned and placed."""
        along, up = cos(radians(self.angle)), sin(radians(self.angle))
        slanted = [(x - self.slant * (y > 0 and x > 0) / 2, y) for x, y in half]
        shape = [*slanted, *((-x, -y) for x, y in slanted)]
        return [
            (
                self.x + self.length * x * along - self.width * y * up,
                self.y + self.length * x * up + self.width * y * along,
            )
            for x, y in shape
        ]


NEEDLES: Final = tuple(
    Crystal(x, y, length, 0.96, angle)
    for x, y, length, angle in (
        (20, 74, 9, 3), (36, 60, 17, 176), (58, 79, 21, 6), (73, 63, 12, 170), (46, 41, 14, 1),
        (82, 40, 7, 9), (27, 31, 16, 92), (41, 84, 10, 85), (66, 51, 19, 94), (79, 77, 8, 99),
        (54, 20, 13, 88), (88, 57, 5, 83), (50, 64, 12, 45), (64, 30, 9, 135), (16, 49, 11, 24),
        (61, 13, 6, 68), (33, 45, 6, 20), (70, 24, 15, 112),
    )
)  # fmt: skip
RODS: Final = tuple(
    Crystal(x, y, length, width, angle, 0.45 * shape)
    for x, y, length, width, angle, shape in (
        (24, 70, 7, 3.0, 5, 0), (44, 58, 5, 4.0, 172, 1), (62, 76, 9, 2.6, 92, 0),
        (74, 60, 6, 3.6, 88, 1), (46, 36, 8, 2.4, 3, 0), (80, 42, 5, 3.8, 45, 1),
        (30, 30, 6, 3.2, 95, 1), (66, 30, 7, 2.8, 178, 0), (18, 50, 5, 3.4, 84, 1),
        (54, 18, 6, 3.0, 50, 0),
    )
)  # fmt: skip
CELLS: Final[tuple[tuple[float, float, float], ...]] = (
    (24, 58, 5.6), (46, 41, 6.2), (59, 76, 5.8), (28, 31, 6.0), (31, 82, 5.2), (71, 25, 5.6),
    (82, 66, 6.0), (64, 50, 5.4),
)  # fmt: skip
"""White cells: centre and radius."""
NEEDLE: Final[tuple[Point, ...]] = ((0.5, 0), (0.3, 0.5), (-0.3, 0.5))
"""Upper half of a needle, which tapers over the last fifth at each end."""
ROD: Final[tuple[Point, ...]] = ((0.5, 0.5), (-0.5, 0.5))


def draw() -> Figure:
    """Draw the field."""
    figure, axes = _field()
    for each in NEEDLES:
        tint = colour(cos(2 * radians(each.angle)))
        _crystal(axes, Polygon(each.outline(NEEDLE)), tint, NEEDLE_RIM, 1)
    return figure


def draw_variant() -> Figure:
    """Draw the other patient's."""
    figure, axes = _field()
    for each in RODS:
        tint = colour(-0.55 * cos(2 * radians(each.angle)))
        _crystal(axes, Polygon(each.outline(ROD)), tint, ROD_RIM, 2)
    return figure


def colour(retardation: float) -> tuple[float, float, float]:
    """The background's colour, turned to yellow (from 0 to 1) or to blue (from 0 to -1)."""
    share = abs(retardation)
    full = to_rgb(YELLOW if retardation > 0 else BLUE)
    red, green, blue = (
        (1 - share) * under + share * over
        for under, over in zip(to_rgb(MAGENTA), full, strict=True)
    )
    return red, green, blue


def _field() -> tuple[Figure, Axes]:
    """A dark page with the field and its cells."""
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
    axes.set_xlim(left, left + WIDTH / scale)
    axes.set_ylim(bottom, bottom + HEIGHT / scale)
    _slow_axis(axes)
    _scale_bar(axes)
    return figure, axes


def _crystal(
    axes: Axes, shape: Patch, tint: tuple[float, float, float], rim: str, width: float
) -> None:
    shape.set(facecolor=tint, edgecolor=rim, linewidth=width, joinstyle="round")
    axes.add_patch(shape)


def _background(axes: Axes, chance: np.random.Generator) -> None:
    """Magenta with a faint grain."""
    grains = DIAMETER // GRAIN
    steps = np.rint(chance.normal(0, 1, (grains, grains)))[..., np.newaxis]
    field = np.clip(np.array(to_rgb(MAGENTA)) * (1 + NOISE * steps), 0, 1)
    picture = axes.imshow(field, extent=(0, FIELD, 0, FIELD), interpolation="nearest")
    picture.set_clip_path(Circle((50, 50), 50, transform=axes.transData))


def _uneven(at: Point, radius: float, points: int, chance: np.random.Generator) -> list[Point]:
    """A closed curve round a place, whose radius varies by 7 %."""
    edge = [
        (
            at[0] + radius * share * cos(2 * pi * n / points),
            at[1] + radius * share * sin(2 * pi * n / points),
        )
        for n, share in enumerate(chance.uniform(0.93, 1.07, points))
    ]
    return smooth([*edge, edge[0]], 6)


def _cell(axes: Axes, cell: tuple[float, float, float], chance: np.random.Generator) -> None:
    """A neutrophil: grains, and a nucleus of lobes that hang together by a thread."""
    x, y, radius = cell
    body = Polygon(_uneven((x, y), radius, 16, chance), facecolor=CELL, alpha=0.9)
    body.set(edgecolor=CELL_EDGE, linewidth=2.5)
    axes.add_patch(body)
    for _ in range(26):
        reach, angle = 0.86 * radius * chance.uniform(0, 1) ** 0.5, chance.uniform(0, 2 * pi)
        grain = (x + reach * cos(angle), y + reach * sin(angle))
        axes.add_patch(Circle(grain, 0.16, facecolor=GRANULE, alpha=0.55, linewidth=0))
    turn, apart = chance.uniform(0, 2 * pi), chance.uniform(1.15, 1.45)
    lobes = int(chance.integers(3, 5))
    arc = [
        (
            x + 0.48 * radius * cos(turn + n * apart),
            y + 0.48 * radius * sin(turn + n * apart),
        )
        for n in range(lobes)
    ]
    axes.plot(*zip(*smooth(arc), strict=True), color=NUCLEUS, linewidth=8, zorder=1)
    for at in arc:
        size = radius * chance.uniform(0.24, 0.31)
        lobe = Polygon(_uneven(at, size, 9, chance), facecolor=NUCLEUS, linewidth=0)
        axes.add_patch(lobe)


def _slow_axis(axes: Axes) -> None:
    """The double-headed arrow in the upper left corner."""
    axes.annotate(
        "",
        xy=(-2, 105.5),
        xytext=(20, 105.5),
        arrowprops={"arrowstyle": "<|-|>,head_width=0.4,head_length=0.8", "color": WHITE, "lw": 5},
    )
    axes.text(21.5, 105.5, "slow axis", size=LABEL, color=WHITE, va="center_baseline")


def _scale_bar(axes: Axes) -> None:
    axes.plot((91, 101), (0, 0), color=WHITE, linewidth=7, solid_capstyle="butt")
    axes.text(96, 1.6, "10 µm", size=TEXT, color=WHITE, ha="center")
