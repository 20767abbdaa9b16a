"""Acid-base map: bicarbonate against PaCO2, where single disorders fall, and one patient.

The bands' slopes are those of the usual rules of compensation. Their widths are a choice of the
drawing, except that of metabolic acidosis.
"""

from math import atan2, degrees
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle
from msgspec import Struct

from content.figures.curves import Point
from content.figures.style import (
    BLACK,
    BLUE,
    GREEN,
    LABEL,
    ORANGE,
    PURPLE,
    QUIET,
    SKY,
    TEXT,
    VERMILION,
    WHITE,
    canvas,
)

HEIGHT: Final = 1640
PRESSURES: Final = (5.0, 80.0)
"""PaCO2 shown, mm Hg."""
BICARBONATES: Final = (0.0, 46.0)
"""Bicarbonate shown, mmol/L."""
KPA: Final = 0.1333
"""Kilopascals in a mm Hg."""
PATIENT: Final[Point] = (18, 10)
BLANK: Final = {"facecolor": WHITE, "edgecolor": "none", "pad": 2}


class Band(Struct, frozen=True):
    """Where one disorder falls: round the line from ``start`` to ``end``, as far as ``spread``.

    ``spread`` is how far it reaches to either side along x and along y; one of the two is 0.
    """

    start: Point
    end: Point
    spread: Point
    colour: str
    name: str
    label: Point

    def corners(self) -> list[Point]:
        """The four corners, in order."""
        (x1, y1), (x2, y2), (dx, dy) = self.start, self.end, self.spread
        return [(x1 - dx, y1 - dy), (x2 - dx, y2 - dy), (x2 + dx, y2 + dy), (x1 + dx, y1 + dy)]


def _winter(bicarbonate: float) -> Point:
    """The middle of the expected response to metabolic acidosis."""
    return 1.5 * bicarbonate + 8, bicarbonate


INSIDE: Final = (
    Band(_winter(5), _winter(24), (2, 0), ORANGE, "metabolic acidosis", _winter(11.5)),
    Band((40, 24), (53.4, 44), (3, 0), GREEN, "metabolic alkalosis", (47.4, 35)),
    Band((40, 24), (80, 28), (0, 2), VERMILION, "acute respiratory\nacidosis", (67, 26.7)),
    Band((40, 24), (80, 38), (0, 2), PURPLE, "chronic respiratory acidosis", (62.5, 31.875)),
)
"""The bands wide enough for their names."""
BESIDE: Final = (
    (Band((15, 19), (40, 24), (0, 2), SKY, "acute respiratory\nalkalosis", (8, 28.5)), (21, 20.5)),
    (
        Band((15, 11.5), (40, 24), (0, 1), BLUE, "chronic respiratory\nalkalosis", (54, 9.5)),
        (31.8, 19.8),
    ),
)
"""The bands whose names stand beside them, and where a line from the name ends."""


def draw() -> Figure:
    """Draw the map."""
    figure = canvas(HEIGHT)
    axes = figure.add_axes((0.106, 0.092, 0.779, 0.806))
    axes.set_xlim(*PRESSURES)
    axes.set_ylim(*BICARBONATES)
    axes.set_xlabel("PaCO2 (mm Hg)")
    axes.set_ylabel("Bicarbonate (mmol/L)", labelpad=12)
    top = axes.twiny()
    top.set_xlim(PRESSURES[0] * KPA, PRESSURES[1] * KPA)
    top.set_xlabel("PaCO2 (kPa)", labelpad=14)
    _ph_lines(axes)
    for band in (*INSIDE, *(each for each, _ in BESIDE)):
        axes.add_patch(Polygon(band.corners(), facecolor=band.colour, alpha=0.5, linewidth=0))
    for band in INSIDE:
        _name_along(axes, band)
    for band, end in BESIDE:
        _name_beside(axes, band, end)
    _normal(axes)
    _patient(axes)
    return figure


def _ph_lines(axes: Axes) -> None:
    """Lines of equal pH (Henderson-Hasselbalch), each named where it leaves the map."""
    for tenths in range(70, 78):
        slope = 0.0307 * 10 ** (tenths / 10 - 6.1)
        axes.plot(PRESSURES, [slope * x for x in PRESSURES], color=QUIET, linewidth=2, zorder=0.5)
        right = slope * PRESSURES[1]
        if right < BICARBONATES[1]:
            axes.text(80.8, right, f"pH {tenths / 10}", size=LABEL, va="center_baseline")
        else:
            axes.text(
                44.9 / slope,
                44.9,
                f"pH {tenths / 10}",
                size=LABEL,
                ha="center",
                va="center_baseline",
                bbox=BLANK,
                zorder=0.7,
            )


def _name_along(axes: Axes, band: Band) -> None:
    (x1, y1), (x2, y2) = band.start, band.end
    axes.text(
        *band.label,
        band.name,
        size=LABEL,
        color=BLACK,
        ha="center",
        va="center",
        linespacing=1.05,
        rotation=degrees(atan2(y2 - y1, x2 - x1)),
        rotation_mode="anchor",
        transform_rotates_text=True,
    )


def _name_beside(axes: Axes, band: Band, end: Point) -> None:
    axes.annotate(
        band.name,
        xy=end,
        xytext=band.label,
        size=LABEL,
        color=BLACK,
        va="center",
        linespacing=1.05,
        bbox=BLANK,
        arrowprops={
            "arrowstyle": "-",
            "color": BLACK,
            "linewidth": 2,
            "relpos": (0, 0.75) if end[1] > band.label[1] else (0.5, 0),
        },
    )


def _normal(axes: Axes) -> None:
    axes.add_patch(Rectangle((35, 22), 10, 4, facecolor="none", edgecolor=BLACK, linewidth=3))
    axes.text(40, 24, "normal", size=TEXT, color=BLACK, ha="center", va="center_baseline")


def _patient(axes: Axes) -> None:
    axes.plot(*PATIENT, "o", color=BLACK, markersize=24)
    axes.text(17, 7.8, "patient", size=LABEL, color=BLACK, ha="right")
