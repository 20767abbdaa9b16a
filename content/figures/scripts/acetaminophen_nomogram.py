"""Two acetaminophen levels on the nomogram, in µg/mL; the variant's in µmol/L."""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from content.figures.chart import decades, heading, panel, second_scale
from content.figures.nomogram import Halving, falling, point
from content.figures.style import canvas

HEIGHT: Final = 1430
MICROMOLES: Final = 6.615
"""Micromoles per litre of acetaminophen in a µg/mL."""
LOWER_LEFT: Final = (-30, -28)
UPPER_LEFT: Final = (-30, 30)
START, END, HALF = 4, 24, 4


def draw() -> Figure:
    """Draw the nomogram."""
    figure, axes = _graph("(µg/mL)")
    decades(axes, 4, 500, (5, 10, 20, 50, 100, 150, 200, 300, 500))
    second_scale(axes, MICROMOLES, (50, 100, 200, 500, 1000, 2000, 3000), "µmol/L")
    for level, dashed in ((150, False), (300, True)):
        line = Halving(level, START, END, HALF)
        falling(axes, line, f"through {level} µg/mL at 4 h", 17, dashed=dashed)
    point(axes, 5, 96, "1", LOWER_LEFT)
    point(axes, 10, 83, "2", UPPER_LEFT)
    return figure


def draw_variant() -> Figure:
    """Draw the other patient's."""
    figure, axes = _graph("(µmol/L)")
    decades(axes, 26, 3300, (30, 50, 100, 200, 500, 1000, 2000, 3000))
    second_scale(axes, 1 / MICROMOLES, (5, 10, 20, 50, 100, 150, 300, 500), "µg/mL")
    for level, dashed in ((992, False), (1985, True)):
        line = Halving(level, START, END, HALF)
        falling(axes, line, f"through {level} µmol/L at 4 h", 17, dashed=dashed)
    point(axes, 6, 516, "1", LOWER_LEFT)
    point(axes, 11, 139, "2", LOWER_LEFT)
    return figure


def _graph(unit: str) -> tuple[Figure, Axes]:
    figure = canvas(HEIGHT)
    axes = panel(figure, left=135, bottom=125, right=150, top=110)
    axes.set_xlim(0, 24)
    axes.set_xticks(range(0, 25, 4))
    axes.set_xlabel("Hours after ingestion")
    heading(axes, "Acetaminophen", unit, indent=-120)
    return figure, axes
