"""Hepatitis B serology at three visits: results in multiples of their cutoff, by decades."""

from collections.abc import Sequence
from math import log10
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import heading, stack
from content.figures.style import BLUE, QUIET, WHITE, canvas
from content.figures.trends import MARKER, limit, values

HEIGHT: Final = 1470
DECADES: Final = (-3.9, 5.4)


class Assay(Struct, frozen=True):
    """One test, its cutoff, and its results by visit, in its own unit, as they are printed."""

    name: str
    aside: str
    cutoff: float
    results: tuple[str, str, str]


RATIO: Final = "signal/cutoff; cutoff 1"
INTERNATIONAL: Final = "mIU/mL; cutoff 10"
MONTHS: Final = (0, 1, 7)
ASSAYS: Final = (
    Assay("HBsAg", RATIO, 1, ("2450", "2610", "2380")),
    Assay("Anti-HBs", INTERNATIONAL, 10, ("1.4", "1.1", "1.6")),
    Assay("Total anti-HBc", RATIO, 1, ("9.2", "9.0", "9.4")),
    Assay("IgM anti-HBc", RATIO, 1, ("0.09", "0.08", "0.07")),
)
OTHER_MONTHS: Final = (0, 3, 8)
OTHER: Final = (
    Assay("HBsAg", RATIO, 1, ("1180", "0.4", "0.2")),
    Assay("Anti-HBs", INTERNATIONAL, 10, ("0.6", "3.1", "148")),
    Assay("Total anti-HBc", RATIO, 1, ("7.8", "9.6", "9.9")),
    Assay("IgM anti-HBc", RATIO, 1, ("14.2", "4.1", "0.4")),
)


def draw() -> Figure:
    """Draw the four strips."""
    return _strips(MONTHS, ASSAYS, 7)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _strips(OTHER_MONTHS, OTHER, 8)


def _strips(months: Sequence[float], assays: Sequence[Assay], end: int) -> Figure:
    figure = canvas(HEIGHT)
    panels = stack(figure, (225,) * len(assays), sides=(60, 60), gap=115)
    for axes, assay in zip(panels, assays, strict=True):
        _strip(axes, months, assay)
    panels[-1].set_xlim(-0.4, end + 0.4)
    panels[-1].set_xticks(range(end + 1))
    panels[-1].set_xlabel("Months after first sample")
    return figure


def _strip(axes: Axes, months: Sequence[float], assay: Assay) -> None:
    heading(axes, assay.name, assay.aside)
    axes.set_ylim(*DECADES)
    axes.set_yticks(())
    limit(axes, 0)
    heights = [log10(float(result) / assay.cutoff) for result in assay.results]
    axes.plot(months, heights, color=QUIET, linewidth=4)
    for month, height, result in zip(months, heights, assay.results, strict=True):
        axes.plot(
            month,
            height,
            "o",
            color=BLUE if height >= 0 else WHITE,
            markersize=MARKER,
            markeredgecolor=BLUE,
            markeredgewidth=4,
            zorder=3,
        )
        values(axes, [month], [height], [result], above=20 if height >= 0 else -20)
