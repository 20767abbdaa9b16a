"""A picture of somebody's progress."""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.files.progress_picture import Days, Month, Months, ProgressPicture
from bot.files.sheet import (
    BLUE,
    GAP,
    GREEN,
    HEAD,
    HEIGHT,
    HIGHEST_ROW,
    MARGIN,
    NOTE,
    PURPLE,
    QUIET,
    SMALL,
    TICKS,
    VERMILION,
    WIDTH,
    Sheet,
    line,
)

_DAYS: Final = 110
_ALL_ROWS: Final = 460  # at most, for both charts of shares
_MOST_NAMES: Final = 9  # of months, side by side


def progress(picture: ProgressPicture) -> Figure:
    """The picture with all in its place."""
    sheet = Sheet(right_to_left=picture.right_to_left)
    rows = [max(3, len(shares.rows)) for shares in (picture.certainty, picture.topics)]
    row = min(HIGHEST_ROW, _ALL_ROWS / sum(rows))
    sheet.shares(picture.certainty, rows[0] * row, (BLUE, "o"))
    sheet.shares(picture.topics, rows[1] * row, (GREEN, "s"), picture.percents)
    _months(sheet, picture.months, picture.percents)
    _days(sheet, picture.days)
    sheet.note(picture.note)
    return sheet.figure


def _months(sheet: Sheet, months: Months, percents: Sequence[str]) -> None:
    """Two marks for each month, in what room the others leave."""
    beginning = sheet.top
    sheet.head(months.title)
    height = HEIGHT - sheet.top - (2 * TICKS + GAP + HEAD + _DAYS + 2 * TICKS + NOTE)
    axes = sheet.over_time(len(months.months), height, percents)
    _name(axes, months.months)
    first, reviews = (BLUE, "o"), (VERMILION, "D")
    line(axes, [month.reviews for month in months.months], reviews)
    line(axes, [month.first for month in months.months], first)
    sheet.legend({months.first: first, months.reviews: reviews}, beginning)
    sheet.top += height + 2 * TICKS + GAP


def _days(sheet: Sheet, days: Days) -> None:
    """A bar for each day."""
    sheet.head(days.title)
    most = max(day.due for day in days.days)
    if not most:
        sheet.say(days.instead, _DAYS / 2)
        return
    axes = sheet.axes(MARGIN, WIDTH - MARGIN, _DAYS)
    axes.set_ylim(0, max(4, most) * 1.25)
    axes.set_yticks([])
    axes.set_xlim(-0.6, len(days.days) - 0.4)
    axes.bar(range(len(days.days)), [day.due for day in days.days], 0.72, color=PURPLE)
    axes.axhline(0, color=QUIET, linewidth=3)
    axes.set_xticks(range(len(days.days)), [f"{day.day}\n{day.month}" for day in days.days])
    for place, day in enumerate(days.days):
        if day.due:
            axes.text(place, day.due, str(day.due), ha="center", va="bottom", size=SMALL)


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
            (0, -TICKS),
            xycoords=below,
            textcoords="offset points",
            ha="center",
            va="top",
            size=SMALL,
            color=QUIET,
        )
