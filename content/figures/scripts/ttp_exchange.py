"""Four results by hospital day above a field of the blood film, drawn as a schematic.

Columns and rows of the film are counted from 1, rows from below.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.cells import (
    CRESCENT,
    HELMET,
    HORNED,
    TRIANGLE,
    Outline,
    field,
    fragment,
    large_cell,
    red_cell,
    strewn,
)
from content.figures.chart import heading, panel
from content.figures.style import BLACK, INK, SMALL, TEXT, canvas
from content.figures.trends import limit, readings, values

HEIGHT: Final = 1690
COLUMNS, ROWS = 10, 5
RADIUS: Final = 0.4
JITTER: Final = (0.09, 0.1)

Place = tuple[int, int]


class Chart(Struct, frozen=True):
    """A small chart: name and unit, the top of its scale, its limit, and readings as printed."""

    name: str
    unit: str
    top: float
    limit: float
    printed: tuple[str, ...]
    note: str = ""


class Film(Struct, frozen=True):
    """Where in the field the cells lie that are not like the rest."""

    fragments: Mapping[Place, Outline]
    large: Place
    seed: int
    said: str


CHARTS: Final = (
    Chart("Platelets", "×10⁹/L", 200, 150, ("58", "31", "17", "9")),
    Chart("LDH", "U/L", 2600, 250, ("610", "980", "1420", "1890")),
    Chart("Haptoglobin", "g/L", 0.9, 0.3, ("0.2", "<0.1", "<0.1", "<0.1"), "<0.1 g/L = <10 mg/dL"),
    Chart("Creatinine", "µmol/L", 200, 90, ("84", "92", "99", "104"), "104 = 1.2 mg/dL"),
)
FILM: Final = Film(
    {(4, 2): HELMET, (8, 3): TRIANGLE, (6, 5): CRESCENT, (9, 1): HORNED},
    (3, 4),
    7,
    "Day 4 film. Field: 50 red cells.\nReticulocytes 9.1%. Direct antiglobulin test negative.",
)
OTHER_CHARTS: Final = (
    Chart("Platelets", "×10⁹/L", 200, 150, ("41", "22", "14")),
    Chart("LDH", "U/L", 2800, 250, ("1120", "1560", "2040")),
    Chart("Haptoglobin", "g/L", 0.9, 0.3, ("0.1", "<0.1", "<0.1"), "<0.1 g/L = <10 mg/dL"),
    Chart("Creatinine", "µmol/L", 220, 110, ("96", "108", "118"), "118 = 1.3 mg/dL"),
)
OTHER_FILM: Final = Film(
    {(2, 4): TRIANGLE, (5, 2): HELMET, (7, 4): HORNED, (9, 3): CRESCENT, (3, 1): TRIANGLE},
    (8, 5),
    12,
    "Day 3 film. Field: 50 red cells.\nReticulocytes 8.6%. Direct antiglobulin test negative.",
)


def draw() -> Figure:
    """Draw the charts and the film."""
    return _page(CHARTS, FILM)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _page(OTHER_CHARTS, OTHER_FILM)


def _page(charts: Sequence[Chart], film: Film) -> Figure:
    figure = canvas(HEIGHT)
    for n, chart in enumerate(charts):
        left, bottom = (50, 640)[n % 2], (1355, 960)[n // 2]
        _chart(panel(figure, left, bottom, 1200 - left - 510, HEIGHT - bottom - 230), chart)
    _film(field(figure, (30, 150, 700), COLUMNS), film)
    figure.text(0.025, 30 / HEIGHT, film.said, size=TEXT, color=BLACK, linespacing=1.35)
    return figure


def _chart(axes: Axes, chart: Chart) -> None:
    heading(axes, chart.name, chart.unit)
    days = range(1, len(chart.printed) + 1)
    results = [0.05 if each.startswith("<") else float(each) for each in chart.printed]
    axes.spines["left"].set_visible(False)
    axes.set_xlim(0.6, len(results) + 0.4)
    axes.set_ylim(0, chart.top)
    axes.set_xticks(days)
    axes.set_yticks(())
    limit(axes, chart.limit)
    readings(axes, days, results)
    values(axes, days, results, chart.printed, above=18)
    axes.text(0.99, 0.88, chart.note, transform=axes.transAxes, size=SMALL, color=INK, ha="right")


def _film(axes: Axes, film: Film) -> None:
    chance = np.random.default_rng(film.seed)
    stretch = axes.get_ylim()[1] / ROWS
    for n, (x, y) in enumerate(strewn(COLUMNS, ROWS, JITTER, film.seed)):
        place, at = (n % COLUMNS + 1, n // COLUMNS + 1), (x, y * stretch)
        if place in film.fragments:
            turn = float(chance.uniform(-30, 30))
            fragment(axes, at, RADIUS, film.fragments[place], turn)
        elif place == film.large:
            large_cell(axes, at, RADIUS * 1.2)
        else:
            red_cell(axes, at, RADIUS * float(chance.normal(1, 0.04)))
