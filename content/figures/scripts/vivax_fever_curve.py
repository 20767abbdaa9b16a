"""Three fields of a blood film, and the temperature of a week at home, taken every 4 hours.

Places in a field are in micrometres from its centre, times in days since the first midnight,
temperatures in degrees Celsius.
"""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures import parasites
from content.figures.chart import DASHES, RISE, panel
from content.figures.curves import Point
from content.figures.style import BLACK, INK, QUIET, SMALL, TEXT, canvas

HEIGHT: Final = 1240
ACROSS: Final = 384
"""Width of a field in pixels; ``LEFTS`` is where they begin, ``ABOVE`` how far below the top."""
LEFTS: Final = (6, 408, 810)
ABOVE: Final = 10
BAR: Final = 10
"""Micrometres."""

HOURS: Final = (2, 6, 10, 14, 18, 22)
RANGE: Final = (35.5, 41.2)
RAISED: Final = 38.0

Days = Sequence[Sequence[float]]
"""Temperatures at ``HOURS``, day by day."""


class Record(Struct, frozen=True):
    """What one patient's figure shows: three infected cells with their neighbours, and the week."""

    radii: tuple[float, float, float]
    dots: int
    ring: tuple[Point, float]
    outline: Sequence[Point]
    nucleus: tuple[Point, float, float]
    gaps: Sequence[tuple[Point, float, float]]
    grains: tuple[Sequence[Point], str]
    circles: Sequence[tuple[int, float]]
    middle: tuple[int, float, str]
    """Number, reach, and colour of the grains amid the young parasites."""
    around: tuple[Sequence[Point], Sequence[Point], Sequence[Point]]
    days: Days


FIRST_AROUND: Final = ((-6.6, 4.2), (5.9, 5.4), (-5.6, -5.6), (6.2, -4.6))
HIS: Final = Record(
    radii=(4.5, 6.0, 5.9),
    dots=90,
    ring=((0.6, 0.4), 1.9),
    outline=(
        (-3.6, 0.4), (-2.6, 1.9), (-1.2, 1.2), (-0.6, 3.3), (0.8, 2.5), (1.4, 3.7), (2.4, 2.2),
        (3.7, 1.0), (2.3, 0.0), (3.2, -2.0), (1.2, -1.7), (0.2, -3.4), (-1.1, -1.9), (-3.0, -2.4),
        (-2.2, -0.8),
    ),
    nucleus=((0.9, -0.9), 1.5, 1.5),
    gaps=(((-0.9, 0.3), 1.5, 1.0), ((1.3, 0.9), 1.0, 0.8)),
    grains=(
        ((-2.5, 0.7), (-0.3, 2.2), (1.1, 2.1), (2.5, 1.2), (2.1, -1.2), (0.1, -2.3), (-1.9, -1.6)),
        "#7A5A1E",
    ),
    circles=((6, 1.95), (12, 4.25)),
    middle=(9, 0.75, "#9A7420"),
    around=(
        FIRST_AROUND,
        ((-7.9, 3.6), (6.9, 6.6), (8.0, -4.2), (-6.4, -7.0)),
        ((-8.4, -2.8), (5.4, 8.0), (8.4, -3.4), (-6.0, 7.4)),
    ),
    days=(
        (36.8, 36.7, 36.9, 37.0, 37.1, 36.9),
        (36.8, 36.9, 38.1, 40.1, 38.6, 37.2),
        (36.6, 36.5, 36.8, 36.9, 37.0, 36.8),
        (36.7, 36.8, 38.3, 40.3, 38.4, 37.0),
        (36.4, 36.6, 36.7, 36.9, 36.9, 36.8),
        (36.7, 36.9, 38.4, 40.2, 38.7, 37.1),
        (36.5, 36.6, 36.7),
    ),
)  # fmt: skip
HERS: Final = Record(
    radii=(3.7, 3.7, 3.75),
    dots=0,
    ring=((0.1, 0.1), 1.5),
    outline=(
        (-3.55, 0.75), (-1.6, 1.25), (0.6, 1.05), (3.5, 1.15), (3.55, -0.5), (1.4, -1.05),
        (-0.8, -0.9), (-3.55, -0.75),
    ),
    nucleus=((-0.6, -0.45), 2.0, 0.8),
    gaps=(),
    grains=(
        ((-2.8, 0.3), (-1.7, 0.6), (-0.3, 0.5), (0.9, 0.3), (1.9, 0.5), (2.8, 0.1), (1.7, -0.5)),
        "#4A3310",
    ),
    circles=((8, 2.5),),
    middle=(14, 1.0, "#4A3310"),
    around=(
        FIRST_AROUND,
        ((-7.4, 3.2), (5.9, 5.8), (7.0, -4.0), (-4.6, -6.6)),
        ((-7.2, -2.6), (4.6, 7.0), (7.4, -3.0), (-5.2, 6.4)),
    ),
    days=(
        (36.7, 36.6, 37.0, 39.6, 39.0, 37.4),
        (36.6, 36.5, 36.7, 36.8, 36.9, 36.7),
        (36.5, 36.6, 36.8, 37.0, 36.9, 36.8),
        (36.6, 36.7, 37.4, 39.9, 39.2, 37.3),
        (36.5, 36.4, 36.7, 36.8, 36.8, 36.7),
        (36.5, 36.5, 36.8, 36.9, 37.0, 36.8),
        (36.6, 36.8, 37.6, 39.8, 38.9, 37.2),
    ),
)  # fmt: skip


