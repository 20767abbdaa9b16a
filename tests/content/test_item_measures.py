"""The formulas of item analysis, against numbers that others printed."""

from array import array
from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.correlation_intervals import correlation_interval, difference_interval
from content.item_measures import (
    Measure,
    correlation,
    covariance,
    efficiency,
    membership_correlation,
    rest_scores,
    upper_less_lower,
)
from content.item_statistics import Column

MARKS = st.sampled_from([0.0, 0.25, 0.5, 1.0])
PAIRS = st.lists(st.tuples(MARKS, st.integers(-20, 20)), min_size=4, max_size=30)


def measures(pairs: list[tuple[float, int]]) -> tuple[Measure, Measure]:
    """Of the first and of the second values."""
    return Measure.of([one for one, _ in pairs]), Measure.of([other for _, other in pairs])


def columns(*scores: dict[int, float]) -> list[Column]:
    """Of people's scores in each item."""
    return [Column(array("I", each), array("d", each.values()), array("I")) for each in scores]


def test_a_published_interval_of_a_difference_comes_out() -> None:
    """Zou, Psychol Methods 2007;12:399-413, the example with a measure in common."""
    interval = difference_interval(0.396, 0.179, 0.088, 66)
    assert (round(interval.low, 3), round(interval.high, 3)) == (-0.093, 0.517)


def test_a_correlation_of_nothing_has_an_interval_of_two_errors_either_way() -> None:
    """Fisher's z of 0 is 0 and its standard error 1 / sqrt(n - 3): tanh(1.96 / 10) among 103."""
    interval = correlation_interval(0, 103)
    assert (round(interval.low, 4), round(interval.high, 4)) == (-0.1935, 0.1935)


@pytest.mark.parametrize("value", [-1, 1])
def test_what_goes_together_wholly_has_no_room(value: float) -> None:
    """The transformation has no value there; neither does a difference from it fail."""
    interval = correlation_interval(value, 50)
    assert (interval.low, interval.high) == (value, value)
    difference = difference_interval(value, 0.2, 0.2, 50)
    assert difference.low < value - 0.2 < difference.high


@given(st.floats(-0.99, 0.99), st.integers(4, 5000))
def test_of_two_choices_each_is_the_others_mirror(value: float, people: int) -> None:
    """What one correlates by, the other does with the sign turned: the difference is twice it."""
    interval = correlation_interval(value, people)
    difference = difference_interval(value, -value, -1, people)
    assert isclose(difference.low, 2 * interval.low, abs_tol=1e-6)
    assert isclose(difference.high, 2 * interval.high, abs_tol=1e-6)


@given(PAIRS)
def test_no_order_of_the_values_goes_together_better_than_both_sorted(
    pairs: list[tuple[float, int]],
) -> None:
    """So the efficiency is 1 at most, has the covariance's sign, and is 1 of a measure itself."""
    one, other = measures(pairs)
    found = efficiency(one, other)
    if found is None:
        assert correlation(one, other) is None
        return
    assert found <= 1 + 1e-9
    assert found * covariance(one, other) >= 0
    assert isclose(efficiency(one, one) or 0, 1)


@given(PAIRS)
def test_taking_a_choice_correlates_as_a_measure_of_none_and_one(
    pairs: list[tuple[float, int]],
) -> None:
    """The short way to the point-biserial correlation gives what the long one gives."""
    members = [place for place, (mark, _) in enumerate(pairs) if mark == 1]
    taken = Measure.of([float(mark == 1) for mark, _ in pairs])
    other = measures(pairs)[1]
    short, long = membership_correlation(members, other), correlation(taken, other)
    assert short == long or isclose(short or 0, long or 0, abs_tol=1e-9)


