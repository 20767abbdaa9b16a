"""When a chat's next case and digest are due."""

from msgspec.structs import replace

from bot.base.time_units import DAY_MS, HOUR_MS
from bot.features.shared.chat_settings import ChatSettings
from bot.features.shared.due_times import case_due, digest_after
from bot.scheduling.timetable import EVERY_DAY, Timetable

MONDAY = 1_772_409_600_000  # 2026-03-02, 00:00 UTC
DAILY = ChatSettings(timetable=Timetable(EVERY_DAY, 7 * 60 + 30, "UTC"))
WEEKLY = ChatSettings(digest=True)


def test_a_case_is_due_by_the_timetable_unless_it_rests() -> None:
    """After the instant given, never at it."""
    due = MONDAY + 7 * HOUR_MS + HOUR_MS // 2
    assert case_due(DAILY, MONDAY) == due
    assert case_due(DAILY, due) == due + DAY_MS
    assert case_due(replace(DAILY, paused=True), MONDAY) is None
    assert case_due(replace(DAILY, timetable=None), MONDAY) is None


def test_a_digest_is_due_on_monday_morning_at_eight() -> None:
    """By the chat's clocks, whatever its timetable; where it is switched on."""
    eight = MONDAY + 8 * HOUR_MS
    assert digest_after(WEEKLY, MONDAY) == eight
    assert digest_after(WEEKLY, eight) == eight + 7 * DAY_MS
    assert digest_after(replace(WEEKLY, zone="America/Lima"), MONDAY) == eight + 5 * HOUR_MS
    assert digest_after(replace(DAILY, digest=True), MONDAY) == eight
    assert digest_after(replace(WEEKLY, digest=False), MONDAY) is None
