"""Repetitive nerve stimulation: three trains of ten compound muscle action potentials.

Each response stands to the right of the one before. Negative is up, as in every recording of this
kind; times are in milliseconds, amplitudes in millivolts.
"""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from content.figures.curves import Samples
from content.figures.style import BLACK, INK, SEMIBOLD, SMALL, TEXT, canvas

HEIGHT: Final = 1340
SWEEP: Final = 20
"""How long a response is shown."""
SHIFT: Final = 12
"""From the start of one response to that of the next on the page."""
ARTEFACT: Final = 0.3
"""Height of the stimulus artefact."""
NEGATIVE: Final = (3, 11)
"""From where to where the negative phase lasts, and the ``POSITIVE`` one."""
POSITIVE: Final = (11, 18)
SHARE: Final = 0.35
"""Depth of the positive phase, as a share of the height of the negative one."""
ROUNDING: Final = 15
"""Samples of a running mean, 50 microseconds apart, that takes the corners off the phases."""
LABELLED: Final = (1, 4)
"""The responses whose amplitude is printed."""
COVERED: Final = POSITIVE[1] + 0.3
"""From here on a response's own baseline would run through the next one."""
LAST: Final = 9
SPACING: Final = 18
"""Millivolts from the baseline of one row to that of the next."""

AFTER: Final = "Immediately after 10 s of maximal contraction"
ROWS: Final = {
    "At rest": (8.0, 7.0, 6.2, 5.8, 5.6, 5.6, 5.7, 5.8, 5.9, 5.9),
    AFTER: (8.6, 8.2, 7.9, 7.7, 7.6, 7.6, 7.6, 7.7, 7.7, 7.7),
    "3 min after contraction": (7.8, 6.5, 5.5, 5.0, 4.8, 4.8, 4.9, 5.0, 5.0, 5.1),
}
"""The heights of the negative phases by train."""


def draw() -> Figure:
    """Draw the three trains and the scale."""
    figure = canvas(HEIGHT)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(-5, LAST * SHIFT + SWEEP + 3)
    axes.set_ylim(-2 * SPACING - 9, 13.2)
    for row, (name, amplitudes) in enumerate(ROWS.items()):
        baseline = -row * SPACING
        axes.text(-2, baseline + 11.2, name, size=TEXT, color=BLACK, weight=SEMIBOLD)
        for n, amplitude in enumerate(amplitudes):
            _response(axes, n, amplitude, baseline)
    _scale(axes, LAST * SHIFT + 9, -2 * SPACING - 7)
    return figure


def response(amplitude: float) -> tuple[Samples, Samples]:
    """Times after the stimulus, and a compound muscle action potential of that amplitude."""
    time = np.linspace(0, SWEEP, SWEEP * 20 + 1)
    negative = np.sin(np.pi * (time - NEGATIVE[0]) / (NEGATIVE[1] - NEGATIVE[0]))
    positive = -SHARE * np.sin(np.pi * (time - POSITIVE[0]) / (POSITIVE[1] - POSITIVE[0]))
    inside = [(start <= time) & (time < end) for start, end in (NEGATIVE, POSITIVE)]
    wave = np.convolve(
        np.select(inside, [negative, positive], 0.0), np.ones(ROUNDING) / ROUNDING, mode="same"
    )
    return time, amplitude / wave.max() * wave


def _response(axes: Axes, n: int, amplitude: float, baseline: float) -> None:
    """Draw one response, as far as the next one leaves it bare."""
    start = n * SHIFT
    time, wave = response(amplitude)
    if n < LAST:
        time, wave = time[time <= COVERED], wave[time <= COVERED]
    axes.plot(
        (start, start, *(start + time)),
        (baseline + ARTEFACT, *(baseline + np.array([0, *wave]))),
        color=BLACK,
        linewidth=3,
        solid_joinstyle="round",
    )
    peak = start + sum(NEGATIVE) / 2
    axes.text(peak, baseline - 3.5, str(n + 1), size=SMALL, color=INK, ha="center", va="top")
    if n + 1 in LABELLED:
        height = baseline + amplitude + 0.5
        axes.text(peak, height, f"{amplitude} mV", size=SMALL, color=BLACK, ha="center")


def _scale(axes: Axes, left: float, bottom: float) -> None:
    """A corner 5 ms wide and 2 mV high."""
    axes.plot((left, left, left + 5), (bottom + 2, bottom, bottom), color=BLACK, linewidth=3)
    axes.text(left - 1, bottom + 1, "2 mV", size=SMALL, ha="right", va="center_baseline")
    axes.text(left + 2.5, bottom - 0.3, "5 ms", size=SMALL, ha="center", va="top")
