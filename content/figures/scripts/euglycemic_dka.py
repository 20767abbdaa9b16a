"""Glucose, bicarbonate and β-hydroxybutyrate over events; the variant's over two infusions."""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import heading, second_scale, stack
from content.figures.style import INK, ORANGE, SKY, TEXT, canvas
from content.figures.trends import given, readings

HEIGHT: Final = 1640
MILLIGRAMS: Final = 18.016
"""mg/dL of glucose in a mmol/L."""


class Bar(Struct, frozen=True):
    """What was given or forbidden from one hour to another."""

    start: float
    end: float
    name: str
    colour: str


class Course(Struct, frozen=True):
    """The axis, each test's hours and values, bars from below, and a dose before them."""

    axis: str
    span: tuple[float, float]
    ticks: range
    glucose: tuple[Sequence[float], Sequence[float]]
    bicarbonate: tuple[Sequence[float], Sequence[float]]
    ketones: tuple[Sequence[float], Sequence[float]]
    bars: tuple[Bar, ...]
    dose: tuple[float, str] | None = None


HOURS: Final = (-2, 6, 12, 18, 24, 30, 36, 42)
PATIENT: Final = Course(
    "Hours after surgery",
    (-28, 46),
    range(-24, 37, 12),
    (HOURS, (7.8, 9.1, 9.6, 8.9, 9.4, 10.1, 9.8, 10.3)),
    ((-2, 6, 18, 30, 42), (25, 23, 20, 15, 10)),
    ((-2, 18, 42), (0.2, 1.9, 6.1)),
    (Bar(-8, 42, "Nil by mouth, then sips", SKY),),
    (-25, "Empagliflozin 10 mg, last tablet"),
)
TREATED: Final = range(0, 11, 2)
OTHER: Final = Course(
    "Hours of treatment",
    (-0.6, 10.6),
    TREATED,
    (TREATED, (12.8, 10.6, 8.4, 6.9, 6.0, 5.4)),
    (TREATED, (9, 10, 11, 12, 13, 14)),
    (TREATED, (6.6, 5.9, 5.2, 4.6, 4.1, 3.7)),
    (
        Bar(2, 10, "Dextrose 5%, 125 mL/h", SKY),
        Bar(0, 10, "Insulin 0.1 units/kg/h", ORANGE),
    ),
)


def draw() -> Figure:
    """Draw the panels."""
    return _panels(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _panels(OTHER)


def _panels(course: Course) -> Figure:
    figure = canvas(HEIGHT)
    glucose, bicarbonate, ketones, events = stack(
        figure, (300, 300, 300, 150), sides=(110, 135), gap=115
    )
    _test(glucose, "Glucose", course.glucose, 20, 5)
    second_scale(glucose, MILLIGRAMS, (0, 90, 180, 270, 360), "mg/dL")
    _test(bicarbonate, "Bicarbonate", course.bicarbonate, 36, 10)
    _test(ketones, "β-Hydroxybutyrate", course.ketones, 9, 3)
    _events(events, course)
    events.set_xlim(*course.span)
    events.set_xticks(course.ticks)
    events.set_xlabel(course.axis)
    return figure


def _test(
    axes: Axes, name: str, results: tuple[Sequence[float], Sequence[float]], top: int, step: int
) -> None:
    heading(axes, name, "(mmol/L)", indent=-80)
    axes.set_ylim(0, top)
    axes.set_yticks(range(0, top + 1, step))
    readings(axes, *results)


def _events(axes: Axes, course: Course) -> None:
    axes.set_ylim(0, 2)
    axes.set_yticks(())
    for level, bar in enumerate(course.bars):
        given(axes, (bar.start, bar.end), level, bar.name, bar.colour)
    if course.dose:
        hour, name = course.dose
        axes.plot(hour, 1.5, "D", color=INK, markersize=22)
        axes.text(hour + 1.8, 1.5, name, size=TEXT, va="center")
