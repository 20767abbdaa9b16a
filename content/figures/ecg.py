"""ECG paper, and what is drawn on it: 25 mm a second across, 10 mm a millivolt up.

On a sheet x is in seconds and y in millivolts. A sheet is as wide as the house style says, so its
span in seconds decides how many pixels a millimetre of paper takes.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from content.figures.curves import Samples
from content.figures.style import BLACK, SMALL, WIDTH, canvas

SPEED: Final = 25
"""Millimetres of paper a second."""
GAIN: Final = 10
"""Millimetres of paper a millivolt."""
RATE: Final = 500
"""Samples a second."""

PAPER: Final = "#FFF9F8"
SMALL_SQUARES: Final = "#FADFDF"
LARGE_SQUARES: Final = "#EDA9A9"
TRACE: Final = 3.0
PULSE: Final = 0.2
"""Seconds that the calibration pulse of 1 mV lasts: one large square."""


def seconds(start: float, end: float) -> Samples:
    """The times of the samples from ``start`` to ``end``, both in seconds."""
    return np.linspace(start, end, round((end - start) * RATE) + 1)


def sheet(start: float, end: float, bottom: float, top: float) -> tuple[Figure, Axes]:
    """Ruled paper from ``start`` to ``end`` seconds and ``bottom`` to ``top`` millivolts.

    Small squares are 1 mm (40 ms, 0.1 mV), large ones 5 mm (200 ms, 0.5 mV); the large ones count
    from 0 s and 0 mV.
    """
    scale = WIDTH / ((end - start) * SPEED)
    figure = canvas(round((top - bottom) * GAIN * scale))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(start, end)
    axes.set_ylim(bottom, top)
    figure.set_facecolor(PAPER)
    for every, colour, width in ((1, SMALL_SQUARES, 1.0), (5, LARGE_SQUARES, 1.8)):
        across = [x / SPEED for x in _ruled(start * SPEED, end * SPEED, every)]
        up = [y / GAIN for y in _ruled(bottom * GAIN, top * GAIN, every)]
        lines = [((x, bottom), (x, top)) for x in across] + [((start, y), (end, y)) for y in up]
        axes.add_collection(LineCollection(lines, colors=colour, linewidths=width), autolim=False)
    return figure, axes


def _ruled(low: float, high: float, every: int) -> range:
    """The multiples of ``every`` millimetres from ``low`` to ``high``."""
    return range(-int(-low // every) * every, int(high // every) * every + 1, every)


def trace(axes: Axes, time: Samples, millivolts: Samples, baseline: float = 0) -> None:
    """Write a trace whose 0 mV lies at ``baseline``."""
    axes.plot(
        time,
        baseline + millivolts,
        color=BLACK,
        linewidth=TRACE,
        solid_joinstyle="round",
        solid_capstyle="butt",
    )


def calibration(axes: Axes, end: float, baseline: float = 0) -> None:
    """The calibration pulse, 1 mV high, and its feet; the later one reaches to ``end`` seconds."""
    foot = PULSE / 4
    rise, fall = end - foot - PULSE, end - foot
    trace(
        axes,
        np.array([rise - foot, rise, rise, fall, fall, end]),
        np.array([0.0, 0, 1, 1, 0, 0]),
        baseline,
    )


def strip(
    lead: str,
    signal: Callable[[Samples], Samples],
    breaks: Sequence[float],
    bottom: float,
    top: float,
) -> Figure:
    """A rhythm strip of one lead, in rows: a strip in one row would be too fine for a phone.

    ``signal`` gives the millivolts at times in seconds. ``breaks`` are the times at which the rows
    begin, and the end; the first row is the longest. Each row shows ``bottom`` to ``top``
    millivolts.
    """
    pitch = top - bottom
    rows = list(pairwise(breaks))
    below = bottom - (len(rows) - 1) * pitch
    figure, axes = sheet(-2 * PULSE, rows[0][1] - rows[0][0] + PULSE / 2, below - 0.4, top)
    for row, (start, end) in enumerate(rows):
        time = seconds(start, end)
        trace(axes, time - start, signal(time), -row * pitch)
        calibration(axes, 0, -row * pitch)
    lead_name(axes, lead, 0.05, top - 0.4)
    settings(axes, 0.05, below - 0.2)
    return figure


def lead_name(axes: Axes, name: str, x: float, y: float) -> None:
    """Name a lead; its lettering stands on ``y`` and begins at ``x``."""
    axes.text(x, y, name, size=SMALL, color=BLACK, weight="bold")


def settings(axes: Axes, x: float, y: float) -> None:
    """Paper speed and gain, as the machine prints them."""
    axes.text(x, y, f"{SPEED} mm/s  {GAIN} mm/mV", size=SMALL, color=BLACK)
