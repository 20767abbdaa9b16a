"""Times of an assignment as people read them, by the clocks of its cohort."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.base.i18n import Words
from bot.features.shared.dates import near_date, whole_date
from bot.scheduling.wall_time import wall
from bot.scheduling.zones import label


def moment(at: int, now: int, zone: str, words: Words) -> str:
    """A time, wherever and whenever it is read: "Thu 24 Dec, 18:00 (New York)"."""
    shown, today = wall(at, ZoneInfo(zone)), wall(now, ZoneInfo(zone))
    return words.say(
        "{date}, {time} ({place})",
        date=_day(shown, today, words),
        time=f"{shown:%H:%M}",
        place=label(zone),
    )


def _day(shown: datetime, today: datetime, words: Words) -> str:
    near = abs((shown.date() - today.date()).days) < 180
    return near_date(shown.date(), words) if near else whole_date(shown.date(), words)
