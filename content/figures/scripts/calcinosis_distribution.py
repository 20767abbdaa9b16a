"""Body map, front and back, with the sites where nodules were felt.

The outline follows the landmarks of a plain manikin of boxes and bars (head, elbows, wrists, knees,
heels), rounded to look like a person whose palms face forward.

Each view is a box of 100 by 200 units, y upward; the back view stands ``BACK`` units to the right.
"""

from collections.abc import Iterable
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Ellipse, Patch, Polygon

from content.figures.curves import Point, smooth
from content.figures.style import LABEL, SEMIBOLD, TEXT, WIDTH, canvas

HEIGHT: Final = 1220
BACK: Final = 110
SCALE: Final = 5.5
"""Pixels a unit."""
CORNER: Final = (-4.0, -15.0)
"""The sheet's lower left corner, in units of the front view."""

OUTLINE: Final = "#444444"
SKIN: Final = "#F3EEE8"
NODULE: Final = "#B5651D"
NODULE_EDGE: Final = "#5A3210"
RADIUS: Final = {"f": 1.0, "s": 1.6, "L": 2.4}
"""Of a nodule of the fingers, a small one and a large one."""

Nodule = tuple[float, float, str]

FRONT_NODULES: Final[tuple[Nodule, ...]] = (
    (44, 170, "s"), (57, 169, "s"),
    (26, 160, "s"), (74, 160, "s"),
    (38, 150, "s"), (60, 146, "s"), (45, 138, "s"),
    (42, 122, "s"), (55, 116, "s"), (48, 109, "s"),
    (33, 101, "L"), (67, 101, "L"),
    (21, 142, "s"), (80, 145, "s"),
    (13, 112, "s"), (87, 110, "s"), (10, 97, "s"), (90, 97, "s"),
    (39, 57, "L"), (42, 53, "s"), (60, 57, "L"), (58, 52, "s"),
    (5.3, 81, "f"), (8.1, 79.4, "f"), (11, 80.6, "f"), (92.2, 80.4, "f"), (94.6, 82.4, "f"),
)  # fmt: skip
BACK_NODULES: Final[tuple[Nodule, ...]] = (
    (47, 171, "s"),
    (35, 153, "s"), (62, 151, "s"), (50, 140, "s"),
    (17, 129, "L"), (19, 125, "s"), (83, 129, "L"), (81, 124, "s"),
    (22, 145, "s"), (78, 143, "s"),
    (33, 104, "L"), (67, 104, "L"),
    (41, 95, "L"), (37, 91, "s"), (59, 95, "L"), (63, 90, "s"),
    (40, 17, "s"), (60, 17, "s"),
)  # fmt: skip

# One side of the body, from the neck down to the fork of the legs, in runs that are smooth within
# and meet at a corner; the other side mirrors it about x = 50.
NECK_TO_ARMPIT: Final[tuple[Point, ...]] = (
    (43.4, 177), (43.2, 171), (41.5, 167.5), (36, 165), (29.5, 163.4), (25, 160.6), (22.6, 155.5),
    (20.6, 150), (17.9, 143), (15.2, 136), (13.2, 128.5), (11.4, 120), (9.6, 110), (8, 101),
    (7.2, 96.5), (5.4, 94.4), (2.6, 91.4), (0.6, 87.6), (0.2, 85.2), (1.6, 84.8), (3.2, 87.2),
    (4.3, 88.4), (4.2, 85), (3.9, 80), (4.3, 77), (5.6, 76.8), (6.4, 79.6), (6.7, 84.2),
    (6.8, 79), (7.1, 74.9), (8.4, 74.4), (9.2, 76.8), (9.3, 84), (9.7, 78.6), (10.2, 75.8),
    (11.5, 75.8), (12, 78.4), (11.8, 84.6), (12.5, 80.8), (13.1, 78.8), (14.3, 79.2),
    (14.5, 81.6), (14.4, 86.4), (14.1, 91), (13, 96), (14.6, 102), (17.4, 110),
    (19.4, 118), (20.8, 126), (23, 134), (26.4, 143), (29.6, 151.5),
)  # fmt: skip
ARMPIT_TO_FORK: Final[tuple[Point, ...]] = (
    (29.6, 151.5), (30.8, 144), (32.4, 136), (34.4, 127), (35.4, 119), (34.4, 111), (32, 104),
    (30.2, 97), (29.8, 90), (30.8, 80), (32.6, 69), (33.8, 60), (34, 54), (33.6, 47), (33.8, 40),
    (35, 29), (36.4, 18), (36.6, 12), (35, 8.6), (32.4, 5.8), (32.2, 3.4), (35, 2.5), (40, 2.5),
    (43.4, 3), (44.3, 5.6), (43.6, 10), (43.4, 15), (44.4, 24), (46.2, 34), (46.8, 42), (46, 49),
    (46.4, 56), (47.6, 66), (48.8, 78), (50, 90.5),
)  # fmt: skip


def draw() -> Figure:
    """Draw the map."""
    figure = canvas(HEIGHT)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(CORNER[0], CORNER[0] + WIDTH / SCALE)
    axes.set_ylim(CORNER[1], CORNER[1] + HEIGHT / SCALE)
    for shift, name, nodules in ((0, "Front", FRONT_NODULES), (BACK, "Back", BACK_NODULES)):
        _body(axes, shift)
        _mark(axes, [(x + shift, y, size) for x, y, size in nodules])
        axes.text(50 + shift, 199, name, size=LABEL, weight=SEMIBOLD, ha="center")
        for x, letter in ((7, "RL"[shift > 0]), (93, "LR"[shift > 0])):
            axes.text(x + shift, 62, letter, size=LABEL, weight=SEMIBOLD, ha="center")
    _mark(axes, [(56, -7.5, "L")])
    axes.text(61, -7.5, "= hard subcutaneous nodule felt", size=TEXT, va="center_baseline")
    return figure


def _body(axes: Axes, shift: float) -> None:
    """One silhouette: each part is first outlined, then filled over the other's outline."""
    side = [*smooth(NECK_TO_ARMPIT), *smooth(ARMPIT_TO_FORK)]
    mirrored = [(100 - x, y) for x, y in reversed(side)]
    for edge in (6.0, 0.0):
        parts: tuple[Patch, ...] = (
            Ellipse((50 + shift, 184), 19.5, 22),
            Polygon([(x + shift, y) for x, y in side + mirrored]),
        )
        for part in parts:
            part.set(
                facecolor=SKIN,
                edgecolor=OUTLINE if edge else "none",
                linewidth=edge,
                joinstyle="round",
            )
            axes.add_patch(part)


def _mark(axes: Axes, nodules: Iterable[Nodule]) -> None:
    for x, y, size in nodules:
        axes.add_patch(
            Circle((x, y), RADIUS[size], facecolor=NODULE, edgecolor=NODULE_EDGE, linewidth=2)
        )
