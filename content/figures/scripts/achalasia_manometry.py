"""High-resolution manometry: pressure along the esophagus during two swallows, as colours.

Pressures are in mm Hg, times in seconds, and depths in centimetres from the nares.
"""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import panel
from content.figures.curves import Samples, noise, smoothed, step
from content.figures.style import BLACK, INK, TEXT, WIDTH, canvas

HEIGHT: Final = 1180
TIMES: Final = (0.0, 60.0)
DEPTHS: Final = (14.0, 50.0)
STEP: Final = (0.05, 0.1)
"""Seconds and centimetres between samples."""
BLUR: Final = (0.13, 0.3)
"""Spread of the smoothing, in seconds and centimetres."""
NOISE: Final = 1.6
"""Standard deviation before smoothing, mm Hg."""
SEED: Final = 39
ISOBAR: Final = 30
BREATH: Final = 3.8
"""Seconds from breath to breath."""

UPPER: Final = 19.0
"""Depth of the upper high-pressure zone, at rest."""
JUNCTION: Final = 43.0
"""Depth of the lower high-pressure zone, half-way through a breath."""
GASTRIC: Final = 8.0
"""Mean pressure below the junction."""

STOPS: Final = (
    (-10, "#1B1F8A"),
    (0, "#2746C8"),
    (15, "#2FA3D8"),
    (30, "#35B56A"),
    (45, "#C8D43A"),
    (60, "#F0A02E"),
    (80, "#E4472B"),
    (100, "#B01268"),
)
"""The usual order of colours; the black line tells the high pressures apart without them."""
SCALE: Final = Normalize(STOPS[0][0], STOPS[-1][0])


class Swallow(Struct, frozen=True):
    """When one began, and the pressure that followed it in the whole esophagus.

    ``onset`` and ``end`` are seconds after it, at the upper end; ``phase`` varies the edges.
    """

    at: float
    onset: float
    end: float
    height: float
    phase: float


SWALLOWS: Final = (Swallow(5, 3.0, 9.6, 34, 0), Swallow(35, 2.7, 10.4, 37, 2.1))


def draw() -> Figure:
    """Draw the plot and its scale of colours."""
    figure = canvas(HEIGHT)
    axes = panel(figure, left=145, bottom=305, right=30, top=75)
    axes.grid(visible=False)
    colours = LinearSegmentedColormap.from_list(
        "manometry", [(float(SCALE(stop)), colour) for stop, colour in STOPS]
    )
    time, depth = grid()
    pressures = recorded(time, depth)
    axes.imshow(
        pressures,
        cmap=colours,
        norm=SCALE,
        extent=(*TIMES, DEPTHS[1], DEPTHS[0]),
        aspect="auto",
        interpolation="bilinear",
    )
    axes.contour(time[0], depth[:, 0], pressures, levels=[ISOBAR], colors=BLACK, linewidths=3)
    axes.set_xlim(*TIMES)
    axes.set_ylim(DEPTHS[1], DEPTHS[0])
    axes.set_xticks(range(0, 61, 10))
    axes.set_yticks(range(15, 51, 5))
    axes.set_xlabel("Time (s)", size=TEXT)
    axes.set_ylabel("Distance from nares (cm)", labelpad=8)
    _swallows(axes)
    scale = figure.add_axes((145 / WIDTH, 115 / HEIGHT, 1 - 175 / WIDTH, 36 / HEIGHT))
    figure.colorbar(
        ScalarMappable(SCALE, colours),
        cax=scale,
        orientation="horizontal",
        ticks=range(0, 101, 20),
    )
    scale.set_xlabel("Pressure (mm Hg)", size=TEXT)
    return figure


def grid() -> tuple[Samples, Samples]:
    """Times and depths of the samples; a row is a depth, a column an instant."""
    times = np.linspace(*TIMES, round((TIMES[1] - TIMES[0]) / STEP[0]) + 1)
    depths = np.linspace(*DEPTHS, round((DEPTHS[1] - DEPTHS[0]) / STEP[1]) + 1)
    time, depth = np.meshgrid(times, depths)
    return time, depth


