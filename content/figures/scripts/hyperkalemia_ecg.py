"""Rhythm strips, lead II for 8 s: six wide complexes at 46 a minute, and waves at 107."""

from typing import Final

import numpy as np
from matplotlib.figure import Figure

from content.figures.beats import regular, unsteady, written
from content.figures.curves import Samples, bump, tented
from content.figures.ecg import strip

ONSETS: Final = regular(330, 1300, 6)
"""Where the QRS complexes begin, in milliseconds of the strip."""
PERIOD: Final = 0.560
"""Seconds from wave to wave in the variant."""


def draw() -> Figure:
    """Draw the strip."""
    return strip("II", millivolts, (0, 4, 8), -1.0, 2.0)


def draw_variant() -> Figure:
    """Draw the other patient's strip."""
    return strip("II", sine_wave, (0, 4, 8), -1.6, 1.9)


def millivolts(time: Samples) -> Samples:
    """The millivolts at the times given, in seconds of the strip."""
    return unsteady(time, written(time, [(onset, _beat) for onset in ONSETS]), 4)


def _beat(x: Samples) -> Samples:
    """One notched complex and its T wave; milliseconds from the onset of the complex."""
    return (
        -0.08 * bump(x, 18, 10)
        + 0.55 * bump(x, 62, 22)
        + 0.30 * bump(x, 105, 16)
        - 0.55 * bump(x, 160, 26)
        + 0.06 * bump(x, 235, 45)
        + 1.25 * tented(x, 345, 72, 62)
    )


def sine_wave(time: Samples) -> Samples:
    """The variant's millivolts."""
    phase = 2 * np.pi * (time % PERIOD) / PERIOD
    wave = 0.95 * np.sin(phase) + 0.20 * np.sin(2 * phase + 0.5) - 0.05 * np.sin(3 * phase)
    return unsteady(time, wave, 6)
