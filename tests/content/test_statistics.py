"""Intervals around shares."""

from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.statistics import wilson

Z = 1.959963984540054
COUNTS = st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe, Stat Med 1998;17:857-872, table I
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_intervals_come_out(successes: int, trials: int, low: float, high: float) -> None:
    """To the four places that were printed."""
    interval = wilson(successes, trials)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@given(COUNTS)
def test_the_ends_are_where_the_share_is_just_as_far_off_as_chance_allows(
    counts: tuple[int, int],
) -> None:
    """Each end p solves |share - p| = z * sqrt(p (1 - p) / n), from which Wilson derives it."""
    successes, trials = counts
    interval = wilson(successes, trials)
    for end in (interval.low, interval.high):
        off = abs(successes / trials - end)
        assert isclose(off, Z * sqrt(end * (1 - end) / trials), rel_tol=1e-6, abs_tol=1e-9)


@given(COUNTS)
def test_the_share_lies_within_and_right_and_wrong_mirror_each_other(
    counts: tuple[int, int],
) -> None:
    """And nothing lies beyond none and all."""
    successes, trials = counts
    interval, mirrored = wilson(successes, trials), wilson(trials - successes, trials)
    assert 0 <= interval.low <= successes / trials <= interval.high <= 1
    assert isclose(interval.low, 1 - mirrored.high, abs_tol=1e-12)


@given(COUNTS)
def test_more_of_the_same_says_more(counts: tuple[int, int]) -> None:
    """Twice as many answers, and the interval is narrower."""
    successes, trials = counts
    once, twice = wilson(successes, trials), wilson(2 * successes, 2 * trials)
    assert twice.high - twice.low < once.high - once.low
