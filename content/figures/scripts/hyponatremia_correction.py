"""Sodium, urine and an infusion over the first 12 hours, on one axis."""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import heading, stack
from content.figures.style import INK, ORANGE, SKY, TEXT, WHITE, canvas
from content.figures.trends import given, limit, readings, values

HEIGHT: Final = 1640
HOURS: Final = range(0, 13, 2)
MEASURED: Final = (0, 4, 8, 12)
"""Hours at which the urine's osmolality was measured."""


class Course(Struct, frozen=True):
    """Sodium and its scale, limits with names, urine by two hours, osmolality, and the infusion."""

    sodium: tuple[int, ...]
    scale: tuple[int, int]
    limits: tuple[tuple[int, str], ...]
    urine: tuple[int, ...]
    osmolality: tuple[int, ...]
    infusion: tuple[float, str]


PATIENT: Final = Course(
    (103, 104, 105, 106, 108, 111, 115),
    (102, 118),
    ((111, "start + 8"), (113, "start + 10")),
    (35, 50, 120, 260, 430, 520),
    (480, 320, 115, 82),
    (6, "0.9% saline + KCl, 750 mL"),
)
OTHER: Final = Course(
    (110, 111, 112, 113, 115, 118, 122),
    (108, 124),
    ((118, "start + 8"),),
    (40, 70, 180, 420, 640, 700),
    (520, 340, 96, 71),
    (5, "0.9% saline + KCl, 1000 mL"),
)


def draw() -> Figure:
    """Draw the three parts."""
    return _panels(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _panels(OTHER)


def _panels(course: Course) -> Figure:
    figure = canvas(HEIGHT)
    sodium, urine, infusion = stack(figure, (620, 480, 80), sides=(120, 50), gap=110)
    _sodium(sodium, course)
    _urine(urine, course)
    end, name = course.infusion
    heading(infusion, "Infusion", name, indent=-100)
    infusion.set_ylim(0, 1)
    infusion.set_yticks(())
    given(infusion, (0, end), 0, "", ORANGE)
    infusion.set_xlim(-0.6, 12.6)
    infusion.set_xticks(HOURS)
    infusion.set_xlabel("Hours after arrival")
    return figure


def _sodium(axes: Axes, course: Course) -> None:
    heading(axes, "Serum sodium", "(mmol/L)", indent=-100)
    low, high = course.scale
    axes.set_ylim(low, high)
    axes.set_yticks(range(low, high + 1, 4))
    for at, name in course.limits:
        limit(axes, at, ORANGE)
        axes.text(-0.5, at + 0.15, name, size=TEXT, color=INK, va="bottom")
    readings(axes, HOURS, course.sodium)
    values(axes, HOURS, course.sodium, [f"{each}" for each in course.sodium])


def _urine(axes: Axes, course: Course) -> None:
    heading(axes, "Urine output", "(mL/h); boxes: osmolality (mOsm/kg)", indent=-100)
    axes.set_ylim(0, 950)
    axes.set_yticks(range(0, 601, 200))
    axes.bar([2 * n + 1 for n in range(len(course.urine))], course.urine, 1.7, color=SKY)
    for hour, value in zip(MEASURED, course.osmolality, strict=True):
        axes.text(
            hour,
            850,
            f"{value}",
            size=TEXT,
            ha="center",
            va="center",
            bbox={"facecolor": WHITE, "edgecolor": INK, "linewidth": 2.5, "pad": 10},
        )
