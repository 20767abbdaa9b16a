"""Hearing test of both ears: the pure-tone audiogram, tympanometry, and acoustic reflexes.

Symbols are those of the ASHA guidelines of 1990: a cross for air in the left ear, a triangle for
air in the right one, which is masked since it hears so much less than bone on the other side, and
brackets beside the line of their frequency for masked bone. An octave is as long as 20 dB.
"""

from collections.abc import Mapping
from math import log2
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path
from msgspec import Struct

from content.figures.style import (
    BLACK,
    BLUE,
    INK,
    LABEL,
    SEMIBOLD,
    SMALL,
    TEXT,
    WHITE,
    WIDTH,
    canvas,
)

HEIGHT: Final = 1050
FREQUENCIES: Final = (250, 500, 1000, 2000, 4000, 8000)
"""Hz."""
LEVELS: Final = (-10, 110)
"""dB HL, from quiet to loud."""
OCTAVE: Final = 20
"""How many dB are as long as an octave."""
BESIDE: Final = 0.4
"""Octaves of the chart to either side of the outermost frequencies."""
PANEL: Final = 490
"""Width in pixels; ``LEFTS`` is where the panels begin."""
LEFTS: Final = (125, 695)
MARKS_BELOW: Final = 712
"""Pixels from the top to the signs' names, and to the first line of ``REST``."""
REST_BELOW: Final = 878
LINE: Final = 62
"""Pixels from line to line below the chart."""
REST: Final = (
    ("Tympanogram: pressure", "normal"),
    ("Tympanogram: height", "low"),
    ("Acoustic reflexes", "absent"),
)
"""The rest of the test, which is the same in both ears."""
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
    air_mark="^",
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
    for ear, left in zip((RIGHT, LEFT), LEFTS, strict=True):
        box = (left / WIDTH, 1 - (145 + tall) / HEIGHT, PANEL / WIDTH, tall / HEIGHT)
        axes = figure.add_axes(box)
        _chart(axes, ear.name)
        _thresholds(axes, ear)
        _marks(figure, ear, left)
        _rest(figure, left)
    figure.axes[0].set_ylabel("Hearing level (dB HL)", labelpad=6)
    return figure


def _chart(axes: Axes, name: str) -> None:
    axes.set_xlim(_place(FREQUENCIES[0]) - BESIDE, _place(FREQUENCIES[-1]) + BESIDE)
    axes.set_ylim(LEVELS[1], LEVELS[0])
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xticks([_place(each) for each in FREQUENCIES], [_short(each) for each in FREQUENCIES])
    axes.set_yticks(range(LEVELS[0], LEVELS[1] + 1, 10))
    axes.tick_params(labelsize=TEXT, length=0)
    axes.tick_params(axis="y", labelsize=SMALL)
    axes.set_xlabel("Frequency (Hz)", size=SMALL, labelpad=8)
    axes.set_title(name, size=LABEL, color=BLACK, weight=SEMIBOLD, pad=14)
    axes.axhspan(0, 20, color=USUAL, zorder=0)
    axes.grid(visible=True, color=GRID, linewidth=1.5)
    axes.set_axisbelow(True)


def _short(frequency: int) -> str:
    return f"{frequency // 1000}k" if frequency >= 1000 else str(frequency)


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


def _marks(figure: Figure, ear: Ear, left: float) -> None:
    """Name an ear's two signs below its panel."""
    figure.legend(
        [_air(ear), _bone(ear)],
        ["air (masked)" if ear is RIGHT else "air", "bone (masked)"],
        loc="upper left",
        bbox_to_anchor=(left / WIDTH, 1 - MARKS_BELOW / HEIGHT),
        frameon=False,
        fontsize=TEXT,
        labelcolor=INK,
        handlelength=2.6,
        borderpad=0,
        borderaxespad=0,
        labelspacing=0.6,
    )


def _rest(figure: Figure, left: float) -> None:
    """The lines below an ear's signs: what was looked at, and what was found."""
    for n, (what, found) in enumerate(REST):
        height = 1 - (REST_BELOW + n * LINE) / HEIGHT
        figure.text(left / WIDTH, height, what, size=SMALL, color=INK)
        figure.text(
            (left + PANEL) / WIDTH,
            height,
            found,
            size=SMALL,
            weight=SEMIBOLD,
            color=BLACK,
            ha="right",
        )
        rule = Line2D(
            (left / WIDTH, (left + PANEL) / WIDTH),
            (height - 16 / HEIGHT,) * 2,
            color=GRID,
            linewidth=2,
        )
        figure.add_artist(rule)
