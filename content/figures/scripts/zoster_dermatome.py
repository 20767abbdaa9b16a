"""Face map, from in front: where the blisters were, over pale areas of three sensory supplies.

Units are those of the map, 100 wide and y upward; the patient's right is on the left of the page.
What is symmetrical is given for that side, and mirrored.
"""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon, Rectangle
from msgspec import Struct

from content.figures.curves import Point, smooth
from content.figures.style import GREEN, LABEL, ORANGE, SEMIBOLD, SKY, WHITE, WIDTH, canvas

HEIGHT: Final = 1380
SCALE: Final = 12
"""Pixels a unit."""
BOTTOM: Final = -3
"""The sheet's lower edge."""

OUTLINE: Final = "#555555"
LINE: Final = 4.0
HAIR: Final = "#9A9A9A"
SKIN: Final = "#FDFAF7"
RED_EYE: Final = "#FBE3E0"
IRIS: Final = "#8A6A4F"
TERRITORY: Final = 0.18
"""Opacity of an area of sensory supply."""
PATCH: Final = "#E59A9A"
BLISTER: Final = "#F7F3D6"
BLISTER_EDGE: Final = "#B03A2E"
RADIUS: Final = 0.9
"""Of a blister."""
STOP: Final = 49.5
"""Neither a blister nor red skin lies farther to the patient's left."""


class Cluster(Struct, frozen=True):
    """A group of 3 to 6 blisters round a place, drawn out along x and y as far as told."""

    x: float
    y: float
    number: int
    wide: float = 1
    high: float = 1


CLUSTERS: Final = (
    Cluster(26, 88, 5), Cluster(34, 94, 6), Cluster(43, 97, 5), Cluster(30, 82, 4),
    Cluster(39, 86, 6), Cluster(46, 90, 4), Cluster(47, 82, 3),
    Cluster(33, 74, 4, 1.5, 0.5), Cluster(40, 75, 3, 1.3, 0.6),
    Cluster(47, 66, 3), Cluster(46, 58, 3), Cluster(45, 50, 3), Cluster(48, 46, 4, 0.7, 0.9),
)  # fmt: skip

FACE: Final[tuple[Point, ...]] = (
    (50, 108), (40, 106.8), (31, 102.4), (23.6, 94.5), (19.2, 84), (17.4, 72), (17.2, 62), (18, 52),
    (20.2, 42), (24.2, 33), (30.6, 25), (38, 19), (44, 16.6), (50, 16),
)  # fmt: skip
EAR: Final[tuple[Point, ...]] = (
    (17.5, 68), (14.6, 70.6), (12.2, 68.6), (12.4, 62), (14, 56.5), (15, 51.6), (17, 50.4),
    (18.3, 52.4),
)  # fmt: skip
NECK: Final[tuple[Point, ...]] = ((30.4, 25), (30.6, 15), (29, 8), (23, 3.4), (13, 0.4))
HAIRLINE: Final[tuple[Point, ...]] = (
    (50, 99.5), (43, 98.4), (35.5, 95.2), (29.5, 92), (25, 86.2), (22.6, 78), (20.4, 72),
)  # fmt: skip
UPPER_LID: Final[tuple[Point, ...]] = ((27, 69.4), (30, 71.4), (35, 72.3), (40, 71.3), (43, 68.8))
LOWER_LID: Final[tuple[Point, ...]] = ((43, 68.8), (40, 67.7), (35, 67.2), (30, 67.8), (27, 69.4))
EYE: Final[Point] = (35, 70)
VESSELS: Final[tuple[tuple[Point, ...], ...]] = (
    ((27.8, 69.4), (30, 69.9), (32, 69.5)),
    ((29.4, 69.7), (30.8, 70.7), (32.2, 70.8)),
    ((29, 69.5), (30.6, 68.7), (32.4, 68.3)),
    ((42.2, 69), (40, 69.6), (38, 69.3)),
    ((40.6, 69.5), (39.2, 70.6), (37.8, 71)),
    ((41, 69.3), (39.6, 68.5), (37.8, 68.1)),
)
"""Of the red eye."""
LINES: Final[tuple[tuple[float, tuple[Point, ...]], ...]] = (
    (10, ((25.6, 77), (29, 79.4), (34, 80.2), (39, 79.2), (43.4, 77))),
    (LINE, ((46.6, 72), (46, 64), (45, 57), (43.6, 52.4))),
    (
        LINE,
        (
            (43.6, 52.4),
            (41.9, 49.6),
            (42.1, 46.9),
            (44.2, 45.5),
            (46, 45),
            (47.6, 43.2),
            (50, 42.4),
        ),
    ),
    (LINE, ((39, 30.2), (44, 30.4), (50, 29.8))),
    (LINE, ((39, 30.2), (43, 31.9), (47.6, 33.2), (50, 32.4))),
    (LINE, ((39, 30.2), (43, 27.9), (47, 26.9), (50, 26.8))),
)
"""Brow, bridge and wing of the nose, and mouth, with their widths in pixels."""

