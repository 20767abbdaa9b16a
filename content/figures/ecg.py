"""ECG paper, and what is drawn on it: 25 mm a second across, 10 mm a millivolt up.

On a sheet x is in seconds and y in millivolts. A sheet is as wide as the house style says, so its
span in seconds decides how many pixels a millimetre of paper takes: 9.4 for twelve leads in two
columns, 10 and more for strips of up to 4 s a row. What is written on it comes from `beats`.

| to draw | use |
| --- | --- |
| one lead for 6 to 12 s, in rows | `strip` |
| the same lead on several days, for comparison | `strips` |
| twelve leads, upright | `twelve` |
| some leads in columns | `columns` |
| anything else | `sheet`, `trace`, `calibration`, `lead_name`, `settings` |
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from content.figures.curves import Samples
from content.figures.style import BLACK, LABEL, SEMIBOLD, TEXT, WIDTH, canvas

SPEED: Final = 25
"""Millimetres of paper a second."""
GAIN: Final = 10
"""Millimetres of paper a millivolt."""
RATE: Final = 500
"""Samples a second."""

PAPER: Final = "#FFF9F8"
SMALL_SQUARES: Final = "#FADFDF"
LARGE_SQUARES: Final = "#EDA9A9"
TRACE: Final = 3.0
PULSE: Final = 0.2
"""Seconds that the calibration pulse of 1 mV lasts: one large square."""
FOOT: Final = 0.55
"""Millivolts of paper under the rows, for the settings."""
LIMB: Final = ("I", "II", "III", "aVR", "aVL", "aVF")
CHEST: Final = ("V1", "V2", "V3", "V4", "V5", "V6")


def seconds(start: float, end: float) -> Samples:
    """The times of the samples from ``start`` to ``end``, both in seconds."""
    return np.linspace(start, end, round((end - start) * RATE) + 1)


def sheet(start: float, end: float, bottom: float, top: float) -> tuple[Figure, Axes]:
    """Ruled paper from ``start`` to ``end`` seconds and ``bottom`` to ``top`` millivolts.

    Small squares are 1 mm (40 ms, 0.1 mV), large ones 5 mm (200 ms, 0.5 mV); the large ones count
    from 0 s and 0 mV.
    """
    scale = WIDTH / ((end - start) * SPEED)
    figure = canvas(round((top - bottom) * GAIN * scale))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(start, end)
    axes.set_ylim(bottom, top)
    figure.set_facecolor(PAPER)
    for every, colour, width in ((1, SMALL_SQUARES, 1.0), (5, LARGE_SQUARES, 1.8)):
        across = [x / SPEED for x in _ruled(start * SPEED, end * SPEED, every)]
        up = [y / GAIN for y in _ruled(bottom * GAIN, top * GAIN, every)]
        lines = [((x, bottom), (x, top)) for x in across] + [((start, y), (end, y)) for y in up]
        axes.add_collection(LineCollection(lines, colors=colour, linewidths=width), autolim=False)
    return figure, axes


def _ruled(low: float, high: float, every: int) -> range:
    """The multiples of ``every`` millimetres from ``low`` to ``high``."""
    return range(-int(-low // every) * every, int(high // every) * every + 1, every)


def trace(axes: Axes, time: Samples, millivolts: Samples, baseline: float = 0) -> None:
    """Write a trace whose 0 mV lies at ``baseline``."""
    axes.plot(
        time,
        baseline + millivolts,
        color=BLACK,
        linewidth=TRACE,
        solid_joinstyle="round",
        solid_capstyle="butt",
    )


def calibration(axes: Axes, end: float, baseline: float = 0) -> None:
    """The calibration pulse, 1 mV high, and its feet; the later one reaches to ``end`` seconds."""
    foot = PULSE / 4
    rise, fall = end - foot - PULSE, end - foot
    trace(
        axes,
        np.array([rise - foot, rise, rise, fall, fall, end]),
        np.array([0.0, 0, 1, 1, 0, 0]),
        baseline,
    )


def strip(
    lead: str,
    signal: Callable[[Samples], Samples],
    breaks: Sequence[float],
    bottom: float,
    top: float,
) -> Figure:
    """A rhythm strip of one lead, in rows: a strip in one row would be too fine for a phone.

    ``signal`` gives the millivolts at times in seconds. ``breaks`` are the times at which the rows
    begin, the first of them 0, and the end; rows are best of one length. Each row shows ``bottom``
    to ``top`` millivolts.
    """
    whole = signal(seconds(0, breaks[-1]))
    rows = [whole[round(start * RATE) : round(end * RATE) + 1] for start, end in pairwise(breaks)]
    figure, axes = _rows(rows, bottom, top)
    lead_name(axes, lead, 0.05, top - 0.4)
    settings(axes, 0.05, bottom - (len(rows) - 1) * (top - bottom) - 0.35)
    return figure


def strips(
    lead: str,
    recordings: Mapping[str, Callable[[Samples], Samples]],
    span: float,
    bottom: float,
    top: float,
) -> Figure:
    """Rows of the same lead, ``span`` seconds each, recorded apart and named by the keys."""
    figure, axes = _rows([signal(seconds(0, span)) for signal in recordings.values()], bottom, top)
    for row, name in enumerate(recordings):
        lead_name(axes, name, 0.05, top - 0.35 - row * (top - bottom))
    settings(axes, 0.05, bottom - (len(recordings) - 1) * (top - bottom) - 0.35, lead)
    return figure


def _rows(rows: Sequence[Samples], bottom: float, top: float) -> tuple[Figure, Axes]:
    """Paper with each row's trace behind its calibration pulse, and a foot."""
    pitch = top - bottom
    longest = (max(map(len, rows)) - 1) / RATE
    low = bottom - (len(rows) - 1) * pitch - FOOT
    figure, axes = sheet(-2 * PULSE, longest + PULSE / 2, low, top)
    for row, millivolts in enumerate(rows):
        trace(axes, seconds(0, (len(millivolts) - 1) / RATE), millivolts, -row * pitch)
        calibration(axes, 0, -row * pitch)
    return figure, axes


