"""When an assignment opens, is due, closes, and reminds: whatever the clocks do."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.base.time_units import DAY_MS, HOUR_MS
from bot.features.assignments.assignment_draft import (
    LATE_MS,
    AssignmentDraft,
    Due,
    Opens,
    Times,
    TimesProblem,
    What,
    days_later,
    last_moment,
    times,
    wrong,
)
from bot.features.assignments.reminders import QUIET, next_reminder, reminders
from bot.features.sittings.plan import Mode
from bot.scheduling.wall_time import wall
from storage.assignments import Assignment

START = 1_772_409_600_000  # 2026-03-02 00:00 UTC, a Monday
ZONES = st.sampled_from(["UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"])
MOMENTS = st.integers(START, START + 2 * 365 * DAY_MS)


@given(due_at=MOMENTS, zone=ZONES)
def test_reminders_come_by_day_before_it_is_due(due_at: int, zone: str) -> None:
    """Two at most, never in quiet hours, nor once it is due; the first a day before the last."""
    at = reminders(due_at, zone)
    place = ZoneInfo(zone)
    assert len(at) == 2
    assert at == sorted(at)
    for one, before in zip(at, (48, 3), strict=True):
        assert one < due_at
        shown = wall(one, place)
        assert shown.hour * 60 + shown.minute not in QUIET
        assert abs(one - (due_at - before * HOUR_MS)) < 10 * HOUR_MS
    assert next_reminder(due_at, zone, due_at - 100 * HOUR_MS) == at[0]
    assert next_reminder(due_at, zone, at[0]) == at[1]
    assert next_reminder(due_at, zone, at[1]) is None


def test_reminders_are_moved_out_of_the_night() -> None:
    """Into the morning, or where that would be too late, to the evening before."""
    noon = START + 12 * HOUR_MS
    assert reminders(noon, "UTC") == [noon - 48 * HOUR_MS, noon - 3 * HOUR_MS]
    midnight = START + DAY_MS - 60_000  # Monday 23:59
    saturday = midnight - 48 * HOUR_MS + 7 * HOUR_MS + 60_000
    assert reminders(midnight, "UTC") == [saturday, midnight - 3 * HOUR_MS]
    six = START + 6 * HOUR_MS
    assert reminders(six, "UTC") == [
        START + 7 * HOUR_MS - 2 * DAY_MS,
        START - 2 * HOUR_MS - 60_000,
    ]


@given(
    now=MOMENTS,
    zone=ZONES,
    opens=st.sampled_from(Opens),
    due=st.sampled_from(Due),
    late=st.booleans(),
)
def test_what_buttons_choose_can_always_be(
    now: int, zone: str, opens: Opens, due: Due, *, late: bool
) -> None:
    """It opens at the time that is said, and is due on the last minute of a day."""
    place = ZoneInfo(zone)
    found = times(AssignmentDraft(1, opens=opens, due=due, late=late), now, place)
    assert wrong(found, now) is None
    opened, due_at = wall(found.opens_at, place), wall(found.due_at, place)
    assert found.opens_at >= now
    if opens is not Opens.NOW:
        assert f"{opened:%H:%M}" == "08:00"
    if opens is Opens.MONDAY:
        assert opened.weekday() == 0
        assert found.opens_at - now <= 7 * DAY_MS + HOUR_MS
    days = 7 if due is Due.WEEK else 14
    assert due_at.date() - opened.date() == timedelta(days=days)
    assert f"{due_at:%H:%M}" == "23:59"
    assert found.closes_at - found.due_at == (LATE_MS if late else 0)


@given(at=MOMENTS, days=st.integers(1, 40), zone=ZONES)
def test_days_more_end_at_the_same_time_of_day(at: int, days: int, zone: str) -> None:
    """Unless clocks skip it."""
    place = ZoneInfo(zone)
    moved = days_later(at, days, place)
    assert abs(moved - at - days * DAY_MS) <= HOUR_MS
    before, after = wall(at, place), wall(moved, place)
    assert after.date() - before.date() == timedelta(days=days)
    assert (after.hour, after.minute) == (before.hour, before.minute) or after.hour <= 3


def test_what_cannot_be_is_told() -> None:
    """Due in the past, before it opens, or more than a year ahead."""
    now = START
    assert wrong(Times(now, now, now), now) is TimesProblem.DUE_PAST
    assert wrong(Times(now + 2, now + 1, now + 1), now) is TimesProblem.DUE_BEFORE_OPENING
    assert wrong(Times(now, now + 400 * DAY_MS, now + 400 * DAY_MS), now) is TimesProblem.TOO_FAR
    past = AssignmentDraft(1, opens_at=now - DAY_MS, due_at=now + DAY_MS)
    assert times(past, now, ZoneInfo("UTC")).opens_at == now


def test_the_last_moment_is_each_one_s_own() -> None:
    """Late work taken: until it closes; refused: until it is due for them."""
    one = Assignment(1, 1, 1, "x", "study", "at_once", True, 0, 0, 10, 20)
    assert last_moment(one, 10) == 20
    assert last_moment(one, 25) == 25
    refused = Assignment(1, 1, 1, "x", "study", "at_once", False, 0, 0, 10, 25)
    assert last_moment(refused, 10) == 10


@given(
    st.builds(
        AssignmentDraft,
        st.integers(0, 1 << 62),
        st.sampled_from(What),
        st.text(max_size=20),
        st.lists(st.text(max_size=9), max_size=3).map(tuple),
        mode=st.sampled_from(Mode),
        opens_at=st.none() | MOMENTS,
        late=st.booleans(),
    )
)
def test_a_draft_is_read_as_it_was_written(draft: AssignmentDraft) -> None:
    """Whatever stands in it."""
    assert AssignmentDraft.from_json(draft.to_json()) == draft
