"""Two faces with blisters on red skin, each on one side."""

from math import cos, pi, sin
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon
from msgspec import Struct

from content.figures.curves import Point, smooth
from content.figures.face import Looks, features, head, sheet
from content.figures.style import WHITE

RED: Final = "#C8443C"
LAYERS: Final = ((1.18, 0.16), (1.0, 0.28), (0.8, 0.25))
"""Size and opacity of the layers of red skin."""
BLISTER: Final = "#F3E3B8"
BLISTER_EDGE: Final = "#A33A2E"
CRUST: Final = "#9A5A2A"


class Group(Struct, frozen=True):
    """A group of blisters: centre, reach across and up, and how many."""

    x: float
    y: float
    wide: float
    high: float
    number: int


MAN: Final = Looks(hair="#8C8C8C", strand="#707070", long=False, old=True)
WOMAN: Final = Looks(hair="#5C4233", strand="#46312A", long=True, old=False)
RIGHT: Final = (
    Group(27, 89, 4.2, 3.2, 7), Group(35, 95, 4.8, 3.2, 8), Group(43.4, 97.6, 3.8, 2.8, 7),
    Group(30.5, 83, 3.6, 2.6, 6), Group(39.5, 87, 4.8, 3.4, 9), Group(46.2, 91, 3.0, 3.0, 6),
    Group(46.8, 82.6, 2.6, 3.0, 5), Group(33, 74.6, 4.0, 1.2, 5), Group(40.4, 75.2, 2.6, 1.3, 4),
    Group(47.2, 66, 2.0, 2.8, 4), Group(46.2, 58, 2.0, 2.6, 4), Group(45.0, 50.4, 2.2, 2.2, 5),
    Group(48.2, 46.6, 2.0, 1.7, 5),
)  # fmt: skip
LEFT: Final = (
    Group(65, 62.5, 6.2, 2.0, 8), Group(73, 58, 4.4, 3.4, 8), Group(66.5, 54, 4.4, 3.2, 8),
    Group(75, 49.5, 3.2, 3.0, 6), Group(67.5, 46, 4.0, 3.4, 8), Group(58.3, 52, 1.9, 2.4, 4),
    Group(60.2, 39.5, 3.0, 2.2, 6), Group(66.5, 37.2, 2.8, 2.2, 5), Group(55, 35.6, 2.4, 1.3, 4),
)  # fmt: skip


def draw() -> Figure:
    """Draw the man's face."""
    return _face(MAN, RIGHT, red="R")


def draw_variant() -> Figure:
    """Draw the woman's face."""
    return _face(WOMAN, LEFT)


def _face(looks: Looks, groups: tuple[Group, ...], red: str = "") -> Figure:
    figure, axes = sheet()
    head(axes, looks)
    left = groups is LEFT
    chance = np.random.default_rng(7)
    for group in groups:
        _red_skin(axes, group, chance, left=left)
    features(axes, looks, red)
    for group in groups:
        _blisters(axes, group, chance, left=left)
    return figure


def _beyond(y: float) -> float:
    """How far the eruption of the patient's right side reaches at a height: an uneven edge."""
    return 49.6 + 1.1 * sin(0.55 * y) + 0.7 * sin(1.7 * y + 1)


def _kept(x: float, y: float, *, left: bool) -> float:
    """The place, or the eruption's edge where that lies on the near side."""
    return max(x, 100 - _beyond(y)) if left else min(x, _beyond(y))


def _red_skin(axes: Axes, group: Group, chance: np.random.Generator, *, left: bool) -> None:
    radii = [(chance.uniform(0.88, 1.12), 2 * pi * n / 18) for n in range(18)]
    for size, opacity in LAYERS:
        edge = [
            (
                group.x + 1.12 * group.wide * size * radius * cos(angle),
                group.y + 1.15 * group.high * size * radius * sin(angle),
            )
            for radius, angle in radii
        ]
        around = [(_kept(x, y, left=left), y) for x, y in smooth([*edge, edge[0]])]
        axes.add_patch(Polygon(around, facecolor=RED, alpha=opacity, linewidth=0))


def _blisters(axes: Axes, group: Group, chance: np.random.Generator, *, left: bool) -> None:
    placed: list[tuple[float, float, float]] = []
    tried = 0
    while len(placed) < group.number:
        tried += 1
        radius = chance.uniform(0.55, 1.05) / (1 + tried / 1000)
        reach, angle = chance.uniform(0, 1) ** 0.5, chance.uniform(0, 2 * pi)
        x = group.x + 0.88 * group.wide * reach * cos(angle)
        y = group.y + 0.88 * group.high * reach * sin(angle)
        beside = _kept(x - radius if left else x + radius, y, left=left)
        free = all((x - a) ** 2 + (y - b) ** 2 > (radius + r + 0.1) ** 2 for a, b, r in placed)
        if free and beside == (x - radius if left else x + radius):
            placed.append((x, y, radius))
    for n, (x, y, radius) in enumerate(placed):
        _blister(axes, (x, y), radius, crusted=(n + round(group.x)) % 7 == 3)


def _blister(axes: Axes, at: Point, radius: float, *, crusted: bool) -> None:
    colour = CRUST if crusted else BLISTER
    axes.add_patch(Circle(at, radius, facecolor=colour, edgecolor=BLISTER_EDGE, linewidth=2))
    if not crusted:
        shine = (at[0] - 0.3 * radius, at[1] + 0.35 * radius)
        axes.add_patch(Circle(shine, 0.25 * radius, facecolor=WHITE, linewidth=0))
