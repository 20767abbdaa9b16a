"""Calcium against parathyroid hormone over the years; clearance of calcium against creatinine.

Calcium is in mg/dL, parathyroid hormone in pg/mL; the other side of each axis has SI units.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import along, heading, panel, second_scale
from content.figures.curves import Point
from content.figures.style import BLACK, INK, QUIET, SMALL, canvas

HEIGHT: Final = 1500
SIDES: Final = (130, 130)

HORMONE: Final = (0, 100)
CALCIUM: Final = (8.5, 12.0)
HORMONE_RANGE: Final = (15, 65)
CALCIUM_RANGE: Final = (8.6, 10.2)
PMOL: Final = 0.106
"""Picomoles per litre of parathyroid hormone in a pg/mL."""
MMOL: Final = 0.2495
"""Millimoles per litre of calcium in a mg/dL."""
DAY: Final = 1440
"""Minutes."""

CREATININE_CLEARANCE: Final = (0, 160)
CALCIUM_CLEARANCE: Final = (0, 4)
SLOPES: Final = ((0.01, "1:100"), (0.02, "2:100"))

BAND: Final = "#BFC5CB"
MARKER: Final = 24


class Visit(Struct, frozen=True):
    """Parathyroid hormone and calcium, when they were measured, and where the words stand.

    ``aside`` is in pixels from the point; words to its left end there, words to its right begin.
    """

    at: Point
    when: str
    aside: Point


class Patient(Struct, frozen=True):
    """Visits, the earliest first; what a day's urine holds, mg; and serum levels, mg/dL."""

    visits: Sequence[Visit]
    urine_calcium: float
    urine_creatinine: float
    serum_calcium: float
    serum_creatinine: float

    @property
    def clearances(self) -> Point:
        """Of creatinine and of calcium, mL/min."""
        return (
            self.urine_creatinine / self.serum_creatinine * 100 / DAY,
            self.urine_calcium / self.serum_calcium * 100 / DAY,
        )


PATIENT: Final = Patient(
    (
        Visit((44, 10.9), "6 years ago", (-28, -6)),
        Visit((52, 11.1), "3 years ago", (28, 20)),
        Visit((50, 11.0), "now", (28, -34)),
    ),
    urine_calcium=80,
    urine_creatinine=1100,
    serum_calcium=11.0,
    serum_creatinine=0.80,
)
OTHER: Final = Patient(
    (
        Visit((58, 10.8), "4 years ago", (-28, -6)),
        Visit((66, 11.0), "2 years ago", (28, -10)),
        Visit((62, 11.1), "now", (-24, 24)),
    ),
    urine_calcium=420,
    urine_creatinine=1600,
    serum_calcium=11.1,
    serum_creatinine=0.95,
)


def draw() -> Figure:
    """Draw the patient's results."""
    return _results(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _results(OTHER)


def _results(patient: Patient) -> Figure:
    figure = canvas(HEIGHT)
    left, right = SIDES
    _blood(panel(figure, left, 835, right, 150), patient.visits)
    _urine(panel(figure, left, 125, right, HEIGHT - 640), patient.clearances)
    return figure


def _blood(axes: Axes, visits: Sequence[Visit]) -> None:
    axes.grid(visible=False)
    axes.set_xlim(*HORMONE)
    axes.set_ylim(*CALCIUM)
    axes.set_xticks(range(0, 101, 20))
    axes.set_yticks((9, 10, 11, 12))
    axes.set_xlabel("Parathyroid hormone (pg/mL)")
    axes.axvspan(*HORMONE_RANGE, color=BAND, alpha=0.4, linewidth=0, zorder=0.5)
    axes.axhspan(*CALCIUM_RANGE, color=BAND, alpha=0.4, linewidth=0, zorder=0.5)
    axes.text(98, 9.4, "reference range", size=SMALL, ha="right", va="center_baseline")
    axes.text(40, 11.75, "reference range", size=SMALL, ha="center", va="center_baseline")
    places = [visit.at for visit in visits]
    axes.plot(*zip(*places, strict=True), "-", color=QUIET, linewidth=3, zorder=2)
    axes.plot(*zip(*places, strict=True), "o", color=BLACK, markersize=MARKER - 4, zorder=3)
    for visit in visits:
        axes.annotate(
            visit.when,
            xy=visit.at,
            xytext=visit.aside,
            textcoords="offset points",
            size=SMALL,
            color=BLACK,
            ha="left" if visit.aside[0] > 0 else "right",
            va="center_baseline",
        )
    second_scale(axes, MMOL, (2.25, 2.5, 2.75, 3), "mmol/L", rise=80)
    heading(axes, "Calcium", "mg/dL", indent=-110, rise=80)
    top = axes.twiny()
    top.set_xlim(HORMONE[0] * PMOL, HORMONE[1] * PMOL)
    top.set_xticks(range(0, 11, 2), ("0", "2", "4", "6", "8", "10 pmol/L"))


def _urine(axes: Axes, clearances: Point) -> None:
    axes.set_xlim(*CREATININE_CLEARANCE)
    axes.set_ylim(*CALCIUM_CLEARANCE)
    axes.set_xticks(range(0, 161, 40))
    axes.set_yticks(range(5))
    axes.set_xlabel("Creatinine clearance (mL/min)")
    heading(axes, "Calcium clearance", "mL/min", indent=-110)
    ends = np.array(CREATININE_CLEARANCE, float)
    for slope, name in SLOPES:
        axes.plot(ends, slope * ends, color=INK, linewidth=4, linestyle=(0, (1, 1.7)), zorder=1.5)
        along(axes, ends, slope * ends, name, 148)
    axes.plot(*clearances, "o", color=BLACK, markersize=MARKER, zorder=3)
