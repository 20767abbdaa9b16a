"""Creatinine over weeks, a field of the urine sediment as a schematic, and four results.

Places in the sediment are in its own units, angles in degrees.
"""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.cells import cast, field, plain_red_cell, ring_with_blebs, white_cell
from content.figures.chart import heading, panel
from content.figures.curves import Point
from content.figures.style import BLACK, LABEL, SEMIBOLD, TEXT, canvas
from content.figures.trends import limit, readings

HEIGHT: Final = 1700
FIELD: Final = 100.0


class Sediment(Struct, frozen=True):
    """Plain red cells, rings (centre, first bleb, how many), casts (length, tilt), white cells."""

    plain: tuple[Point, ...]
    rings: tuple[tuple[float, float, float, int], ...]
    casts: tuple[tuple[Point, float, float], ...]
    white: tuple[Point, ...]


class Findings(Struct, frozen=True):
    """Creatinine by day before today with the last as printed, an earlier one, and results."""

    days: tuple[int, ...]
    creatinine: tuple[float, ...]
    last: str
    earlier: tuple[float, str]
    sediment: Sediment
    results: tuple[tuple[str, str], ...]


PATIENT: Final = Findings(
    (-21, -10, -3, 0),
    (112, 186, 318, 402),
    "402 (4.5 mg/dL)",
    (84, "8 months ago: 84"),
    Sediment(
        (
            (29.3, 55.0), (23.0, 7.8), (55.6, 53.9), (93.3, 31.9), (33.4, 14.3), (41.7, 30.3),
            (89.8, 41.6), (72.0, 39.6), (73.6, 32.1), (31.2, 7.4),
        ),
        (
            (56.3, 8.0, 110, 3), (7.6, 48.5, 107, 2), (21.6, 22.2, 101, 3), (82.0, 36.9, 93, 3),
            (40.1, 8.4, 212, 2), (37.7, 21.8, 356, 3), (87.4, 52.2, 183, 3), (8.2, 9.6, 92, 3),
            (71.8, 51.3, 236, 3), (28.8, 29.2, 301, 3), (19.8, 53.6, 326, 2), (83.8, 26.9, 86, 3),
            (51.3, 33.3, 257, 3), (10.3, 21.8, 286, 3),
        ),
        (((27, 42), 38, 22), ((72, 16), 34, -14)),
        ((60.5, 42.5), (63.0, 32.4)),
    ),
    (
        ("MPO-ANCA", "162 U/mL (below 20)"),
        ("PR3-ANCA", "2 U/mL (below 20)"),
        ("Anti-GBM antibody", "3 U/mL (below 20)"),
        ("C3 / C4", "1.2 / 0.3 g/L (normal)"),
    ),
)  # fmt: skip
OTHER: Final = Findings(
    (-16, -9, -4, 0),
    (98, 204, 347, 468),
    "468 (5.3 mg/dL)",
    (71, "last year: 71"),
    Sediment(
        (
            (76.7, 21.2), (44.9, 6.5), (40.5, 27.0), (24.0, 6.8), (7.6, 51.5), (90.7, 7.1),
            (37.0, 40.3), (24.8, 17.0), (82.8, 8.1),
        ),
        (
            (75.0, 11.8, 155, 2), (15.1, 45.6, 355, 3), (59.8, 14.8, 7, 3), (12.8, 9.1, 123, 3),
            (10.0, 29.3, 225, 3), (62.0, 31.0, 339, 2), (46.4, 20.5, 282, 2), (67.7, 22.3, 117, 3),
            (32.0, 10.7, 55, 3), (16.6, 21.1, 34, 2), (25.3, 50.4, 240, 3), (90.9, 26.2, 37, 3),
            (35.7, 52.9, 60, 2),
        ),
        (((68, 44), 40, -18),),
        ((45.9, 33.8), (23.0, 31.6)),
    ),
    (
        ("PR3-ANCA", "88 U/mL (below 20)"),
        ("MPO-ANCA", "1 U/mL (below 20)"),
        ("Anti-GBM antibody", "2 U/mL (below 20)"),
        ("ANA; C3 / C4", "negative; 1.3 / 0.3 g/L"),
    ),
)  # fmt: skip


def draw() -> Figure:
    """Draw the three parts."""
    return _page(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _page(OTHER)


def _page(found: Findings) -> Figure:
    figure = canvas(HEIGHT)
    _creatinine(panel(figure, 130, 1260, 40, 90), found)
    sediment = field(figure, (30, 330, 707), FIELD)
    heading(sediment, "Urine sediment, ×400", "schematic")
    _sediment(sediment, found.sediment)
    for n, (name, result) in enumerate(found.results):
        y = (250 - 70 * n) / HEIGHT
        figure.text(0.03, y, name, size=LABEL, weight=SEMIBOLD, color=BLACK)
        figure.text(0.42, y, result, size=LABEL, color=BLACK)
    return figure


def _creatinine(axes: Axes, found: Findings) -> None:
    heading(axes, "Creatinine", "(µmol/L)", indent=-110)
    axes.spines["left"].set_visible(False)
    axes.set_xlim(found.days[0] - 1, 1.5)
    axes.set_ylim(0, 540)
    before = [f"{day} d".replace("-", "\N{MINUS SIGN}") for day in found.days[:-1]]
    axes.set_xticks(found.days, [*before, "today"])
    axes.set_yticks(range(0, 501, 100))
    level, said = found.earlier
    limit(axes, level)
    axes.text(found.days[-1] + 1.2, level - 14, said, size=TEXT, ha="right", va="top")
    readings(axes, found.days, found.creatinine)
    axes.annotate(
        found.last,
        xy=(found.days[-1], found.creatinine[-1]),
        xytext=(-26, 6),
        textcoords="offset points",
        size=TEXT,
        weight=SEMIBOLD,
        color=BLACK,
        ha="right",
    )


def _sediment(axes: Axes, sediment: Sediment) -> None:
    for at in sediment.plain:
        plain_red_cell(axes, at)
    for x, y, first, blebs in sediment.rings:
        ring_with_blebs(axes, (x, y), first, blebs)
    for centre, length, tilt in sediment.casts:
        cast(axes, centre, length, tilt)
    for at in sediment.white:
        white_cell(axes, at)
