"""Schematic fields of a microscope: cells as shapes, each at its place or strewn by a seed.

Places, radii and lengths are in the field's own units, angles in degrees. They are schematics, not
pictures of cells, and their captions say so.

| to draw | use |
| --- | --- |
| the field | `field` |
| a blood film: rows of red cells, a little out of line | `strewn`, `red_cell`, `fragment` |
| a urine sediment | `plain_red_cell`, `ring_with_blebs`, `white_cell`, `cast` |
"""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, radians, sin
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon
from matplotlib.transforms import Affine2D

from content.figures.curves import Point, smooth
from content.figures.style import WIDTH

CREAM: Final = "#FBF6EA"
RIM: Final = "#C9BFA8"
FILM: Final = "#D98C86"
FILM_EDGE: Final = "#B4605C"
PALE: Final = "#F3CFCA"
DENSE: Final = "#BF5E5E"
BROWN: Final = "#8A4B1F"
AMBER: Final = "#D9903D"
FAINT: Final = "#F3D3A6"
VIOLET: Final = "#CFC4E0"
NUCLEUS: Final = "#5B4A86"

CAST: Final = 4.9
"""Half the width of a cast; ``PACKED`` is the radius of the red cells in it."""
PACKED: Final = 1.75

Outline = Sequence[Point]
HELMET: Final[Outline] = (
    (-1, -0.2), (-0.85, 0.45), (-0.35, 0.85), (0.35, 0.85), (0.85, 0.45), (1, -0.2), (1, -0.2),
    (0.55, -0.28), (0, -0.02), (-0.55, -0.28),
)  # fmt: skip
"""Outlines of fragments, in radii of a red cell; a point named twice stays a corner."""
TRIANGLE: Final[Outline] = (
    (-0.8, -0.6), (0.85, -0.5), (0.85, -0.5), (0.05, 0.85), (0.05, 0.85), (-0.8, -0.6),
)  # fmt: skip
CRESCENT: Final[Outline] = (
    (-0.95, 0.25), (-0.55, -0.45), (0, -0.7), (0.55, -0.45), (0.95, 0.25), (0.95, 0.25),
    (0.5, -0.1), (0, -0.28), (-0.5, -0.1),
)  # fmt: skip
HORNED: Final[Outline] = (
    (-0.85, 0.85), (-0.9, -0.1), (-0.5, -0.75), (0.1, -0.9), (0.65, -0.6), (0.9, 0),
    (0.8, 0.85), (0.8, 0.85), (0.45, 0.25), (0, 0.12), (-0.45, 0.25),
)  # fmt: skip


def field(figure: Figure, box: tuple[float, float, float], span: float) -> Axes:
    """A cream field ``span`` units wide; left, bottom and height of its ``box`` are in pixels.

    It keeps the same margin on the right as on the left.
    """
    left, bottom, height = box
    whole = figure.get_figheight() * figure.dpi
    width = WIDTH - 2 * left
    axes = figure.add_axes((left / WIDTH, bottom / whole, width / WIDTH, height / whole))
    axes.set_xlim(0, span)
    axes.set_ylim(0, span * height / width)
    axes.set_xticks(())
    axes.set_yticks(())
    axes.set_facecolor(CREAM)
    axes.spines[:].set_visible(True)
    axes.spines[:].set_color(RIM)
    return axes


def strewn(columns: int, rows: int, jitter: Point, seed: int) -> list[Point]:
    """Centres of ``columns`` by ``rows`` cells, row by row from the lower left, each 1 unit apart.

    ``jitter`` is how far a cell may lie beside its place, across and up; the seed fixes where.
    """
    chance = np.random.default_rng(seed)
    return [
        (
            column + 0.5 + chance.uniform(-1, 1) * jitter[0],
            row + 0.5 + chance.uniform(-1, 1) * jitter[1],
        )
        for row in range(rows)
        for column in range(columns)
    ]


