"""Lithium and creatinine since admission; the panels go on, empty, to 54 hours."""

from collections.abc import Sequence
from typing import Final

from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import heading, stack
from content.figures.style import INK, TEXT, canvas
from content.figures.trends import limit, readings, values

HEIGHT: Final = 1440
HOURS: Final = (0, 6, 12, 18)
ASIDE: Final = 1.2
"""Hours by which lithium's values stand to the right of their points, off the falling line."""


class Course(Struct, frozen=True):
    """Values at ``HOURS``: lithium in mmol/L, creatinine in µmol/L and as printed in mg/dL."""

    lithium: Sequence[float]
    creatinine: Sequence[float]
    milligrams: str


PATIENT: Final = Course((3.6, 3.4, 3.1, 2.9), (196, 204, 210, 214), "2.2, 2.3, 2.4, 2.4 mg/dL")
OTHER: Final = Course((3.8, 2.8, 2.1, 1.5), (124, 108, 97, 88), "1.4, 1.2, 1.1, 1.0 mg/dL")


def draw() -> Figure:
    """Draw the panels."""
    return _panels(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _panels(OTHER)


def _panels(course: Course) -> Figure:
    figure = canvas(HEIGHT)
    lithium, creatinine = stack(figure, (660, 430), sides=(110, 40))
    heading(lithium, "Serum lithium", "(mmol/L)", indent=-85)
    lithium.set_ylim(0, 4.5)
    lithium.set_yticks(range(5))
    limit(lithium, 1)
    lithium.text(53, 1.06, "1.0", size=TEXT, color=INK, ha="right", va="bottom")
    readings(lithium, HOURS, course.lithium)
    beside = [hour + ASIDE for hour in HOURS]
    values(lithium, beside, course.lithium, [f"{each}" for each in course.lithium])
    heading(creatinine, "Creatinine", "(µmol/L)", indent=-85)
    creatinine.set_ylim(0, 280)
    creatinine.set_yticks((0, 100, 200))
    readings(creatinine, HOURS, course.creatinine)
    values(creatinine, HOURS, course.creatinine, [f"{each}" for each in course.creatinine])
    creatinine.text(23, course.creatinine[-1], course.milligrams, size=TEXT, va="center")
    creatinine.set_xlim(-4, 54)
    creatinine.set_xticks(range(0, 55, 6))
    creatinine.set_xlabel("Hours since admission")
    return figure
