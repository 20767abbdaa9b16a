"""Between the clock on a wall and the instants that it shows.

Clocks that are changed skip some wall times and show others twice. Both are read as RFC 5545,
section 3.3.5, reads them (and as ``fold=0`` of PEP 495 does): a wall time that is skipped is
read with the UTC offset before the gap, so that it moves forward by the length of the gap
(02:30 becomes 03:30); of a wall time shown twice, the first is meant.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def instant(day: date, minute: int, zone: ZoneInfo, *, fold: Literal[0, 1] = 0) -> int:
    """The UTC milliseconds at which a clock in ``zone`` shows this minute of this day.

    ``fold=1`` means the second of two such instants, and is for wall times that are not skipped.
    """
    moment = datetime.combine(day, time(*divmod(minute, 60), fold=fold), zone)
    return (moment - _EPOCH) // _MILLISECOND


def wall(at_ms: int, zone: ZoneInfo) -> datetime:
    """What a clock in ``zone`` shows at an instant."""
    return (_EPOCH + at_ms * _MILLISECOND).astimezone(zone)


def exists(day: date, zone: ZoneInfo) -> bool:
    """Whether ``zone`` had this day: Samoa went from 29 to 31 December 2011 overnight."""
    return wall(instant(day, 0, zone), zone).date() == day
