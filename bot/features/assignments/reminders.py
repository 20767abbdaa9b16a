"""When a member is reminded of what is due: pure."""

from typing import Final

from bot.base.time_units import HOUR_MS
from bot.scheduling.quiet import QuietHours, outside_quiet
from bot.scheduling.wall_time import instant, wall
from bot.scheduling.zones import zone_named

BEFORE_MS: Final = (48 * HOUR_MS, 3 * HOUR_MS)
QUIET: Final = QuietHours(22 * 60, 7 * 60)


def reminders(due_at: int, zone: str) -> list[int]:
    """When somebody in ``zone`` is reminded of what is due then, UTC milliseconds, ascending.

    By night nobody is: it is done in the morning, or where that would be too late, the evening
    before.
    """
    return sorted({_awake(due_at - before, due_at, zone) for before in BEFORE_MS})


def next_reminder(due_at: int, zone: str, now: int) -> int | None:
    """The first of them that is still to come."""
    return next((at for at in reminders(due_at, zone) if at > now), None)


def _awake(at: int, due_at: int, zone: str) -> int:
    morning = outside_quiet(at, QUIET, zone)
    if morning < due_at:
        return morning
    # Due within the quiet hours: the last minute before them.
    place = zone_named(zone)
    shown = wall(at, place)
    evening = instant(shown.date(), QUIET.start - 1, place)
    if evening > at:
        evening = instant(wall(at - 24 * HOUR_MS, place).date(), QUIET.start - 1, place)
    return evening
