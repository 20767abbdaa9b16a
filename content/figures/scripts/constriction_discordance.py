"""Pressures in both ventricles over 6.4 s of quiet breathing, above the breathing.

In the variant both ventricles' peaks move together, over 6.7 s.
"""

from typing import Final

import numpy as np
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import heading, stack
from content.figures.curves import Samples, step
from content.figures.pressures import Breathing, beat, plateau, systole
from content.figures.style import BLUE, LABEL, SEMIBOLD, SKY, VERMILION, canvas

HEIGHT: Final = 1370
BEATS: Final = 8
RATE: Final = 500
"""Samples a second."""


class Ventricle(Struct, frozen=True):
    """Each pair is a value at the end of expiration and what inspiration adds to it.

    Peak, dip and plateau are in mm Hg, the end of ejection in milliseconds from the QRS complex.
    """

    peak: tuple[float, float]
    closing: tuple[float, float]
    low: float
    high: tuple[float, float]


class Recording(Struct, frozen=True):
    """Both ventricles; ``interval`` and ``kick``, the atrium's wave, are in milliseconds."""

    breathing: Breathing
    interval: float
    kick: float
    left: Ventricle
    right: Ventricle

    def pressure(self, ventricle: Ventricle) -> tuple[Samples, Samples]:
        """The times in seconds, and the pressure of one ventricle at them."""
        count = round(self.interval / 1000 * RATE)
        x = np.arange(count) * 1000 / RATE
        pieces = [self._beat(ventricle, n, x) for n in range(BEATS)]
        return np.arange(BEATS * count) / RATE, np.concatenate(pieces)

    def _beat(self, ventricle: Ventricle, n: int, x: Samples) -> Samples:
        """One beat; the diastole before it runs on until its own begins."""
        now, before = (self._drawn((m * self.interval + 220) / 1000) for m in (n, n - 1))
        level = self.breathing.drawn((n * self.interval + x) / 1000)
        high = ventricle.high[0] + ventricle.high[1] * level
        closing, earlier = (
            ventricle.closing[0] + ventricle.closing[1] * each for each in (now, before)
        )
        own = plateau(x, closing, ventricle.low, high, self.kick)
        last = plateau(x + self.interval, earlier, ventricle.low, high, self.kick)
        turned = step(x, closing - 25, 10)
        peak = ventricle.peak[0] + ventricle.peak[1] * now
        return beat(last * (1 - turned) + own * turned, systole(x, 78, closing), peak)

    def _drawn(self, time: float) -> float:
        return float(self.breathing.drawn(np.array([time]))[0])


PATIENT: Final = Recording(
    Breathing(4.0, 1.6),
    interval=800,
    kick=730,
    left=Ventricle((130, -18), (330, -18), 4, (21, -1.5)),
    right=Ventricle((37, 11), (322, 14), 5, (20, -0.5)),
)
OTHER: Final = Recording(
    Breathing(4.2, 1.7),
    interval=840,
    kick=770,
    left=Ventricle((128, -14), (325, -8), 6, (23, -3)),
    right=Ventricle((52, -9), (318, -6), 6, (20, -3)),
)


def draw() -> Figure:
    """Draw the pressures."""
    return _panels(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _panels(OTHER)


def _panels(recording: Recording) -> Figure:
    figure = canvas(HEIGHT)
    upper, lower = stack(figure, (850, 170))
    heading(upper, "Pressure", "(mm Hg)", indent=-100)
    upper.set_ylim(0, 140)
    upper.set_yticks(range(0, 141, 20))
    for ventricle, name, colour, at in (
        (recording.left, "LV", BLUE, 112),
        (recording.right, "RV", VERMILION, 44),
    ):
        time, pressure = recording.pressure(ventricle)
        upper.plot(time, pressure, color=colour, linewidth=5)
        upper.text(0.44, at, name, size=LABEL, color=colour, weight=SEMIBOLD)
    heading(lower, "Breathing", indent=-100)
    lower.set_ylim(-0.1, 1.1)
    lower.set_yticks((0, 1), ("out", "in"))
    lower.plot(time, recording.breathing.drawn(time), color=SKY, linewidth=5)
    lower.set_xlim(0, BEATS * recording.interval / 1000)
    lower.set_xticks(range(int(BEATS * recording.interval / 1000) + 1))
    lower.set_xlabel("Time (s)")
    return figure
