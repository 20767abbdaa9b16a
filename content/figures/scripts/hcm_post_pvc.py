"""Left ventricle and aorta under an ECG: two usual beats, an early one, a pause, and two more.

Times are in milliseconds, pressures in mm Hg.
"""

from itertools import pairwise
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.beats import unsteady
from content.figures.chart import heading, stack
from content.figures.curves import Point, Samples, bump, smoothed
from content.figures.pressures import ejection, systole
from content.figures.style import BLACK, BLUE, LABEL, SEMIBOLD, VERMILION, canvas

HEIGHT: Final = 1450
RATE: Final = 1000
"""Samples a second, so that a sample is a millisecond."""


class Beat(Struct, frozen=True):
    """A beat's onset, peak of the ventricle, and aortic systolic and lowest pressure.

    ``filled`` is how high the diastole before it rises; ``closing`` when the ventricle relaxes.
    """

    onset: float
    peak: float
    aorta: tuple[float, float]
    filled: float
    closing: float
    early: bool = False

    @property
    def opening(self) -> float:
        """When the aortic valve opens, in milliseconds after the onset."""
        return 110 if self.early else 84


class Recording(Struct, frozen=True):
    """Beats, one of them before the recording and one after it, which lasts ``end`` seconds.

    How the aorta fills is told for usual beats, and for beat ``paused``, which follows the pause.
    """

    beats: tuple[Beat, ...]
    usual: tuple[Point, ...]
    after_pause: tuple[Point, ...]
    paused: int
    end: float


RISING: Final = (
    (0.0, 0.0), (0.10, 0.62), (0.24, 1.0), (0.46, 0.86), (0.66, 0.92), (0.86, 0.80), (1.0, 0.58),
)  # fmt: skip
DOMED: Final = (
    (0.0, 0.0), (0.10, 0.70), (0.22, 1.0), (0.44, 0.66), (0.68, 0.86), (0.86, 0.74), (1.0, 0.50),
)  # fmt: skip
SLOW: Final = (
    (0.0, 0.0), (0.10, 0.22), (0.25, 0.55), (0.42, 0.82), (0.60, 1.0), (0.78, 0.93), (1.0, 0.62),
)  # fmt: skip
PATIENT: Final = Recording(
    (
        Beat(-700, 172, (124, 69), 18, 395),
        Beat(100, 172, (124, 69), 18, 395),
        Beat(900, 172, (124, 69), 18, 395),
        Beat(1340, 118, (97, 88), 16, 300, early=True),
        Beat(2500, 232, (100.5, 61.5), 20, 425),
        Beat(3300, 174, (122, 69), 18, 395),
        Beat(4100, 174, (122, 69), 18, 395),
        Beat(4900, 174, (122, 69), 18, 395),
    ),
    RISING,
    DOMED,
    paused=4,
    end=4.2,
)
OTHER: Final = Recording(
    (
        Beat(-760, 186, (117, 67), 16, 385),
        Beat(100, 186, (117, 67), 16, 385),
        Beat(960, 186, (117, 67), 16, 385),
        Beat(1430, 112, (90, 83), 15, 300, early=True),
        Beat(2680, 214, (123, 59.5), 18, 390),
        Beat(3540, 188, (118, 67), 16, 385),
        Beat(4400, 188, (118, 67), 16, 385),
        Beat(5260, 188, (118, 67), 16, 385),
    ),
    SLOW,
    SLOW,
    paused=4,
    end=4.5,
)


