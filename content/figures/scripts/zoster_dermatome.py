"""Two faces with blisters on red skin, each on one side."""

from math import cos, pi, sin
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon
from msgspec import Struct

from content.figures.curves import smooth
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

    @property
    def left(self) -> bool:
        """Whether it lies on the patient's left."""
        return self.x > 50


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
    return _face(MAN, RIGHT)


def draw_variant() -> Figure:
    """Draw the woman's face."""
    return _face(WOMAN, LEFT)


def _face(looks: Looks, groups: tuple[Group, ...]) -> Figure:
    figure, axes = sheet()
    head(axes, looks)
    chance = np.random.default_rng(7)
    for group in groups:
        _red_skin(axes, group, chance)
    features(axes, looks)
    for group in groups:
        for n, blister in enumerate(blisters(group, chance)):
            _blister(axes, blister, crusted=(n + round(group.x)) % 7 == 3)
    return figure


def kept(x: float, y: float, *, left: bool) -> float:
    """The place, or the eruption's uneven edge near the midline where it lies beyond that."""
    edge = 49.6 + 1.1 * sin(0.55 * y) + 0.7 * sin(1.7 * y + 1)
    return max(x, 100 - edge) if left else min(x, edge)


def blisters(group: Group, chance: np.random.Generator) -> list[tuple[float, float, float]]:
    """Centres and radii of a group's blisters, which touch neither one another nor the edge."""
    placed: list[tuple[float, float, float]] = []
    tried = 0
    while len(placed) < group.number:
        tried += 1
        radius = chance.uniform(0.55, 1.05) / (1 + tried / 1000)
        reach, angle = 0.88 * chance.uniform(0, 1) ** 0.5, chance.uniform(0, 2 * pi)
        x = group.x + group.wide * reach * cos(angle)
        y = group.y + group.high * reach * sin(angle)
        inner = x - radius if group.left else x + radius
        free = all((x - a) ** 2 + (y - b) ** 2 > (radius + r + 0.1) ** 2 for a, b, r in placed)
        if free and kept(inner, y, left=group.left) == inner:
            placed.append((x, y, radius))
    return placed


def _red_skin(axes: Axes, group: Group, chance: np.random.Generator) -> None:
    radii = [(chance.uniform(0.88, 1.12), 2 * pi * n / 18) for n in range(18)]
    for size, opacity in LAYERS:
        edge = [
            (
                group.x + 1.12 * group.wide * size * radius * cos(angle),
                group.y + 1.15 * group.high * size * radius * sin(angle),
            )
            for radius, angle in radii
        ]
        around = [(kept(x, y, left=group.left), y) for x, y in smooth([*edge, edge[0]])]
        axes.add_patch(Polygon(around, facecolor=RED, alpha=opacity, linewidth=0))


def _blister(axes: Axes, blister: tuple[float, float, float], *, crusted: bool) -> None:
    x, y, radius = blister
    colour = CRUST if crusted else BLISTER
    axes.add_patch(Circle((x, y), radius, facecolor=colour, edgecolor=BLISTER_EDGE, linewidth=2))
    if not crusted:
        shine = (x - 0.3 * radius, y + 0.35 * radius)
        axes.add_patch(Circle(shine, 0.25 * radius, facecolor=WHITE, linewidth=0))
