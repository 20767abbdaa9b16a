"""Arterial pressure over 18 s of spontaneous breathing, above the breathing signal.

The heart beats 118 times a minute, with 20 breaths; the top of each beat and the line on which it
stands follow the breathing. Times are in seconds, pressures in mm Hg.
"""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from content.figures.curves import Samples, bump
from content.figures.monitor import CURVE, panel, screen
from content.figures.style import SKY, VERMILION

HEIGHT: Final = 900
TIMES: Final = (0.0, 18.0)
SAMPLES: Final = 18 * 250 + 1
BREATH: Final = 3.0
INSPIRATION: Final = 1.2
BEAT: Final = 60 / 118

UPSTROKE: Final = 0.22
"""The share of a beat until its peak; ``DECAY`` and the dicrotic wave are shares of a beat too."""
DECAY: Final = 0.34
DICROTIC: Final = (0.10, 0.50, 0.035)
"""Height, as a share of the pulse pressure, place and spread."""


def draw() -> Figure:
    """Draw the screen."""
    figure = screen(HEIGHT)
    time = np.linspace(*TIMES, SAMPLES)
    upper = panel(figure, (0.115, 0.4, 0.86, 0.565), TIMES)
    upper.set_ylim(40, 120)
    upper.set_yticks(
        range(40, 121, 10), [str(n) if n % 20 == 0 else "" for n in range(40, 121, 10)]
    )
    upper.set_xticks(range(0, 19, 3), [])
    upper.set_ylabel("Arterial pressure (mm Hg)", labelpad=8)
    upper.plot(time, pressure(time), color=VERMILION, linewidth=CURVE)
    lower = panel(figure, (0.115, 0.135, 0.86, 0.2), TIMES)
    _breathing_scale(lower)
    lower.plot(time, inflation(time), color=SKY, linewidth=CURVE)
    figure.align_ylabels((upper, lower))
    return figure


def inflation(time: Samples) -> Samples:
    """How far a breath has been drawn: 0 at the end of expiration, 1 at the end of inspiration."""
    phase = time % BREATH
    drawing = 0.5 * (1 - np.cos(np.pi * phase / INSPIRATION))
    leaving = 0.5 * (1 + np.cos(np.pi * (phase - INSPIRATION) / (BREATH - INSPIRATION)))
    return np.where(phase < INSPIRATION, drawing, leaving)


def pressure(time: Samples) -> Samples:
    """The arterial pressure."""
    start = np.floor(time / BEAT) * BEAT
    systolic = 96 - 24 * inflation(start + 0.15 * BEAT)
    height = systolic - _diastolic(start + UPSTROKE * BEAT)
    return _diastolic(time) + height * _pulse((time - start) / BEAT)


def _diastolic(time: Samples) -> Samples:
    return 68 - 8 * inflation(time)


def _pulse(share: Samples) -> Samples:
    """One beat from 0 through 1 back to 0, by the share of it that has passed."""
    rising = np.sin(np.pi / 2 * np.minimum(share / UPSTROKE, 1)) ** 1.5
    end = np.exp(-(1 - UPSTROKE) / DECAY)
    falling = (np.exp(-(share - UPSTROKE) / DECAY) - end) / (1 - end)
    height, place, spread = DICROTIC
    return np.where(share < UPSTROKE, rising, falling + height * bump(share, place, spread))


def _breathing_scale(axes: Axes) -> None:
    axes.set_ylim(-0.15, 1.15)
    axes.set_yticks((0, 1), ("out", "in"))
    axes.set_ylabel("Breathing", labelpad=8)
    axes.set_xticks(range(0, 19, 3))
    axes.set_xlabel("Time (s)")
