"""Capnogram of the first 40 s and ten breaths of a bag through a new tube."""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from content.figures.curves import Samples
from content.figures.monitor import CURVE, LETTERING, lettered, panel, screen
from content.figures.style import SMALL, YELLOW

HEIGHT: Final = 860
TIMES: Final = (0.0, 40.0)
SAMPLES: Final = 40 * 100 + 1
BREATHS: Final = range(1, 40, 4)
"""When the bag is squeezed, in seconds; what returns is seen ``DELAY`` later and for ``LASTS``."""
DELAY: Final = 1.2
LASTS: Final = 1.7
PEAKS: Final = (16, 11, 7, 4, 2, 1, 0.5, 0, 0, 0)
"""Height of each breath's wave before its slope, in mm Hg."""
TOP: Final = 50
"""mm Hg."""
KPA: Final = 0.1333
"""Kilopascals in a mm Hg."""
FLOOR: Final = -11
"""How far the panel reaches below 0, to hold a row of dots, ``DOTS``, and what they are."""
DOTS: Final = -3.2


def draw() -> Figure:
    """Draw the screen."""
    figure = screen(HEIGHT)
    axes = panel(figure, (0.1, 0.135, 0.79, 0.825), TIMES)
    axes.set_ylim(FLOOR, TOP)
    axes.set_yticks(range(0, TOP + 1, 10))
    axes.set_xlabel("Time (s)")
    axes.set_ylabel("CO₂ (mm Hg)", labelpad=10)
    _in_kilopascals(axes)
    time = np.linspace(*TIMES, SAMPLES)
    exhaled = carbon_dioxide(time)
    axes.fill_between(time, exhaled, color=YELLOW, alpha=0.35, linewidth=0)
    axes.plot(time, exhaled, color=YELLOW, linewidth=CURVE)
    axes.plot(BREATHS, [DOTS] * len(BREATHS), "o", color=LETTERING, markersize=16)
    axes.text(
        BREATHS[0] - 0.4,
        (DOTS + FLOOR) / 2 - 0.6,
        "each dot: one breath from the bag",
        size=SMALL,
        color=LETTERING,
        va="center_baseline",
    )
    return figure


def carbon_dioxide(time: Samples) -> Samples:
    """The pressure of carbon dioxide in mm Hg, at times in seconds."""
    waves = (
        peak * _wave((time - breath - DELAY) / LASTS)
        for breath, peak in zip(BREATHS, PEAKS, strict=True)
    )
    return sum(waves, np.zeros_like(time))


def _wave(share: Samples) -> Samples:
    """One rounded wave, by the share of it that has passed; 0 before and after."""
    inside = np.clip(share, 0, 1)
    return np.maximum(np.sin(np.pi * inside), 0) ** 1.3 * (1 - 0.12 * inside)


def _in_kilopascals(axes: Axes) -> None:
    right = axes.twinx()
    right.set_ylim(FLOOR * KPA, TOP * KPA)
    right.set_yticks(range(7))
    right.set_ylabel("kPa", labelpad=10)
    lettered(right)
