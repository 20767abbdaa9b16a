"""When a chat is due its next scheduled case and its next digest."""

from typing import Final

from bot.features.shared.chat_settings import ChatSettings
from bot.scheduling.timetable import Timetable, Weekday, due_after

_DIGEST_TIME: Final = 8 * 60


def case_due(settings: ChatSettings, after: int) -> int | None:
    """When the next scheduled case is due; None where nothing is scheduled, or it rests."""
    if settings.timetable is None or settings.paused:
        return None
    return due_after(settings.timetable, after)


def digest_after(settings: ChatSettings, after: int) -> int | None:
    """When the next weekly digest is due, on Monday morning; None where it is switched off."""
    if not settings.digest:
        return None
    mondays = Timetable(frozenset({Weekday.MONDAY}), _DIGEST_TIME, settings.zone)
    return due_after(mondays, after)
