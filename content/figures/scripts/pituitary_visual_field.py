"""Automated static perimetry of both eyes: thresholds in decibels over a grey scale.

The points are those of a 24-2 pattern: 6 degrees apart and 3 off either meridian. An eye's field is
drawn as the patient sees it.
"""

from collections.abc import Mapping
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from content.figures.style import BLACK, INK, LABEL, SEMIBOLD, SMALL, TEXT, WHITE, WIDTH, canvas

HEIGHT: Final = 980
REACH: Final = 30
"""Degrees from fixation to the end of either meridian."""
STEP: Final = 6
"""Degrees between points."""
PANEL: Final = 570
"""Width and height in pixels."""
TOP: Final = 75
"""Pixels above the panels."""

GREYS: Final[Mapping[int, str]] = {
    26: "#F4F4F4",
    21: "#CFCFCF",
    16: "#B4B4B4",
    11: "#989898",
    6: "#4D4D4D",
    2: "#262626",
    0: "#000000",
}
"""The fill from so many decibels on, the most sensitive first."""
DARK: Final = 11
"""Below so many decibels the number is white."""

Field = Mapping[int, tuple[int, tuple[int, ...]]]
"""By row, in degrees above fixation: where its leftmost point lies, and its thresholds in dB."""

RIGHT: Final[Field] = {
    21: (-9, (27, 26, 4, 2)),
    15: (-15, (28, 29, 27, 3, 1, 0)),
    9: (-21, (27, 29, 30, 29, 4, 2, 0, 0)),
    3: (-27, (26, 28, 30, 31, 31, 9, 4, 0, 1)),
    -3: (-27, (27, 29, 30, 31, 32, 13, 8, 0, 4)),
    -9: (-21, (28, 30, 31, 30, 14, 10, 7, 5)),
    -15: (-15, (29, 30, 29, 15, 11, 8)),
    -21: (-9, (28, 28, 14, 12)),
}
LEFT: Final[Field] = {
    21: (-9, (1, 3, 27, 28)),
    15: (-15, (0, 2, 4, 28, 29, 27)),
    9: (-21, (0, 1, 3, 5, 29, 30, 28, 27)),
    3: (-21, (2, 0, 5, 10, 31, 30, 29, 28, 26)),
    -3: (-21, (6, 0, 9, 14, 31, 31, 30, 28, 27)),
    -9: (-21, (7, 9, 11, 15, 30, 30, 29, 28)),
    -15: (-15, (10, 12, 16, 30, 29, 28)),
    -21: (-9, (13, 15, 28, 27)),
}
RELIABILITY: Final = "Fixation losses 1/14\nFalse positives 2%\nFalse negatives 4%"


def draw() -> Figure:
    """Draw the two fields."""
    figure = canvas(HEIGHT)
    for name, field, left in (("Left eye", LEFT, 20), ("Right eye", RIGHT, 610)):
        box = (left / WIDTH, 1 - (TOP + PANEL) / HEIGHT, PANEL / WIDTH, PANEL / HEIGHT)
        axes = figure.add_axes(box)
        _meridians(axes)
        for degrees, (first, row) in field.items():
            for n, decibels in enumerate(row):
                _point(axes, first + n * STEP, degrees, decibels)
        axes.set_title(name, size=LABEL, color=BLACK, weight=SEMIBOLD, pad=16)
        axes.text(0, -REACH - 3.5, RELIABILITY, size=SMALL, ha="center", va="top", linespacing=1.25)
    _scale(figure)
    return figure


def fill(decibels: int) -> str:
    """The grey of a threshold in decibels."""
    return next(grey for least, grey in GREYS.items() if decibels >= least)


def _meridians(axes: Axes) -> None:
    """A cross through fixation with a tick every 10 degrees."""
    axes.set_axis_off()
    axes.set_xlim(-REACH - 1, REACH + 1)
    axes.set_ylim(-REACH - 1, REACH + 1)
    axes.plot((-REACH, REACH), (0, 0), (0, 0), (-REACH, REACH), color=BLACK, linewidth=2, zorder=3)
    for at in range(-REACH, REACH + 1, 10):
        axes.plot(
            (at, at), (-0.45, 0.45), (-0.45, 0.45), (at, at), color=BLACK, linewidth=2, zorder=3
        )
    for x, y, across, up in (
        (-REACH, 2 * STEP + 0.8, "left", "bottom"),
        (REACH, 2 * STEP + 0.8, "right", "bottom"),
        (1.2, REACH, "left", "top"),
        (1.2, -REACH, "left", "bottom"),
    ):
        axes.text(x, y, f"{REACH}°", size=SMALL, color=INK, ha=across, va=up)


def _point(axes: Axes, x: float, y: float, decibels: int) -> None:
    corner = (x - STEP / 2, y - STEP / 2)
    axes.add_patch(Rectangle(corner, STEP, STEP, facecolor=fill(decibels), linewidth=0))
    axes.text(
        x,
        y,
        str(decibels),
        size=TEXT,
        color=WHITE if decibels < DARK else BLACK,
        ha="center",
        va="center_baseline",
        zorder=4,
    )


def _scale(figure: Figure) -> None:
    """The greys from dark to light, each with the thresholds that it stands for."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, HEIGHT)
    wide, high, start, bottom = 130, 70, 145, 65
    steps = sorted(GREYS)
    for n, (least, above) in enumerate(zip(steps, (*steps[1:], None), strict=True)):
        square = (start + n * wide, bottom)
        axes.add_patch(
            Rectangle(square, wide, high, facecolor=GREYS[least], edgecolor=INK, linewidth=1.5)
        )
        axes.text(
            start + (n + 0.5) * wide,
            bottom + high / 2,
            f"{least}+" if above is None else f"{least}–{above - 1}",
            size=TEXT,
            color=WHITE if least < DARK else BLACK,
            ha="center",
            va="center_baseline",
        )
    axes.text(start - 20, bottom + high / 2, "dB", size=TEXT, ha="right", va="center_baseline")
    axes.text(start, bottom - 15, "0: brightest light not seen", size=SMALL, va="top")
