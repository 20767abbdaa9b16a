"""High-resolution manometry: pressure along the esophagus during two swallows, as colours.

Pressures are in mm Hg, times in seconds, and depths in centimetres from the nares.
"""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure

from content.figures.curves import Samples
from content.figures.style import BLACK, INK, SMALL, TEXT, WHITE, canvas

HEIGHT: Final = 900
TIMES: Final = (0.0, 60.0)
DEPTHS: Final = (16.0, 50.0)
SWALLOWS: Final = (5.0, 35.0)
STEP: Final = (0.05, 0.1)
"""Seconds and centimetres between samples."""
BLUR: Final = (0.15, 0.3)
"""Spread of the smoothing, in seconds and centimetres."""
NOISE: Final = 1.0
"""Standard deviation before smoothing, mm Hg."""
SEED: Final = 39
ISOBAR: Final = 30

UPPER: Final = 19.0
"""Depth of the upper high-pressure zone."""
JUNCTION: Final = 43.0
"""Depth of the lower high-pressure zone."""
GASTRIC: Final = 8.0
"""Pressure below the junction."""

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


def draw() -> Figure:
    """Draw the plot and its scale of colours."""
    figure = canvas(HEIGHT)
    axes = figure.add_axes((0.11, 0.125, 0.715, 0.805))
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
    axes.contour(time[0], depth[:, 0], pressures, levels=[ISOBAR], colors=BLACK, linewidths=2.5)
    axes.set_xlim(*TIMES)
    axes.set_ylim(DEPTHS[1], DEPTHS[0])
    axes.set_xticks(range(0, 61, 10))
    axes.set_yticks(range(20, 51, 5))
    axes.set_xlabel("Time (s)", size=TEXT)
    axes.set_ylabel("Distance from nares (cm)", size=TEXT, labelpad=8)
    _swallows(axes)
    scale = figure.add_axes((0.865, 0.125, 0.03, 0.805))
    figure.colorbar(ScalarMappable(SCALE, colours), cax=scale, ticks=range(0, 101, 10))
    scale.tick_params(labelsize=SMALL)
    scale.set_ylabel("Pressure (mm Hg)", size=TEXT, labelpad=2)
    return figure


def grid() -> tuple[Samples, Samples]:
    """Times and depths of the samples; a row is a depth, a column an instant."""
    times = np.linspace(*TIMES, round((TIMES[1] - TIMES[0]) / STEP[0]) + 1)
    depths = np.linspace(*DEPTHS, round((DEPTHS[1] - DEPTHS[0]) / STEP[1]) + 1)
    time, depth = np.meshgrid(times, depths)
    return time, depth


def pressure(time: Samples, depth: Samples) -> Samples:
    """The pressure at times and depths, before noise."""
    base = 2 + (GASTRIC - 2) * _step((depth - 44.5) / 0.3)
    after = time - np.where(time < SWALLOWS[1] - 1, SWALLOWS[0], SWALLOWS[1])
    upper = _upper(after) * np.exp(-(((depth - UPPER) / 1.1) ** 2))
    junction = _junction(after) * np.exp(-(((depth - JUNCTION) / 1.3) ** 2))
    lasting = _step((after - 3) / 0.25) - _step((after - 9.5) / 0.5)
    between = _step((depth - 21) / 0.4) * _step((41.6 - depth) / 0.4)
    return base + upper + junction + 34 * lasting * between


def recorded(time: Samples, depth: Samples) -> Samples:
    """The pressure with noise, smoothed along both axes."""
    noise = np.random.default_rng(SEED).normal(0, NOISE, time.shape)
    values = pressure(time, depth) + noise
    for axis, (spread, step) in enumerate(zip(reversed(BLUR), reversed(STEP), strict=True)):
        values = np.apply_along_axis(_smoothed, axis, values, spread / step)
    return values


def _upper(after: Samples) -> Samples:
    """Height of the upper zone's pressure, by the time after a swallow."""
    opening = np.interp(after, (-0.2, 0, 0.8, 1.2), (60, 6, 6, 110))
    return np.where(after < 1.2, opening, 60 + 50 * np.exp(1.2 - after))


def _junction(after: Samples) -> Samples:
    """Height of the junction's pressure, by the time after a swallow."""
    return np.interp(after, (0, 1, 12, 13, 16, 22), (46, 34, 34, 46, 50, 46))


def _step(at: Samples) -> Samples:
    """A smooth step from 0 to 1 round 0."""
    return 1 / (1 + np.exp(-np.clip(at, -60, 60)))


def _smoothed(line: Samples, spread: float) -> Samples:
    """A line of samples after a Gaussian of that many samples; its ends are carried on."""
    reach = round(4 * spread)
    weights = np.exp(-((np.arange(-reach, reach + 1) / spread) ** 2) / 2)
    return np.convolve(np.pad(line, reach, mode="edge"), weights / weights.sum(), mode="valid")


def _swallows(axes: Axes) -> None:
    for start in SWALLOWS:
        axes.plot(
            start,
            DEPTHS[0],
            "v",
            color=WHITE,
            markeredgecolor=BLACK,
            markeredgewidth=2,
            markersize=30,
            clip_on=False,
            zorder=4,
        )
        axes.annotate(
            "swallow",
            (start, DEPTHS[0]),
            (22, 8),
            textcoords="offset pixels",
            size=SMALL,
            color=INK,
        )
