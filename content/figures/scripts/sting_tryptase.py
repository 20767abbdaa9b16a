"""Tryptase in the hours after a sting and, past a break in the axis, weeks later."""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import heading, panel
from content.figures.style import BLACK, INK, QUIET, SMALL, TEXT, WIDTH, canvas
from content.figures.trends import band, readings

HEIGHT: Final = 1200
REFERENCE: Final = 11.4
LEFT: Final = 110
SIDE: Final = 40
BELOW: Final = 135
ABOVE: Final = 115
BREAK: Final = 56
"""Pixels between the two panels."""
HOURS: Final = (WIDTH - LEFT - SIDE - BREAK) * 3.4 / 4.4
"""Width of the left panel in pixels."""


class Course(Struct, frozen=True):
    """What was measured, on a scale from 0 to ``top``."""

    top: float
    ticks: tuple[int, ...]
    hours: tuple[float, ...]
    levels: tuple[float, ...]
    later: str
    last: float
    label: float
    """Where the reference is named."""


def draw() -> Figure:
    """Draw the course."""
    return _course(
        Course(42, (0, 10, 20, 30, 40), (1.25, 4, 24), (36.2, 23.9, 16.1), "3 weeks", 15.8, 9.6)
    )


def draw_variant() -> Figure:
    """Draw the other patient's course."""
    return _course(
        Course(20, (0, 5, 10, 15, 20), (1.5, 4, 24), (9.8, 6.4, 3.7), "4 weeks", 3.6, 10.55)
    )


def _course(course: Course) -> Figure:
    figure = canvas(HEIGHT)
    hours = panel(figure, LEFT, BELOW, WIDTH - LEFT - HOURS, ABOVE)
    later = panel(figure, LEFT + HOURS + BREAK, BELOW, SIDE, ABOVE)
    for axes in (hours, later):
        axes.set_ylim(0, course.top)
        axes.set_yticks(course.ticks)
        axes.spines["left"].set_visible(False)
        band(axes, 0, REFERENCE)
    hours.set_xlim(-1, 26)
    hours.set_xticks(range(0, 25, 6))
    hours.set_xlabel("Hours after the sting")
    later.set_xlim(-1, 1)
    later.set_xticks((0,), (course.later,))
    later.tick_params(axis="y", labelleft=False)
    heading(hours, "Serum tryptase", "(ng/mL = µg/L)", indent=SIDE - LEFT)
    hours.text(
        25.5,
        course.label,
        "laboratory reference to 11.4",
        size=SMALL,
        color=INK,
        ha="right",
        va="center_baseline",
    )
    readings(hours, course.hours, course.levels)
    readings(later, (0,), (course.last,))
    for at, level in zip(course.hours, course.levels, strict=True):
        _letter(hours, at, level, beside=at < 12)
    _letter(later, 0, course.last, beside=False)
    _break(hours, 1)
    _break(later, 0)
    return figure


def _letter(axes: Axes, x: float, level: float, *, beside: bool) -> None:
    """Letter a reading, to its right or above it."""
    axes.annotate(
        f"{level:g}",
        xy=(x, level),
        xytext=(22, 20) if beside else (0, 24),
        textcoords="offset points",
        size=TEXT,
        color=BLACK,
        ha="left" if beside else "center",
        va="center_baseline" if beside else "bottom",
    )


def _break(axes: Axes, end: int) -> None:
    """A slanted stroke over an end of the x axis."""
    axes.plot(
        (end,),
        (0,),
        marker=((-0.45, -1), (0.45, 1)),
        markersize=30,
        color=QUIET,
        markeredgewidth=3.5,
        transform=axes.transAxes,
        clip_on=False,
    )
