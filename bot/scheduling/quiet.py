"""Leaving a learner in peace: by night, and once the daily case goes unanswered."""

from datetime import timedelta
from typing import Final

from msgspec import Struct

from bot.base.time_units import DAY_MS
from bot.scheduling.wall_time import DAY_MINUTES, instant, wall
from bot.scheduling.zones import zone_named

SILENT_CASES: Final = 9
"""So many daily items in a row without an answer, and no further one is sent."""
_GAPS: Final = ((6, 7), (3, 2))  # from so many days unanswered on, one comes in so many days


def days_between(unanswered: int) -> int:
    """In how many days one daily item comes, at least, after so many days unanswered."""
    return next((days for many, days in _GAPS if unanswered >= many), 1)


def comes_too_soon(unanswered: int, brought_ms: int | None, now_ms: int) -> bool:
    """Whether a daily item is left out, as the last ones were not answered.

    ``brought_ms`` is when the last one came; after three days unanswered one comes every other day,
    after six once a week.
    """
    gap = days_between(unanswered)
    # Half a day of grace: a clock is changed, quiet hours end.
    return brought_ms is not None and 0 <= now_ms - brought_ms < (gap - 0.5) * DAY_MS


class QuietHours(Struct, frozen=True):
    """From ``start`` up to, but not including, ``end``; over midnight where ``end`` is earlier.

    Both are minutes after local midnight. Raises ValueError, with a sentence, where they are no
    times of day, or the same.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < DAY_MINUTES and 0 <= self.end < DAY_MINUTES):
            raise ValueError("quiet hours are 0 to 1439 minutes after midnight")
        if self.start == self.end:
            raise ValueError("quiet hours need an end other than their start")

    def __contains__(self, minute: int) -> bool:
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


def outside_quiet(due_ms: int, quiet: QuietHours | None, zone: str) -> int:
    """When to send what is due at ``due_ms``: then, or when the quiet hours it falls into end.

    The clock on the wall decides, also in a night in which it is changed; an end that it skips is
    moved as module ``wall`` says. Raises ValueError for an unknown zone.
    """
    place = zone_named(zone)
    shown = wall(due_ms, place)
    minute = shown.hour * 60 + shown.minute
    if quiet is None or minute not in quiet:
        return due_ms
    day = shown.date() if minute < quiet.end else shown.date() + timedelta(days=1)
    end_ms = instant(day, quiet.end, place)
    if end_ms <= due_ms:
        # The clock was put back over the end of the quiet hours, which so comes a second time.
        end_ms = instant(day, quiet.end, place, fold=1)
    # An end moved by a gap lands in quiet hours again where these leave less than the gap free.
    return outside_quiet(end_ms, quiet, zone)
