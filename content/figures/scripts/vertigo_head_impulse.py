"""Video head impulses of the horizontal canals, eight to each side."""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from content.figures.chart import heading, stack
from content.figures.impulses import Saccade, Turn, impulses, side
from content.figures.style import BLACK, LABEL, TEXT, canvas

HEIGHT: Final = 1390
TURNS: Final = (
    Turn(182), Turn(196, 4, 0.02), Turn(204, -4, -0.02), Turn(190, 2, 0.01),
    Turn(214, -2, -0.01), Turn(200, 6, 0.03), Turn(224, -6, -0.03), Turn(208),
)  # fmt: skip
NONE: Final[tuple[tuple[Saccade, ...], ...]] = ((),) * len(TURNS)
CAUGHT: Final = (
    (Saccade(170, 150, 11), Saccade(70, 285, 13)),
    (Saccade(215, 205, 12),),
    (Saccade(190, 165, 11), Saccade(80, 300, 13)),
    (Saccade(230, 222, 12),),
    (Saccade(180, 158, 11), Saccade(75, 290, 13)),
    (Saccade(210, 214, 12),),
    (Saccade(200, 172, 11), Saccade(85, 310, 13)),
    (Saccade(225, 230, 12),),
)
"""The variant's, when the head is turned to the right."""


def draw() -> Figure:
    """Draw the two sides."""
    return _sides(0.96, 0.94, NONE)


def draw_variant() -> Figure:
    """Draw the other patient's."""
    return _sides(0.87, 0.41, CAUGHT)


def _sides(left: float, right: float, caught: Sequence[Sequence[Saccade]]) -> Figure:
    figure = canvas(HEIGHT)
    upper, lower = stack(figure, (520, 520), gap=120)
    _side(upper, "Head turned to the left", left)
    impulses(upper, side(TURNS[::-1], left, NONE, 20))
    _side(lower, "Head turned to the right", right)
    impulses(lower, side(TURNS, right, caught, 40))
    key = upper.legend(
        loc="upper right",
        bbox_to_anchor=(1.0, 0.82),
        frameon=False,
        fontsize=TEXT,
        handlelength=1.6,
        borderaxespad=0,
    )
    for line in key.get_lines():
        line.set_linewidth(9)
    lower.set_xlabel("Time (ms)")
    return figure


def _side(axes: Axes, name: str, gain: float) -> None:
    heading(axes, name, "velocity (°/s)", indent=-85)
    axes.axhline(0, color=BLACK, linewidth=2, zorder=2)
    axes.text(495, 290, f"gain {gain}", size=LABEL, color=BLACK, ha="right", va="center_baseline")