# Borders that areas of supply share, each from the midline or the eye outward.
NOSE_BORDER: Final[tuple[Point, ...]] = (
    (50, 42.4), (47.6, 43.2), (45.2, 48), (43.4, 52.2), (43.2, 57), (43.8, 63), (43, 68.8),
)  # fmt: skip
LID_BORDER: Final[tuple[Point, ...]] = ((27, 69.4), (22, 72.4), (10, 77))
CHEEK_BORDER: Final[tuple[Point, ...]] = (
    (50, 29.8), (44, 30.4), (39, 30.2), (33, 34), (27.4, 42), (24, 52), (22.4, 62), (21.6, 68),
    (20.6, 73),
)  # fmt: skip
JAW_BORDER: Final[tuple[Point, ...]] = (
    (38, 16), (34.6, 25), (29.4, 31.4), (25.4, 39), (21.4, 46.6), (10, 54),
)  # fmt: skip


def draw() -> Figure:
    """Draw the map."""
    figure = canvas(HEIGHT)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH / SCALE)
    axes.set_ylim(BOTTOM, BOTTOM + HEIGHT / SCALE)
    face = _head(axes)
    _territories(axes, face)
    _hair(axes, face)
    chance = np.random.default_rng(5)
    eruption = [(cluster, blisters(cluster, chance)) for cluster in CLUSTERS]
    for cluster, _ in eruption:
        _red_skin(axes, cluster, chance)
    _features(axes)
    for _, places in eruption:
        for place in places:
            axes.add_patch(
                Circle(place, RADIUS, facecolor=BLISTER, edgecolor=BLISTER_EDGE, linewidth=2.5)
            )
    for x, letter in ((6, "R"), (94, "L")):
        axes.text(x, 5, letter, size=2 * LABEL, weight=SEMIBOLD, ha="center", va="center_baseline")
    return figure


def blisters(cluster: Cluster, chance: np.random.Generator) -> list[Point]:
    """The centres of a cluster's blisters: a ring, of six one in its middle."""
    ringed = cluster.number - (cluster.number == 6)
    reach = RADIUS * (2.1 if ringed < cluster.number else 1.1 / sin(pi / ringed))
    turn = chance.uniform(0, 2 * pi)
    places = [
        (reach * cos(turn + 2 * pi * n / ringed), reach * sin(turn + 2 * pi * n / ringed))
        for n in range(ringed)
    ]
    if ringed < cluster.number:
        places.append((0, 0))
    return [
        (
            min(cluster.x + cluster.wide * dx + chance.uniform(-0.15, 0.15), STOP - RADIUS),
            cluster.y + cluster.high * dy + chance.uniform(-0.15, 0.15),
        )
        for dx, dy in places
    ]


