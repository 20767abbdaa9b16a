"""Rhythm strip, lead II for 8 s: P waves at 87 a minute, QRS complexes at 38, each regular."""

from typing import Final

import numpy as np
from matplotlib.figure import Figure

from content.figures.curves import Samples, bump
from content.figures.ecg import strip

P_WAVES: Final = range(150, 8000, 690)
"""Where the P waves peak, in milliseconds of the strip."""
ONSETS: Final = range(480, 8000, 1600)
"""Where the QRS complexes begin, in milliseconds of the strip."""


def draw() -> Figure:
    """Draw the strip."""
    return strip("II", millivolts, (0, 4.2, 8), -0.5, 1.5)


def millivolts(time: Samples) -> Samples:
    """The millivolts at the times given, in seconds of the strip."""
    now = time * 1000
    atria = (0.15 * bump(now, peak, 24) for peak in P_WAVES)
    ventricles = (_beat(now - onset) for onset in ONSETS)
    return sum((*atria, *ventricles), np.zeros_like(time))


def _beat(time: Samples) -> Samples:
    """One complex and its T wave; milliseconds from the onset of the complex."""
    return (
        -0.06 * bump(time, 10, 5)
        + 0.95 * bump(time, 40, 10)
        - 0.18 * bump(time, 70, 7)
        + 0.26 * bump(time, 330, np.where(time < 330, 62.0, 42.0))
    )
