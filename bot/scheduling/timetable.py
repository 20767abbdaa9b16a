"""When a chat's cases are due: the days and the time that it chose, in its own time zone."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from enum import IntEnum
from itertools import dropwhile, islice, takewhile
from typing import Final

from msgspec import DecodeError, Struct
from msgspec.json import Decoder

from bot.scheduling.wall_time import DAY_MINUTES, exists, instant, wall
from bot.scheduling.zones import zone_named


class Weekday(IntEnum):
    """The days of the week, numbered as ``date.weekday()`` numbers them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


EVERY_DAY: Final = frozenset(Weekday)
FIRST_DATE: Final = date(1970, 1, 1)
LAST_DATE: Final = date(2999, 12, 31)


class Timetable(Struct, frozen=True):
    """A case is due on each of ``days`` at ``time``, as clocks in ``zone`` show it.

    ``time`` is in minutes after midnight; ``start`` and ``end`` are the first and the last date,
    both included, in the years 1970 to 2999. Every local date on a chosen day has exactly one due
    instant, found as module ``wall`` says: a time that the clocks skip is moved forward by the
    length of the gap, a time that they show twice counts once, the first time. Just a date that
    the zone skips as a whole has none: moved, it would fall together with the next day's.

    Raises ValueError, with a sentence, for a timetable that could never be kept.
    """

    days: frozenset[Weekday]
    time: int
    zone: str
    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if not self.days:
            raise ValueError("a timetable needs at least one day of the week")
        if not self.days <= EVERY_DAY:
            raise ValueError("the days of a timetable are 0 (Monday) to 6 (Sunday)")
        if not 0 <= self.time < DAY_MINUTES:
            raise ValueError("the time of a timetable is 0 to 1439 minutes after midnight")
        for day in (self.start, self.end):
            if day and not FIRST_DATE <= day <= LAST_DATE:
                raise ValueError(f"the date {day} is not in the years 1970 to 2999")
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"the timetable ends on {self.end}, before it starts on {self.start}")
        zone_named(self.zone)

    def to_json(self) -> str:
        """The one JSON text of this timetable: equal timetables give equal texts."""
        document = {
            "days": sorted(self.days),
            "time": self.time,
            "zone": self.zone,
            "start": self.start and self.start.isoformat(),
            "end": self.end and self.end.isoformat(),
        }
        return json.dumps(document, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, document: str) -> "Timetable":
        """Read what ``to_json`` wrote. Raises ValueError, with a sentence, for anything else."""
        try:
            return _READER.decode(document)
        except DecodeError as error:
            raise ValueError(f"this is not a timetable: {error}") from None


_READER = Decoder(Timetable)


def due_after(timetable: Timetable, after_ms: int) -> int | None:
    """The first due instant later than ``after_ms``; None once the timetable has ended."""
    return next(_later(timetable, after_ms), None)


def next_monday(minute: int, zone: str, after_ms: int) -> int:
    """The first Monday at this minute of the day that is later: UTC milliseconds."""
    return next(_later(Timetable(frozenset({Weekday.MONDAY}), minute, zone), after_ms))


def upcoming(timetable: Timetable, after_ms: int, n: int = 5) -> list[int]:
    """The next ``n`` due instants later than ``after_ms``, fewer where the timetable ends."""
    return list(islice(_later(timetable, after_ms), n))


def due_between(timetable: Timetable, after_ms: int, upto_ms: int) -> list[int]:
    """The due instants later than ``after_ms`` and not later than ``upto_ms``, ascending."""
    return list(takewhile(lambda due: due <= upto_ms, _later(timetable, after_ms)))


def _later(timetable: Timetable, after_ms: int) -> Iterator[int]:
    """The due instants later than ``after_ms``, ascending."""
    # A time that a gap pushes over midnight is due on the morning after its date.
    first = wall(after_ms, zone_named(timetable.zone)).date() - timedelta(days=1)
    return dropwhile(lambda due: due <= after_ms, _from(timetable, first))


def _from(timetable: Timetable, first: date) -> Iterator[int]:
    """The due instants of the dates from ``first`` on, ascending."""
    zone = zone_named(timetable.zone)
    begin = max(first, timetable.start or first).toordinal()
    end = (timetable.end or LAST_DATE).toordinal()
    for day in map(date.fromordinal, range(begin, end + 1)):
        if day.weekday() in timetable.days and exists(day, zone):
            yield instant(day, timetable.time, zone)
