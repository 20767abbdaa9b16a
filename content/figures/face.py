"""A face from in front, in skin tones, for what stands on its skin.

Units are 12 pixels, y upward; the patient's right is on the left of the page, and the midline is
at 50. What is symmetrical is given for the patient's right, and mirrored.

| to draw | use |
| --- | --- |
| the sheet | `sheet` |
| head, hair and neck, under what stands on the skin | `head` |
| brows, eyes, nose and mouth, over red skin | `features` |
| blisters and crusts on red skin | `eruption` |
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Ellipse, Polygon
from msgspec import Struct

from content.figures.curves import Point, smooth
from content.figures.style import LABEL, SEMIBOLD, WHITE, WIDTH, canvas

HEIGHT: Final = 1380
SCALE: Final = 12
"""Pixels a unit."""
BOTTOM: Final = -1
"""The sheet's lower edge."""

SKIN: Final = "#EBC9AE"
SHADOW: Final = "#D2A282"
LIGHT: Final = "#F6E0CC"
NECK_SKIN: Final = "#D9AE8F"
OUTLINE: Final = "#6B4B3A"
CREASE: Final = "#A67B62"
IRIS: Final = "#6B4A32"
PUPIL: Final = "#1E1712"
EYE_WHITE: Final = "#FDFBF8"
RED_WHITE: Final = "#F4C9C4"
VESSEL: Final = "#BE3F3A"
LIP: Final = "#C98A7C"
LOWER_LIP: Final = "#D39A8B"
LINE: Final = 3.0

FACE: Final[tuple[Point, ...]] = (
    (50, 108), (40, 106.8), (31, 102.4), (23.6, 94.5), (19.2, 84), (17.4, 72), (17.2, 62), (18, 52),
    (20.2, 42), (24.2, 33), (30.6, 25), (38, 19), (44, 16.6), (50, 16),
)  # fmt: skip
EAR: Final[tuple[Point, ...]] = (
    (17.5, 68), (14.6, 70.6), (12.2, 68.6), (12.4, 62), (14, 56.5), (15, 51.6), (17, 50.4),
    (18.3, 52.4),
)  # fmt: skip
EAR_FOLD: Final[tuple[Point, ...]] = ((17, 66.4), (14.8, 67.6), (13.9, 65), (15.2, 60), (16.2, 57.6))
NECK: Final[tuple[Point, ...]] = (
    (30.4, 30), (30.6, 15), (29, 8), (23, 3.4), (13, 0.4), (4, -2),
)  # fmt: skip
CROWN: Final[tuple[Point, ...]] = (
    (50, 113.5), (38, 112.2), (27, 107.2), (19, 98), (15.2, 86), (14.2, 76), (15.6, 69), (18.5, 66),
)  # fmt: skip
"""The hair's outer edge when it is short; ``LONG`` when it hangs beside the face."""
LONG: Final[tuple[Point, ...]] = (
    (50, 113.5), (38, 112.4), (26, 107.6), (17, 98), (12.4, 84), (10.6, 68), (10, 52), (10.6, 36),
    (12.6, 24), (17, 14), (23, 9), (31, 8.5), (34, 14), (34, 30),
)  # fmt: skip
FRINGE: Final[tuple[Point, ...]] = (
    (50, 101.5), (43, 100.4), (36, 97.5), (29.5, 93.5), (24.5, 87), (21.6, 79), (19.6, 72.5),
    (18.5, 66),
)  # fmt: skip
UPPER_LID: Final[tuple[Point, ...]] = ((27, 69.4), (30, 71.4), (35, 72.3), (40, 71.3), (43, 68.8))
LOWER_LID: Final[tuple[Point, ...]] = ((43, 68.8), (40, 67.7), (35, 67.2), (30, 67.8), (27, 69.4))
LID_CREASE: Final[tuple[Point, ...]] = (
    (28, 72.6), (31, 74.2), (35, 74.8), (39.5, 74), (42.2, 72.2),
)  # fmt: skip
BAG: Final[tuple[Point, ...]] = ((29.5, 65.4), (34, 64.2), (38.5, 64.8))
BROW: Final[tuple[Point, ...]] = (
    (25.8, 77.4), (29, 79.6), (34, 80.4), (39, 79.4), (43.2, 77.2),
)  # fmt: skip
VESSELS: Final[tuple[tuple[Point, ...], ...]] = (
    ((27.8, 69.4), (30, 69.9), (32, 69.5)),
    ((29.4, 69.7), (30.8, 70.7), (32.2, 70.8)),
    ((29, 69.5), (30.6, 68.7), (32.4, 68.3)),
    ((42.2, 69), (40, 69.6), (38, 69.3)),
    ((40.6, 69.5), (39.2, 70.6), (37.8, 71)),
    ((41, 69.3), (39.6, 68.5), (37.8, 68.1)),
)
"""Of a red eye."""
BRIDGE: Final[tuple[Point, ...]] = ((46.4, 71.5), (45.9, 64), (44.9, 57), (43.4, 52.4))
WING: Final[tuple[Point, ...]] = ((43.4, 52.4), (41.9, 49.6), (42.1, 46.9), (44.2, 45.5))
TIP: Final[tuple[Point, ...]] = ((45.2, 47), (46.4, 45.4), (48, 44.8), (50, 44.6))
CHEEK_FOLD: Final[tuple[Point, ...]] = ((41.4, 44), (38.6, 39.5), (37.6, 35.5))
UPPER_LIP: Final[tuple[Point, ...]] = ((39, 30.2), (43, 32.2), (47.6, 33.6), (50, 32.7))
MOUTH: Final[tuple[Point, ...]] = ((39, 30.2), (44, 30.5), (50, 30))
UNDER_LIP: Final[tuple[Point, ...]] = ((39, 30.2), (43, 27.6), (47, 26.3), (50, 26.1))
FROWN: Final[tuple[tuple[Point, ...], ...]] = (
    ((50, 88.4), (42, 89), (35, 87.6)),
    ((50, 93.4), (43, 93.8), (37, 92.4)),
)
"""Lines of an older forehead."""
SHADES: Final[tuple[tuple[str, float, Point, Point], ...]] = (
    (SHADOW, 0.07, (22, 48), (16, 60)),
    (SHADOW, 0.06, (50, 20), (34, 14)),
    (SHADOW, 0.06, (35, 72), (20, 12)),
    (SHADOW, 0.05, (45, 58), (7, 26)),
    (SHADOW, 0.06, (50, 41), (8, 6)),
    (SHADOW, 0.06, (50, 23.6), (14, 4)),
    (LIGHT, 0.07, (50, 88), (44, 22)),
    (LIGHT, 0.07, (33, 56), (16, 12)),
    (LIGHT, 0.08, (50, 56), (4, 26)),
    (LIGHT, 0.09, (50, 49), (6, 5)),
    (LIGHT, 0.06, (50, 18.6), (9, 5)),
)
"""Colour, opacity, centre and size of the soft ellipses that give the face its shape."""
STACKED: Final = 8
"""Ellipses within one another that make a soft one."""