def pressure(time: Samples, depth: Samples) -> Samples:
    """The pressure at times and depths, before noise."""
    drawn = np.sin(2 * np.pi * time / BREATH)
    below = step(depth, 44.5, 0.3)
    base = (2 - 2.5 * drawn * step(depth, 20, 0.4)) * (1 - below) + (GASTRIC + 3 * drawn) * below
    junction = JUNCTION + 0.45 * drawn
    whole = base + _upper(time, drawn) * _zone(depth, _larynx(time), 1.1)
    whole += (_junction(time) + 9 * drawn) * _zone(depth, junction, 1.3)
    for swallow in SWALLOWS:
        whole += _swallowed(swallow, time, depth, junction)
    return whole


def recorded(time: Samples, depth: Samples) -> Samples:
    """The pressure with noise, smoothed along both axes."""
    values = pressure(time, depth) + noise(SEED, time.size, NOISE, 0.1).reshape(time.shape)
    for axis, (spread, apart) in enumerate(zip(reversed(BLUR), reversed(STEP), strict=True)):
        values = np.apply_along_axis(smoothed, axis, values, spread / apart)
    return values


def _zone(depth: Samples, centre: float | Samples, spread: float) -> Samples:
    zone: Samples = np.exp(-(((depth - centre) / spread) ** 2))
    return zone


def _swallowed(swallow: Swallow, time: Samples, depth: Samples, junction: Samples) -> Samples:
    """The pharynx's stripe, and what follows along the whole tube."""
    after = time - swallow.at
    stripe = 70 * _zone(after, 0.35 + 0.06 * (depth - DEPTHS[0]), 0.16)
    onset = swallow.onset + 0.014 * (depth - 21) + 0.10 * np.sin(1.3 * depth + swallow.phase)
    end = swallow.end - 0.03 * (depth - 21) + 0.25 * np.sin(0.9 * depth + 1 + swallow.phase)
    lasting = step(after - onset, 0, 0.22) - step(after - end, 0, 0.45)
    between = step(depth, 21, 0.4) * step(junction - 1.4 - depth, 0, 0.4)
    uneven = 1 + 0.07 * np.sin(0.55 * depth + swallow.phase) + 0.05 * np.sin(2.1 * time)
    return stripe * step(17.8 - depth, 0, 0.1) + swallow.height * uneven * lasting * between


def _upper(time: Samples, drawn: Samples) -> Samples:
    """Height of the upper zone's pressure: it opens at each swallow and closes hard after it."""
    height = 60 + 6 * drawn
    for swallow in SWALLOWS:
        after = time - swallow.at
        opening = np.interp(after, (-0.2, 0, 0.6, 0.9), (0, 1, 1, 0))
        closing = np.where(after < 0.9, np.interp(after, (0.6, 0.9), (0, 1)), np.exp(0.9 - after))
        height = height * (1 - opening) + 6 * opening + 55 * closing
    return height


def _larynx(time: Samples) -> Samples:
    """Depth of the upper zone, which rises with the larynx at each swallow."""
    place = np.full_like(time, UPPER)
    for swallow in SWALLOWS:
        place -= 1.2 * _zone(time, swallow.at + 0.45, 0.5)
    return place


def _junction(time: Samples) -> Samples:
    """Height of the junction's pressure, without breathing."""
    height = np.full_like(time, 46)
    for swallow in SWALLOWS:
        after = time - swallow.at
        height -= np.interp(after, (0, 1, 12, 13), (0, 12, 12, 0))
        height += 4 * _zone(after, 15, 2)
    return height


def _swallows(axes: Axes) -> None:
    for swallow in SWALLOWS:
        axes.annotate(
            "▼",
            (swallow.at, DEPTHS[0]),
            (0, 10),
            textcoords="offset pixels",
            size=TEXT,
            color=BLACK,
            ha="center",
        )
        axes.annotate(
            "swallow",
            (swallow.at, DEPTHS[0]),
            (28, 14),
            textcoords="offset pixels",
            size=TEXT,
            color=INK,
        )
