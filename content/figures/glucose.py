"""The ambulatory glucose profile: a day made of all the days of a sensor.

Hours are those of the day, glucose is in mg/dL, with mmol/L on the right.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import DASHES, heading, panel, second_scale
from content.figures.curves import monotone
from content.figures.style import BLACK, GREEN, INK, canvas
from content.figures.trends import band

MILLIMOLES: Final = 1 / 18.016
"""Millimoles per litre of glucose in a mg/dL."""
HEIGHT: Final = 1180
RANGE: Final = (36.0, 350.0)
TARGET: Final = (70.0, 180.0)
LOW: Final = 54.0
OUTER: Final = "#BFD9EE"
INNER: Final = "#6FA8D6"


class Profile(Struct, frozen=True):
    """Percentiles at the same hours, from 0 to 24; between them a curve without overshoot."""

    hours: Sequence[float]
    p5: Sequence[float]
    p25: Sequence[float]
    median: Sequence[float]
    p75: Sequence[float]
    p95: Sequence[float]


def profile(days: Profile) -> Figure:
    """Draw a profile over its target, with a dashed line at 54 mg/dL."""
    figure = canvas(HEIGHT)
    axes = panel(figure, left=110, bottom=125, right=140, top=110)
    axes.set_xlim(0, 24)
    axes.set_ylim(*RANGE)
    axes.set_xticks(range(0, 25, 4))
    axes.set_yticks((54, 70, 180, 250, 350))
    axes.set_xlabel("Hour of the day")
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
    heading(axes, "Glucose", "(mg/dL)", indent=-95)
    second_scale(axes, MILLIMOLES, [], "mmol/L").set_yticks(
        [at * MILLIMOLES for at in (54, 70, 180, 250, 350)], ["3.0", "3.9", "10.0", "13.9", "19.4"]
    )
    band(axes, *TARGET)
    for level in TARGET:
        axes.axhline(level, color=GREEN, linewidth=3.5, zorder=2.5)
    axes.axhline(LOW, color=INK, linewidth=3, linestyle=DASHES, zorder=2.5)
    at = np.linspace(0, 24, 481)
    p5, p25, median, p75, p95 = (
        monotone(days.hours, each, at)
        for each in (days.p5, days.p25, days.median, days.p75, days.p95)
    )
    axes.fill_between(at, p5, p95, color=OUTER, linewidth=0, zorder=1)
    axes.fill_between(at, p25, p75, color=INNER, linewidth=0, zorder=2)
    axes.plot(at, median, color=BLACK, linewidth=7, zorder=3)
    return figure
