"""Oxygen saturation measured in three ways, before and after a throat spray; the variant's at rest.

Times are in minutes, saturations in percent.
"""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import heading, panel
from content.figures.curves import Point
from content.figures.style import BLACK, BLUE, INK, ORANGE, SKY, TEXT, VERMILION, canvas

HEIGHT: Final = 1240
UNDER: Final = 400
"""Pixels under the panel, for its axis and the legend."""
SATURATIONS: Final = (50.0, 102.0)
BESIDE: Final = 1.2
"""Minutes of the panel to either side, so that no marker is cut."""


class Course(Struct, frozen=True):
    """The first minute, the three series, the oxygen's start and name, and whether of a spray."""

    start: float
    pulse: tuple[Point, ...]
    calculated: tuple[Point, ...]
    measured: tuple[Point, ...]
    oxygen: tuple[float, str]
    spray: bool = False


END: Final = 40.0
PATIENT: Final = Course(
    -10,
    (
        (-10, 98),
        (-5, 98),
        (0, 97),
        (5, 96),
        (10, 92),
        (15, 88),
        (20, 86),
        (25, 85),
        (30, 85),
        (35, 85),
        (40, 85),
    ),
    ((20, 99), (34, 100)),
    ((34, 61),),
    (15, "oxygen 15 L/min"),
    spray=True,
)
OTHER: Final = Course(
    0,
    ((0, 89), (5, 89), *((minute, 88) for minute in range(10, 41, 5))),
    ((25, 100), (38, 100)),
    ((38, 79),),
    (10, "oxygen 10 L/min"),
)


def draw() -> Figure:
    """Draw the chart."""
    return _chart(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _chart(OTHER)


def _chart(course: Course) -> Figure:
    figure = canvas(HEIGHT)
    axes = panel(figure, left=110, bottom=UNDER, right=40, top=100)
    heading(axes, "Oxygen saturation", "(%)", indent=-80)
    axes.set_xlim(course.start - BESIDE, END + BESIDE)
    axes.set_ylim(*SATURATIONS)
    axes.set_yticks(range(50, 101, 10))
    axes.set_xticks(range(int(course.start), int(END) + 1, 10))
    axes.set_xlabel("Minutes", labelpad=4)
    _events(axes, course)
    for points, style, colour, name in (
        (course.pulse, "o-", BLUE, "Pulse oximeter (SpO2)"),
        (course.calculated, "s", ORANGE, "Calculated from arterial PaO2"),
        (course.measured, "^", VERMILION, "Oxyhemoglobin by CO-oximetry"),
    ):
        axes.plot(
            *zip(*points, strict=True),
            style,
            color=colour,
            linewidth=5,
            markersize=30 if style == "^" else 22,
            markeredgecolor=BLACK,
            markeredgewidth=2,
            label=name,
            clip_on=False,
            zorder=3,
        )
    figure.legend(
        loc="lower left",
        bbox_to_anchor=(70 / 1200, 15 / HEIGHT),
        frameon=False,
        fontsize=TEXT,
        handlelength=2.2,
        handletextpad=0.7,
        labelspacing=0.75,
    )
    return figure


def _events(axes: Axes, course: Course) -> None:
    """The oxygen from its start to the chart's end, and the spray."""
    start, name = course.oxygen
    axes.axvspan(start, END + BESIDE, color=SKY, alpha=0.22, linewidth=0)
    axes.text(start + 0.9, 74, name, size=TEXT, color=BLACK, va="center")
    if course.spray:
        axes.axvline(0, color=INK, linewidth=3, zorder=1.5)
        axes.text(
            -0.7, 51.5, "throat spray", size=TEXT, color=BLACK, rotation=90, ha="right", va="bottom"
        )
