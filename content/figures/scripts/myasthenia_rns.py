"""Repetitive nerve stimulation: three trains of ten compound muscle action potentials.

Each response has a window of its own. Negative is up, as in every recording of this kind; times are
in milliseconds, amplitudes in millivolts.
"""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from content.figures.curves import Samples
from content.figures.style import BLACK, INK, LABEL, SEMIBOLD, SMALL, TEXT, canvas

HEIGHT: Final = 1420
SWEEP: Final = 20
"""How long a response is shown."""
WINDOW: Final = 24
"""From the start of one response to that of the next on the page."""
MARK: Final = 0.8
"""Height of the mark of the stimulus."""
NEGATIVE: Final = (3, 11)
"""From where to where the negative phase lasts, and the ``POSITIVE`` one."""
POSITIVE: Final = (11, 18)
SHARE: Final = 0.3
"""Depth of the positive phase, as a share of the height of the negative one."""
ROUNDING: Final = 15
"""Samples of a running mean, 50 microseconds apart, that takes the corners off the phases."""
LABELLED: Final = (1, 4)
"""The responses whose amplitude is printed."""
LAST: Final = 9
SPACING: Final = 18.2
"""Millivolts from the baseline of one row to that of the next."""

AFTER: Final = "Just after 10 s of full effort"
ROWS: Final = {
    "At rest": (8.0, 7.0, 6.2, 5.8, 5.6, 5.6, 5.7, 5.8, 5.9, 5.9),
    AFTER: (8.6, 8.2, 7.9, 7.7, 7.6, 7.6, 7.6, 7.7, 7.7, 7.7),
    "3 minutes later": (7.8, 6.5, 5.5, 5.0, 4.8, 4.8, 4.9, 5.0, 5.0, 5.1),
}
"""The heights of the negative phases by train."""


def draw() -> Figure:
    """Draw the three trains and the scale."""
    figure = canvas(HEIGHT)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(-6, LAST * WINDOW + SWEEP + 4)
    axes.set_ylim(-2 * SPACING - 8.3, 13)
    for row, (name, amplitudes) in enumerate(ROWS.items()):
        baseline = -row * SPACING
        axes.text(0, baseline + 11.1, name, size=LABEL, color=BLACK, weight=SEMIBOLD)
        for n, amplitude in enumerate(amplitudes):
            _response(axes, n, amplitude, baseline)
    _scale(axes, LAST * WINDOW + 6, -2 * SPACING - 7.5)
    return figure


def response(amplitude: float) -> tuple[Samples, Samples]:
    """Times after the stimulus, and a compound muscle action potential of that amplitude."""
    time = np.linspace(0, SWEEP, SWEEP * 20 + 1)
    rise = np.clip((time - NEGATIVE[0]) / (NEGATIVE[1] - NEGATIVE[0]), 0, 1)
    negative = np.sin(np.pi * rise) ** 1.15
    positive = -SHARE * np.sin(np.pi * (time - POSITIVE[0]) / (POSITIVE[1] - POSITIVE[0]))
    inside = [(start <= time) & (time < end) for start, end in (NEGATIVE, POSITIVE)]
    wave = np.convolve(
        np.select(inside, [negative, positive], 0.0), np.ones(ROUNDING) / ROUNDING, mode="same"
    )
    return time, amplitude / wave.max() * wave


def _response(axes: Axes, n: int, amplitude: float, baseline: float) -> None:
    """Draw one response in its window, after the mark of its stimulus."""
    start = n * WINDOW
    time, wave = response(amplitude)
    axes.plot(
        (start, start, *(start + time)),
        (baseline + MARK, *(baseline + np.array([0, *wave]))),
        color=BLACK,
        linewidth=4,
        solid_joinstyle="round",
    )
    peak = start + sum(NEGATIVE) / 2
    axes.text(peak, baseline - 3.1, str(n + 1), size=SMALL, color=INK, ha="center", va="top")
    if n + 1 in LABELLED:
        height = baseline + amplitude + 0.4
        axes.text(peak, height, f"{amplitude}", size=TEXT, color=BLACK, ha="center")


def _scale(axes: Axes, left: float, bottom: float) -> None:
    """A corner 10 ms wide and 2 mV high."""
    axes.plot((left, left, left + 10), (bottom + 2, bottom, bottom), color=BLACK, linewidth=4)
    axes.text(left - 3, bottom + 1, "2 mV, 10 ms", size=SMALL, ha="right", va="center_baseline")
