"""Icon arrays: one circle for each person, filled row by row from the upper left.

Places are in circles from the upper left corner.
"""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from msgspec import Struct

from content.figures.style import BLACK, TEXT, VERMILION, WHITE, WIDTH, canvas

RADIUS: Final = 0.36
EMPTY: Final = "#EEF0F2"
EDGE: Final = "#7C8792"
ROW: Final = 0.85
"""How far the lines of the key lie apart."""


class Icon(Struct, frozen=True):
    """A person: filled or not, crossed or not."""

    filled: bool = False
    crossed: bool = False


def array(people: Sequence[Icon], across: int, key: Sequence[tuple[Icon, str]]) -> Figure:
    """The people in rows of ``across``, over a key that names the kinds."""
    rows = -(-len(people) // across)
    scale = WIDTH / (across + 0.6)
    below = rows + 0.5 + len(key) * ROW
    figure = canvas(round((below + 0.4) * scale))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(-0.3, across + 0.3)
    axes.set_ylim(below + 0.1, -0.3)
    for n, person in enumerate(people):
        _draw(axes, person, n % across + 0.5, n // across + 0.5)
    for n, (kind, text) in enumerate(key):
        y = rows + 0.75 + n * ROW
        _draw(axes, kind, 0.5, y)
        axes.text(1.1, y, text, size=TEXT, color=BLACK, va="center_baseline")
    return figure


def _draw(axes: Axes, person: Icon, x: float, y: float) -> None:
    face, edge = (VERMILION, VERMILION) if person.filled else (EMPTY, EDGE)
    axes.add_patch(Circle((x, y), RADIUS, facecolor=face, edgecolor=edge, linewidth=3))
    if person.crossed:
        colour, arm = WHITE if person.filled else BLACK, 0.17
        for up in (arm, -arm):
            axes.plot((x - arm, x + arm), (y - up, y + up), color=colour, linewidth=8)
