"""Creatinine over weeks, a field of the urine sediment, and serology; and another patient's.

Days are before today, creatinine is in µmol/L; the field is 100 by 62 units, angles in degrees.
"""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.cells import cast, field, plain_red_cell, ring_with_blebs, white_cell
from content.figures.chart import heading, panel
from content.figures.curves import Point
from content.figures.style import BLACK, INK, SEMIBOLD, SMALL, TEXT, WIDTH, canvas
from content.figures.trends import limit, readings

HEIGHT: Final = 1625
TOP: Final = 560
"""The highest creatinine shown."""
LEFT: Final = 120
SIDE: Final = 40
SPAN: Final = 100
FIELD: Final = (325, 694)
"""Where the field begins, in pixels from below, and its height."""
ROW: Final = 56
"""Pixels from one line of the serology to the next."""


class Findings(Struct, frozen=True):
    """One patient's results."""

    days: tuple[int, ...]
    creatinine: tuple[int, ...]
    last: str
    before: tuple[int, str]
    plain: tuple[Point, ...]
    rings: tuple[tuple[float, float, float, int], ...]
    """Centre, angle of the first bleb, number of blebs."""
    casts: tuple[tuple[Point, float, float], ...]
    """Centre, length and tilt."""
    white: tuple[Point, ...]
    serology: tuple[tuple[str, str, str], ...]


PATIENT: Final = Findings(
    days=(-21, -10, -3, 0),
    creatinine=(112, 186, 318, 402),
    last="402 (4.5 mg/dL)",
    before=(84, "8 months ago: 84"),
    plain=(
        (29.3, 55.0), (23.0, 7.8), (55.6, 53.9), (93.3, 31.9), (33.4, 14.3), (41.7, 30.3),
        (89.8, 41.6), (72.0, 39.6), (73.6, 32.1), (31.2, 7.4),
    ),
    rings=(
        (56.3, 8.0, 110, 3), (7.6, 48.5, 107, 2), (21.6, 22.2, 101, 3), (82.0, 36.9, 93, 3),
        (40.1, 8.4, 212, 2), (37.7, 21.8, 356, 3), (87.4, 52.2, 183, 3), (8.2, 9.6, 92, 3),
        (71.8, 51.3, 236, 3), (28.8, 29.2, 301, 3), (19.8, 53.6, 326, 2), (83.8, 26.9, 86, 3),
        (51.3, 33.3, 257, 3), (10.3, 21.8, 286, 3),
    ),
    casts=(((27, 42), 38, 22), ((72, 16), 34, -14)),
    white=((60.5, 42.5), (63.0, 32.4)),
    serology=(
        ("MPO-ANCA", "162 U/mL", "(below 20)"),
        ("PR3-ANCA", "2 U/mL", "(below 20)"),
        ("Anti-GBM antibody", "3 U/mL", "(below 20)"),
        ("C3 / C4", "1.2 / 0.3 g/L", "(normal)"),
    ),
)  # fmt: skip
OTHER: Final = Findings(
    days=(-16, -9, -4, 0),
    creatinine=(98, 204, 347, 468),
    last="468 (5.3 mg/dL)",
    before=(71, "last year: 71"),
    plain=(
        (76.7, 21.2), (44.9, 6.5), (40.5, 27.0), (24.0, 6.8), (7.6, 51.5), (90.7, 7.1),
        (37.0, 40.3), (24.8, 17.0), (82.8, 8.1),
    ),
    rings=(
        (75.0, 11.8, 155, 2), (15.1, 45.6, 355, 3), (59.8, 14.8, 7, 3), (12.8, 9.1, 123, 3),
        (10.0, 29.3, 225, 3), (62.0, 31.0, 339, 2), (46.4, 20.5, 282, 2), (67.7, 22.3, 117, 3),
        (32.0, 10.7, 55, 3), (16.6, 21.1, 34, 2), (25.3, 50.4, 240, 3), (90.9, 26.2, 37, 3),
        (35.7, 52.9, 60, 2),
    ),
    casts=(((68, 44), 40, -18),),
    white=((45.9, 33.8), (23.0, 31.6)),
    serology=(
        ("PR3-ANCA", "88 U/mL", "(below 20)"),
        ("MPO-ANCA", "1 U/mL", "(below 20)"),
        ("Anti-GBM antibody", "2 U/mL", "(below 20)"),
        ("ANA; C3 / C4", "negative; 1.3 / 0.3 g/L", "(normal)"),
    ),
)  # fmt: skip


def draw() -> Figure:
    """Draw the results."""
    return _results(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's results."""
    return _results(OTHER)


def _results(patient: Findings) -> Figure:
    figure = canvas(HEIGHT)
    _creatinine(panel(figure, LEFT, HEIGHT - 450, SIDE, 100), patient)
    sediment = field(figure, (SIDE, *FIELD), SPAN)
    heading(sediment, "Urine sediment", "×400 (schematic)")
    for at in patient.plain:
        plain_red_cell(sediment, at)
    for x, y, first, blebs in patient.rings:
        ring_with_blebs(sediment, (x, y), first, blebs)
    for at in patient.white:
        white_cell(sediment, at)
    for at, length, tilt in patient.casts:
        cast(sediment, at, length, tilt)
    _serology(figure, patient.serology)
    return figure


def _creatinine(axes: Axes, patient: Findings) -> None:
    first = patient.days[0]
    axes.set_xlim(first - 1.5, 2)
    axes.set_ylim(0, TOP)
    days = [f"\N{MINUS SIGN}{-day} d" for day in patient.days[:-1]]
    axes.set_xticks(patient.days, [*days, "today"])
    axes.set_yticks(range(0, 501, 100))
    axes.spines["left"].set_visible(False)
    heading(axes, "Creatinine", "(µmol/L)", indent=SIDE - LEFT)
    limit(axes, patient.before[0])
    axes.text(1.8, patient.before[0] + 12, patient.before[1], size=SMALL, ha="right", va="bottom")
    readings(axes, patient.days, patient.creatinine)
    *earlier, last = zip(patient.days, patient.creatinine, strict=True)
    for place in earlier:
        _letter(axes, place, str(place[1]), (-14, 10), "right")
    _letter(axes, last, patient.last, (50, 28), "right")


def _letter(axes: Axes, place: Point, text: str, beside: Point, side: str) -> None:
    axes.annotate(
        text,
        xy=place,
        xytext=beside,
        textcoords="offset points",
        size=TEXT,
        color=BLACK,
        ha=side,
    )


def _serology(figure: Figure, rows: tuple[tuple[str, str, str], ...]) -> None:
    for n, (name, value, limits) in enumerate(rows):
        y = (FIELD[0] - 75 - n * ROW) / HEIGHT
        for x, text, weight, colour in (
            (SIDE, name, "normal", INK),
            (450, value, SEMIBOLD, BLACK),
            (WIDTH - SIDE, limits, "normal", INK),
        ):
            side = "right" if x > WIDTH / 2 else "left"
            figure.text(x / WIDTH, y, text, size=TEXT, weight=weight, color=colour, ha=side)
