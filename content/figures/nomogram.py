"""Nomograms of a level against the time since it was taken, on a scale of decades.

Times are in hours, levels in the chart's own unit.
"""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from msgspec import Struct

from content.figures.chart import DASHES, along
from content.figures.curves import Point, Samples
from content.figures.style import BLACK, LABEL, SEMIBOLD, VERMILION, WHITE

LINE: Final = 5.0
POINT: Final = 30


class Halving(Struct, frozen=True):
    """A line that passes ``level`` at ``start`` hours and halves every ``halving`` hours."""

    level: float
    start: float
    end: float
    halving: float

    def at(self, hours: Samples) -> Samples:
        """The line's levels."""
        return self.level * 2 ** (-(hours - self.start) / self.halving)


def falling(axes: Axes, line: Halving, text: str, at: float, *, dashed: bool = False) -> None:
    """Draw a line from its start to its end, lettered along it at ``at`` hours."""
    hours = np.linspace(line.start, line.end, 101)
    style = DASHES if dashed else "-"
    axes.plot(hours, line.at(hours), color=BLACK, linewidth=LINE, linestyle=style, zorder=2)
    along(axes, hours, line.at(hours), text, at)


def point(axes: Axes, hours: float, level: float, name: str, beside: Point) -> None:
    """A level that was measured; ``beside`` is where its name's centre is from it, in pixels."""
    axes.plot(
        hours,
        level,
        "o",
        color=VERMILION,
        markersize=POINT,
        markeredgecolor=WHITE,
        markeredgewidth=3,
        zorder=4,
    )
    axes.annotate(
        name,
        xy=(hours, level),
        xytext=beside,
        textcoords="offset points",
        size=LABEL,
        color=BLACK,
        weight=SEMIBOLD,
        ha="center",
        va="center",
    )
