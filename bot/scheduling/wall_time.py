"""Between the clock on a wall and the instants that it shows.

Clocks that are changed skip some wall times and show others twice. Both are read as RFC 5545,
section 3.3.5, reads them (and PEP 495 with ``fold=0``): a wall time that is skipped is read with
the UTC offset before the gap, so that it moves forward by the length of the gap (02:30 becomes
03:30); of a wall time shown twice, the first is meant.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60
_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def instant(day: date, minute: int, zone: ZoneInfo, *, fold: Literal[0, 1] = 0) -> int:
    """The UTC milliseconds at which a clock in ``zone`` shows this minute of this day.

    ``fold=1`` means the second of two such instants where there are two. ``day`` is at least a day
    from the ends of the calendar.

    Only the way from instants to wall times is asked of ``zoneinfo``. Its other way is an hour off
    where a zone's last listed change leads into its yearly rule without moving the clock (in
    Nuuk, 28 October 2023, 23:30, with the files of ``tzdata``). What is used instead holds as long
    as a zone's clocks are not changed twice within two days; none has been since 1970.
    """
    reading = datetime.combine(day, time(*divmod(minute, 60)), UTC)
    before = (reading - _DAY).astimezone(zone).utcoffset() or timedelta()
    after = (reading + _DAY).astimezone(zone).utcoffset() or timedelta()
    moments = sorted({reading - before, reading - after})
    showing = [at for at in moments if at.astimezone(zone).replace(tzinfo=UTC) == reading]
    moment = showing[-fold] if showing else reading - before
    return (moment - _EPOCH) // _MILLISECOND


def wall(at_ms: int, zone: ZoneInfo) -> datetime:
    """What a clock in ``zone`` shows at an instant."""
    return (_EPOCH + at_ms * _MILLISECOND).astimezone(zone)


def exists(day: date, zone: ZoneInfo) -> bool:
    """Whether ``zone`` had this day: Samoa went from 29 to 31 December 2011 overnight."""
    return wall(instant(day, 0, zone), zone).date() == day
