"""The wrapper around py-fsrs, held against the published formula and known intervals."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.time_units import DAY_MS
from bot.features.cards.memory import LONGEST_DAYS, Memory, Rating, rated

START = 1_780_000_000_000
# FSRS-6's default parameters, as published with the algorithm.
W = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)
FACTOR: float = 0.9 ** (-1 / W[20]) - 1


def retrievability(stability: float, days: int) -> float:
    """The forgetting curve: 0.9 after as many days as the stability."""
    return float((1 + FACTOR * days / stability) ** -W[20])


def first_difficulty(rating: int) -> float:
    """D0, not yet held within 1 and 10."""
    return W[4] - math.exp(W[5] * (rating - 1)) + 1


def next_difficulty(difficulty: float, rating: int) -> float:
    """Damped towards 10, and drawn a little towards that of a first Easy."""
    damped = difficulty - W[6] * (rating - 3) * (10 - difficulty) / 9
    return float(min(10.0, max(1.0, W[7] * first_difficulty(4) + (1 - W[7]) * damped)))


def next_stability(stability: float, difficulty: float, days: int, rating: int) -> float:
    """After a lapse, or a success."""
    kept = retrievability(stability, days)
    if rating == Rating.AGAIN:
        lapsed = (
            W[11]
            * difficulty ** -W[12]
            * ((stability + 1) ** W[13] - 1)
            * math.exp((1 - kept) * W[14])
        )
        return float(min(lapsed, stability / math.exp(W[17] * W[18])))
    bonus = W[15] if rating == Rating.HARD else W[16] if rating == Rating.EASY else 1
    growth = math.exp(W[8]) * (11 - difficulty) * stability ** -W[9]
    return float(stability * (1 + growth * (math.exp((1 - kept) * W[10]) - 1) * bonus))


def interval(stability: float, retention: float) -> int:
    """Whole days until retrievability is down to ``retention``."""
    days: float = stability / FACTOR * (retention ** (-1 / W[20]) - 1)
    return min(LONGEST_DAYS, max(1, round(days)))


def intervals(ratings: str, retention: float) -> list[int]:
    """The intervals where each review comes on its day; ratings by their first letters."""
    by_letter = {rating.name[0]: rating for rating in Rating}
    memory, now, found = None, START, []
    for letter in ratings:
        memory, days = rated(memory, by_letter[letter], now, retention)
        found.append(days)
        now += days * DAY_MS
    return found


@pytest.mark.parametrize(
    ("ratings", "retention", "days"),
    [
        ("GGGG", 0.9, [2, 11, 46, 163]),
        ("AGGG", 0.9, [1, 2, 6, 17]),
        ("GGG", 0.85, [4, 31, 173]),
    ],
)
def test_golden_intervals(ratings: str, retention: float, days: list[int]) -> None:
    """The intervals that are known of FSRS-6, without a floor."""
    assert intervals(ratings, retention) == days


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(Rating), st.integers(1, 400)), min_size=1, max_size=12),
    st.sampled_from([0.8, 0.85, 0.9, 0.95]),
)
def test_the_published_formula(reviews: list[tuple[Rating, int]], retention: float) -> None:
    """Stability, difficulty and interval are those of the formula, however reviews fall."""
    memory: Memory | None = None
    now = START
    for rating, later in reviews:
        now += later * DAY_MS
        if memory is None:
            stability = W[rating - 1]
            difficulty = min(10.0, max(1.0, first_difficulty(rating)))
        else:
            stability = next_stability(memory.stability, memory.difficulty, later, rating)
            difficulty = next_difficulty(memory.difficulty, rating)
        memory, days = rated(memory, rating, now, retention)
        assert memory.stability == pytest.approx(max(stability, 0.001))
        assert memory.difficulty == pytest.approx(difficulty)
        assert memory.reviewed_at == now
        assert days == interval(memory.stability, retention)
