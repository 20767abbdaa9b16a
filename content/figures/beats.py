"""Heartbeats as an electrocardiograph writes them, put together from waves.

Within a beat, x is in milliseconds from the onset of the QRS complex and heights are millivolts. A
recording is waves placed at times: `written` adds them, so that P waves and QRS complexes may each
keep their own time, a premature beat may come early, and what overlaps adds up, as on the skin.

| to draw | use |
| --- | --- |
| a beat with P, PR shift, q, R, S, ST shift and round T | `Beat` |
| a pointed T wave, any other wave | `curves.tented`, `curves.bump`, and a function of your own |
| a PR or ST segment above or below the line | `segment` |
| a beat over an accessory pathway, with its delta wave | `Preexcited` |
| fibrillation waves instead of P waves | `fibrillation` |
| the limb leads III, aVR, aVL and aVF | `limb_leads` |
| the breathing's sway, and the skin's noise | `unsteady` |
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import numpy as np
from msgspec import Struct

from content.figures.curves import Samples, bump, noise, step

Wave = Callable[[Samples], Samples]
"""The millivolts at milliseconds from the onset of a beat."""
BREATH: Final = 3.7
"""Seconds from breath to breath, where an ECG sways."""


def written(time: Samples, beats: Iterable[tuple[float, Wave]]) -> Samples:
    """The sum of all waves; ``time`` is in seconds, the onset of each wave in milliseconds."""
    now = time * 1000
    return sum((wave(now - onset) for onset, wave in beats), np.zeros_like(time))


def regular(first: float, interval: float, count: int) -> list[float]:
    """The onsets of ``count`` beats in milliseconds, ``interval`` apart."""
    return [first + n * interval for n in range(count)]


def segment(x: Samples, start: float, end: float, rise: float, fall: float) -> Samples:
    """1 between ``start`` and ``end``, 0 outside; the spreads of its edges, in milliseconds."""
    return step(x, start, rise) - step(x, end, fall)


class Beat(Struct, frozen=True):
    """A conducted beat: heights of P, PR segment, q, R, S, start of the ST segment, and T.

    PR about 150 ms, QRS 85 ms, QT 340 ms. The ST segment joins its start and the T wave hollow
    upward where T is the higher of the two.
    """

    p: float
    pr: float
    q: float
    r: float
    s: float
    st: float
    t: float

    def __call__(self, x: Samples) -> Samples:
        """The millivolts at times from the onset of the QRS complex."""
        raised = step(x, 80, 4) * (1 - step(x, 290, 14))
        return (
            self.p * bump(x, -110, 22)
            + self.pr * segment(x, -78, 6, 5, 3)
            + self.q * bump(x, 10, 5)
            + self.r * bump(x, 38, 9)
            + self.s * bump(x, 66, 7)
            + self.st * raised
            + (self.t - self.st) * bump(x, 245, np.where(x < 245, 50.0, 32.0))
        )


class Preexcited(Struct, frozen=True):
    """A beat that reaches the ventricles in part over an accessory pathway.

    ``share`` is 0 over the AV node alone (narrow, no delta wave) and 1 over the pathway alone; the
    complex is from about 85 to 175 ms wide. Each pair gives a value at share 0 and what share 1
    adds: ``height`` in millivolts, ``peak`` and ``width`` in milliseconds, ``after`` the depth of
    the end of the complex, and the ``t`` wave's height. ``p`` is the height of a P wave before it.
    """

    share: float
    height: tuple[float, float] = (1.0, 0.45)
    peak: tuple[float, float] = (38, 72)
    width: tuple[float, float] = (82, 92)
    after: tuple[float, float] = (-0.14, 0)
    t: tuple[float, float] = (0.20, -0.55)
    p: float = 0

    def __call__(self, x: Samples) -> Samples:
        """The millivolts at times from the onset of the complex."""
        share = self.share
        height, peak, width, after, t = (
            base + share * more
            for base, more in (self.height, self.peak, self.width, self.after, self.t)
        )
        steep = np.where(x < peak, 9 + 5 * share, 9 + 13 * share)
        slur = np.clip(x / peak, 0, 1) * (1 - step(x, peak + 4, 6))
        return (
            self.p * bump(x, -55, 17)
            + height * (1 - 0.42 * share) * bump(x, peak, steep)
            + 0.42 * height * share * slur
            + after * bump(x, peak + 26 + 26 * share, 8 + 6 * share)
            + t * bump(x, width + 78, 34)
        )


def fibrillation(time: Samples, size: float, period: float = 165, seed: int = 1) -> Samples:
    """Waves of the fibrillating atria, about ``period`` milliseconds long and never quite alike."""
    drift = noise(seed, len(time), 1.2, spread=120)
    swell = 1 + noise(seed + 1, len(time), 0.3, spread=90)
    return size * swell * np.sin(2 * np.pi * time * 1000 / period + drift)


def limb_leads(one: Samples, two: Samples) -> Mapping[str, Samples]:
    """All six limb leads from I and II, sample by sample, as Einthoven and Goldberger have them."""
    return {
        "I": one,
        "II": two,
        "III": two - one,
        "aVR": -(one + two) / 2,
        "aVL": one - two / 2,
        "aVF": two - one / 2,
    }


def unsteady(
    time: Samples, millivolts: Samples, seed: int, *, sway: float = 0.015, skin: float = 0.005
) -> Samples:
    """The same trace as skin and breathing leave it.

    The base line sways by ``sway`` millivolts, the complexes grow and shrink by 3 %, once a breath;
    noise of ``skin`` millivolts (standard deviation) lies over both.
    """
    phase = 2 * np.pi * (time / BREATH + seed * 0.37)
    slow = 2 * np.pi * (time / (2.7 * BREATH) + seed * 0.21)
    return (
        millivolts * (1 + 0.03 * np.sin(phase + 0.8))
        + sway * (np.sin(phase) + 0.5 * np.sin(slow))
        + noise(seed, len(time), skin, spread=1.2)
    )
