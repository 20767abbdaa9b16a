"""Blood pressure and three blood tests over the first two days in hospital; another patient's too.

Hours are since admission; pressures are in mm Hg.
"""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import RISE, heading, second_scale, stack
from content.figures.style import INK, SMALL, VERMILION, canvas
from content.figures.trends import band, readings, values

HEIGHT: Final = 1620
LEFT: Final = 110
RIGHT: Final = 135
HEIGHTS: Final = (470, 200, 200, 200)
GAP: Final = 110
DRAWN: Final = (0, 12, 24, 36, 48)
"""Hours at which blood was drawn."""
MILLIGRAMS: Final = 1 / 88.4
"""mg/dL of creatinine in a µmol/L."""


class Chart(Struct, frozen=True):
    """One patient's chart: pressures by hour, each systolic and diastolic."""

    pressures: dict[float, tuple[int, int]]
    platelets: tuple[int, ...]
    enzyme: tuple[int, ...]
    creatinine: tuple[int, ...]
    given: tuple[float, str] | None = None


PATIENT: Final = Chart(
    pressures={
        0: (146, 94), 6: (148, 92), 12: (144, 90), 18: (150, 96), 24: (146, 92), 30: (152, 98),
        36: (148, 94), 42: (150, 96), 48: (154, 98),
    },
    platelets=(186, 158, 131, 109, 88),
    enzyme=(22, 31, 46, 68, 94),
    creatinine=(58, 60, 64, 68, 72),
)  # fmt: skip
OTHER: Final = Chart(
    pressures={
        0: (168, 112), 4.5: (166, 110), 6: (148, 94), 12: (144, 90), 18: (146, 92), 24: (150, 94),
        30: (146, 90), 36: (142, 88), 42: (148, 92), 48: (146, 92),
    },
    platelets=(204, 198, 201, 196, 200),
    enzyme=(21, 24, 22, 23, 22),
    creatinine=(56, 58, 57, 55, 57),
    given=(5, "IV labetalol"),
)  # fmt: skip


def draw() -> Figure:
    """Draw the chart."""
    return _chart(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's chart."""
    return _chart(OTHER)


def _chart(patient: Chart) -> Figure:
    figure = canvas(HEIGHT)
    pressure, platelets, enzyme, creatinine = stack(figure, HEIGHTS, sides=(LEFT, RIGHT), gap=GAP)
    creatinine.set_xlim(-3, 51)
    creatinine.set_xticks(range(0, 49, 12))
    creatinine.set_xlabel("Hours since admission")
    _pressure(pressure, patient)
    _test(platelets, "Platelets", "(×10⁹/L)", patient.platelets, (0, 300, 100))
    band(platelets, 150, 300)
    _test(enzyme, "AST", "(U/L)", patient.enzyme, (0, 140, 50))
    band(enzyme, 0, 35)
    _test(creatinine, "Creatinine", "(µmol/L)", patient.creatinine, (0, 130, 50))
    band(creatinine, 40, 80)
    second_scale(creatinine, MILLIGRAMS, (0, 0.5, 1), "mg/dL")
    platelets.annotate(
        "shaded: laboratory reference",
        xy=(1, 1),
        xycoords="axes fraction",
        xytext=(0, RISE),
        textcoords="offset points",
        size=SMALL,
        color=INK,
        ha="right",
    )
    return figure


def _pressure(axes: Axes, patient: Chart) -> None:
    """A bar from the diastolic to the systolic pressure, with a triangle at either end."""
    axes.set_ylim(60, 185)
    axes.set_yticks(range(60, 181, 20))
    heading(axes, "Blood pressure", "(mm Hg)", indent=30 - LEFT)
    for hour, (systolic, diastolic) in patient.pressures.items():
        axes.vlines(hour, diastolic, systolic, color=VERMILION, linewidth=5, zorder=2)
        for level, marker in ((systolic, "v"), (diastolic, "^")):
            axes.plot(hour, level, marker, color=VERMILION, markersize=24, zorder=3)
    if patient.given:
        hour, name = patient.given
        axes.plot(hour, 66, "s", color=INK, markersize=20, zorder=3)
        axes.text(hour + 1.2, 66, name, size=SMALL, color=INK, va="center_baseline")


def _test(
    axes: Axes, name: str, unit: str, levels: tuple[int, ...], scale: tuple[int, int, int]
) -> None:
    low, high, every = scale
    axes.set_ylim(low, high)
    axes.set_yticks(range(low, high + 1, every))
    heading(axes, name, unit, indent=30 - LEFT)
    readings(axes, DRAWN, levels)
    values(axes, DRAWN, levels, map(str, levels), 18)
