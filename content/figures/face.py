"""A face from in front, in skin tones, for what stands on its skin.

Units are 12 pixels, y upward; the patient's right is on the left of the page, and the midline is
at 50. What is symmetrical is given for the patient's right, and mirrored.

| to draw | use |
| --- | --- |
| the sheet | `sheet` |
| head, hair and neck, under what stands on the skin | `head` |
| brows, eyes, nose and mouth, over red skin | `features` |
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Ellipse, Polygon
from msgspec import Struct

from content.figures.curves import Point, smooth
from content.figures.face_lines import (
    BAG,
    BRIDGE,
    BROW,
    CHEEK_FOLD,
    CROWN,
    EAR,
    EAR_FOLD,
    FACE,
    FRINGE,
    FROWN,
    LID_CREASE,
    LONG,
    LOWER_LID,
    MOUTH,
    NECK,
    SHADES,
    SHADOW,
    TIP,
    UNDER_LIP,
    UPPER_LID,
    UPPER_LIP,
    WING,
)
from content.figures.style import LABEL, SEMIBOLD, WHITE, WIDTH, canvas

HEIGHT: Final = 1380
SCALE: Final = 12
"""Pixels a unit."""
BOTTOM: Final = -1
"""The sheet's lower edge."""

SKIN: Final = "#EBC9AE"
NECK_SKIN: Final = "#D9AE8F"
OUTLINE: Final = "#6B4B3A"
CREASE: Final = "#A67B62"
IRIS: Final = "#6B4A32"
PUPIL: Final = "#1E1712"
EYE_WHITE: Final = "#FDFBF8"
LIP: Final = "#C98A7C"
LOWER_LIP: Final = "#D39A8B"
LINE: Final = 3.0

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
            _soft(axes, face, (colour, opacity), (centre, y), (wide, high))
    below = [point for point in smooth(FACE) if point[1] < 73]
    stroke(axes, across(below), OUTLINE, LINE)
    for wrinkle in (BAG, *FROWN) if looks.old else ():
        for side in sides(wrinkle):
            stroke(axes, side, CREASE, 2)
    _fringe(axes, looks)


def features(axes: Axes, looks: Looks) -> None:
    """Brows, eyes, nose and mouth."""
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
    for mirrored in (False, True):
        _eye(axes, mirrored=mirrored)
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


def _soft(axes: Axes, face: Polygon, shade: tuple[str, float], at: Point, size: Point) -> None:
    """Shade a place of the face, softly toward the edges; the shade is a colour and its opacity."""
    colour, opacity = shade
    for share in np.linspace(1, 0.3, STACKED):
        patch = Ellipse(at, size[0] * share, size[1] * share, color=colour, linewidth=0)
        patch.set_alpha(opacity)
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


def _eye(axes: Axes, *, mirrored: bool) -> None:
    lids, lid, crease = (
        sides(each)[mirrored] for each in ((*UPPER_LID, *LOWER_LID[1:]), UPPER_LID, LID_CREASE)
    )
    x = 65 if mirrored else 35
    opening = Polygon(lids, facecolor=EYE_WHITE, edgecolor=CREASE, linewidth=2)
    axes.add_patch(opening)
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
