"""Whole weeks that have passed, from Monday to Sunday, as a zone's clocks show them."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.scheduling.wall_time import instant, wall


class WholeWeek(Struct, frozen=True):
    """A week by its Monday; it lasts from ``start`` until before ``end`` (UTC ms)."""

    monday: date
    start: int
    end: int


def last_whole_weeks(now: int, zone: ZoneInfo, number: int) -> list[WholeWeek]:
    """So many weeks that were over at ``now`` (UTC ms), the latest last."""
    today = wall(now, zone).date()
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=ago) for ago in range(number, -1, -1)]
    starts = [instant(day, 0, zone) for day in mondays]
    return [WholeWeek(*week) for week in zip(mondays[:-1], starts[:-1], starts[1:], strict=True)]
