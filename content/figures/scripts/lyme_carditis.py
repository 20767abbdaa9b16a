"""Rhythm strip, lead II for 8 s: P waves at 87 a minute, QRS complexes at 38, each regular."""

from typing import Final

import numpy as np
from matplotlib.figure import Figure

from content.figures.beats import unsteady, written
from content.figures.curves import Samples, bump
from content.figures.ecg import strip

P_WAVES: Final = range(150, 8000, 690)
"""Where the P waves peak, in milliseconds of the strip."""
ONSETS: Final = range(480, 8000, 1600)
"""Where the QRS complexes begin, in milliseconds of the strip."""


def draw() -> Figure:
    """Draw the strip."""
    return strip("II", millivolts, (0, 4, 8), -0.6, 1.6)


def millivolts(time: Samples) -> Samples:
    """The millivolts at the times given, in seconds of the strip."""
    waves = [(float(peak), _p_wave) for peak in P_WAVES] + [(float(at), _beat) for at in ONSETS]
    return unsteady(time, written(time, waves), 2)


def _p_wave(x: Samples) -> Samples:
    """One P wave; milliseconds from its peak."""
    return 0.15 * bump(x, 0, 24)


def _beat(x: Samples) -> Samples:
    """One complex and its T wave; milliseconds from the onset of the complex."""
    return (
        -0.06 * bump(x, 10, 5)
        + 0.95 * bump(x, 40, 10)
        - 0.18 * bump(x, 70, 7)
        + 0.26 * bump(x, 330, np.where(x < 330, 62.0, 42.0))
    )
