"""A picture that is filled from the top, drawn by matplotlib: 1080 by 1350 pixels, light.

A phone shows it some 360 pixels wide, so type is 26 pixels high at least, but for words that would
not fit. As in ``content.figures.style``, a point is a pixel, for type and lines alike. Letters of
every script are shaped by matplotlib itself; one that its font does not have is an error, no box.
"""

import textwrap
import warnings
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bot.files.shares import Point, Shares

WIDTH: Final = 1080
HEIGHT: Final = 1350
MARGIN: Final = 40
LEFT: Final = 370  # where shares begin, right of their labels
RIGHT: Final = 930  # where they end; what is told of each follows
HEAD: Final = 56  # a title, with the room below it
GAP: Final = 26
TICKS: Final = 44  # for each line of words below a chart
NOTE: Final = 44
HIGHEST_ROW: Final = 62
_LETTER: Final = 14.6  # pixels of a letter, in type of full size

TITLE: Final = 34
TEXT: Final = 29
SMALL: Final = 26
INK: Final = "#222222"
QUIET: Final = "#595959"
GRID: Final = "#D4D4D4"
WHITE: Final = "#FFFFFF"
# Okabe and Ito's palette, told apart with every common kind of colour vision.
BLUE: Final = "#0072B2"
GREEN: Final = "#009E73"
VERMILION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"

Look = tuple[str, str]
"""A colour and a shape."""

warnings.filterwarnings("error", "Glyph", UserWarning)


def as_png(figure: Figure) -> bytes:
    """The picture as a PNG that holds its pixels only."""
    file = BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