def _red_skin(axes: Axes, cluster: Cluster, chance: np.random.Generator) -> None:
    reach = 2.4 + 0.22 * cluster.number
    edge = [
        (
            cluster.x + cluster.wide * reach * chance.uniform(0.88, 1.1) * cos(pi * n / 6),
            cluster.y + cluster.high * reach * chance.uniform(0.88, 1.1) * sin(pi * n / 6),
        )
        for n in range(12)
    ]
    skin = Polygon(smooth([*edge, edge[0]]), facecolor=PATCH, alpha=0.5, linewidth=0)
    axes.add_patch(skin)
    skin.set_clip_path(Rectangle((0, 0), STOP, 200, transform=axes.transData))


def _head(axes: Axes) -> Polygon:
    """Neck, ears and face; the face is returned."""
    for line in _sides(NECK):
        _stroke(axes, line, OUTLINE, LINE)
    face = Polygon(_across(smooth(FACE)))
    for part in (*(Polygon(ear) for ear in _sides(EAR)), face):
        part.set(facecolor=SKIN, edgecolor=OUTLINE, linewidth=LINE)
        axes.add_patch(part)
    return face


def _territories(axes: Axes, face: Polygon) -> None:
    """The three areas, on both sides, each given from the midline round to the midline."""
    nose, lid, cheek, jaw = map(smooth, (NOSE_BORDER, LID_BORDER, CHEEK_BORDER, JAW_BORDER))
    for colour, half in (
        (SKY, [*nose, *lid, (0, 77), (0, 120), (50, 120)]),
        (GREEN, [*nose, *lid[:9], *cheek[::-1]]),
        (ORANGE, [*cheek, *lid[9:], (0, 77), (0, 54), *jaw[::-1], (50, 0)]),
    ):
        area = Polygon(_across(half), facecolor=colour, alpha=TERRITORY, linewidth=0)
        axes.add_patch(area)
        area.set_clip_path(face)


def _hair(axes: Axes, face: Polygon) -> None:
    """Thin hair, so that the skin of the scalp can be seen."""
    for n, (x, y) in enumerate(smooth(HAIRLINE)[:-8:2]):
        out = (50 - x) / 27
        start = 3.2 * (n % 2)
        strand = [
            (x - along * out * (0.3 + 0.05 * along), y + along * (1 - 0.45 * out))
            for along in (start, start + 3, start + 6)
        ]
        for side in _sides(strand):
            (hair,) = axes.plot(*zip(*side, strict=True), color=HAIR, linewidth=2.5)
            hair.set_clip_path(face)


def _features(axes: Axes) -> None:
    for width, points in LINES:
        for line in _sides(points):
            _stroke(axes, line, OUTLINE, width)
    for lids, iris, white in zip(
        _sides((*UPPER_LID, *LOWER_LID[1:])), _sides([EYE]), (RED_EYE, WHITE), strict=True
    ):
        opening = Polygon(lids, facecolor=white, edgecolor=OUTLINE, linewidth=LINE)
        axes.add_patch(opening)
        for radius, colour in ((2.5, IRIS), (1.0, OUTLINE)):
            ring = Circle(iris[0], radius, facecolor=colour, edgecolor=OUTLINE, linewidth=2)
            axes.add_patch(ring)
            ring.set_clip_path(opening)
    for vessel in VESSELS:
        _stroke(axes, smooth(vessel), BLISTER_EDGE, 2)


def _stroke(axes: Axes, line: Sequence[Point], colour: str, width: float) -> None:
    axes.plot(*zip(*line, strict=True), color=colour, linewidth=width, solid_capstyle="round")


def _sides(points: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """A smooth line on the patient's right, and its mirror image."""
    line = smooth(points)
    return line, [(100 - x, y) for x, y in line]


def _across(half: Sequence[Point]) -> list[Point]:
    """The whole of what is given from midline to midline."""
    return [*half, *((100 - x, y) for x, y in reversed(half))]
