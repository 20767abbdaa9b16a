"""Twelve-lead ECG, four columns of 2.5 s and lead II for 10 s: sinus rhythm at 96 a minute.

A beat is a sum of waves. The leads I, II and V1 to V6 are given; the other limb leads follow from
I and II, sample by sample. Times within a beat are in milliseconds from the onset of the QRS
complex, heights in millivolts.
"""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.curves import Samples, bump
from content.figures.ecg import calibration, lead_name, seconds, settings, sheet, trace
from content.figures.style import BLACK

FIRST: Final = 225.0
"""The first beat, in milliseconds from the start of the recording."""
INTERVAL: Final = 625.0
BEATS: Final = 16
COLUMN: Final = 2.5
PITCH: Final = 3.0
"""Millivolts from one row's baseline to the next; a name stands ``ABOVE`` its baseline."""
ABOVE: Final = 1.35
COLUMNS: Final = (("I", "II", "III"), ("aVR", "aVL", "aVF"), ("V1", "V2", "V3"), ("V4", "V5", "V6"))


class Beat(Struct, frozen=True):
    """One lead's heights: P wave, PR segment, q, R, S, start of the ST segment, and T wave."""

    p: float
    pr: float
    q: float
    r: float
    s: float
    st: float
    t: float

    def at(self, time: Samples) -> Samples:
        """The millivolts at times from the onset of the QRS complex."""
        segment = _step(time, -78, 5) - _step(time, 6, 3)
        raised = _step(time, 80, 4) * (1 - _step(time, 290, 14))
        return (
            self.p * bump(time, -110, 22)
            + self.pr * segment
            + self.q * bump(time, 10, 5)
            + self.r * bump(time, 38, 9)
            + self.s * bump(time, 66, 7)
            + self.st * raised
            + (self.t - self.st) * bump(time, 245, np.where(time < 245, 50.0, 32.0))
        )


RECORDED: Final = {
    "I": Beat(0.09, -0.06, -0.03, 0.80, -0.08, 0.15, 0.32),
    "II": Beat(0.14, -0.09, -0.05, 1.00, -0.12, 0.22, 0.42),
    "V1": Beat(0.05, 0.00, 0.00, 0.20, -0.90, -0.05, -0.10),
    "V2": Beat(0.06, -0.03, 0.00, 0.40, -1.00, 0.10, 0.45),
    "V3": Beat(0.07, -0.05, 0.00, 0.70, -0.80, 0.18, 0.50),
    "V4": Beat(0.08, -0.06, -0.03, 1.00, -0.50, 0.20, 0.50),
    "V5": Beat(0.08, -0.07, -0.05, 1.10, -0.25, 0.18, 0.42),
    "V6": Beat(0.08, -0.06, -0.05, 0.95, -0.10, 0.14, 0.34),
}


def draw() -> Figure:
    """Draw the ECG."""
    figure, axes = sheet(-0.42, 10.08, -3 * PITCH - 1.3, 2.0)
    time = seconds(0, 4 * COLUMN)
    leads = twelve_leads(time)
    for column, names in enumerate(COLUMNS):
        start = column * COLUMN
        shown = (time >= start) & (time <= start + COLUMN)
        for row, name in enumerate(names):
            trace(axes, time[shown], leads[name][shown], -row * PITCH)
            lead_name(axes, name, start + 0.06, ABOVE - row * PITCH)
            if column:
                _divider(axes, start, -row * PITCH)
    trace(axes, time, leads["II"], -3 * PITCH)
    lead_name(axes, "II", 0.06, ABOVE - 3 * PITCH)
    for row in range(4):
        calibration(axes, 0, -row * PITCH)
    settings(axes, 0.06, -3 * PITCH - 1.05)
    return figure


def twelve_leads(time: Samples) -> dict[str, Samples]:
    """Every lead's millivolts at the times given, in seconds of the recording."""
    leads = {name: _beating(beat, time * 1000) for name, beat in RECORDED.items()}
    one, two = leads["I"], leads["II"]
    return leads | {
        "III": two - one,
        "aVR": -(one + two) / 2,
        "aVL": one - two / 2,
        "aVF": two - one / 2,
    }


def _beating(beat: Beat, time: Samples) -> Samples:
    onsets = (FIRST + n * INTERVAL for n in range(BEATS))
    return sum((beat.at(time - onset) for onset in onsets), np.zeros_like(time))


def _step(time: Samples, at: float, spread: float) -> Samples:
    """The logistic curve from 0 to 1 around ``at``, as a tangent, which does not overflow."""
    return (1 + np.tanh((time - at) / spread / 2)) / 2


def _divider(axes: Axes, x: float, baseline: float) -> None:
    """The short stroke at which one lead gives way to the next."""
    for end in (-0.65, 0.65):
        axes.plot((x, x), (baseline + end, baseline + end * 0.6), color=BLACK, linewidth=2.5)
