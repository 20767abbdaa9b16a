"""Panels of charts, placed in pixels and named above their upper left corner.

| to draw | use |
| --- | --- |
| one panel, or several over the same x axis | `panel`, `stack` |
| a panel's name and unit | `heading`, `second_scale` |
| a scale by decades, and a line's name along it | `decades`, `along` |
| readings, bands and bars in a panel | `trends` |

x and y are in the panel's own units; every size, margin and height is in pixels.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from content.figures.curves import Samples
from content.figures.style import BLACK, GRID, INK, LABEL, SEMIBOLD, SMALL, TEXT, WIDTH

BOTTOM: Final = 125
"""Pixels under a chart, for the numbers and the name of its x axis."""
RISE: Final = 30
"""Pixels from a panel up to the lettering over it."""
DASHES: Final = (0, (5, 3))
"""Long strokes, for limits and second lines."""


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
    axes.grid(visible=True, color=GRID)
    axes.set_axisbelow(True)
    return axes


def stack(
    figure: Figure,
    heights: Sequence[float],
    *,
    sides: tuple[float, float] = (130, 30),
    gap: float = 120,
) -> list[Axes]:
    """Panels over one x axis, the topmost first; their ``heights`` and the gaps are in pixels.

    ``sides`` are the margins left and right. A gap holds the name of the panel below it, and the
    margin under the last panel the name of the axis. Only the last panel letters its x axis, so set
    the limits and ticks of that one; the others follow.
    """
    left, right = sides
    whole = figure.get_figheight() * figure.dpi
    panels: list[Axes] = []
    at = float(BOTTOM)
    for n, height in enumerate(reversed(heights)):
        axes = panel(figure, left, at, right, whole - at - height)
        axes.spines["left"].set_visible(False)
        if n:
            axes.sharex(panels[0])
            axes.tick_params(axis="x", labelbottom=False, length=0)
        panels.append(axes)
        at += height + gap
    return panels[::-1]


def heading(
    axes: Axes, text: str, aside: str = "", *, indent: float = 0, rise: float = RISE
) -> None:
    """Name a panel above its upper left corner, and say its unit or limits more quietly after it.

    ``indent`` is in pixels; a negative one begins left of the axis, above its numbers. ``rise``
    lifts the name over a scale along the top.
    """
    name = axes.annotate(
        text,
        xy=(0, 1),
        xycoords="axes fraction",
        xytext=(indent, rise),
        textcoords="offset points",
        size=LABEL,
        weight=SEMIBOLD,
        color=BLACK,
    )
    if aside:
        axes.annotate(
            aside,
            xy=(1, 1),
            xycoords=(name, "axes fraction"),
            xytext=(14, rise),
            textcoords="offset points",
            size=TEXT,
            color=INK,
            va="baseline",
        )


def second_scale(
    axes: Axes, factor: float, ticks: Sequence[float], label: str, *, rise: float = RISE
) -> Axes:
    """The same heights on the right in another unit, which is the left one times ``factor``."""
    right = axes.twinx()
    right.set_yscale(axes.get_yscale())
    low, high = axes.get_ylim()
    right.set_ylim(low * factor, high * factor)
    right.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    right.minorticks_off()
    right.spines[:].set_visible(False)
    right.annotate(
        label,
        xy=(1, 1),
        xycoords="axes fraction",
        xytext=(12, rise),
        textcoords="offset points",
        size=TEXT,
        color=INK,
        ha="left",
    )
    return right


def decades(axes: Axes, low: float, high: float, ticks: Sequence[float]) -> None:
    """Make the y axis logarithmic from ``low`` to ``high``, with numbers at the ticks only."""
    axes.set_yscale("log")
    axes.set_ylim(low, high)
    axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()


def along(axes: Axes, x: Samples, y: Samples, text: str, at: float) -> None:
    """Letter a line along its slope, over the place ``at`` of x.

    The limits and the place of the panel must be set before.
    """
    near = (axes.get_xlim()[1] - axes.get_xlim()[0]) / 100
    ends = [(place, float(np.interp(place, x, y))) for place in (at - near, at + near)]
    (left, low), (right, high) = axes.transData.transform(ends)
    axes.annotate(
        text,
        xy=(at, float(np.interp(at, x, y))),
        xytext=(0, 12),
        textcoords="offset points",
        size=SMALL,
        color=INK,
        rotation=float(np.degrees(np.arctan2(high - low, right - left))),
        rotation_mode="anchor",
        ha="center",
        va="bottom",
    )
