"""Rhythm strip, lead II for 8 s: six wide complexes at 46 a minute, without P waves."""

from typing import Final

import numpy as np
from matplotlib.figure import Figure

from content.figures.curves import Samples, bump
from content.figures.ecg import strip

ONSETS: Final = (330, 1630, 2930, 4230, 5530, 6830)
"""Where the QRS complexes begin, in milliseconds of the strip."""


def draw() -> Figure:
    """Draw the strip."""
    return strip("II", millivolts, (0, 4, 8), -1.0, 2.0)


def millivolts(time: Samples) -> Samples:
    """The millivolts at the times given, in seconds of the strip."""
    return sum((_beat(time * 1000 - onset) for onset in ONSETS), np.zeros_like(time))


def _beat(time: Samples) -> Samples:
    """One complex and its T wave; milliseconds from the onset of the complex."""
    return (
        -0.10 * bump(time, 22, 14)
        + 0.70 * bump(time, 70, 26)
        - 0.45 * bump(time, 140, 24)
        + 1.25 * bump(time, 350, 40)
    )