def draw() -> Figure:
    """Draw the fields and the chart."""
    return _drawn(HIS)


def draw_variant() -> Figure:
    """The same of another patient."""
    return _drawn(HERS)


def readings(record: Record) -> tuple[list[float], list[float]]:
    """When it was measured, and what."""
    taken = [
        (day + hour / 24, value)
        for day, values in enumerate(record.days)
        for hour, value in zip(HOURS, values, strict=False)
    ]
    return [at for at, _ in taken], [value for _, value in taken]


def _drawn(record: Record) -> Figure:
    figure = canvas(HEIGHT)
    fields = [parasites.round_field(figure, left, ABOVE, ACROSS) for left in LEFTS]
    for n, (axes, radius) in enumerate(zip(fields, record.radii, strict=True)):
        parasites.plain_cells(axes, record.around[n], seed=10 * n)
        parasites.host(axes, radius, seed=5 + n, dots=record.dots)
    parasites.ring(fields[0], *record.ring)
    parasites.growing(fields[1], record.outline, record.nucleus, record.gaps)
    parasites.pigment(fields[1], *record.grains)
    count, reach, colour = record.middle
    parasites.pigment(fields[2], parasites.clump(count, reach, seed=8), colour)
    parasites.ripe(fields[2], record.circles, seed=3)
    _bar(fields[2])
    axes = panel(figure, left=105, bottom=125, right=115, top=590)
    axes.set_xlim(0, len(record.days))
    axes.set_ylim(*RANGE)
    axes.set_yticks(range(36, 42))
    axes.spines["left"].set_visible(False)
    _above(axes, 0, "Temperature (°C)", indent=-80)
    _days(axes, len(record.days))
    _in_fahrenheit(axes)
    axes.axhline(RAISED, color=QUIET, linewidth=3, linestyle=DASHES, zorder=1)
    axes.plot(*readings(record), "o-", color=BLACK, linewidth=4.5, markersize=13, zorder=3)
    return figure


def _bar(axes: Axes) -> None:
    """The length of 10 micrometres, below the field."""
    low = -parasites.FIELD - 0.9
    axes.plot((-BAR / 2, BAR / 2), (low, low), color=BLACK, linewidth=7, clip_on=False)
    axes.text(0, low - 1.9, f"{BAR} µm", size=SMALL, color=INK, ha="center", va="center_baseline")


def _above(axes: Axes, x: float, text: str, indent: float) -> None:
    """Name a scale above its end of the chart."""
    axes.annotate(
        text,
        xy=(x, 1),
        xycoords="axes fraction",
        xytext=(indent, RISE),
        textcoords="offset points",
        size=TEXT,
        color=INK,
    )


def _days(axes: Axes, count: int) -> None:
    """A line at each midnight, and each day's number in its middle."""
    axes.set_xticks(range(count + 1), [""] * (count + 1))
    axes.grid(visible=True, axis="x", color="#B4BBC2", linewidth=2.5)
    axes.tick_params(axis="x", length=0)
    for day in range(count):
        axes.annotate(
            str(day + 1),
            xy=(day + 0.5, 0),
            xycoords=("data", "axes fraction"),
            xytext=(0, -44),
            textcoords="offset points",
            size=TEXT,
            color=INK,
            ha="center",
        )
    axes.set_xlabel("Day of the record", labelpad=50)


def _in_fahrenheit(axes: Axes) -> None:
    right = axes.twinx()
    right.set_ylim(*(celsius * 9 / 5 + 32 for celsius in RANGE))
    right.set_yticks(range(97, 106, 2))
    right.spines[:].set_visible(False)
    _above(right, 1, "°F", indent=14)
