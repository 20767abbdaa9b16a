"""Rhythm strips of lead II in three rows: slow beats with long T waves, pauses, and a run."""

from collections.abc import Callable, Sequence
from functools import partial
from math import cos, pi
from typing import Final

import numpy as np
from matplotlib.figure import Figure

from content.figures.beats import Wave, unsteady, written
from content.figures.curves import Samples, bump
from content.figures.ecg import strip

Placed = tuple[float, Wave]
SINUS: Final = (300, 11170)
"""Onsets in milliseconds of beats after an ordinary interval; ``PAUSED``, after a pause."""
PAUSED: Final = (2520, 4760, 10050)
EARLY: Final = (900, 3130)
OTHER_SINUS: Final = (250, 9060)
OTHER_PAUSED: Final = (2170, 4090, 8100)
OTHER_EARLY: Final = (790, 2740)


def draw() -> Figure:
    """Draw the strip."""
    return strip("II", millivolts, (0, 4, 8, 12), -1.2, 1.6)


def draw_variant() -> Figure:
    """Draw the other patient's strip."""
    return strip("II", other, (0, 3.4, 6.8, 10.2), -1.3, 1.5)


def millivolts(time: Samples) -> Samples:
    """The millivolts of the first strip."""
    heights = _twisting(15, 1.05, 0.3, 6.2, 0.28)
    return _recorded(
        time,
        [
            *_at(SINUS, lambda x: _narrow(x) + 0.24 * bump(x, 430, np.where(x < 430, 110.0, 75.0))),
            *_at(PAUSED, lambda x: _narrow(x) + 0.20 * bump(x, 400, 95) + 0.34 * bump(x, 570, 70)),
            *_at(EARLY, lambda x: 1.15 * bump(x, 70, 34) - 0.55 * bump(x, 290, 70)),
            *((5470 + 250 * n, partial(_wide, a, 44, 125, 0.62)) for n, a in enumerate(heights)),
        ],
        21,
    )


def other(time: Samples) -> Samples:
    """The variant's millivolts."""
    heights = _twisting(9, -0.95, 0.2, 4.4, 0.3)
    return _recorded(
        time,
        [
            *_at(
                OTHER_SINUS, lambda x: _low(x) - 0.06 * bump(x, 280, 60) + 0.26 * bump(x, 450, 80)
            ),
            *_at(
                OTHER_PAUSED, lambda x: _low(x) - 0.1 * bump(x, 300, 60) + 0.42 * bump(x, 520, 85)
            ),
            *_at(OTHER_EARLY, lambda x: -0.9 * bump(x, 70, 34) + 0.45 * bump(x, 280, 70)),
            *((4800 + 270 * n, partial(_wide, a, 46, 135, 0.6)) for n, a in enumerate(heights)),
        ],
        24,
    )


def _recorded(time: Samples, waves: Sequence[Placed], seed: int) -> Samples:
    return unsteady(time, written(time, waves), seed)


def _at(onsets: Sequence[float], wave: Callable[[Samples], Samples]) -> list[Placed]:
    return [(onset, wave) for onset in onsets]


def _twisting(count: int, top: float, shift: float, half: float, least: float) -> list[float]:
    """The heights of a run that swells, shrinks and turns over every ``half`` beats."""
    heights = [top * cos(pi * (n + shift) / half) for n in range(count)]
    return [
        height if abs(height) > least else float(np.copysign(least, height)) for height in heights
    ]


def _wide(height: float, spread: float, later: float, share: float, x: Samples) -> Samples:
    """A beat of the run, from its peak."""
    return height * bump(x, 0, spread) - share * height * bump(x, later, spread)


def _narrow(x: Samples) -> Samples:
    return (
        0.12 * bump(x, -110, 26)
        - 0.06 * bump(x, 10, 5)
        + 0.85 * bump(x, 40, 10)
        - 0.16 * bump(x, 70, 7)
    )


def _low(x: Samples) -> Samples:
    return (
        0.12 * bump(x, -120, 26)
        - 0.05 * bump(x, 10, 5)
        + 0.65 * bump(x, 42, 11)
        - 0.22 * bump(x, 74, 8)
    )
