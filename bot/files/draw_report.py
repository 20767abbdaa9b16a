"""The picture of a report."""

import textwrap
import unicodedata
from collections.abc import Sequence
from typing import Final

from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font

from bot.files.report_picture import Missed, OnTime, ReportPicture, Weeks
from bot.files.sheet import (
    BLUE,
    GAP,
    GREEN,
    GRID,
    HEAD,
    HEIGHT,
    HIGHEST_ROW,
    MARGIN,
    NOTE,
    QUIET,
    SMALL,
    TICKS,
    TITLE,
    VERMILION,
    WIDTH,
    Sheet,
    fitting,
    line,
)

_BAR: Final = 40
_LEFT: Final = 560  # where topics and questions begin, right of their labels
_LOWEST_WEEKS, _HIGHEST_WEEKS = 120, 300
_TITLE: Final = 38  # characters of a line of the title, in type of full size
_SUBTITLE: Final = 66
_NOTE: Final = 66


def report(picture: ReportPicture) -> Figure:
    """The picture with all in its place."""
    sheet = Sheet(right_to_left=picture.right_to_left)
    note = textwrap.wrap(picture.note, _NOTE)
    _title(sheet, picture.title, picture.subtitle)
    _on_time(sheet, picture.on_time)
    weeks = HEAD + _LOWEST_WEEKS + TICKS + GAP + NOTE * len(note)
    below = HEIGHT - sheet.top - weeks
    rows = [max(1, len(one)) for one in (picture.topics.rows, picture.missed.questions)]
    row = min(HIGHEST_ROW, (below - 2 * HEAD - TICKS - 2 * GAP) / sum(rows))
    sheet.shares(picture.topics, rows[0] * row, (GREEN, "s"), picture.percents, _LEFT)
    _missed(sheet, picture.missed, rows[1] * row)
    _weeks(sheet, picture.weeks, picture.percents, NOTE * len(note))
    sheet.note("\n".join(note))
    return sheet.figure


def _title(sheet: Sheet, title: str, subtitle: str) -> None:
    words, size = fitting(_drawable(title), _TITLE, TITLE + 8, TITLE)
    sheet.words(words, sheet.top, size=size, weight="bold", va="top")
    sheet.top += 60 if "\n" not in words else 92
    words, size = fitting(subtitle, _SUBTITLE, SMALL, SMALL)
    sheet.words(words, sheet.top, size=size, color=QUIET, va="top")
    sheet.top += GAP + NOTE * (1 + words.count("\n"))


def _on_time(sheet: Sheet, on_time: OnTime) -> None:
    """One bar as wide as the picture, told on the title's line."""
    if not on_time.people:
        sheet.head(on_time.title)
        sheet.say(on_time.instead, _BAR / 2)
    else:
        x, ha = (WIDTH - MARGIN, "right") if sheet.to_right else (MARGIN, "left")
        sheet.figure.text(
            x / WIDTH, 1 - sheet.top / HEIGHT, on_time.told, ha=ha, va="top", size=TITLE
        )
        sheet.head(on_time.title)
        axes = sheet.axes(MARGIN, WIDTH - MARGIN, _BAR)
        axes.set_xlim((0, on_time.people) if sheet.to_right else (on_time.people, 0))
        axes.set_xticks([])
        axes.set_yticks([])
        axes.barh(0, on_time.people, 1, color=GRID)
        axes.barh(0, on_time.done, 1, color=BLUE)
    sheet.top += _BAR + 2 * GAP


def _missed(sheet: Sheet, missed: Missed, height: float) -> None:
    """A bar for each question."""
    sheet.head(missed.title)
    labels = [(_drawable(one.label), one.told) for one in missed.questions]
    axes = sheet.rows(height, labels, _LEFT)
    if not missed.questions:
        sheet.say(missed.instead, height / 2)
    for place, one in enumerate(missed.questions):
        axes.barh(place, 1, 0.56, color=GRID)
        axes.barh(place, one.share, 0.56, color=VERMILION)
    sheet.top += height + GAP


def _weeks(sheet: Sheet, weeks: Weeks, percents: Sequence[str], note: float) -> None:
    """A mark for each week, in what room the others leave."""
    sheet.head(weeks.title)
    if not any(week.point for week in weeks.weeks):
        sheet.say(weeks.instead, HIGHEST_ROW / 2)
        return
    height = min(_HIGHEST_WEEKS, HEIGHT - sheet.top - TICKS - GAP - note)
    axes = sheet.over_time(len(weeks.weeks), height, percents)
    axes.set_xticks(range(len(weeks.weeks)), [week.name for week in weeks.weeks])
    line(axes, [week.point for week in weeks.weeks], (BLUE, "o"))


def _drawable(words: str) -> str:
    """Without pictures that the font does not have: people put them into titles."""
    font = get_font(findfont("DejaVu Sans"))
    return "".join(
        char
        for char in words
        if unicodedata.category(char) not in {"So", "Sk", "Mn", "Cf"}
        or font.get_char_index(ord(char))
    )