def test_what_is_alike_for_all_correlates_with_nothing() -> None:
    """Nor is a hair of rounding taken for a difference."""
    same = Measure.of([0.1 + 0.2, 0.3, 0.3, 0.3])
    other = Measure.of([1, 2, 3, 4])
    assert correlation(same, other) is None
    assert efficiency(other, same) is None
    assert membership_correlation([0, 1], same) is None
    assert membership_correlation([], other) is None
    assert membership_correlation([0, 1, 2, 3], other) is None


def test_groups_are_of_the_nearest_size_and_of_equals_the_earlier_is_lower() -> None:
    """Three of ten are 27 %; the last of the lower group is the first of those with two points."""
    totals = [1, 1, 2, 2, 2, 2, 3, 3, 4, 5]
    assert upper_less_lower([0, 0, 1, 0, 0, 0, 0, 1, 1, 1], totals) == 2 / 3
    assert upper_less_lower([0, 0, 0, 1, 0, 0, 0, 1, 1, 1], totals) == 1
    assert upper_less_lower([1, 0], [0.1 + 0.2, 0.3]) == -1, "equal but for rounding"


def test_of_all_items_answered_by_all_the_rest_is_the_sum_of_the_others() -> None:
    """But for the mean, and for the number of items by which it is divided."""
    scores = [{0: 1.0, 1: 0.0, 2: 1.0}, {0: 1.0, 1: 0.5, 2: 0.0}, {0: 1.0, 1: 0.0, 2: 0.0}]
    first = next(rest_scores(columns(*scores), common_people=3, common_items=2))
    assert [*first.places] == [0, 1, 2]
    assert first.rests == pytest.approx([(2 - 5 / 6) / 2, (0.5 - 5 / 6) / 2, -5 / 12])
    assert first.totals == pytest.approx([(3 - 1.5) / 3, (0.5 - 1.5) / 3, (1 - 1.5) / 3])


def test_who_answered_easier_items_is_no_better_for_it() -> None:
    """Each did as all do in what they answered, one in easy items and one in hard ones."""
    easy = dict.fromkeys(range(9), 1.0) | {9: 0.0}
    hard = dict.fromkeys(range(10, 19), 0.0) | {19: 1.0}
    asked = {0: 1.0, 10: 0.0, 9: 1.0, 19: 0.0}
    rest = next(rest_scores(columns(asked, easy, hard), common_people=1, common_items=1))
    assert rest.rests == pytest.approx([0.1, -0.1, -0.9, 0.9])


def test_items_that_few_have_in_common_count_for_nothing() -> None:
    """Neither in rest scores, nor as one of the items that a rest score needs."""
    scores = [{0: 1.0, 1: 0.0, 2: 1.0}, {0: 1.0, 1: 0.0}, {2: 1.0, 0: 0.0}, {0: 1.0}]
    first, second, _, last = rest_scores(columns(*scores), common_people=2, common_items=2)
    assert [*first.places] == [0]
    assert first.rests == pytest.approx([0.0])
    assert [*second.places] == [0]
    assert second.rests == pytest.approx([(1 / 3 - 0.5) / 2])
    assert [*last.places] == [0]
    assert last.rests == pytest.approx([(1 / 3 + 0.5 - 0.5) / 3])


def test_who_answered_too_few_others_has_no_rest_score() -> None:
    """And nobody has one who answered nothing else, whatever is asked for."""
    scores = [{0: 1.0, 1: 0.0, 2: 1.0}, {0: 1.0, 1: 0.0}, {0: 1.0}, {}]
    first, *_, empty = rest_scores(columns(*scores), common_people=1, common_items=2)
    assert [*first.places] == [0]
    assert [*empty.places] == []
    (alone,) = rest_scores(columns({0: 1.0, 1: 0.0}), common_people=0, common_items=1)
    assert [*alone.places] == []


def test_a_sample_varies_by_one_fewer() -> None:
    """Over n - 1, as is usual: of 1, 2, 3 the variance is 1."""
    measure = Measure.of([1, 2, 3])
    assert sqrt(covariance(measure, measure)) == 1
