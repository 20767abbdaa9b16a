"""Calcium against parathyroid hormone over years, and two clearances of a 24-hour urine.

Calcium is in mg/dL, parathyroid hormone in pg/mL, with SI units beside; clearances are
in mL/min.
"""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import heading, panel, second_scale
from content.figures.curves import Point
from content.figures.style import BLACK, BLUE, INK, LABEL, QUIET, TEXT, WHITE, canvas

HEIGHT: Final = 1760
LEFT: Final = 140
RIGHT: Final = 150
HORMONE: Final = (0, 100)
CALCIUM: Final = (8.5, 12.0)
HORMONE_RANGE: Final = (15, 65)
CALCIUM_RANGE: Final = (8.6, 10.2)
PMOL: Final = 0.106
"""Picomoles per litre of parathyroid hormone in a pg/mL."""
MMOL: Final = 0.2495
"""Millimoles per litre of calcium in a mg/dL."""
CLEARANCES: Final = ((0, 160), (0, 4))
"""The ends of the axes: of creatinine, then of calcium."""
SLOPES: Final = (0.01, 0.02)
BAND: Final = "#C9CFD6"
MARKER: Final = 24


class Patient(Struct, frozen=True):
    """What was measured in blood, the earliest first, where its names stand, and the clearances."""

    blood: tuple[Point, ...]
    names: tuple[tuple[str, Point], ...]
    clearances: Point

    @property
    def ratio(self) -> float:
        """Of the clearance of calcium to that of creatinine."""
        creatinine, calcium = self.clearances
        return calcium / creatinine


PATIENT: Final = Patient(
    ((44, 10.9), (52, 11.1), (50, 11.0)),
    (("6 years ago", (30, 10.62)), ("3 years ago", (36, 11.45)), ("now", (72, 10.8))),
    (95.5, 0.505),
)
OTHER: Final = Patient(
    ((58, 10.8), (66, 11.0), (62, 11.1)),
    (("4 years ago", (42, 10.55)), ("2 years ago", (77, 10.72)), ("now", (56, 11.5))),
    (117, 2.63),
)


def draw() -> Figure:
    """Draw the two panels."""
    return _panels(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _panels(OTHER)


def _panels(patient: Patient) -> Figure:
    figure = canvas(HEIGHT)
    _blood(panel(figure, LEFT, 990, RIGHT, 110), patient)
    _urine(panel(figure, LEFT, 125, RIGHT, HEIGHT - 680), patient.clearances)
    return figure


def _blood(axes: Axes, patient: Patient) -> None:
    axes.set_xlim(*HORMONE)
    axes.set_ylim(*CALCIUM)
    ticks = range(0, 101, 20)
    axes.set_xticks(ticks, [f"{tick}\n{tick * PMOL:.1f}" for tick in ticks], linespacing=1.5)
    axes.set_yticks((9, 10, 11, 12))
    axes.set_xlabel("Parathyroid hormone (pg/mL; below, pmol/L)", labelpad=8)
    heading(axes, "Calcium", "(mg/dL)", indent=-120)
    second_scale(axes, MMOL, (2.25, 2.5, 2.75, 3), "mmol/L")
    axes.axvspan(*HORMONE_RANGE, color=BAND, alpha=0.4, linewidth=0, zorder=0.5)
    axes.axhspan(*CALCIUM_RANGE, color=BAND, alpha=0.4, linewidth=0, zorder=0.5)
    axes.text(82.5, 9.4, "reference range", size=TEXT, color=INK, ha="center", va="center")
    axes.text(40, 11.8, "reference range", size=TEXT, color=INK, ha="center", va="center")
    for (name, place), point in zip(patient.names, patient.blood, strict=True):
        axes.annotate(
            name,
            xy=point,
            xytext=place,
            size=TEXT,
            color=INK,
            ha="center",
            va="center",
            arrowprops={"arrowstyle": "-", "color": QUIET, "linewidth": 3, "shrinkB": 16},
        )
    axes.plot(*zip(*patient.blood, strict=True), "-", color=QUIET, linewidth=4, zorder=2)
    _points(axes, patient.blood)


def _urine(axes: Axes, clearances: Point) -> None:
    across, up = CLEARANCES
    axes.set_xlim(*across)
    axes.set_ylim(*up)
    axes.set_xticks(range(0, 161, 40))
    axes.set_yticks(range(5))
    axes.set_xlabel("Creatinine clearance (mL/min)", labelpad=8)
    heading(axes, "Calcium clearance", "(mL/min)", indent=-120)
    for slope in SLOPES:
        axes.plot(across, [slope * x for x in across], ":", color=INK, linewidth=5, zorder=2)
        axes.annotate(
            f"{slope * 100:g}:100",
            xy=(across[1], slope * across[1]),
            xytext=(14, 0),
            textcoords="offset points",
            size=LABEL,
            color=BLACK,
            va="center",
            annotation_clip=False,
        )
    _points(axes, (clearances,))


def _points(axes: Axes, points: tuple[Point, ...]) -> None:
    axes.plot(
        *zip(*points, strict=True),
        "o",
        color=BLUE,
        markersize=MARKER,
        markeredgecolor=WHITE,
        markeredgewidth=3,
        zorder=3,
    )
