"""Serum cortisol after cosyntropin beside a healthy adult's, and plasma ACTH before it."""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import DASHES, heading, panel, second_scale
from content.figures.style import (
    BLACK,
    BLUE,
    INK,
    SEMIBOLD,
    SMALL,
    TEXT,
    WHITE,
    canvas,
)
from content.figures.trends import MARKER, readings

HEIGHT: Final = 1400
SIDES: Final = (130, 130)
MINUTES: Final = (0, 30, 60)
HEALTHY: Final = (310, 580, 650)
EXPECTED: Final = (400, 500)
"""Lowest normal peak, by assay."""
TOP: Final = 800
NANOMOLES: Final = 27.59
"""Nanomoles per litre of cortisol in a µg/dL."""
PICOGRAMS: Final = 4.54
"""Picograms per millilitre of ACTH in a pmol/L."""
ACTH_RANGE: Final = (1, 2000)
ACTH_REFERENCE: Final = (7, 63)
BAND: Final = "#D9DDE1"


class Axis(Struct, frozen=True):
    """A patient's cortisol by ``MINUTES``, nmol/L, and ACTH before the injection, pg/mL."""

    cortisol: Sequence[float]
    acth: float


PATIENT: Final = Axis((77, 83, 86), 763)
OTHER: Final = Axis((55, 170, 235), 5.2)


def draw() -> Figure:
    """Draw the patient's results."""
    return _results(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _results(OTHER)


def _results(axis: Axis) -> Figure:
    figure = canvas(HEIGHT)
    left, right = SIDES
    _cortisol(panel(figure, left, 590, right, 100), axis.cortisol)
    _acth(panel(figure, left, 135, right, HEIGHT - 315), axis.acth)
    return figure


def _cortisol(axes: Axes, cortisol: Sequence[float]) -> None:
    axes.spines["left"].set_visible(False)
    axes.set_xlim(-4, 64)
    axes.set_ylim(0, TOP)
    axes.set_xticks(MINUTES)
    axes.set_yticks(range(0, TOP + 1, 200))
    axes.set_xlabel("Minutes after 250 µg cosyntropin")
    heading(axes, "Serum cortisol", "nmol/L", indent=-110)
    second_scale(axes, 1 / NANOMOLES, (0, 5, 10, 15, 20, 25), "µg/dL")
    axes.axhspan(*EXPECTED, color=BAND, linewidth=0, zorder=0.5)
    axes.text(
        63, 450, "lowest normal peak (by assay)", size=SMALL, ha="right", va="center_baseline"
    )
    axes.plot(
        MINUTES,
        HEALTHY,
        "s",
        color=BLUE,
        linewidth=4,
        linestyle=DASHES,
        markersize=MARKER - 2,
        markerfacecolor=WHITE,
        markeredgewidth=4,
        zorder=2.5,
    )
    readings(axes, MINUTES, cortisol, BLACK)
    axes.text(60, HEALTHY[-1] + 40, "healthy adult", size=TEXT, color=BLUE, ha="right")
    axes.text(60, cortisol[-1] + 40, "patient", size=TEXT, weight=SEMIBOLD, color=BLACK, ha="right")


def _acth(axes: Axes, acth: float) -> None:
    """One row: the value on a scale by decades, pg/mL below and pmol/L above."""
    axes.grid(visible=False)
    for side in ("left", "top", "right"):
        axes.spines[side].set_visible(True)
    axes.set_xscale("log")
    axes.set_xlim(*ACTH_RANGE)
    axes.set_xticks((1, 10, 100, 1000), ("1", "10", "100", "1000"))
    axes.set_ylim(0, 1)
    axes.set_yticks([])
    axes.minorticks_off()
    axes.set_xlabel("pg/mL")
    top = axes.twiny()
    top.set_xscale("log")
    top.set_xlim(ACTH_RANGE[0] / PICOGRAMS, ACTH_RANGE[1] / PICOGRAMS)
    top.set_xticks((1, 10, 100), ("1", "10", "100"))
    top.minorticks_off()
    axes.annotate(
        "pmol/L",
        xy=(1, 1),
        xycoords="axes fraction",
        xytext=(12, 18),
        textcoords="offset points",
        size=TEXT,
        color=INK,
        va="baseline",
    )
    heading(axes, "Plasma ACTH before the injection", indent=-110, rise=80)
    axes.axvspan(*ACTH_REFERENCE, color=BAND, linewidth=0, zorder=0.5)
    axes.text(21, 0.5, "reference", size=SMALL, ha="center", va="center_baseline")
    axes.plot(acth, 0.5, "o", color=BLACK, markersize=MARKER + 4, zorder=3)
