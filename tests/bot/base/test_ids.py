"""Numbers for posts."""

from hypothesis import given
from hypothesis import strategies as st

from bot.base.ids import TimedIds

YEAR_2000, YEAR_2089 = 946_684_800_000, 3_755_289_600_000


@given(times=st.lists(st.integers(YEAR_2000, YEAR_2089), min_size=1, max_size=50))
def test_ids_grow_and_fit_the_database(times: list[int]) -> None:
    """Whatever the clock does, each id is higher than the last and fits 63 bits."""
    ids = TimedIds()
    given = [ids.new(now) for now in times]
    assert given == sorted(set(given))
    assert given[0] >= 0
    assert given[-1] < 1 << 63


def test_many_posts_at_one_moment_differ() -> None:
    """A stream to thousands of chats is made within a millisecond."""
    ids = TimedIds()
    assert len({ids.new(YEAR_2089) for _ in range(10_000)}) == 10_000
