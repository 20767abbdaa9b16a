"""Thyrotropin, free T4 and morning cortisol by week of treatment, over their reference bands."""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import decades, heading, stack
from content.figures.style import SEMIBOLD, TEXT, canvas
from content.figures.trends import band, readings

HEIGHT: Final = 1490
PANEL: Final = 340


class Hormone(Struct, frozen=True):
    """What a panel is called, its range and ticks, the reference, and which corner stays free."""

    name: str
    aside: str
    range: tuple[float, float]
    ticks: tuple[float, ...]
    reference: tuple[float, float]
    falls: bool


TSH: Final = Hormone(
    "TSH", "mIU/L (reference 0.4 to 4.0)", (0.005, 200), (0.01, 0.1, 1, 10, 100), (0.4, 4), False
)
THYROXINE: Final = Hormone(
    "Free T4", "pmol/L (10 to 22; 0.8 to 1.7 ng/dL)", (0, 45), (0, 10, 20, 30, 40), (10, 22), True
)
CORTISOL: Final = Hormone(
    "Cortisol at 08:00", "nmol/L (170 to 500; 6 to 18 µg/dL)", (0, 600), (0, 200, 400, 600),
    (170, 500), False,
)  # fmt: skip


class Course(Struct, frozen=True):
    """The weeks, and each hormone's values with what is printed of the last."""

    weeks: Sequence[float]
    tsh: tuple[Sequence[float], str]
    thyroxine: tuple[Sequence[float], str]
    cortisol: tuple[Sequence[float], str]
    cortisol_falls: bool = False


PATIENT: Final = Course(
    (0, 3, 6, 9, 12, 15),
    ((1.8, 1.2, 0.03, 0.01, 9.5, 52), "last 52"),
    ((15, 17, 38, 29, 9.1, 4.8), "last 4.8 (0.37 ng/dL)"),
    ((430, 415, 470, 445, 440, 455), "last 455 (16.5 µg/dL)"),
)
OTHER: Final = Course(
    (0, 6, 12, 18, 24),
    ((2.4, 0.04, 0.6, 7.5, 36), "last 36"),
    ((14, 31, 12, 9.8, 5.9), "last 5.9 (0.46 ng/dL)"),
    ((420, 410, 395, 290, 52), "last 52 (1.9 µg/dL)"),
    cortisol_falls=True,
)


def draw() -> Figure:
    """Draw the panels."""
    return _panels(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _panels(OTHER)


def _panels(course: Course) -> Figure:
    figure = canvas(HEIGHT)
    first, second, third = stack(figure, (PANEL,) * 3, sides=(135, 40))
    decades(first, *TSH.range, TSH.ticks)
    _panel(first, TSH, course.weeks, course.tsh)
    _panel(second, THYROXINE, course.weeks, course.thyroxine)
    _panel(third, CORTISOL, course.weeks, course.cortisol, falls=course.cortisol_falls)
    third.set_xlim(course.weeks[0] - 0.4, course.weeks[-1] + 0.4)
    third.set_xticks(course.weeks)
    third.set_xlabel("Week of treatment")
    return figure


def _panel(
    axes: Axes,
    hormone: Hormone,
    weeks: Sequence[float],
    course: tuple[Sequence[float], str],
    *,
    falls: bool = False,
) -> None:
    heading(axes, hormone.name, hormone.aside, indent=-115)
    axes.set_ylim(*hormone.range)
    axes.set_yticks(hormone.ticks, [f"{tick:g}" for tick in hormone.ticks])
    band(axes, *hormone.reference)
    results, last = course
    readings(axes, weeks, results)
    high = falls or hormone.falls
    axes.text(
        0.99,
        0.95 if high else 0.07,
        last,
        transform=axes.transAxes,
        size=TEXT,
        weight=SEMIBOLD,
        ha="right",
        va="top" if high else "bottom",
    )
