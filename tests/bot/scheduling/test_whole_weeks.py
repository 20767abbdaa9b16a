"""Weeks that are over, wherever clocks are changed amid them."""

from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.base.time_units import HOUR_MS
from bot.scheduling.wall_time import wall
from bot.scheduling.whole_weeks import last_whole_weeks

ZONES = [ZoneInfo(name) for name in ("UTC", "America/New_York", "Asia/Beirut", "Pacific/Auckland")]


@given(
    st.integers(1_600_000_000_000, 1_900_000_000_000), st.sampled_from(ZONES), st.integers(1, 60)
)
def test_weeks_follow_each_other_from_monday_to_sunday(
    now: int, zone: ZoneInfo, number: int
) -> None:
    """Each begins when its Monday does there, and the last was over less than a week ago."""
    weeks = last_whole_weeks(now, zone, number)
    assert len(weeks) == number
    for week in weeks:
        assert week.monday.weekday() == 0
        assert wall(week.start, zone).date() == week.monday
        assert wall(week.start - 1, zone).date() == week.monday - timedelta(days=1)
        assert abs(week.end - week.start - 7 * 24 * HOUR_MS) <= HOUR_MS
    assert all(one.end == other.start for one, other in pairwise(weeks))
    assert weeks[-1].end <= now < weeks[-1].end + (7 * 24 + 1) * HOUR_MS
