"""Oxygen saturation before and after a throat spray, measured in three ways.

Times are in minutes after the spray, saturations in percent.
"""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from content.figures.chart import panel
from content.figures.curves import Point
from content.figures.style import BLACK, BLUE, INK, ORANGE, QUIET, SKY, SMALL, VERMILION, canvas

HEIGHT: Final = 960
TIMES: Final = (-10.0, 40.0)
SATURATIONS: Final = (50.0, 102.0)
BESIDE: Final = 1.2
"""Minutes of the panel to either side, so that no marker is cut."""
PULSE: Final[tuple[Point, ...]] = (
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
)
CALCULATED: Final[tuple[Point, ...]] = ((20, 99), (34, 100))
MEASURED: Final[tuple[Point, ...]] = ((34, 61),)
OXYGEN: Final = 15.0
"""When the mask is put on."""


def draw() -> Figure:
    """Draw the chart."""
    figure = canvas(HEIGHT)
    axes = panel(figure, left=140, bottom=115, right=25, top=60)
    axes.set_xlim(TIMES[0] - BESIDE, TIMES[1] + BESIDE)
    axes.set_ylim(*SATURATIONS)
    axes.set_yticks(range(50, 101, 10))
    axes.set_xlabel("Minutes after throat spray", labelpad=8)
    axes.set_ylabel("Oxygen saturation (%)", labelpad=8)
    _events(axes)
    for points, style, colour, name in (
        (PULSE, "o-", BLUE, "Pulse oximeter (SpO2)"),
        (CALCULATED, "s", ORANGE, "Calculated from\narterial PaO2"),
        (MEASURED, "^", VERMILION, "Oxyhemoglobin\nfraction, co-oximeter"),
    ):
        axes.plot(
            *zip(*points, strict=True),
            style,
            color=colour,
            linewidth=4.5,
            markersize=26 if style == "^" else 20,
            markeredgecolor=BLACK,
            markeredgewidth=2,
            label=name,
            zorder=3,
        )
    axes.legend(
        loc="lower left",
        framealpha=1,
        edgecolor=QUIET,
        fontsize=SMALL,
        handlelength=1.7,
        handletextpad=0.5,
        labelspacing=0.7,
        borderaxespad=0.35,
    )
    return figure


def _events(axes: Axes) -> None:
    """The spray, and the oxygen from its start to the chart's end."""
    axes.axvline(0, color=INK, linewidth=2.5, zorder=1.5)
    axes.text(0, SATURATIONS[1] + 0.9, "spray", size=SMALL, color=BLACK, ha="center")
    axes.axvspan(OXYGEN, TIMES[1] + BESIDE, color=SKY, alpha=0.22, linewidth=0)
    axes.text(OXYGEN + 0.9, 72.5, "Oxygen 15 L/min", size=SMALL, color=BLACK)
