"""Platelet counts of the ten days from an operation, above the days on which a drug was given.

Times are in days after surgery, counts in 10^9 a litre.
"""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from content.figures.chart import heading, stack
from content.figures.style import INK, ORANGE, SMALL, canvas
from content.figures.trends import band, given, readings, values

HEIGHT: Final = 1180
COUNTS: Final = (262, 214, 198, 226, 258, 281, 243, 151, 92, 71)
"""By day; that of day 0 was taken before surgery."""
REFERENCE: Final = (150, 400)
TOP: Final = 420
SCANNED: Final = 9
DAYS: Final = range(len(COUNTS))
BESIDE: Final = (0, 0.08, 0, 0, 0, 0, 0.12, 0.24, 0.12, 0)
"""How far after its day a count is lettered, beside a line that falls."""
SIDES: Final = (120, 40)


def draw() -> Figure:
    """Draw the chart."""
    figure = canvas(HEIGHT)
    counts, events = stack(figure, (720, 190), sides=SIDES, gap=40)
    events.set_xlim(-0.45, SCANNED + 0.45)
    events.set_xticks(DAYS)
    events.set_xlabel("Day after surgery")
    _counts(counts)
    _events(events)
    return figure


def _counts(axes: Axes) -> None:
    axes.set_ylim(0, TOP)
    axes.set_yticks(range(0, TOP, 50))
    heading(axes, "Platelet count", "(×10⁹/L)", indent=40 - SIDES[0])
    band(axes, *REFERENCE)
    axes.text(SCANNED + 0.3, 385, "reference range", size=SMALL, color=INK, ha="right", va="top")
    readings(axes, DAYS, COUNTS)
    values(axes, [day + BESIDE[day] for day in DAYS], COUNTS, map(str, COUNTS))


def _events(axes: Axes) -> None:
    """The bar of the drug, and below it the day of the scan."""
    axes.grid(visible=False, axis="y")
    axes.set_ylim(0, 2)
    axes.set_yticks(())
    given(axes, (0, SCANNED), 1, "Unfractionated heparin, subcutaneous", ORANGE)
    axes.plot(SCANNED, 0.45, "D", color=INK, markersize=20)
    axes.text(SCANNED - 0.25, 0.45, "ultrasonography", size=SMALL, ha="right", va="center_baseline")
