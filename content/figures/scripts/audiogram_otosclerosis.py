"""Pure-tone audiogram of both ears: air conduction, and masked bone conduction.

Symbols are those of the ASHA guidelines of 1990: circles and crosses for air, and brackets beside
the line of their frequency for masked bone. An octave is as long as 20 dB.
"""

from collections.abc import Mapping
from math import log2
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path
from msgspec import Struct

from content.figures.style import BLACK, BLUE, INK, LABEL, SEMIBOLD, SMALL, WHITE, WIDTH, canvas

HEIGHT: Final = 825
FREQUENCIES: Final = (250, 500, 1000, 2000, 4000, 8000)
"""Hz."""
LEVELS: Final = (-10, 110)
"""dB HL, from quiet to loud."""
OCTAVE: Final = 20
"""How many dB are as long as an octave."""
BESIDE: Final = 0.4
"""Octaves of the chart to either side of the outermost frequencies."""
PANEL: Final = 490
"""Width in pixels."""
RED: Final = "#C8102E"
"""The field's colour for the right ear; form tells the ears apart as well."""
GRID: Final = "#C6C6C6"
USUAL: Final = "#F3F3F3"
"""Of the zone from 0 to 20 dB."""
OPENING_RIGHT: Final = Path([(-0.3, 1), (-1, 1), (-1, -1), (-0.3, -1)])
OPENING_LEFT: Final = Path([(0.3, 1), (1, 1), (1, -1), (0.3, -1)])
"""The brackets; each stands beside its frequency's line, and opens to it."""

Thresholds = Mapping[int, float]
"""dB HL by frequency in Hz."""


class Ear(Struct, frozen=True):
    """What was measured in one ear, and how it is drawn."""

    name: str
    air: Thresholds
    bone: Thresholds
    colour: str
    air_mark: str
    bone_mark: Path


RIGHT: Final = Ear(
    "Right ear",
    air={250: 55, 500: 50, 1000: 50, 2000: 45, 4000: 40, 8000: 40},
    bone={250: 5, 500: 10, 1000: 15, 2000: 25, 4000: 10},
    colour=RED,
    air_mark="o",
    bone_mark=OPENING_RIGHT,
)
LEFT: Final = Ear(
    "Left ear",
    air={250: 35, 500: 35, 1000: 30, 2000: 30, 4000: 25, 8000: 25},
    bone={250: 0, 500: 5, 1000: 10, 2000: 20, 4000: 5},
    colour=BLUE,
    air_mark="x",
    bone_mark=OPENING_LEFT,
)


def draw() -> Figure:
    """Draw the audiogram; the right ear's panel stands on the left, as on the usual form."""
    figure = canvas(HEIGHT)
    octaves = log2(FREQUENCIES[-1] / FREQUENCIES[0]) + 2 * BESIDE
    tall = PANEL / octaves * (LEVELS[1] - LEVELS[0]) / OCTAVE
    for ear, left in ((RIGHT, 125), (LEFT, 695)):
        box = (left / WIDTH, 1 - (145 + tall) / HEIGHT, PANEL / WIDTH, tall / HEIGHT)
        axes = figure.add_axes(box)
        _chart(axes, ear.name)
        _thresholds(axes, ear)
    figure.axes[0].set_ylabel("Hearing level (dB HL)", labelpad=6)
    _legend(figure)
    return figure


def _chart(axes: Axes, name: str) -> None:
    axes.set_xlim(_place(FREQUENCIES[0]) - BESIDE, _place(FREQUENCIES[-1]) + BESIDE)
    axes.set_ylim(LEVELS[1], LEVELS[0])
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xticks([_place(each) for each in FREQUENCIES], [str(each) for each in FREQUENCIES])
    axes.set_yticks(range(LEVELS[0], LEVELS[1] + 1, 10))
    axes.tick_params(labelsize=SMALL, length=0)
    axes.set_xlabel("Frequency (Hz)", size=SMALL, labelpad=10)
    axes.set_title(name, size=LABEL, color=BLACK, weight=SEMIBOLD, pad=14)
    axes.axhspan(0, 20, color=USUAL, zorder=0)
    axes.grid(visible=True, color=GRID, linewidth=1.5)
    axes.set_axisbelow(True)


def _place(frequency: float) -> float:
    """Where a frequency stands: octaves above 1000 Hz."""
    return log2(frequency / 1000)


def _thresholds(axes: Axes, ear: Ear) -> None:
    air, bone = _air(ear), _bone(ear)
    air.set_data([_place(each) for each in ear.air], list(ear.air.values()))
    bone.set_data([_place(each) for each in ear.bone], list(ear.bone.values()))
    axes.add_line(air)
    axes.add_line(bone)


def _air(ear: Ear) -> Line2D:
    """The style of an ear's air conduction."""
    return Line2D(
        [],
        [],
        color=ear.colour,
        linewidth=3.5,
        marker=ear.air_mark,
        markersize=25,
        markeredgewidth=4.5,
        markerfacecolor=WHITE,
        zorder=3,
    )


def _bone(ear: Ear) -> Line2D:
    """The style of an ear's bone conduction."""
    return Line2D(
        [],
        [],
        linestyle="none",
        marker=ear.bone_mark,
        markersize=36,
        markeredgecolor=ear.colour,
        markeredgewidth=4.5,
        markerfacecolor="none",
        zorder=3,
    )


def _legend(figure: Figure) -> None:
    marks = {
        "right ear, air": _air(RIGHT),
        "right ear, bone (masked)": _bone(RIGHT),
        "left ear, air": _air(LEFT),
        "left ear, bone (masked)": _bone(LEFT),
    }
    figure.legend(
        list(marks.values()),
        list(marks),
        loc="lower center",
        ncols=2,
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
        columnspacing=4,
        handlelength=2.6,
        borderaxespad=0.3,
        labelspacing=0.7,
    )
