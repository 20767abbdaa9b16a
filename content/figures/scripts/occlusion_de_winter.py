"""Chest leads for two beats each, sinus rhythm at 84 a minute; the variant's at 94."""

from collections.abc import Mapping
from typing import Final

from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.beats import regular, segment, unsteady, written
from content.figures.curves import Samples, bump
from content.figures.ecg import CHEST, columns, seconds

SPAN: Final = 1.45


class Beat(Struct, frozen=True):
    """Heights in millivolts: P, q, R, S, the depth of the J point, and T.

    The ST segment climbs from J into a symmetric T wave.
    """

    p: float
    q: float
    r: float
    s: float
    j: float
    t: float

    def __call__(self, x: Samples) -> Samples:
        """The millivolts at milliseconds from the onset of the QRS complex."""
        return (
            self.p * bump(x, -100, 20)
            + self.q * bump(x, 12, 5)
            + self.r * bump(x, 38, 9)
            + self.s * bump(x, 66, 8)
            + self.j * segment(x, 84, 178, 4, 22)
            + self.t * bump(x, 278, 43)
        )


ARRIVAL: Final = {
    "V1": Beat(0.05, 0, 0.16, -0.80, -0.05, 0.22),
    "V2": Beat(0.06, 0, 0.18, -1.00, -0.22, 0.95),
    "V3": Beat(0.07, 0, 0.22, -0.85, -0.32, 1.15),
    "V4": Beat(0.08, 0, 0.40, -0.60, -0.28, 1.00),
    "V5": Beat(0.08, -0.04, 0.70, -0.30, -0.18, 0.68),
    "V6": Beat(0.08, -0.05, 0.75, -0.12, -0.11, 0.42),
}
OTHER: Final = {
    "V1": Beat(0.05, 0, 0.12, -0.70, 0.00, 0.15),
    "V2": Beat(0.06, 0, 0.14, -0.90, -0.16, 0.75),
    "V3": Beat(0.06, 0, 0.16, -1.00, -0.30, 1.05),
    "V4": Beat(0.07, 0, 0.28, -0.85, -0.34, 1.20),
    "V5": Beat(0.08, 0, 0.55, -0.55, -0.26, 0.95),
    "V6": Beat(0.08, -0.04, 0.65, -0.25, -0.16, 0.60),
}


def draw() -> Figure:
    """Draw the chest leads."""
    return _chest(leads(ARRIVAL, 200, 714))


def draw_variant() -> Figure:
    """Draw the other patient's chest leads."""
    return _chest(leads(OTHER, 170, 640))


def leads(recorded: Mapping[str, Beat], first: float, interval: float) -> dict[str, Samples]:
    """Every lead's millivolts; the first beat in milliseconds, with one more before and after."""
    time = seconds(0, SPAN)
    onsets = regular(first - interval, interval, 4)
    return {
        name: unsteady(time, written(time, [(at, beat) for at in onsets]), seed, sway=0.01)
        for seed, (name, beat) in enumerate(recorded.items(), 11)
    }


def _chest(recorded: Mapping[str, Samples]) -> Figure:
    halves = [{name: recorded[name] for name in names} for names in (CHEST[:3], CHEST[3:])]
    return columns(halves, pitch=2.5, top=1.65, gap=0.1)
