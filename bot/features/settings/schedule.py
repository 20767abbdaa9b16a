"""Changes of a chat's schedule, and what becomes due by them."""

from collections.abc import Collection
from datetime import date
from typing import Final

from msgspec.structs import replace

from bot.features.shared.chat_settings import ChatSettings
from bot.features.shared.due_times import case_due, digest_after
from bot.scheduling.timetable import EVERY_DAY, Timetable, Weekday, upcoming
from bot.scheduling.zones import zone_named
from storage.chat_facts import ChatSet
from storage.chats import Chat

WORKING_DAYS: Final = EVERY_DAY - {Weekday.SATURDAY, Weekday.SUNDAY}
USUAL_TIME: Final = 7 * 60 + 30  # minutes after midnight: before the ward round


def with_days(settings: ChatSettings, days: Collection[Weekday]) -> ChatSettings:
    """Cases on these days of the week; on none: no schedule."""
    if not days:
        return replace(settings, timetable=None, paused=False, skipped=0)
    chosen = frozenset(days)
    if settings.timetable is None:
        timetable = Timetable(chosen, USUAL_TIME, settings.zone)
    else:
        timetable = replace(settings.timetable, days=chosen)
    return replace(settings, timetable=timetable)


def with_time(settings: ChatSettings, minute: int) -> ChatSettings:
    """Cases at this time; on working days where no day was chosen yet. Raises ValueError."""
    if settings.timetable is None:
        settings = with_days(settings, WORKING_DAYS)
    return _timed(settings, time=minute)


def with_zone(settings: ChatSettings, zone: str) -> ChatSettings:
    """The chat's time zone, which its schedule keeps to. Raises ValueError for an unknown one."""
    zone_named(zone)
    return _timed(replace(settings, zone=zone), zone=zone)


def with_start(settings: ChatSettings, day: date | None) -> ChatSettings:
    """The first date of the schedule. Raises ValueError where it lies after the last."""
    return _timed(settings, start=day)


def with_end(settings: ChatSettings, day: date | None) -> ChatSettings:
    """The last date of the schedule. Raises ValueError where it lies before the first."""
    return _timed(settings, end=day)


def _timed(settings: ChatSettings, **changes: int | str | date | None) -> ChatSettings:
    if settings.timetable is None:
        return settings
    return replace(settings, timetable=replace(settings.timetable, **changes))


def changed_chat(chat: Chat, old: ChatSettings, new: ChatSettings, now: int) -> ChatSet:
    """The fact that a chat's settings changed. ``now``: UTC milliseconds.

    What is due already stays due where the change does not touch it: it may be a moment late.
    """
    next_due, digest_due = chat.next_due, chat.digest_due
    if next_due is None or (old.timetable, old.paused) != (new.timetable, new.paused):
        next_due = case_due(new, now)
    if digest_due is None or (old.digest, old.zone) != (new.digest, new.zone):
        digest_due = digest_after(new, now)
    return ChatSet(chat.id, new.to_json(), next_due, digest_due)


def due_times(settings: ChatSettings, now: int, number: int) -> list[int]:
    """When the next so many cases are due, without the times that are to be skipped."""
    if settings.timetable is None or settings.paused:
        return []
    return upcoming(settings.timetable, now, number + settings.skipped)[settings.skipped :]
