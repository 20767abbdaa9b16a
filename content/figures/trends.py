"""What stands in a panel of a chart: readings over time, their bands and limits, what was given.

Places are in the panel's own units. `chart` makes the panels.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from content.figures.chart import DASHES
from content.figures.style import BLACK, BLUE, GREEN, INK, QUIET, SMALL, TEXT, WHITE

MARKER: Final = 22


def band(axes: Axes, low: float, high: float, colour: str = GREEN) -> None:
    """Shade the reference range or the target from ``low`` to ``high``."""
    axes.axhspan(low, high, color=colour, alpha=0.16, linewidth=0, zorder=0.5)


def limit(axes: Axes, at: float, colour: str = INK) -> None:
    """A dashed level line: a cutoff, an earlier value, or the end of a range."""
    axes.axhline(at, color=colour, linewidth=3, linestyle=DASHES, zorder=1.5)


def readings(
    axes: Axes, x: Sequence[float], y: Sequence[float], colour: str = BLUE, marker: str = "o"
) -> None:
    """What was measured, joined by straight lines."""
    axes.plot(
        x,
        y,
        marker + "-",
        color=colour,
        linewidth=5,
        markersize=MARKER,
        markeredgecolor=WHITE,
        markeredgewidth=3,
        clip_on=False,
        zorder=3,
    )


def values(
    axes: Axes, x: Iterable[float], y: Iterable[float], texts: Iterable[str], above: float = 26
) -> None:
    """Letter readings, ``above`` pixels over their centres; a negative number letters below."""
    for at, height, text in zip(x, y, texts, strict=True):
        axes.annotate(
            text,
            xy=(at, height),
            xytext=(0, above),
            textcoords="offset points",
            size=TEXT,
            color=BLACK,
            ha="center",
            va="bottom" if above > 0 else "top",
            path_effects=[withStroke(linewidth=8, foreground=WHITE)],
            zorder=4,
        )


def given(axes: Axes, when: tuple[float, float], level: float, text: str, colour: str) -> None:
    """A bar over the time in which something was given; its row is 1 high, from ``level``."""
    start, end = when
    axes.barh(level + 0.5, end - start, 0.76, start, color=colour, linewidth=0, zorder=2)
    axes.text(
        (start + end) / 2,
        level + 0.5,
        text,
        size=TEXT,
        color=BLACK,
        ha="center",
        va="center_baseline",
        zorder=3,
    )


def event(axes: Axes, x: float, text: str, colour: str = QUIET) -> None:
    """A vertical line at ``x`` with its name over the panel."""
    axes.axvline(x, color=colour, linewidth=3, zorder=1.5)
    axes.annotate(
        text,
        xy=(x, 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, 12),
        textcoords="offset points",
        size=SMALL,
        color=INK,
        ha="center",
    )
