"""The measures of item analysis, on plain numbers: pure."""

from collections.abc import Iterator, Mapping, Sequence
from math import atanh, sqrt, tanh
from operator import mul
from statistics import fmean

from msgspec import Struct

from content.statistics import Interval, Z

GROUP = 0.27
"""The share of people in the upper and in the lower group (T. L. Kelley, J Educ Psychol
1939;30:17-24)."""

_ALIKE = 1e-20
"""A sum of squares below which values differ by nothing but rounding."""


class Measure(Struct, frozen=True):
    """A value of each of some people: how far each lies from the mean, and the sum of squares."""

    deviations: Sequence[float]
    squares: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Measure":
        """Of at least two people."""
        mean = fmean(values)
        deviations = [value - mean for value in values]
        return cls(deviations, _product(deviations, deviations))

    @property
    def varies(self) -> bool:
        """Whether anybody's value differs from another's."""
        return self.squares > _ALIKE


def covariance(one: Measure, other: Measure) -> float:
    """Of the same people in the same order, estimated as from a sample (over n - 1)."""
    return _product(one.deviations, other.deviations) / (len(one.deviations) - 1)


def correlation(one: Measure, other: Measure) -> float | None:
    """Pearson's (of right or wrong, the point-biserial); None if either is alike for all."""
    if not (one.varies and other.varies):
        return None
    product = _product(one.deviations, other.deviations)
    return _bounded(product / sqrt(one.squares * other.squares))


def membership_correlation(members: Sequence[int], measure: Measure) -> float | None:
    """Pearson's, of being among the people at these places and the measure. None as above."""
    people, some = len(measure.deviations), len(members)
    if not (0 < some < people and measure.varies):
        return None
    product = sum(map(measure.deviations.__getitem__, members))
    return _bounded(product / sqrt(some * (people - some) / people * measure.squares))


def correlation_interval(value: float, people: int) -> Interval:
    """At 95 %, of a correlation among more than three people.

    By the transformation of R. A. Fisher, Metron 1921;1(4):3-32.
    """
    if abs(value) == 1:
        return Interval(value, value)
    reach = Z / sqrt(people - 3)
    return Interval(tanh(atanh(value) - reach), tanh(atanh(value) + reach))


def difference_interval(one: float, other: float, between: float, people: int) -> Interval:
    """At 95 %, of one correlation less another, both with the same measure, among the same people.

    ``between`` is the correlation of what the two are of. G. Y. Zou, Psychol Methods
    2007;12:399-413.
    """
    first, second = correlation_interval(one, people), correlation_interval(other, people)
    left_over = (1 - one**2) * (1 - other**2)
    together = (between - one * other / 2) * (1 - one**2 - other**2 - between**2) + between**3
    dependence = _bounded(together / left_over) if left_over else 0.0

    def reach(down: float, up: float) -> float:
        return sqrt(max(0.0, down**2 + up**2 - 2 * dependence * down * up))

    return Interval(
        one - other - reach(one - first.low, second.high - other),
        one - other + reach(first.high - one, other - second.low),
    )


def efficiency(one: Measure, other: Measure) -> float | None:
    """The covariance as a share of the largest that these values could have; None if that is none.

    Moodle's discriminative efficiency, in shares of one: the largest is that of both in order
    (its developer documentation, "Quiz statistics calculations").
    """
    if not (one.varies and other.varies):
        return None
    ordered = (sorted(measure.deviations) for measure in (one, other))
    return _product(one.deviations, other.deviations) / _product(*ordered)


def upper_less_lower(
    scores: Sequence[float], totals: Sequence[float], group: float = GROUP
) -> float:
    """The mean score of those with the highest totals less that of those with the lowest.

    A. P. Johnson, J Educ Psychol 1951;42:499-504. Of equal totals at a group's edge the earlier
    person is the lower one.
    """
    size = max(1, round(group * len(scores)))
    rounded = [round(total * 1e9) for total in totals]
    order = sorted(range(len(scores)), key=rounded.__getitem__)
    score = scores.__getitem__
    return (sum(map(score, order[-size:])) - sum(map(score, order[:size]))) / size


class RestScores(Struct, frozen=True):
    """How those who answered an item, as far as they have a rest score, did in the other items.

    ``places`` are theirs among all who answered it; ``rests`` the mean over the other items of
    score less the item's mean score; ``totals`` the same with this item.
    """

    places: Sequence[int]
    rests: Sequence[float]
    totals: Sequence[float]


def rest_scores(
    scores: Sequence[Mapping[int, float]], *, common_people: int, common_items: int
) -> Iterator[RestScores]:
    """The rest scores of each item, of which ``scores`` has people's; persons are numbers from 0.

    People may have answered different items: so each counts by what its score lies above or below
    the item's mean, and where all answered all it correlates as the sum of scores does. Items count
    that at least ``common_people`` have in common; who answered fewer than ``common_items`` (at
    least one) of them besides the item has no rest score.
    """
    means = [fmean(each.values()) if each else 0.0 for each in scores]
    people = 1 + max((max(each, default=-1) for each in scores), default=-1)
    sums, counts = [0.0] * people, [0] * people
    for each, mean in zip(scores, means, strict=True):
        if len(each) >= common_people:
            for person, score in each.items():
                sums[person] += score - mean
                counts[person] += 1
    for each, mean in zip(scores, means, strict=True):
        counted = len(each) >= common_people
        places, rests, totals = [], [], []
        for place, (person, score) in enumerate(each.items()):
            others, own = counts[person] - counted, score - mean
            if others >= common_items:
                rest = sums[person] - own if counted else sums[person]
                places.append(place)
                rests.append(rest / others)
                totals.append((rest + own) / (others + 1))
        yield RestScores(places, rests, totals)


def _product(one: Sequence[float], other: Sequence[float]) -> float:
    """The sum of products, pair by pair."""
    return sum(map(mul, one, other), 0.0)


def _bounded(value: float) -> float:
    """Without the hair by which rounding leads beyond -1 and 1."""
    return max(-1.0, min(1.0, value))
