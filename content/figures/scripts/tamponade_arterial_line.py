"""Arterial pressure over three breaths of spontaneous breathing, above the breathing signal.

The heart beats 118 times a minute, with 20 breaths; the top of each beat and the line on which it
stands follow the breathing. The variant's heart beats 104 times, with 16 breaths.
"""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from content.figures.monitor import CURVE, RED, panel, screen
from content.figures.pressures import ArterialLine, Breathing
from content.figures.style import LABEL, SEMIBOLD, SKY

HEIGHT: Final = 1120
PATIENT: Final = ArterialLine(Breathing(3.0, 1.2), rate=118, systolic=(96, 24), diastolic=(68, 8))
OTHER: Final = ArterialLine(Breathing(3.75, 1.4), rate=104, systolic=(104, 22), diastolic=(74, 6))
BREATHS: Final = 3


def draw() -> Figure:
    """Draw the screen."""
    return _screen(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's screen."""
    return _screen(OTHER)


def _screen(line: ArterialLine) -> Figure:
    figure = screen(HEIGHT)
    end = BREATHS * line.breathing.period
    time = np.linspace(0, end, round(end * 250) + 1)
    upper = panel(figure, (0.1, 0.385, 0.865, 0.525), (0, end))
    upper.set_ylim(40, 120)
    upper.set_yticks(range(40, 121, 20))
    upper.set_xticks(range(0, int(end) + 1, 3), [])
    upper.plot(time, line.pressure(time), color=RED, linewidth=CURVE)
    _name(upper, "Arterial pressure (mm Hg)", RED)
    lower = panel(figure, (0.1, 0.115, 0.865, 0.165), (0, end))
    lower.set_ylim(-0.1, 1.1)
    lower.set_yticks((0, 1), ("out", "in"))
    lower.set_xticks(range(0, int(end) + 1, 3))
    lower.set_xlabel("Time (s)")
    lower.plot(time, line.breathing.drawn(time), color=SKY, linewidth=CURVE)
    _name(lower, "Breathing", SKY)
    for axes in (upper, lower):
        axes.spines[:].set_visible(False)
        axes.set_xlim(0, end)
    return figure


def _name(axes: Axes, text: str, colour: str) -> None:
    axes.annotate(
        text,
        xy=(0, 1),
        xycoords="axes fraction",
        xytext=(-85, 34),
        textcoords="offset points",
        size=LABEL,
        color=colour,
        weight=SEMIBOLD,
    )
