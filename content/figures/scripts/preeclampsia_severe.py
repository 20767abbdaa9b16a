"""Blood pressure and three blood tests over two days, over their laboratory references."""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import heading, second_scale, stack
from content.figures.style import BLUE, INK, SMALL, TEXT, VERMILION, canvas
from content.figures.trends import band, readings, values

HEIGHT: Final = 1730
DAYS: Final = (0, 12, 24, 36, 48)
MILLIGRAMS: Final = 1 / 88.4
"""mg/dL of creatinine in a µmol/L."""


class Course(Struct, frozen=True):
    """Pressures by hour (systolic, diastolic), tests at ``DAYS``, and when a drug was given."""

    pressures: tuple[tuple[float, int, int], ...]
    platelets: tuple[int, ...]
    ast: tuple[int, ...]
    creatinine: tuple[int, ...]
    drug: tuple[float, str] | None = None


PATIENT: Final = Course(
    (
        (0, 146, 94), (6, 148, 92), (12, 144, 90), (18, 150, 96), (24, 146, 92), (30, 152, 98),
        (36, 148, 94), (42, 150, 96), (48, 154, 98),
    ),
    (186, 158, 131, 109, 88),
    (22, 31, 46, 68, 94),
    (58, 60, 64, 68, 72),
)  # fmt: skip
OTHER: Final = Course(
    (
        (0, 168, 112), (4.5, 166, 110), (6, 148, 94), (12, 144, 90), (18, 146, 92), (24, 150, 94),
        (30, 146, 90), (36, 142, 88), (42, 148, 92), (48, 146, 92),
    ),
    (204, 198, 201, 196, 200),
    (21, 24, 22, 23, 22),
    (56, 58, 57, 55, 57),
    (5, "IV labetalol"),
)  # fmt: skip


def draw() -> Figure:
    """Draw the panels."""
    return _panels(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _panels(OTHER)


def _panels(course: Course) -> Figure:
    figure = canvas(HEIGHT)
    pressure, *tests = stack(figure, (480, 225, 225, 225), sides=(120, 130), gap=115)
    _pressures(pressure, course)
    platelets, ast, creatinine = tests
    _test(platelets, "Platelets (×10⁹/L)", (0, 300), (150, 300), course.platelets)
    _test(ast, "AST (U/L)", (0, 140), (0, 35), course.ast)
    _test(creatinine, "Creatinine (µmol/L)", (0, 130), (40, 80), course.creatinine)
    right = second_scale(creatinine, MILLIGRAMS, (0, 0.5, 1.0), "mg/dL")
    right.grid(visible=False)
    creatinine.set_xlim(-3, 51)
    creatinine.set_xticks(DAYS)
    creatinine.set_xlabel("Hours since admission")
    figure.text(0.985, 34 / HEIGHT, "shaded: reference", size=SMALL, color=INK, ha="right")
    return figure


def _pressures(axes: Axes, course: Course) -> None:
    heading(axes, "Blood pressure", "(mm Hg)", indent=-100)
    axes.set_ylim(60, 185)
    axes.set_yticks(range(60, 181, 20))
    for hour, systolic, diastolic in course.pressures:
        axes.plot((hour, hour), (diastolic, systolic), color=BLUE, linewidth=5)
        axes.plot(hour, systolic, "v", color=BLUE, markersize=24)
        axes.plot(hour, diastolic, "^", color=BLUE, markersize=24)
    if course.drug:
        hour, name = course.drug
        axes.plot(hour, 66, "s", color=VERMILION, markersize=20)
        axes.text(hour + 1.2, 66, name, size=TEXT, va="center")


def _test(
    axes: Axes,
    name: str,
    scale: tuple[float, float],
    reference: tuple[float, float],
    results: Sequence[int],
) -> None:
    heading(axes, name, indent=-100)
    axes.set_ylim(*scale)
    axes.set_yticks(range(0, int(scale[1]) + 1, 100 if scale[1] > 200 else 50))
    band(axes, *reference)
    readings(axes, DAYS, results)
    values(axes, DAYS, results, [f"{each}" for each in results], above=18)
