"""Serum cortisol before and after cosyntropin, in nmol/L and on the right in µg/dL."""

from typing import Final

from matplotlib.figure import Figure

from content.figures.style import BLACK, INK, TEXT, WHITE, WIDTH, canvas

HEIGHT: Final = 1060
MINUTES: Final = (0, 30, 60)
CORTISOL: Final = (77, 83, 86)
EXPECTED: Final = (400, 500)
"""Lowest peak expected, with different assays."""
TOP: Final = 800
NANOMOLES: Final = 27.6
"""Nanomoles per litre of cortisol in a µg/dL."""
BAND: Final = "#D4D4D4"
ACTH: Final = """\
Plasma ACTH before injection:
763 pg/mL (168 pmol/L);
reference 7-63 pg/mL (1.5-13.9 pmol/L)"""


def draw() -> Figure:
    """Draw the chart."""
    figure = canvas(HEIGHT)
    axes = figure.add_axes((140 / WIDTH, 125 / HEIGHT, 930 / WIDTH, 900 / HEIGHT))
    axes.set_xlim(-4, 64)
    axes.set_ylim(0, TOP)
    axes.set_xticks(MINUTES)
    axes.set_yticks(range(0, TOP + 1, 100))
    axes.set_xlabel("Time after 250 µg cosyntropin (min)", labelpad=10)
    axes.set_ylabel("Serum cortisol (nmol/L)", labelpad=6)
    right = axes.twinx()
    right.set_ylim(0, TOP / NANOMOLES)
    right.set_yticks(range(0, 26, 5))
    right.set_ylabel("Serum cortisol (µg/dL)", rotation=270, va="bottom", labelpad=10)
    axes.axhspan(*EXPECTED, color=BAND, linewidth=0)
    axes.text(
        30,
        sum(EXPECTED) / 2,
        "lowest expected peak (depends on the assay)",
        size=TEXT,
        ha="center",
        va="center_baseline",
    )
    axes.plot(MINUTES, CORTISOL, "o-", color=BLACK, linewidth=5, markersize=22, clip_on=False)
    axes.text(
        -2,
        TOP - 25,
        ACTH,
        size=TEXT,
        va="top",
        linespacing=1.4,
        bbox={"facecolor": WHITE, "edgecolor": INK, "linewidth": 2, "pad": 14},
    )
    return figure
