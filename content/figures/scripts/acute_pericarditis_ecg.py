"""Twelve-lead ECG, sinus rhythm at 96 a minute; the variant's at 94.

The leads I, II and V1 to V6 are given; the other limb leads follow from I and II.
"""

from collections.abc import Mapping
from typing import Final

from matplotlib.figure import Figure

from content.figures.beats import Beat, limb_leads, regular, unsteady, written
from content.figures.curves import Samples
from content.figures.ecg import seconds, twelve

FIRST: Final = 225.0
"""The first beat, in milliseconds from the start of the recording."""
BEATS: Final = 9

Recorded = Mapping[str, Beat]

ARRIVAL: Final[Recorded] = {
    "I": Beat(0.09, -0.09, -0.03, 0.80, -0.08, 0.15, 0.32),
    "II": Beat(0.15, -0.14, -0.05, 1.00, -0.12, 0.22, 0.42),
    "V1": Beat(0.05, 0.00, 0.00, 0.20, -0.90, -0.05, -0.10),
    "V2": Beat(0.06, -0.04, 0.00, 0.40, -1.00, 0.10, 0.45),
    "V3": Beat(0.07, -0.07, 0.00, 0.70, -0.80, 0.18, 0.50),
    "V4": Beat(0.08, -0.10, -0.03, 1.00, -0.50, 0.20, 0.50),
    "V5": Beat(0.09, -0.11, -0.05, 1.10, -0.25, 0.18, 0.42),
    "V6": Beat(0.09, -0.10, -0.05, 0.95, -0.10, 0.14, 0.34),
}
OTHER: Final[Recorded] = {
    "I": Beat(0.09, 0, -0.03, 0.65, -0.08, -0.10, -0.06),
    "II": Beat(0.14, 0, -0.05, 0.80, -0.10, 0.20, 0.44),
    "V1": Beat(0.05, 0, 0.00, 0.20, -0.80, 0.02, 0.10),
    "V2": Beat(0.06, 0, 0.00, 0.40, -0.95, -0.06, 0.25),
    "V3": Beat(0.07, 0, 0.00, 0.70, -0.75, -0.04, 0.28),
    "V4": Beat(0.08, 0, -0.03, 0.95, -0.45, 0.00, 0.26),
    "V5": Beat(0.08, 0, -0.05, 1.00, -0.22, 0.04, 0.24),
    "V6": Beat(0.08, 0, -0.05, 0.85, -0.10, 0.07, 0.22),
}


def draw() -> Figure:
    """Draw the ECG."""
    return twelve(twelve_leads(seconds(0, 5), ARRIVAL, 625))


def draw_variant() -> Figure:
    """Draw the other patient's ECG."""
    return twelve(twelve_leads(seconds(0, 5), OTHER, 640))


def twelve_leads(time: Samples, recorded: Recorded, interval: float) -> dict[str, Samples]:
    """Every lead's millivolts at the times given, in seconds of the recording."""
    onsets = regular(FIRST, interval, BEATS)
    leads = {
        name: unsteady(time, written(time, [(at, beat) for at in onsets]), seed, sway=0.012)
        for seed, (name, beat) in enumerate(recorded.items())
    }
    return {**leads, **limb_leads(leads["I"], leads["II"])}
