"""What is posted on waking."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.base.time_units import HOUR_MS
from bot.scheduling.missed import NothingDue, PostNow, decide
from bot.scheduling.timetable import EVERY_DAY, Timetable, due_after, due_between

DAILY = Timetable(EVERY_DAY, 450, "Europe/Berlin")


def at(text: str) -> int:
    """The UTC milliseconds of a time in Berlin."""
    return round(datetime.fromisoformat(text).astimezone(UTC).timestamp() * 1000)


def test_what_is_due_is_posted_under_its_own_time() -> None:
    """Woken three minutes late, the case is still that of 07:30."""
    due = at("2026-01-10T07:30+01:00")
    assert PostNow(due) == decide(DAILY, due - 24 * HOUR_MS, due + 180_000, HOUR_MS)
    assert PostNow(due) == decide(DAILY, due - 24 * HOUR_MS, due, HOUR_MS)


def test_what_is_done_is_not_done_again() -> None:
    """After it was posted, nothing is owed before the next day."""
    due = at("2026-01-10T07:30+01:00")
    assert NothingDue(due + 24 * HOUR_MS) == decide(DAILY, due, due + 180_000, HOUR_MS)
    assert NothingDue(due) == decide(DAILY, None, due - 1, 24 * HOUR_MS - 2)


def test_of_those_missed_the_latest_comes_and_no_pile() -> None:
    """After five days down, with two days of grace, one case comes, and then no older one."""
    due = at("2026-01-10T07:30+01:00")
    now = due + HOUR_MS
    assert PostNow(due) == decide(DAILY, due - 5 * 24 * HOUR_MS, now, 48 * HOUR_MS)
    assert NothingDue(due + 24 * HOUR_MS) == decide(DAILY, due, now, 48 * HOUR_MS)


def test_what_is_past_its_grace_is_let_go() -> None:
    """The grace time includes its last millisecond, and nothing later."""
    due = at("2026-01-10T07:30+01:00")
    assert PostNow(due) == decide(DAILY, None, due + HOUR_MS, HOUR_MS)
    assert NothingDue(due + 24 * HOUR_MS) == decide(DAILY, None, due + HOUR_MS + 1, HOUR_MS)


def test_a_schedule_owes_nothing_from_before_it_was_made() -> None:
    """Made at 08:00 for 07:30, it begins tomorrow."""
    made = at("2026-01-10T08:00+01:00")
    assert NothingDue(at("2026-01-11T07:30+01:00")) == decide(DAILY, made, made, HOUR_MS)


def test_a_clock_set_back_repeats_nothing() -> None:
    """Where now is before what was done, the next is after what was done."""
    due = at("2026-01-10T07:30+01:00")
    assert NothingDue(due + 24 * HOUR_MS) == decide(DAILY, due, due - 2 * HOUR_MS, HOUR_MS)


def test_an_ended_schedule_says_so() -> None:
    """There is no next time after the last."""
    ended = Timetable(EVERY_DAY, 450, "UTC", end=datetime(2026, 1, 1, tzinfo=UTC).date())
    assert NothingDue(None) == decide(ended, None, at("2026-02-01T00:00+00:00"), HOUR_MS)


@given(
    st.lists(st.integers(1, 60 * HOUR_MS), min_size=1, max_size=60), st.integers(0, 30 * HOUR_MS)
)
def test_whenever_one_wakes_nothing_is_doubled_or_lost(naps: list[int], grace_ms: int) -> None:
    """Any sequence of naps posts each due time at most once, in order, each within its grace.

    Only what was overtaken by a later one, or was past its grace at each waking, is left out; and a
    nap of the length that ``NothingDue`` gives is never too long.
    """
    begin = now = last_done = at("2026-03-20T12:00+01:00")
    wakings, posted = [], []
    for nap in naps:
        now += nap
        wakings.append(now)
        match decide(DAILY, last_done, now, grace_ms):
            case PostNow(due_ms):
                assert now - grace_ms <= due_ms <= now
                posted.append(due_ms)
                last_done = due_ms
                assert decide(DAILY, last_done, now, grace_ms) == NothingDue(due_after(DAILY, now))
            case NothingDue(next_ms):
                assert next_ms == due_after(DAILY, now)
    reachable = {
        due[-1]
        for waking in wakings
        if (due := due_between(DAILY, max(begin, waking - grace_ms - 1), waking))
    }
    assert sorted(reachable) == posted
