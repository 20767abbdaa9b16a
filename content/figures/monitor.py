"""The dark screen of a patient monitor: panels above one another, with curves over time."""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from content.figures.style import canvas

SCREEN: Final = "#10171E"
GRID: Final = "#46525E"
LETTERING: Final = "#E6E9EC"
CURVE: Final = 5.0
RED: Final = "#FF6F61"
"""What monitors give an artery; ``SKY`` and ``YELLOW`` of the house style suit the rest."""

Box = tuple[float, float, float, float]
"""Left, bottom, width and height, as shares of the figure's."""


def screen(height: int) -> Figure:
    """An empty screen, ``height`` pixels high."""
    figure = canvas(height)
    figure.set_facecolor(SCREEN)
    return figure


def panel(figure: Figure, box: Box, times: tuple[float, float]) -> Axes:
    """A panel of the screen over the seconds from ``times[0]`` to ``times[1]``."""
    axes = figure.add_axes(box)
    axes.set_facecolor(SCREEN)
    axes.set_xlim(*times)
    axes.set_axisbelow(True)
    axes.grid(visible=True, axis="y", color=GRID, linewidth=2)
    lettered(axes)
    return axes


def lettered(axes: Axes) -> None:
    """Letter these axes so that they can be read on the dark screen."""
    axes.tick_params(color=GRID, labelcolor=LETTERING)
    axes.spines[:].set_color(GRID)
    axes.xaxis.label.set_color(LETTERING)
    axes.yaxis.label.set_color(LETTERING)
