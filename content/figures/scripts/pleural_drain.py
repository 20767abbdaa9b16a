"""Serum and pleural fluid side by side, and the fluid's pH on a scale."""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.chart import heading, panel
from content.figures.style import BLACK, BLUE, INK, SKY, TEXT, canvas

HEIGHT: Final = 1400
SERUM: Final = "#B5BDC5"
PH: Final = (6.8, 7.6)


class Pair(Struct, frozen=True):
    """A test in serum and in fluid, each as a number and as printed, and the scale's end."""

    name: str
    unit: str
    serum: tuple[float, str]
    fluid: tuple[float, str]
    end: float


PATIENT: Final = (
    Pair("Protein", "g/L (g/dL)", (62, "62 (6.2)"), (41, "41 (4.1)"), 95),
    Pair("Lactate dehydrogenase", "U/L (serum limit 250)", (228, "228"), (1940, "1940"), 2750),
    Pair("Glucose", "mmol/L (mg/dL)", (7.1, "7.1 (128)"), (1.7, "1.7 (31)"), 11.5),
)
OTHER: Final = (
    Pair("Protein", "g/L (g/dL)", (66, "66 (6.6)"), (39, "39 (3.9)"), 95),
    Pair("Lactate dehydrogenase", "U/L (serum limit 250)", (215, "215"), (410, "410"), 2750),
    Pair("Glucose", "mmol/L (mg/dL)", (5.9, "5.9 (106)"), (5.4, "5.4 (97)"), 11.5),
)


def draw() -> Figure:
    """Draw the four rows."""
    return _rows(PATIENT, 7.06)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _rows(OTHER, 7.43)


def _rows(pairs: tuple[Pair, ...], acidity: float) -> Figure:
    figure = canvas(HEIGHT)
    for n, pair in enumerate(pairs):
        bottom = 1090 - 340 * n
        _pair(panel(figure, 250, bottom, 40, HEIGHT - bottom - 210), pair)
    _acidity(panel(figure, 70, 110, 70, HEIGHT - 215), acidity)
    return figure


def _pair(axes: Axes, pair: Pair) -> None:
    heading(axes, pair.name, pair.unit, indent=-220)
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(0, pair.end)
    axes.set_ylim(1.5, -0.5)
    axes.set_xticks(())
    axes.set_yticks((0, 1), ("serum", "pleural fluid"))
    for row, (value, printed), colour in ((0, pair.serum, SERUM), (1, pair.fluid, SKY)):
        axes.barh(row, value, 0.78, color=colour)
        axes.annotate(
            printed,
            xy=(value, row),
            xytext=(16, 0),
            textcoords="offset points",
            size=TEXT,
            color=BLACK,
            va="center",
        )


def _acidity(axes: Axes, acidity: float) -> None:
    heading(axes, "Pleural fluid pH", "(blood-gas analyzer)", indent=-40)
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    axes.set_xlim(*PH)
    axes.set_ylim(0, 1)
    axes.set_xticks([PH[0] + n / 10 for n in range(9)])
    axes.set_yticks(())
    axes.plot(acidity, 0.2, "v", color=BLUE, markersize=40)
    axes.annotate(
        f"{acidity}",
        xy=(acidity, 0.2),
        xytext=(32, 0),
        textcoords="offset points",
        size=TEXT,
        color=INK,
        va="center",
    )