class Looks(Struct, frozen=True):
    """Whose face it is."""

    hair: str
    strand: str
    long: bool
    old: bool


def sheet() -> tuple[Figure, Axes]:
    """A sheet with R and L in its lower corners."""
    figure = canvas(HEIGHT)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH / SCALE)
    axes.set_ylim(BOTTOM, BOTTOM + HEIGHT / SCALE)
    for x, letter in ((6, "R"), (94, "L")):
        axes.text(x, 4, letter, size=2 * LABEL, weight=SEMIBOLD, ha="center", va="center_baseline")
    return figure, axes


def head(axes: Axes, looks: Looks) -> None:
    """Hair, neck, ears and face."""
    if looks.long:
        _mass(axes, across(smooth(LONG)), looks.hair, LINE)
    neck = [*smooth(NECK), (4, -6)]
    _mass(axes, across(neck), NECK_SKIN, LINE)
    under = Ellipse((50, 17), 34, 13, facecolor=SHADOW, alpha=0.5, linewidth=0)
    axes.add_patch(under)
    if not looks.long:
        _mass(axes, across(smooth(CROWN)), looks.hair, LINE)
    for ear, fold in zip(sides(EAR), sides(EAR_FOLD), strict=True):
        _mass(axes, ear, SKIN, LINE)
        stroke(axes, fold, CREASE, LINE)
    face = Polygon(across(smooth(FACE)), facecolor=SKIN, linewidth=0)
    axes.add_patch(face)
    for colour, opacity, (x, y), (wide, high) in SHADES:
        for centre in {x, 100 - x}:
            _soft(axes, face, colour, opacity, Ellipse((centre, y), wide, high))
    below = [point for point in smooth(FACE) if point[1] < 73]
    stroke(axes, across(below), OUTLINE, LINE)
    for wrinkle in (BAG, *FROWN) if looks.old else ():
        for side in sides(wrinkle):
            stroke(axes, side, CREASE, 2)
    _fringe(axes, looks)