class Sheet:
    """A sheet that is filled from the top; ``top`` is how far, in pixels."""

    def __init__(self, *, right_to_left: bool) -> None:
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                "font.family": "DejaVu Sans",
                "font.size": TEXT,
                "text.color": INK,
                "text.parse_math": False,  # a dollar is a dollar
            }
        )
        self.figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72, facecolor=WHITE)
        self.top = float(GAP)
        self.to_right = not right_to_left

    def shares(
        self,
        shares: Shares,
        height: float,
        look: Look,
        percents: Sequence[str] = (),
        left: float = LEFT,
    ) -> None:
        """Labels, dots and intervals; with an axis below where there are words for it."""
        self.head(shares.title)
        axes = self.rows(height, [(row.label, row.told) for row in shares.rows], left)
        if shares.rows:
            axes.set_xticks([0, 0.5, 1], percents or ["", "", ""])
            axes.grid(axis="x", color=GRID, linewidth=2)
        else:
            self.say(shares.instead, height / 2)
        for place, row in enumerate(shares.rows):
            ends = [row.low, row.high]
            axes.plot(ends, [place] * 2, color=look[0], linewidth=5, alpha=0.55, clip_on=False)
        dots(axes, [(row.share, place, row.few) for place, row in enumerate(shares.rows)], look)
        self.top += height + (TICKS if percents and shares.rows else 0) + GAP

    def note(self, words: str) -> None:
        """What the marks mean, at the foot."""
        self.words(words, HEIGHT - 18, color=QUIET, size=SMALL, va="bottom")

    def head(self, title: str) -> None:
        """A title, and the room below it."""
        self.words(title, self.top, size=TITLE, weight="bold", va="top")
        self.top += HEAD

    def say(self, sentence: str, below: float) -> None:
        """A sentence where a chart would be, that far below."""
        lines = "\n".join(textwrap.wrap(sentence, 58))
        self.words(lines, self.top + below, color=QUIET, va="center")

    def words(self, words: str, top: float, **look: Any) -> None:
        """At the edge at which a line begins."""
        x, ha = (MARGIN, "left") if self.to_right else (WIDTH - MARGIN, "right")
        self.figure.text(x / WIDTH, 1 - top / HEIGHT, words, **{"ha": ha, **look})

    def rows(self, height: float, rows: Sequence[tuple[str, str]], left: float) -> Axes:
        """Room for rows beneath each other, each from 0 to 1; before it its label, behind it more.

        A row is no higher than ``HIGHEST_ROW``, and begins at the top.
        """
        axes = self.axes(left, RIGHT, height)
        axes.set_xlim(-0.02, 1.02)
        row = min(HIGHEST_ROW, height / max(1, len(rows)))
        axes.set_ylim(height / row - 0.5, -0.5)
        axes.set_xticks([])
        axes.set_yticks([])
        width = int((left - MARGIN - 0.06 * (RIGHT - left)) / _LETTER)
        for place, (words, told) in enumerate(rows):
            label, size = fitting(words, width, smaller=min(SMALL - 1, row / 2.1))
            axes.text(-0.06, place, label, ha="right", va="center", size=size, linespacing=1.05)
            axes.text(1.06, place, told, ha="left", va="center", size=SMALL, color=QUIET)
        return axes

    def axes(self, left: float, right: float, height: float) -> Axes:
        """Room for a chart, below what there is."""
        bottom, width = HEIGHT - self.top - height, right - left
        axes = self.figure.add_axes((left / WIDTH, bottom / HEIGHT, width / WIDTH, height / HEIGHT))
        axes.set_frame_on(False)
        axes.tick_params(length=0, pad=8, labelsize=SMALL, colors=QUIET)
        axes.set_axisbelow(True)
        return axes

    def over_time(self, times: int, height: float, percents: Sequence[str]) -> Axes:
        """Room for shares at so many times, one after the other."""
        axes = self.axes(MARGIN + 110, WIDTH - MARGIN - 20, height)
        axes.set_xlim(-0.5, times - 0.5)
        axes.set_ylim(-0.07, 1.07)
        axes.set_yticks([0, 0.5, 1], percents)
        axes.grid(axis="y", color=GRID, linewidth=2)
        return axes

    def legend(self, marks: Mapping[str, Look], top: float) -> None:
        """On the title's line, at the other edge."""
        handles = [
            Line2D([], [], color=color, marker=shape, markersize=17, linestyle="")
            for color, shape in marks.values()
        ]
        edge = WIDTH - 20 if self.to_right else 20
        self.figure.legend(
            handles,
            list(marks),
            loc="upper right" if self.to_right else "upper left",
            bbox_to_anchor=(edge / WIDTH, 1 - (top - 1) / HEIGHT),
            ncols=2,
            frameon=False,
            fontsize=SMALL,
            handletextpad=0.0,
            columnspacing=0.8,
            borderpad=0,
            borderaxespad=0,
        )


def line(axes: Axes, points: Sequence[Point | None], look: Look) -> None:
    """Marks joined by a line, one for each time of which something is told."""
    there = [(place, one.share, one.few) for place, one in enumerate(points) if one]
    axes.plot(
        [x for x, *_ in there], [y for _, y, _ in there], color=look[0], linewidth=3, alpha=0.35
    )
    dots(axes, there, look)


def dots(axes: Axes, marks: Sequence[tuple[float, float, bool]], look: Look) -> None:
    """A mark at each place; hollow where its share says little yet."""
    color, shape = look
    for hollow in (True, False):
        axes.plot(
            [x for x, _, few in marks if few == hollow],
            [y for _, y, few in marks if few == hollow],
            color=color,
            linestyle="",
            marker=shape,
            markersize=19,
            markeredgewidth=4,
            markerfacecolor=WHITE if hollow else color,
            zorder=3,
            clip_on=False,
        )


def fitting(
    label: str, width: int, size: float = TEXT, smaller: float = SMALL - 1
) -> tuple[str, float]:
    """A label on two lines at most, about equally long, and the size of type in which it fits.

    A line of ``width`` characters fits in full size; two lines are no larger than ``smaller``.
    """
    wide = width
    if len(label) > width:
        wide = max(len(label) // 2, *map(len, label.split()))
    while len(lines := textwrap.wrap(label, wide)) > 2:
        wide += 1
    longest = max(map(len, lines), default=1)
    return "\n".join(lines), min(size if len(lines) < 2 else smaller, size * width / longest)
