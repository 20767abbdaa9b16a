"""Rhythm strips for 7.8 s: lead II during an attack, and V4 during another and after it."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from matplotlib.figure import Figure

from content.figures.beats import Preexcited, fibrillation, regular, unsteady, written
from content.figures.curves import Samples, step
from content.figures.ecg import strip

BREAKS: Final = (0, 2.6, 5.2, 7.8)
INTERVALS: Final = (
    250, 215, 330, 240, 205, 285, 225, 370, 235, 260, 200, 310, 245, 220, 395, 230, 210, 280, 250,
    340, 205, 235, 300, 220, 255, 385, 240, 215, 270,
)  # fmt: skip
"""Milliseconds from complex to complex."""
SHARES: Final = (
    0.95, 0.90, 1.0, 0.70, 0.95, 0.85, 1.0, 0.55, 0.10, 0.95, 0.80, 1.0, 0.90, 0.75, 0.95, 0.15,
    1.0, 0.85, 0.95, 0.60, 1.0, 0.90, 0.80, 1.0, 0.70, 0.95, 0.05, 0.90, 1.0, 0.85,
)  # fmt: skip
"""How much of each beat came over the pathway."""
VARIANT_INTERVALS: Final = (
    230, 300, 215, 255, 210, 345, 240, 225, 290, 205, 250, 380, 220, 235, 265,
)  # fmt: skip
VARIANT_SHARES: Final = (
    0.90, 1.0, 0.80, 0.95, 1.0, 0.60, 0.10, 0.95, 0.85, 1.0, 0.90, 0.75, 0.05, 0.95, 0.90, 0.85,
)  # fmt: skip
SINUS: Final = regular(5065, 860, 4)


def draw() -> Figure:
    """Draw the strip."""
    return strip("II", millivolts, BREAKS, -0.8, 1.7)


def draw_variant() -> Figure:
    """Draw the other patient's strip."""
    return strip("V4", ending, BREAKS, -0.8, 1.8)


def onsets(first: float, intervals: Sequence[float]) -> list[float]:
    """When the complexes begin, in milliseconds of the strip."""
    return list(accumulate(intervals, initial=first))


def millivolts(time: Samples) -> Samples:
    """Lead II of the attack."""
    beats = [
        (at, Preexcited(share)) for at, share in zip(onsets(90, INTERVALS), SHARES, strict=True)
    ]
    return unsteady(time, written(time, beats) + fibrillation(time, 0.035), 3)


def ending(time: Samples) -> Samples:
    """V4 until the attack has ended by itself, and four beats of sinus rhythm."""
    attack = [
        (at, _in_v4(share))
        for at, share in zip(onsets(120, VARIANT_INTERVALS), VARIANT_SHARES, strict=True)
    ]
    sinus = [(at, _in_v4(0.62, p=0.12)) for at in SINUS]
    still = 1 - step(time * 1000, 4405, 40)
    atria = fibrillation(time, 0.03, period=170, seed=5) * still
    return unsteady(time, written(time, attack + sinus) + atria, 8)


def _in_v4(share: float, p: float = 0) -> Preexcited:
    return Preexcited(
        share,
        height=(0.85, 0.75),
        peak=(36, 70),
        width=(80, 92),
        after=(-0.45, 0.20),
        t=(0.25, -0.60),
        p=p,
    )
