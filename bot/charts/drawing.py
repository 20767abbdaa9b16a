"""A picture of somebody's progress, drawn by matplotlib: 1080 by 1350 pixels, light, for a phone.

A phone shows it some 360 pixels wide, so type is 26 pixels high at least, but for labels that would
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

from bot.charts.progress_picture import Days, Month, Months, ProgressPicture, Shares

WIDTH: Final = 1080
HEIGHT: Final = 1350
_MARGIN: Final = 40
_LEFT: Final = 370  # where shares begin, right of their labels
_RIGHT: Final = 930  # where they end; what is told of each follows
_HEAD: Final = 56  # a title, with the room below it
_GAP: Final = 26
_TICKS: Final = 44  # for each line of words below a chart
_DAYS: Final = 110
_NOTE: Final = 44
_ALL_ROWS: Final = 460  # at most, for both charts of shares
_HIGHEST_ROW: Final = 62
_LABEL: Final = 21  # characters of a label's line, in type of full size
_MOST_NAMES: Final = 9  # of months, side by side

_TITLE: Final = 34
_TEXT: Final = 29
_SMALL: Final = 26
_INK: Final = "#222222"
_QUIET: Final = "#595959"
_GRID: Final = "#D4D4D4"
_WHITE: Final = "#FFFFFF"
# Okabe and Ito's palette, told apart with every common kind of colour vision.
_BLUE: Final = "#0072B2"
_GREEN: Final = "#009E73"
_VERMILION: Final = "#D55E00"
_PURPLE: Final = "#CC79A7"

warnings.filterwarnings("error", "Glyph", UserWarning)


def drawn(picture: ProgressPicture) -> bytes:
    """The picture as a PNG that holds its pixels only."""
    file = BytesIO()
    laid_out(picture).savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def laid_out(picture: ProgressPicture) -> Figure:
    """The picture with all in its place."""
    mpl.rcdefaults()
    mpl.rcParams.update({"font.family": "DejaVu Sans", "font.size": _TEXT, "text.color": _INK})
    sheet = _Sheet(picture)
    rows = [max(3, len(shares.rows)) for shares in (picture.certainty, picture.topics)]
    row = min(_HIGHEST_ROW, _ALL_ROWS / sum(rows))
    sheet.shares(picture.certainty, rows[0] * row, (_BLUE, "o"))
    sheet.shares(picture.topics, rows[1] * row, (_GREEN, "s"), picture.percents)
    sheet.months(picture.months, picture.percents)
    sheet.days(picture.days)
    sheet.note(picture.note)
    return sheet.figure


class _Sheet:
    """A sheet that is filled from the top; ``_top`` is how far, in pixels."""

    def __init__(self, picture: ProgressPicture) -> None:
        self.figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72, facecolor=_WHITE)
        self._top = float(_GAP)
        self._to_right = not picture.right_to_left

    def shares(
        self, shares: Shares, height: float, look: tuple[str, str], percents: Sequence[str] = ()
    ) -> None:
        """Labels, dots and intervals; with an axis below where there are words for it."""
        self._head(shares.title)
        axes = self._axes(_LEFT, _RIGHT, height)
        axes.set_xlim(-0.02, 1.02)
        axes.set_ylim(max(3, len(shares.rows)) - 0.5, -0.5)
        axes.set_yticks([])
        axes.set_xticks([0, 0.5, 1], percents or ["", "", ""])
        if shares.rows:
            axes.grid(axis="x", color=_GRID, linewidth=2)
        else:
            axes.set_xticks([])
            self._say(shares.instead, height / 2)
        for place, row in enumerate(shares.rows):
            axes.plot([row.low, row.high], [place] * 2, color=look[0], linewidth=5, alpha=0.55)
            label, size = _fitting(row.label)
            axes.text(-0.06, place, label, ha="right", va="center", size=size, linespacing=1.05)
            axes.text(1.06, place, row.told, ha="left", va="center", size=_SMALL, color=_QUIET)
        _dots(axes, [(row.share, place, row.few) for place, row in enumerate(shares.rows)], look)
        self._top += height + (_TICKS if percents and shares.rows else 0) + _GAP

    def months(self, months: Months, percents: Sequence[str]) -> None:
        """Two marks for each month, in what room the others leave."""
        beginning = self._top
        self._head(months.title)
        below = 2 * _TICKS + _GAP + _HEAD + _DAYS + 2 * _TICKS + _NOTE
        height = HEIGHT - self._top - below
        axes = self._axes(_MARGIN + 110, WIDTH - _MARGIN - 20, height)
        axes.set_xlim(-0.5, len(months.months) - 0.5)
        axes.set_ylim(-0.07, 1.07)
        axes.set_yticks([0, 0.5, 1], percents)
        axes.grid(axis="y", color=_GRID, linewidth=2)
        _name(axes, months.months)
        marks = {
            months.first: ([month.first for month in months.months], (_BLUE, "o")),
            months.reviews: ([month.reviews for month in months.months], (_VERMILION, "D")),
        }
        for points, look in reversed(marks.values()):
            there = [(place, one.share, one.few) for place, one in enumerate(points) if one]
            line = [x for x, *_ in there], [y for _, y, _ in there]
            axes.plot(*line, color=look[0], linewidth=3, alpha=0.35)
            _dots(axes, there, look)
        self._legend({name: look for name, (_, look) in marks.items()}, beginning)
        self._top += height + 2 * _TICKS + _GAP

    def days(self, days: Days) -> None:
        """A bar for each day."""
        self._head(days.title)
        most = max(day.due for day in days.days)
        if not most:
            self._say(days.instead, _DAYS / 2)
            return
        axes = self._axes(_MARGIN, WIDTH - _MARGIN, _DAYS)
        axes.set_ylim(0, max(4, most) * 1.25)
        axes.set_yticks([])
        axes.set_xlim(-0.6, len(days.days) - 0.4)
        axes.bar(range(len(days.days)), [day.due for day in days.days], 0.72, color=_PURPLE)
        axes.axhline(0, color=_QUIET, linewidth=3)
        axes.set_xticks(range(len(days.days)), [f"{day.day}\n{day.month}" for day in days.days])
        for place, day in enumerate(days.days):
            if day.due:
                axes.text(place, day.due, str(day.due), ha="center", va="bottom", size=_SMALL)

    def note(self, words: str) -> None:
        """What the marks mean, at the foot."""
        self._words(words, HEIGHT - 18, color=_QUIET, size=_SMALL, va="bottom")

    def _head(self, title: str) -> None:
        self._words(title, self._top, size=_TITLE, weight="bold", va="top")
        self._top += _HEAD

    def _say(self, sentence: str, below: float) -> None:
        lines = "\n".join(textwrap.wrap(sentence, 58))
        self._words(lines, self._top + below, color=_QUIET, va="center")

    def _words(self, words: str, top: float, **look: Any) -> None:
        """At the edge at which a line begins."""
        x, ha = (_MARGIN, "left") if self._to_right else (WIDTH - _MARGIN, "right")
        self.figure.text(x / WIDTH, 1 - top / HEIGHT, words, ha=ha, **look)

    def _axes(self, left: float, right: float, height: float) -> Axes:
        bottom, width = HEIGHT - self._top - height, right - left
        axes = self.figure.add_axes((left / WIDTH, bottom / HEIGHT, width / WIDTH, height / HEIGHT))
        axes.set_frame_on(False)
        axes.tick_params(length=0, pad=8, labelsize=_SMALL, colors=_QUIET)
        axes.set_axisbelow(True)
        return axes

    def _legend(self, marks: Mapping[str, tuple[str, str]], top: float) -> None:
        """On the title's line, at the other edge."""
        handles = [
            Line2D([], [], color=color, marker=shape, markersize=17, linestyle="")
            for color, shape in marks.values()
        ]
        edge = WIDTH - 20 if self._to_right else 20
        self.figure.legend(
            handles,
            list(marks),
            loc="upper right" if self._to_right else "upper left",
            bbox_to_anchor=(edge / WIDTH, 1 - (top - 1) / HEIGHT),
            ncols=2,
            frameon=False,
            fontsize=_SMALL,
            handletextpad=0.0,
            columnspacing=0.8,
            borderpad=0,
            borderaxespad=0,
        )


def _dots(axes: Axes, marks: Sequence[tuple[float, float, bool]], look: tuple[str, str]) -> None:
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
            markerfacecolor=_WHITE if hollow else color,
            zorder=3,
        )


def _name(axes: Axes, months: Sequence[Month]) -> None:
    """The names of as many months as there is room for, the last among them, and the years."""
    step = -(-len(months) // _MOST_NAMES)
    named = [place for place in range(len(months)) if (len(months) - 1 - place) % step == 0]
    axes.set_xticks(named, [months[place].name for place in named])
    for place, month in enumerate(months):
        below = axes.get_xaxis_transform()
        axes.annotate(
            month.year,
            (place, 0),
            (0, -_TICKS),
            xycoords=below,
            textcoords="offset points",
            ha="center",
            va="top",
            size=_SMALL,
            color=_QUIET,
        )


def _fitting(label: str) -> tuple[str, float]:
    """A label on two lines at most, and the size of type in which it fits."""
    width = _LABEL
    while len(lines := textwrap.wrap(label, width)) > 2:
        width += 1
    longest = max(map(len, lines), default=0)
    size = _TEXT if len(lines) < 2 else _SMALL - 1
    return "\n".join(lines), size * min(1.0, _LABEL / max(1, longest))
