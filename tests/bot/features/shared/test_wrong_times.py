"""Due times that cannot be right are derived again, and no others."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.base.time_units import DAY_MS
from bot.features.shared.chat_settings import ChatSettings
from bot.features.shared.due_times import case_due, digest_after
from bot.features.shared.wrong_times import derived
from bot.scheduling.daily_plan import DailyPlan
from bot.scheduling.quiet import QuietHours
from bot.scheduling.timetable import Timetable, Weekday
from storage.kept_times import DerivedDue, DueKind, KeptDue

NOW = 1_772_409_600_000  # 2026-03-02, 00:00 UTC
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
nows = st.integers(NOW, NOW + 400 * DAY_MS)
timetables = st.builds(
    Timetable,
    st.frozensets(st.sampled_from(Weekday), min_size=1),
    st.integers(0, 1439),
    st.sampled_from(ZONES),
)


def plans(kept: Timetable, quiet: QuietHours | None) -> list[KeptDue]:
    """The three kinds of what falls due again and again, not yet due."""
    settings = ChatSettings(timetable=kept, digest=True, zone=kept.zone).to_json()
    plan = DailyPlan(kept, quiet)
    return [
        KeptDue(DueKind.CASE, 1, None, settings, None),
        KeptDue(DueKind.DIGEST, 1, None, settings, None),
        KeptDue(DueKind.DAILY, 1, None, plan.timetable.to_json(), plan.quiet_json()),
    ]


def due_after(kept: KeptDue, after: int) -> int | None:
    """When a plan's next is due."""
    match kept.kind:
        case DueKind.CASE:
            return case_due(ChatSettings.from_json(kept.settings), after)
        case DueKind.DIGEST:
            return digest_after(ChatSettings.from_json(kept.settings), after)
        case DueKind.DAILY:
            return DailyPlan.from_json(kept.settings, kept.quiet).due_after(after)


quiets = st.none() | st.builds(QuietHours, st.integers(0, 719), st.integers(720, 1439))


@given(timetables, quiets, nows, st.integers(-9 * DAY_MS, 5 * 60 * 1000))
def test_what_a_clock_set_that_was_right_or_behind_stays(
    kept: Timetable, quiet: QuietHours | None, now: int, error: int
) -> None:
    """Set some time before, or by a clock that was ahead by no more than passes for right."""
    for plan in plans(kept, quiet):
        stored = replace(plan, due=due_after(plan, now + error))
        assert derived(stored, now) is None


@given(timetables, quiets, nows, st.integers(8 * DAY_MS, 4000 * DAY_MS))
def test_what_a_clock_set_that_was_ahead_is_derived_again(
    kept: Timetable, quiet: QuietHours | None, now: int, error: int
) -> None:
    """Nobody waits longer than until the next due time, and then nothing is left to be mended."""
    for plan in plans(kept, quiet):
        stored = replace(plan, due=due_after(plan, now + error))
        right = derived(stored, now)
        assert right == DerivedDue(plan.kind, 1, stored.due, due_after(plan, now))
        assert derived(replace(plan, due=right.due), now) is None


def test_a_timetable_that_a_wrong_clock_thought_over_goes_on() -> None:
    """None was due any more in 2036; now there is. What has ended for good, or rests, stays."""
    kept = Timetable(frozenset({Weekday.MONDAY}), 0, "UTC", end=date(2026, 12, 31))
    settings = ChatSettings(timetable=kept)
    stored = KeptDue(DueKind.CASE, 1, None, settings.to_json(), None)
    assert derived(stored, NOW) == DerivedDue(DueKind.CASE, 1, None, NOW + 7 * DAY_MS)
    assert derived(stored, NOW + 400 * DAY_MS) is None
    resting = replace(settings, paused=True).to_json()
    assert derived(replace(stored, settings=resting), NOW) is None


def test_a_schedule_that_begins_next_year_waits_for_that() -> None:
    """Far ahead, and right."""
    begin = date(2026, 3, 2) + timedelta(days=365)
    kept = Timetable(frozenset(Weekday), 0, "UTC", start=begin)
    settings = ChatSettings(timetable=kept).to_json()
    stored = KeptDue(DueKind.CASE, 1, NOW + 365 * DAY_MS, settings, None)
    assert derived(stored, NOW) is None


def test_what_cannot_be_read_is_left_to_whoever_serves_it() -> None:
    """One broken row does not keep the others from being set right."""
    assert derived(KeptDue(DueKind.DAILY, 1, NOW + 99 * DAY_MS, "{}", None), NOW) is None