def draw() -> Figure:
    """Draw the pressures."""
    return _panels(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _panels(OTHER)


def _panels(recording: Recording) -> Figure:
    figure = canvas(HEIGHT)
    strip, pressures = stack(figure, (200, 900))
    time = np.arange(round(recording.end * RATE)) / RATE
    heading(strip, "ECG", indent=-100)
    strip.set_yticks(())
    strip.spines["bottom"].set_visible(False)
    strip.plot(time, unsteady(time, electrocardiogram(recording), 5), color=BLACK, linewidth=3.5)
    heading(pressures, "Pressure", "(mm Hg)", indent=-100)
    pressures.set_ylim(0, 250)
    pressures.set_yticks(range(0, 251, 50))
    left, artery = ventricle(recording), aorta(recording)
    pressures.plot(time, left, color=BLUE, linewidth=5)
    pressures.plot(time, artery, color=VERMILION, linewidth=5)
    _name(pressures, "LV", 0.57, 150, BLUE)
    _name(pressures, "Ao", 0.62, 103, VERMILION)
    pressures.set_xlim(0, recording.end)
    pressures.set_xticks(range(int(recording.end) + 1))
    pressures.set_xlabel("Time (s)")
    return figure


def _name(axes: Axes, name: str, x: float, y: float, colour: str) -> None:
    axes.text(x, y, name, size=LABEL, weight=SEMIBOLD, color=colour)


def electrocardiogram(recording: Recording) -> Samples:
    """The ECG in millivolts, a sample each millisecond."""
    now = np.arange(round(recording.end * RATE), dtype=np.float64)
    total = np.zeros_like(now)
    for beat in recording.beats:
        x = now - beat.onset
        total += _early(x) if beat.early else _sinus(x)
    return total


def _sinus(x: Samples) -> Samples:
    return (
        0.13 * bump(x, -110, 22)
        - 0.08 * bump(x, 8, 6)
        + 1.0 * bump(x, 36, 10)
        - 0.22 * bump(x, 62, 9)
        - 0.20 * bump(x, 270, 45)
    )


def _early(x: Samples) -> Samples:
    return -0.9 * bump(x, 40, 26) + 0.55 * bump(x, 105, 24) + 0.45 * bump(x, 300, 55)


def ventricle(recording: Recording) -> Samples:
    """The left ventricle's pressure, a sample each millisecond."""
    now = _milliseconds(recording)
    pressure = np.full_like(now, 8.0)
    for beat, following in pairwise(recording.beats):
        x = now - beat.onset
        atrium = 0 if following.early else 4 * bump(following.onset - now, 10, 38)
        filled = 1 - np.exp(-np.maximum(x - beat.closing - 60, 0) / 170)
        diastole = 6 + (following.filled - 10) * filled + atrium
        pressure = np.where(x > beat.closing - 60, diastole, pressure)
    pressure = smoothed(pressure, 18)
    for beat in recording.beats:
        x = now - beat.onset
        contracted = systole(x, 88, beat.closing, edges=(13, 15), dome=0.22)
        pressure = pressure * (1 - contracted) + beat.peak * contracted
    return pressure[now >= 0]


def aorta(recording: Recording) -> Samples:
    """The aorta's pressure, a sample each millisecond."""
    now = _milliseconds(recording)
    pressure = np.full_like(now, recording.beats[0].aorta[1])
    for n, (beat, following) in enumerate(pairwise(recording.beats)):
        knots = recording.after_pause if n == recording.paused else recording.usual
        opened, shut = beat.onset + beat.opening, beat.onset + beat.closing - 10
        top, foot = beat.aorta
        flowing = ejection((now - opened) / (shut - opened), knots, foot, top)
        pressure = np.where((now >= opened) & (now < shut), flowing, pressure)
        since, last = now - shut, following.onset + following.opening - shut
        end = foot + (top - foot) * knots[-1][1]
        fall = _falling(np.maximum(since, 0) / last, end, following.aorta[1])
        notch = -3 * bump(since, 14, 9) + 5 * bump(since, 55, 22)
        pressure = np.where(since >= 0, fall + notch, pressure)
    return smoothed(pressure, 11)[now >= 0]


def _falling(share: Samples, high: float, low: float) -> Samples:
    """An exponential fall from ``high`` to ``low`` as share goes from 0 to 1."""
    end = np.exp(-1.4)
    part: Samples = (np.exp(-1.4 * np.minimum(share, 1.2)) - end) / (1 - end)
    return low + (high - low) * part


def _milliseconds(recording: Recording) -> Samples:
    """From before the first beat to the end."""
    return np.arange(recording.beats[0].onset - 100, round(recording.end * RATE))