def features(axes: Axes, looks: Looks, red: str = "") -> None:
    """Brows, eyes, nose and mouth; ``red`` is R or L where that eye is red."""
    chance = np.random.default_rng(11)
    for line, colour in ((BRIDGE, CREASE), (CHEEK_FOLD, CREASE), (WING, OUTLINE), (TIP, OUTLINE)):
        for side in sides(line):
            stroke(axes, side, colour, LINE)
    for x in (45.6, 54.4):
        nostril = Ellipse((x, 46.1), 2.6, 1.1, facecolor="#8A5B47", linewidth=0)
        nostril.set_angle(18 if x < 50 else -18)
        axes.add_patch(nostril)
    for edge, colour in ((UPPER_LIP, LIP), (UNDER_LIP, LOWER_LIP)):
        axes.add_patch(Polygon(across(smooth(edge)), facecolor=colour, linewidth=0))
    stroke(axes, across(smooth(MOUTH)), "#7D4A40", LINE)
    for place, mirrored in (("R", False), ("L", True)):
        _eye(axes, mirrored=mirrored, red=place == red)
        _brow(axes, looks, chance, mirrored=mirrored)


def across(half: Sequence[Point]) -> list[Point]:
    """The whole of what is given from the midline, or round to it."""
    return [*half, *((100 - x, y) for x, y in reversed(half))]


def sides(points: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """A smooth line on the patient's right, and its mirror image."""
    line = smooth(points)
    return line, [(100 - x, y) for x, y in line]


def stroke(axes: Axes, line: Sequence[Point], colour: str, width: float) -> None:
    """A line with round ends."""
    axes.plot(*zip(*line, strict=True), color=colour, linewidth=width)


def _mass(axes: Axes, around: Sequence[Point], colour: str, line: float) -> None:
    axes.add_patch(Polygon(around, facecolor=colour, edgecolor=OUTLINE, linewidth=line))


def _soft(axes: Axes, face: Polygon, colour: str, opacity: float, outer: Ellipse) -> None:
    for share in np.linspace(1, 0.3, STACKED):
        patch = Ellipse(
            outer.get_center(),
            outer.width * share,
            outer.height * share,
            facecolor=colour,
            alpha=opacity,
            linewidth=0,
        )
        axes.add_patch(patch)
        patch.set_clip_path(face)


def _fringe(axes: Axes, looks: Looks) -> None:
    """The hair over the forehead, with a ragged edge and strands."""
    chance = np.random.default_rng(2)
    edge = [(x, y + chance.uniform(-0.9, 0.9)) for x, y in smooth(FRINGE, 10)]
    half = [(50.2, edge[0][1]), *edge, *reversed(smooth(CROWN)), (50.2, 112)]
    for side in (half, [(100 - x, y) for x, y in half]):
        axes.add_patch(Polygon(side, facecolor=looks.hair, linewidth=0))
    for x, y in edge[1:-6:2]:
        lean = (50 - x) / 34
        length = chance.uniform(4, 8)
        strand = [(x, y), (x - 0.7 * lean * length, y + length * (1 - 0.35 * lean))]
        for side in (strand, [(100 - at, up) for at, up in strand]):
            stroke(axes, side, looks.strand, 2)


def _eye(axes: Axes, *, mirrored: bool, red: bool) -> None:
    lids, lid, crease = (
        sides(each)[mirrored] for each in ((*UPPER_LID, *LOWER_LID[1:]), UPPER_LID, LID_CREASE)
    )
    x = 65 if mirrored else 35
    white = RED_WHITE if red else EYE_WHITE
    opening = Polygon(lids, facecolor=white, edgecolor=CREASE, linewidth=2)
    axes.add_patch(opening)
    for vessel in VESSELS if red else ():
        stroke(axes, sides(vessel)[mirrored], VESSEL, 2.2)
    for centre, radius, colour in (
        ((x, 69.9), 2.5, IRIS),
        ((x, 69.9), 1.1, PUPIL),
        ((x - 0.7, 70.8), 0.45, WHITE),
    ):
        ring = Circle(centre, radius, facecolor=colour, linewidth=0)
        axes.add_patch(ring)
        ring.set_clip_path(opening)
    stroke(axes, lid, "#4A3226", 5)
    stroke(axes, crease, CREASE, 2.5)


def _brow(axes: Axes, looks: Looks, chance: np.random.Generator, *, mirrored: bool) -> None:
    colour = looks.strand if not looks.old else "#77706A"
    line = smooth(BROW, 14)
    for n, (x, y) in enumerate(line):
        share = n / len(line)
        length = chance.uniform(1.2, 2.0)
        hair = [
            (x, y + chance.uniform(-0.55, 0.35)),
            (x - length * (0.9 - 0.5 * share), y + length * (0.25 + 0.5 * share)),
        ]
        stroke(axes, [(100 - at, up) for at, up in hair] if mirrored else hair, colour, 2.4)
