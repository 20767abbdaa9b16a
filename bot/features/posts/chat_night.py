"""A chat at night: its members sleep, by the clock of its schedule."""

from typing import Final

from msgspec.structs import replace

from bot.features.shared.chat_settings import ChatSettings
from bot.scheduling.quiet import QuietHours, outside_quiet
from storage.outcome import Outcome

_EVENING: Final = 22 * 60  # minutes after midnight
_MORNING: Final = 7 * 60
_IN_A_ROOM_S: Final = 60 * 60  # what is open for less is answered by people who sit together


def open_for(settings: ChatSettings, now: int, *, goes_on: bool) -> int:
    """How many seconds a question is open from ``now`` (UTC ms) on: as long as the chat chose.

    One of a case that ``goes_on`` waits for the morning with its end, so that nobody is asked the
    next question at night; unless the chat is awake then: it was asked at night itself.
    """
    seconds = settings.open_for
    if not goes_on or seconds < _IN_A_ROOM_S or is_night(settings, now):
        return seconds
    closes_at = now + seconds * 1000
    return seconds + (_morning(settings, closes_at) - closes_at) // 1000


def night(settings: ChatSettings) -> QuietHours | None:
    """When a chat is left in peace: till 7, or till its own case where that comes earlier.

    Of one without a schedule nobody knows the time of day.
    """
    timetable = settings.timetable
    return None if timetable is None else QuietHours(_EVENING, min(_MORNING, timetable.time))


def is_night(settings: ChatSettings, at_ms: int) -> bool:
    """Whether it is night in a chat then."""
    return _morning(settings, at_ms) != at_ms


def silently(outcome: Outcome) -> Outcome:
    """The same, and no phone rings for its messages."""
    owed = tuple(
        replace(call, params={**call.params, "disable_notification": True})
        if call.method.startswith("send")
        else call
        for call in outcome.owed
    )
    return replace(outcome, owed=owed)


def _morning(settings: ChatSettings, at_ms: int) -> int:
    return outside_quiet(at_ms, night(settings), settings.zone)
