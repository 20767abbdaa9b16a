"""Pressures in the circulation over time, with the breathing that moves them.

Times are in seconds and pressures in mm Hg, but where an argument is called x: that is in
milliseconds from the onset of the beat's QRS complex.

| to draw | use |
| --- | --- |
| the breathing | `Breathing` |
| an arterial line that swings with it | `ArterialLine` |
| a ventricle's beats | `systole` and a diastole (`plateau`, or your own), put together by `beat` |
| the aorta's ejection, from points | `ejection` |
| the dark screen of a monitor under them | `monitor.screen`, `monitor.panel` |
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from content.figures.curves import Point, Samples, bump, step

UPSTROKE = 0.22
"""The share of an arterial beat until its peak; ``DECAY`` and the dicrotic wave are shares too."""
DECAY = 0.34
DICROTIC = (0.10, 0.50, 0.035)
"""Height, as a share of the pulse pressure, place and spread."""


class Breathing(Struct, frozen=True):
    """Breaths of ``period`` seconds, of which the first ``inspiration`` seconds are drawn in."""

    period: float
    inspiration: float

    def drawn(self, time: Samples) -> Samples:
        """How far a breath has been drawn: 0 at the end of expiration, 1 of inspiration."""
        phase = time % self.period
        expiration = self.period - self.inspiration
        inward = 0.5 * (1 - np.cos(np.pi * phase / self.inspiration))
        outward = 0.5 * (1 + np.cos(np.pi * (phase - self.inspiration) / expiration))
        return np.where(phase < self.inspiration, inward, outward)


class ArterialLine(Struct, frozen=True):
    """The pressure in an artery at ``rate`` beats a minute.

    ``systolic`` and ``diastolic`` are each the pressure at the end of expiration and its fall by
    the end of inspiration.
    """

    breathing: Breathing
    rate: float
    systolic: tuple[float, float]
    diastolic: tuple[float, float]

    @property
    def beat(self) -> float:
        """Seconds from beat to beat."""
        return 60 / self.rate

    def pressure(self, time: Samples) -> Samples:
        """The pressure at these times."""
        start = np.floor(time / self.beat) * self.beat
        drawn = self.breathing.drawn(start + 0.15 * self.beat)
        peak = self.systolic[0] - self.systolic[1] * drawn
        height = peak - self._floor(start + UPSTROKE * self.beat)
        return self._floor(time) + height * _pulse((time - start) / self.beat)

    def _floor(self, time: Samples) -> Samples:
        return self.diastolic[0] - self.diastolic[1] * self.breathing.drawn(time)


def _pulse(share: Samples) -> Samples:
    """One arterial beat from 0 through 1 back to 0, by the share of it that has passed."""
    rising = np.sin(np.pi / 2 * np.minimum(share / UPSTROKE, 1)) ** 1.5
    end = np.exp(-(1 - UPSTROKE) / DECAY)
    falling = (np.exp(-(share - UPSTROKE) / DECAY) - end) / (1 - end)
    height, place, spread = DICROTIC
    return np.where(share < UPSTROKE, rising, falling + height * bump(share, place, spread))


def systole(
    x: Samples, opening: float, closing: float, *, edges: Point = (12, 13), dome: float = 0.2
) -> Samples:
    """How far a ventricle contracts, from 0 to 1 and back: a dome between two steep edges.

    ``opening`` and ``closing`` are where the edges are steepest; ``edges`` their spreads, ``dome``
    how much lower the shoulders lie than the top.
    """

    def shape(at: Samples) -> Samples:
        middle, half = (opening + closing) / 2, (closing - opening) / 2
        edge = step(at, opening, edges[0]) * (1 - step(at, closing, edges[1]))
        return edge * (1 - dome * ((at - middle) / half) ** 2)

    highest = float(shape(np.linspace(opening, closing, 500)).max())
    return shape(x) / highest


def plateau(x: Samples, closing: float, low: float, high: Samples, kick: float) -> Samples:
    """Diastole of a heart that cannot stretch: a dip to ``low`` and an early plateau at ``high``.

    The ventricle relaxes at ``closing``; ``kick`` is where the atrium's wave of 1.5 mm Hg peaks.
    """
    filled: Samples = 1 - np.exp(-np.maximum(0, x - closing - 85) / 42)
    return low + (high - low) * filled + 1.5 * bump(x, kick, 22)


def beat(diastole: Samples, contracted: Samples, peak: float) -> Samples:
    """A ventricle's pressure, from its diastole to ``peak`` as far as it is contracted."""
    return diastole * (1 - contracted) + peak * contracted


def ejection(share: Samples, knots: Sequence[Point], foot: float, top: float) -> Samples:
    """The aorta's pressure while its valve is open, from ``foot`` to ``top``.

    ``share`` is the part of the ejection that has passed; ``knots`` are shares and the part of the
    pulse pressure that is reached then, joined by straight lines: smooth the whole trace after.
    """
    shares, reached = zip(*knots, strict=True)
    part: Samples = np.interp(share, shares, reached)
    return foot + (top - foot) * part
