"""When a chat is due its next scheduled case and its digest, and a cohort its report."""

from typing import Final

from bot.features.shared.chat_settings import ChatSettings
from bot.scheduling.timetable import due_after, next_monday, upcoming

# Minutes of a Monday.
_DIGEST_TIME: Final = 8 * 60
_REPORT_TIME: Final = 7 * 60


def case_due(settings: ChatSettings, after: int) -> int | None:
    """When the next scheduled case is due; None where nothing is scheduled, or it rests."""
    if settings.timetable is None or settings.paused:
        return None
    return due_after(settings.timetable, after)


def skips_left(settings: ChatSettings, next_due: int | None, now: int) -> int:
    """How many due times are still to be skipped, once what falls due by ``now`` has passed.

    ``next_due`` is what is due next by the record: a bot that was down finds it in the past.
    """
    if settings.timetable is None or next_due is None:
        return settings.skipped
    ahead = upcoming(settings.timetable, next_due - 1, settings.skipped)
    return sum(at > now for at in ahead)


def digest_after(settings: ChatSettings, after: int) -> int | None:
    """When the next weekly digest is due, on Monday morning; None where it is switched off."""
    if not settings.digest:
        return None
    return next_monday(_DIGEST_TIME, settings.zone, after)


def report_after(zone: str, after: int) -> int:
    """When a cohort's next weekly report is due, where it is wanted."""
    return next_monday(_REPORT_TIME, zone, after)
