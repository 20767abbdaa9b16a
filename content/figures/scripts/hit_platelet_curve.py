"""Platelet counts of the ten days from an operation, above the days on which a drug was given.

Times are in days after surgery, counts in 10^9 a litre.
"""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from content.figures.chart import panel
from content.figures.style import BLACK, BLUE, GREEN, INK, ORANGE, SMALL, TEXT, canvas

HEIGHT: Final = 1080
COUNTS: Final = (262, 214, 198, 226, 258, 281, 243, 151, 92, 71)
"""By day; that of day 0 was taken before surgery."""
REFERENCE: Final = (150, 400)
TOP: Final = 420
STEP: Final = 50
BESIDE: Final = 0.35
"""Days of the panels to either side, so that no marker is cut."""
SCANNED: Final = 9
LEFT: Final = 150
RIGHT: Final = 25


def draw() -> Figure:
    """Draw the chart."""
    figure = canvas(HEIGHT)
    counts = panel(figure, LEFT, 325, RIGHT, 25)
    events = panel(figure, LEFT, 120, RIGHT, HEIGHT - 300)
    for axes in (counts, events):
        axes.set_xlim(-BESIDE, SCANNED + BESIDE)
    _counts(counts)
    _events(events)
    return figure


def _counts(axes: Axes) -> None:
    axes.set_ylim(0, TOP)
    axes.set_yticks(range(0, TOP + 1, STEP))
    axes.set_xticks(range(len(COUNTS)), [""] * len(COUNTS))
    axes.set_ylabel("Platelet count (× 10⁹/L)", labelpad=10)
    axes.axhspan(*REFERENCE, color=GREEN, alpha=0.14, linewidth=0)
    axes.text(SCANNED + 0.2, 375, "reference range", size=SMALL, color=BLACK, ha="right")
    axes.plot(
        range(len(COUNTS)),
        COUNTS,
        "o-",
        color=BLUE,
        linewidth=4.5,
        markersize=20,
        markeredgecolor=BLACK,
        markeredgewidth=2,
        zorder=3,
    )


def _events(axes: Axes) -> None:
    """The bar of the drug, and below it the day of the scan."""
    axes.grid(visible=False)
    axes.set_ylim(0, 2)
    axes.set_yticks(())
    axes.set_xticks(range(len(COUNTS)))
    axes.set_xlabel("Day after surgery", labelpad=8)
    axes.barh(1.4, SCANNED, height=0.75, color=ORANGE, edgecolor=BLACK, linewidth=2)
    axes.text(
        SCANNED / 2,
        1.4,
        "Unfractionated heparin, subcutaneous",
        size=TEXT,
        color=BLACK,
        ha="center",
        va="center_baseline",
    )
    axes.plot(SCANNED, 0.45, "D", color=INK, markersize=17)
    axes.text(
        SCANNED - 0.25,
        0.45,
        "ultrasonography",
        size=SMALL,
        color=BLACK,
        ha="right",
        va="center_baseline",
    )
