"""Serum tryptase in the first day after a sting and, beyond a break of the axis, weeks later."""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import BOTTOM, heading, panel
from content.figures.style import INK, QUIET, SMALL, TEXT, WIDTH, canvas
from content.figures.trends import band, readings

HEIGHT: Final = 1220
REFERENCE: Final = 11.4
BREAK: Final = 880
"""Pixels from the left where the first panel ends; the second begins ``GAP`` later."""
GAP: Final = 40


class Course(Struct, frozen=True):
    """Hours and values of the first day, the later value, its time, and the top of the scale."""

    hours: tuple[float, ...]
    tryptase: tuple[float, ...]
    later: float
    weeks: str
    top: int
    step: int


PATIENT: Final = Course((1.25, 4, 24), (36.2, 23.9, 16.1), 15.8, "3 weeks", 42, 10)
OTHER: Final = Course((1.5, 4, 24), (9.8, 6.4, 3.7), 3.6, "4 weeks", 20, 5)


def draw() -> Figure:
    """Draw the two panels."""
    return _panels(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _panels(OTHER)


def _panels(course: Course) -> Figure:
    figure = canvas(HEIGHT)
    first = panel(figure, 100, BOTTOM, WIDTH - BREAK, 110)
    later = panel(figure, BREAK + GAP, BOTTOM, 30, 110)
    for axes in (first, later):
        axes.spines["left"].set_visible(False)
        axes.set_ylim(0, course.top)
        axes.set_yticks(range(0, course.top + 1, course.step))
        axes.grid(visible=False, axis="x")
        band(axes, 0, REFERENCE)
    heading(first, "Serum tryptase", "(ng/mL = µg/L)", indent=-75)
    first.set_xlim(-1, 26)
    first.set_xticks(range(0, 25, 6))
    first.set_xlabel("Hours after the sting")
    first.text(25.4, 0.4, f"laboratory reference to {REFERENCE}", size=SMALL, color=INK, ha="right")
    readings(first, course.hours, course.tryptase)
    later.set_xlim(-1, 1)
    later.set_xticks((0,), (course.weeks,))
    later.tick_params(axis="y", labelleft=False)
    readings(later, (0,), (course.later,))
    for hour, value in zip(course.hours, course.tryptase, strict=True):
        _value(first, hour, value, (24, 14) if hour < 24 else (0, 26))
    _value(later, 0, course.later, (0, 26))
    for axes, x in ((first, 1.0), (later, 0.0)):
        axes.plot(
            x, 0, marker=[(-0.5, -1), (0.5, 1)], markersize=26, color=QUIET, markeredgewidth=4,
            transform=axes.transAxes, clip_on=False, zorder=5,
        )  # fmt: skip
    return figure


def _value(axes: Axes, x: float, value: float, aside: tuple[float, float]) -> None:
    axes.annotate(
        f"{value}",
        xy=(x, value),
        xytext=aside,
        textcoords="offset points",
        size=TEXT,
        ha="left" if aside[0] else "center",
        va="bottom",
    )
