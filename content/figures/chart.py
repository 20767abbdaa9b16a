"""Charts of measured values: a panel placed in pixels, over a quiet grid."""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from content.figures.style import WIDTH

GRID: Final = "#D9D9D9"


def panel(figure: Figure, left: float, bottom: float, right: float, top: float) -> Axes:
    """A panel with a grid behind its curves; the four margins round it are in pixels."""
    height = figure.get_figheight() * figure.dpi
    axes = figure.add_axes(
        (
            left / WIDTH,
            bottom / height,
            (WIDTH - left - right) / WIDTH,
            (height - bottom - top) / height,
        )
    )
    axes.grid(visible=True, color=GRID, linewidth=1.5)
    axes.set_axisbelow(True)
    return axes
