"""Lead II on three days of an illness, 3.2 s each; the variant's on three others."""

from collections.abc import Mapping
from functools import partial
from typing import Final

import numpy as np
from matplotlib.figure import Figure

from content.figures.beats import Wave, regular, unsteady, written
from content.figures.curves import Samples, bump
from content.figures.ecg import strips

SPAN: Final = 3.2
PR: Final[Mapping[str, float]] = {"Day 1": 160, "Day 4": 220, "Day 7": 280}
OTHER_PR: Final[Mapping[str, float]] = {"Day 2": 180, "Day 6": 240, "Day 9": 300}
"""Milliseconds from the onset of the P wave to that of the QRS complex."""
BROAD: Final = "Day 9"


def draw() -> Figure:
    """Draw the strips."""
    beats = {day: (420.0, 760.0, _beat(pr, _narrow)) for day, pr in PR.items()}
    return _days(beats)


def draw_variant() -> Figure:
    """Draw the other patient's strips."""
    return _days(
        {
            day: (470.0, 820.0, _beat(pr, _broad if day == BROAD else _narrow))
            for day, pr in OTHER_PR.items()
        }
    )


def _days(recorded: Mapping[str, tuple[float, float, Wave]]) -> Figure:
    return strips(
        "II",
        {
            day: partial(recording, first, interval, wave, seed)
            for seed, (day, (first, interval, wave)) in enumerate(recorded.items(), 31)
        },
        SPAN,
        -0.55,
        1.65,
    )


def recording(first: float, interval: float, wave: Wave, seed: int, time: Samples) -> Samples:
    """The millivolts of one day."""
    return unsteady(time, written(time, [(at, wave) for at in regular(first, interval, 5)]), seed)


def _beat(pr: float, complex_: Wave) -> Wave:
    return lambda x: 0.14 * bump(x, 50 - pr, 24) + complex_(x)


def _narrow(x: Samples) -> Samples:
    return (
        -0.07 * bump(x, 10, 5)
        + 0.95 * bump(x, 40, 10)
        - 0.18 * bump(x, 70, 7)
        + 0.25 * bump(x, 300, np.where(x < 300, 55.0, 38.0))
    )


def _broad(x: Samples) -> Samples:
    return 0.62 * bump(x, 42, 20) + 0.70 * bump(x, 96, 24) - 0.22 * bump(x, 330, 60)
