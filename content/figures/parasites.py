"""Malaria parasites in round fields of a stained blood film, as schematics.

Places and lengths are in micrometres from the centre of the field, where the infected cell lies.

| to draw | use |
| --- | --- |
| the field, and the plain cells round its middle | `round_field`, `plain_cells` |
| the infected cell, plain or stippled | `host` |
| what is in it | `ring`, `growing`, `ripe`, `pigment`, `clump` |
"""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Ellipse, Patch, Polygon

from content.figures.curves import Point, Samples, smooth
from content.figures.style import WIDTH

FIELD: Final = 10.5
"""Half the width of a field."""
CELL: Final = 3.75
"""Radius of a plain red cell."""
GROUND: Final = "#F6EFE6"
RIM: Final = "#5B5450"
PLAIN: Final = "#DDA9A0"
PLAIN_EDGE: Final = "#B9807A"
PALE: Final = "#EFD3CB"
HOST: Final = "#E6BFB7"
STIPPLE: Final = "#C0577F"
BODY: Final = "#6F8CC8"
BODY_EDGE: Final = "#47619F"
NUCLEUS: Final = "#A3164F"
BLUNT: Final = 4
"""How many neighbours on either side even out a point of a parasite's outline."""


def round_field(figure: Figure, left: float, below: float, across: float) -> Axes:
    """A field ``across`` pixels wide, so far from the left and from the top of the figure."""
    height = figure.get_figheight() * figure.dpi
    box = (left / WIDTH, 1 - (below + across) / height, across / WIDTH, across / height)
    axes = figure.add_axes(box)
    axes.set_xlim(-FIELD, FIELD)
    axes.set_ylim(-FIELD, FIELD)
    axes.set_axis_off()
    axes.add_patch(Circle((0, 0), FIELD - 0.1, facecolor=GROUND, linewidth=0, zorder=0))
    axes.add_patch(
        Circle((0, 0), FIELD - 0.1, facecolor="none", edgecolor=RIM, linewidth=4, zorder=9)
    )
    return axes


def plain_cells(axes: Axes, centres: Sequence[Point], seed: int) -> None:
    """Red cells round the infected one, cut off where the field ends."""
    for n, centre in enumerate(centres):
        outline = _wavy(centre, CELL, 0.012, seed + n)
        _put(axes, Polygon(outline, facecolor=PLAIN, edgecolor=PLAIN_EDGE, linewidth=3))
        for share in np.linspace(1.5, 0.6, 10):
            _put(axes, Circle(centre, 1.4 * share, facecolor=PALE, alpha=0.24, linewidth=0))


def host(axes: Axes, radius: float, seed: int, dots: int = 0) -> None:
    """The infected cell in the middle, with fine dots strewn over it."""
    outline = _wavy((0, 0), radius, 0.025, seed)
    _put(axes, Polygon(outline, facecolor=HOST, edgecolor=PLAIN_EDGE, linewidth=3))
    chance = np.random.default_rng(seed)
    for angle, share in zip(chance.uniform(0, 2 * pi, dots), chance.random(dots), strict=True):
        reach = 0.93 * radius * share**0.5
        at = (reach * cos(angle), reach * sin(angle))
        _put(axes, Circle(at, 0.17, facecolor=STIPPLE, alpha=0.85, linewidth=0))


def ring(axes: Axes, at: Point, radius: float) -> None:
    """A young parasite: a thin blue ring, thicker opposite to the dot of its nucleus."""
    _put(axes, Circle(at, radius, facecolor=BODY_EDGE, linewidth=0))
    inner = (at[0] + 0.09, at[1] + 0.09)
    _put(axes, Circle(inner, radius - 0.42, facecolor=HOST, linewidth=0))
    nucleus = (at[0] + 0.7 * radius, at[1] + 0.7 * radius)
    _put(axes, Circle(nucleus, 0.6 if radius > 1.7 else 0.5, facecolor=NUCLEUS, linewidth=0))


def growing(
    axes: Axes,
    outline: Sequence[Point],
    nucleus: tuple[Point, float, float],
    gaps: Sequence[tuple[Point, float, float]] = (),
) -> None:
    """A growing parasite; its nucleus and the gaps in it are ellipses: centre, width, height."""
    _put(axes, Polygon(_closed(outline), facecolor=BODY, edgecolor=BODY_EDGE, linewidth=3))
    for centre, width, height in gaps:
        _put(axes, Ellipse(centre, width, height, facecolor=HOST, linewidth=0))
    _put(axes, Ellipse(*nucleus, facecolor=NUCLEUS, linewidth=0))


def ripe(axes: Axes, circles: Sequence[tuple[int, float]], seed: int) -> None:
    """A ripe parasite: so many young ones on each circle of a radius, none quite in its place."""
    chance = np.random.default_rng(seed)
    for count, reach in circles:
        first = chance.uniform(0, 2 * pi)
        for n in range(count):
            angle = first + 2 * pi * n / count + chance.uniform(-0.03, 0.03)
            far = reach + chance.uniform(-0.08, 0.08)
            at = (far * cos(angle), far * sin(angle))
            _put(axes, Circle(at, 0.92, facecolor=BODY, edgecolor=BODY_EDGE, linewidth=2))
            turn = chance.uniform(0, 2 * pi)
            nucleus = (at[0] + 0.25 * cos(turn), at[1] + 0.25 * sin(turn))
            _put(axes, Circle(nucleus, 0.47, facecolor=NUCLEUS, linewidth=0))


def pigment(axes: Axes, centres: Sequence[Point], colour: str, size: float = 0.24) -> None:
    """Grains of pigment."""
    for centre in centres:
        _put(axes, Circle(centre, size, facecolor=colour, linewidth=0))


def clump(count: int, reach: float, seed: int) -> list[Point]:
    """Places of grains that lie together round the centre, none farther off than ``reach``."""
    turn = pi * (3 - 5**0.5)
    chance = np.random.default_rng(seed)
    return [
        (
            reach * ((n + 0.5) / count) ** 0.5 * cos(turn * n + chance.uniform(-0.4, 0.4)),
            reach * ((n + 0.5) / count) ** 0.5 * sin(turn * n + chance.uniform(-0.4, 0.4)),
        )
        for n in range(count)
    ]


def _put(axes: Axes, patch: Patch) -> None:
    axes.add_patch(patch)
    patch.set_clip_path(Circle((0, 0), FIELD - 0.1, transform=axes.transData))


def _wavy(centre: Point, radius: float, wave: float, seed: int) -> list[Point]:
    """The outline of a cell that is not quite round; ``wave`` is a share of its radius."""
    phases = np.random.default_rng(seed).uniform(0, 2 * pi, 3)
    return [
        (
            centre[0] + radius * (1 + wave * _waves(angle, phases)) * cos(angle),
            centre[1] + radius * (1 + wave * _waves(angle, phases)) * sin(angle),
        )
        for angle in np.linspace(0, 2 * pi, 120, endpoint=False)
    ]


def _waves(angle: float, phases: Samples) -> float:
    parts = zip((2, 3, 5), (0.6, 0.5, 0.3), phases, strict=True)
    return sum(height * sin(times * angle + phase) for times, height, phase in parts)


def _closed(points: Sequence[Point]) -> list[Point]:
    """A soft curve along the points and back to the first, blunt where they make a spike."""
    steps = 10
    curve = np.array(smooth((points[-1], *points, *points[:2]), steps)[steps : -steps - 1])
    near = [np.roll(curve, n, axis=0) for n in range(-BLUNT, BLUNT + 1)]
    blunt = np.mean(near, axis=0)
    return [(float(x), float(y)) for x, y in blunt]