def twelve(leads: Mapping[str, Samples]) -> Figure:
    """Twelve leads upright: limb leads in the left column, chest leads in the right one.

    Each lead holds ``seconds(0, 5)``; the left column shows the first half and the right one goes
    on with the second, as a machine writes them.
    """
    half = round(2.5 * RATE)
    return columns(
        [{n: leads[n][: half + 1] for n in LIMB}, {n: leads[n][half:] for n in CHEST}],
        pitch=2.3,
        top=1.75,
    )


def columns(
    recorded: Sequence[Mapping[str, Samples]], *, pitch: float, top: float, gap: float = 0
) -> Figure:
    """Leads in columns, over a foot with the calibration pulse and the settings.

    All leads are of one length. Baselines are ``pitch`` millivolts apart, and the paper begins
    ``top`` millivolts above the first. Columns that follow without a gap, in seconds, are parted by
    a stroke.
    """
    span = (len(next(iter(recorded[0].values()))) - 1) / RATE
    rows = max(map(len, recorded))
    width = len(recorded) * (span + gap) - gap
    foot = -rows * pitch + 0.8
    figure, axes = sheet(-0.04, width + 0.04, foot - 0.25, top)
    calibration(axes, width - 0.02, foot)
    settings(axes, 0.04, foot)
    for column, leads in enumerate(recorded):
        start = column * (span + gap)
        for row, (name, millivolts) in enumerate(leads.items()):
            trace(axes, start + seconds(0, span), millivolts, -row * pitch)
            lead_name(axes, name, start + 0.005, 0.85 - row * pitch)
            if column and not gap:
                ends = (-row * pitch - 0.35, -row * pitch + 0.35)
                axes.plot((start, start), ends, color=BLACK, linewidth=2.5)
    return figure


def lead_name(axes: Axes, name: str, x: float, y: float) -> None:
    """Name a lead; its lettering stands on ``y`` and begins at ``x``."""
    axes.text(x, y, name, size=LABEL, color=BLACK, weight=SEMIBOLD)


def settings(axes: Axes, x: float, y: float, lead: str = "") -> None:
    """Paper speed and gain, as the machine prints them."""
    said = f"{SPEED} mm/s  {GAIN} mm/mV"
    axes.text(x, y, f"{lead}   {said}" if lead else said, size=TEXT, color=BLACK)
