"""Calcium against parathyroid hormone in three relatives, over a scale of a clearance ratio.

Calcium is in mg/dL, parathyroid hormone in pg/mL; the other side of each axis has SI units.
"""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from content.figures.curves import Point
from content.figures.style import BLACK, INK, LABEL, SMALL, TEXT, WHITE, WIDTH, canvas

HEIGHT: Final = 1470
LEFT: Final = 145
SPAN: Final = 905
"""Width of both panels, pixels."""

HORMONE: Final = (0, 160)
CALCIUM: Final = (8.0, 13.0)
HORMONE_RANGE: Final = (15, 65)
CALCIUM_RANGE: Final = (8.6, 10.2)
PMOL: Final = 0.106
"""Picomoles per litre of parathyroid hormone in a pg/mL."""
MMOL: Final = 0.2495
"""Millimoles per litre of calcium in a mg/dL."""

PATIENT: Final[tuple[Point, ...]] = ((44, 10.9), (52, 11.1), (50, 11.0))
"""The earliest first."""
MOTHER: Final[Point] = (61, 11.3)
BROTHER: Final[Point] = (47, 10.8)
LABELS: Final[tuple[tuple[str, Point], ...]] = (
    ("6 years ago", (34, 10.62)),
    ("3 years ago", (34, 11.45)),
    ("now", (73, 10.85)),
)
"""By the patient's points: where the end of each label's leader is."""

RATIO: Final = (80 * 0.80) / (11.0 * 1100)
RATIOS: Final = (0, 0.04)

BAND: Final = "#BDBDBD"
FAINT: Final = "#777777"
LEADER: Final = "#A8A8A8"
MARKER: Final = 17


def draw() -> Figure:
    """Draw the two panels."""
    figure = canvas(HEIGHT)
    _scatter(figure.add_axes((LEFT / WIDTH, 420 / HEIGHT, SPAN / WIDTH, 930 / HEIGHT)))
    _scale(figure.add_axes((LEFT / WIDTH, 90 / HEIGHT, SPAN / WIDTH, 130 / HEIGHT)))
    return figure


def _scatter(axes: Axes) -> None:
    axes.set_xlim(*HORMONE)
    axes.set_ylim(*CALCIUM)
    axes.set_xticks(range(0, 161, 20))
    axes.set_yticks([8 + n / 2 for n in range(11)])
    axes.set_xlabel("Parathyroid hormone (pg/mL)", size=TEXT)
    axes.set_ylabel("Albumin-adjusted serum calcium (mg/dL)", size=TEXT, labelpad=6)
    _si_units(axes)
    axes.axvspan(*HORMONE_RANGE, color=BAND, alpha=0.35, linewidth=0)
    axes.axhspan(*CALCIUM_RANGE, color=BAND, alpha=0.35, linewidth=0)
    axes.text(112, 9.4, "reference range", size=SMALL, ha="center", va="center_baseline")
    axes.text(40, 12.72, "reference range", size=SMALL, ha="center", va="center_baseline")
    for (label, end), point in zip(LABELS, PATIENT, strict=True):
        axes.annotate(
            label,
            xy=point,
            xytext=end,
            size=SMALL,
            ha="left" if end[0] > point[0] else "right",
            va="center",
            arrowprops={"arrowstyle": "-", "color": LEADER, "linewidth": 2, "shrinkB": 10},
        )
    axes.plot(*zip(*PATIENT, strict=True), "-", color=FAINT, linewidth=4)
    axes.plot(*zip(*PATIENT, strict=True), "o", color=BLACK, markersize=MARKER, label="patient")
    for point, marker, name in ((MOTHER, "^", "mother"), (BROTHER, "s", "brother")):
        axes.plot(
            *point,
            marker,
            markersize=MARKER,
            markerfacecolor=WHITE,
            markeredgecolor=BLACK,
            markeredgewidth=3,
            linestyle="none",
            label=name,
        )
    axes.legend(loc="upper right", fontsize=TEXT, frameon=False, handletextpad=0.3)


def _si_units(axes: Axes) -> None:
    top = axes.twiny()
    top.set_xlim(HORMONE[0] * PMOL, HORMONE[1] * PMOL)
    top.set_xticks(range(0, 17, 4))
    top.set_xlabel("Parathyroid hormone (pmol/L)", size=TEXT, labelpad=12)
    right = axes.twinx()
    right.set_ylim(CALCIUM[0] * MMOL, CALCIUM[1] * MMOL)
    right.set_yticks([2, 2.25, 2.5, 2.75, 3])
    right.set_ylabel("Calcium (mmol/L)", size=TEXT, rotation=270, va="bottom", labelpad=8)


def _scale(axes: Axes) -> None:
    axes.set_title("Calcium-to-creatinine clearance ratio (24-h urine)", size=LABEL, pad=18)
    axes.set_xlim(*RATIOS)
    axes.set_ylim(0, 1)
    axes.set_xticks([0, 0.01, 0.02, 0.03, 0.04], ["0", "0.01", "0.02", "0.03", "0.04"])
    axes.set_yticks([])
    for limit in (0.01, 0.02):
        axes.axvline(limit, color=INK, linewidth=3.5, linestyle=(0, (1, 1.6)))
    axes.plot(RATIO, 0.3, "o", color=BLACK, markersize=MARKER + 3)
    axes.text(RATIO, 0.7, "patient 0.005", size=SMALL, ha="center", va="center_baseline")