def red_cell(axes: Axes, at: Point, radius: float, *, pale: float = 0.6) -> None:
    """A red cell of a blood film; ``pale`` is the share of its radius that is pale, or 0."""
    axes.add_patch(Circle(at, radius, facecolor=FILM, edgecolor=FILM_EDGE, linewidth=2))
    for share in np.linspace(1, 0.35, 9) if pale else ():
        axes.add_patch(Circle(at, radius * pale * share, facecolor=PALE, alpha=0.22, linewidth=0))


def large_cell(axes: Axes, at: Point, radius: float) -> None:
    """A large lilac red cell without a pale centre."""
    axes.add_patch(Circle(at, radius, facecolor="#B79AC4", edgecolor="#8A6C9C", linewidth=2))


def fragment(axes: Axes, at: Point, radius: float, outline: Outline, turn: float) -> None:
    """A dense piece of a red cell with one of the outlines above."""
    place = Affine2D().scale(0.95 * radius).rotate_deg(turn).translate(*at) + axes.transData
    shape = Polygon(
        _rounded(outline), facecolor=DENSE, edgecolor=DENSE, linewidth=5, transform=place
    )
    shape.set_joinstyle("round")
    axes.add_patch(shape)


def _rounded(outline: Outline) -> list[Point]:
    """A curve through the points, with corners at the first and at those that stand twice."""
    pieces = [[outline[0]]]
    for before, at in pairwise([*outline, outline[0]]):
        if at == before:
            pieces.append([at])
        else:
            pieces[-1].append(at)
    return [point for piece in pieces for point in smooth(piece, steps=6)]


def plain_red_cell(axes: Axes, at: Point, radius: float = 2.7) -> None:
    """A plain red cell of a urine sediment."""
    axes.add_patch(Circle(at, radius, facecolor=FAINT, edgecolor=AMBER, linewidth=5))
    axes.add_patch(Circle(at, radius * 0.45, facecolor=CREAM, linewidth=0, alpha=0.8))


def ring_with_blebs(axes: Axes, at: Point, first: float, blebs: int) -> None:
    """A ring-shaped red cell with round blebs: the first at an angle, the next 115° or 150° on."""
    apart = 115 if blebs == 3 else 150
    axes.add_patch(Circle(at, 2.6, facecolor=CREAM, edgecolor=BROWN, linewidth=9))
    for n in range(blebs):
        angle = radians(first + n * apart)
        centre = (at[0] + 3.35 * cos(angle), at[1] + 3.35 * sin(angle))
        axes.add_patch(Circle(centre, 1.15, facecolor=AMBER, edgecolor=BROWN, linewidth=4))


def white_cell(axes: Axes, at: Point, radius: float = 3.9) -> None:
    """A white cell with a nucleus of three lobes."""
    axes.add_patch(Circle(at, radius, facecolor=VIOLET, edgecolor=NUCLEUS, linewidth=3))
    for angle in (90, 205, 325):
        lobe = (
            at[0] + 0.42 * radius * cos(radians(angle)),
            at[1] + 0.42 * radius * sin(radians(angle)),
        )
        axes.add_patch(Circle(lobe, 0.32 * radius, facecolor=NUCLEUS, linewidth=0))


def cast(axes: Axes, at: Point, length: float, tilt: float) -> None:
    """A cylinder ``length`` long with round ends, packed with red cells in three rows."""
    place = Affine2D().rotate_deg(tilt).translate(*at) + axes.transData
    straight = length / 2 - CAST
    round_end = [
        (straight + CAST * cos(a), CAST * sin(a)) for a in np.linspace(-pi / 2, pi / 2, 24)
    ]
    wall = [*round_end, *((-x, y) for x, y in reversed(round_end))]
    axes.add_patch(
        Polygon(wall, facecolor="#F0D9B8", edgecolor=BROWN, linewidth=5, transform=place)
    )
    for row in (-1, 0, 1):
        reach = straight + (CAST - PACKED if row == 0 else 0.9)
        count = int(2 * reach / (2 * PACKED * 0.96)) + (row != 0)
        for x in np.linspace(-reach + PACKED * (row == 0) * 0.2, reach, count):
            centre = (float(x), row * 1.65 * PACKED)
            axes.add_patch(
                Circle(
                    centre, PACKED, facecolor=AMBER, edgecolor=BROWN, linewidth=2.5, transform=place
                )
            )
