"""Cortisol before and after cosyntropin, beside a healthy adult's, and ACTH before the injection.

Cortisol is in nmol/L and on the right in µg/dL, ACTH in pg/mL and above in pmol/L.
"""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct
from numpy.typing import ArrayLike

from content.figures.chart import DASHES, heading, panel, second_scale
from content.figures.style import BLACK, BLUE, INK, TEXT, WHITE, canvas

HEIGHT: Final = 1520
LEFT: Final = 140
RIGHT: Final = 130
MINUTES: Final = (0, 30, 60)
HEALTHY: Final = (310, 580, 650)
EXPECTED: Final = (400, 500)
"""Lowest normal peak, with different assays."""
TOP: Final = 800
NANOMOLES: Final = 27.59
"""Nanomoles per litre of cortisol in a µg/dL."""
PICOMOLES: Final = 1 / 4.54
"""Picomoles per litre of ACTH in a pg/mL."""
ACTH_RANGE: Final = (7, 63)
BAND: Final = "#D5DAE0"


class Test(Struct, frozen=True):
    """Cortisol at ``MINUTES``, ACTH, and where on the chart the patient's line is named."""

    cortisol: tuple[int, int, int]
    acth: float
    name: tuple[float, float]


PATIENT: Final = Test((77, 83, 86), 763, (45, 125))
OTHER: Final = Test((55, 170, 235), 5.2, (45, 155))


def draw() -> Figure:
    """Draw the two panels."""
    return _panels(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _panels(OTHER)


def _panels(test: Test) -> Figure:
    figure = canvas(HEIGHT)
    _cortisol(panel(figure, LEFT, 600, RIGHT, 110), test)
    _acth(panel(figure, LEFT, 185, RIGHT, HEIGHT - 345), test.acth)
    return figure


def _cortisol(axes: Axes, test: Test) -> None:
    heading(axes, "Serum cortisol", "(nmol/L)", indent=-120)
    axes.set_xlim(-3, 63)
    axes.set_ylim(0, TOP)
    axes.set_xticks(MINUTES)
    axes.set_yticks(range(0, TOP + 1, 200))
    axes.set_xlabel("Minutes after 250 µg cosyntropin", labelpad=8)
    second_scale(axes, 1 / NANOMOLES, (0, 5, 10, 15, 20, 25), "µg/dL")
    axes.axhspan(*EXPECTED, color=BAND, linewidth=0, zorder=0.5)
    axes.text(61, 450, "lowest normal peak (by assay)", size=TEXT, ha="right", va="center")
    axes.plot(
        MINUTES,
        HEALTHY,
        "s",
        color=BLUE,
        linestyle=DASHES,
        linewidth=5,
        markersize=22,
        markerfacecolor=WHITE,
        markeredgewidth=5,
        zorder=3,
    )
    axes.text(26, 610, "healthy adult", size=TEXT, color=BLUE, ha="right", va="center")
    axes.plot(MINUTES, test.cortisol, "o-", color=BLACK, linewidth=6, markersize=24, zorder=3)
    axes.text(*test.name, "patient", size=TEXT, color=BLACK, ha="center", va="center")


def _acth(axes: Axes, acth: float) -> None:
    heading(axes, "Plasma ACTH", "before the injection", indent=-120)
    axes.set_xscale("log")
    axes.set_xlim(1, 2000)
    axes.set_ylim(0, 1)
    axes.set_xticks((1, 10, 100, 1000), ("1", "10", "100", "1000 pg/mL"))
    axes.minorticks_off()
    axes.set_yticks(())
    axes.set_xlabel("")
    axes.axvspan(*ACTH_RANGE, color=BAND, linewidth=0, zorder=0.5)
    low, high = ACTH_RANGE
    axes.text((low * high) ** 0.5, 0.5, "reference", size=TEXT, color=INK, ha="center", va="center")
    axes.plot(acth, 0.5, "o", color=BLACK, markersize=28, zorder=3)
    lower = axes.secondary_xaxis(-0.42, functions=(_picomoles, _picograms))
    lower.set_xticks((1, 10, 100), ("1", "10", "100 pmol/L"))
    lower.minorticks_off()


def _picomoles(acth: ArrayLike) -> ArrayLike:
    return np.asarray(acth, float) * PICOMOLES


def _picograms(acth: ArrayLike) -> ArrayLike:
    return np.asarray(acth, float) / PICOMOLES
