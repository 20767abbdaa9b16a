"""The measures of item analysis, on plain numbers: pure.

By numpy, which only a process that reckons imports: a thousand items have millions of answers.
"""

from collections.abc import Iterator, Sequence
from math import sqrt

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray

from content.item_statistics import Column

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]

GROUP = 0.27
"""The share of people in the upper and in the lower group (T. L. Kelley, J Educ Psychol
1939;30:17-24)."""

_ALIKE = 1e-20
"""A sum of squares below which values differ by nothing but rounding."""


class Measure(Struct, frozen=True):
    """A value of each of some people: how far each lies from the mean, and the sum of squares."""

    deviations: Numbers
    squares: float

    @classmethod
    def of(cls, values: ArrayLike) -> "Measure":
        """Of at least two people."""
        numbers = np.asarray(values, np.float64)
        deviations = numbers - numbers.mean()
        return cls(deviations, float(deviations @ deviations))

    @property
    def varies(self) -> bool:
        """Whether anybody's value differs from another's."""
        return self.squares > _ALIKE


def covariance(one: Measure, other: Measure) -> float:
    """Of the same people in the same order, estimated as from a sample (over n - 1)."""
    return float(one.deviations @ other.deviations) / (len(one.deviations) - 1)


def correlation(one: Measure, other: Measure) -> float | None:
    """Pearson's (of right or wrong, the point-biserial); None if either is alike for all."""
    if not (one.varies and other.varies):
        return None
    product = float(one.deviations @ other.deviations)
    return _bounded(product / sqrt(one.squares * other.squares))


def membership_correlation(members: ArrayLike, measure: Measure) -> float | None:
    """Pearson's, of being among the people at these places and the measure. None as above."""
    places = np.asarray(members, np.intp)
    people, some = len(measure.deviations), len(places)
    if not (0 < some < people and measure.varies):
        return None
    product = float(measure.deviations[places].sum())
    return _bounded(product / sqrt(some * (people - some) / people * measure.squares))


def efficiency(one: Measure, other: Measure) -> float | None:
    """The covariance as a share of the largest that these values could have; None if that is none.

    Moodle's discriminative efficiency, in shares of one: the largest is that of both in order
    (its developer documentation, "Quiz statistics calculations").
    """
    if not (one.varies and other.varies):
        return None
    largest = float(np.sort(one.deviations) @ np.sort(other.deviations))
    return float(one.deviations @ other.deviations) / largest


def upper_less_lower(scores: ArrayLike, totals: ArrayLike, group: float = GROUP) -> float:
    """The mean score of those with the highest totals less that of those with the lowest.

    A. P. Johnson, J Educ Psychol 1951;42:499-504. Of equal totals at a group's edge the earlier
    person is the lower one.
    """
    numbers = np.asarray(scores, np.float64)
    size = max(1, round(group * len(numbers)))
    rounded = np.rint(np.asarray(totals, np.float64) * 1e9)
    ordered = numbers[np.argsort(rounded, kind="stable")]
    return float(ordered[-size:].sum() - ordered[:size].sum()) / size


class RestScores(Struct, frozen=True):
    """How those who answered an item, as far as they have a rest score, did in the other items.

    ``places`` are theirs among all who answered it; ``rests`` the mean over the other items of
    score less the item's mean score; ``totals`` the same with this item.
    """

    places: Places
    rests: Numbers
    totals: Numbers


def rest_scores(
    columns: Sequence[Column], *, common_people: int, common_items: int
) -> Iterator[RestScores]:
    """The rest scores of each item.

    People may have answered different items: so each counts by what its score lies above or below
    the item's mean, and where all answered all it correlates as the sum of scores does. Items count
    that at least ``common_people`` have in common; who answered fewer than ``common_items`` (at
    least one) of them besides the item has no rest score.
    """
    persons = [np.asarray(each.persons, np.intp) for each in columns]
    owns = [_less_mean(each.scores) for each in columns]
    people = 1 + max((int(each.max()) for each in persons if len(each)), default=-1)
    sums, counts = np.zeros(people), np.zeros(people, np.intp)
    for person, own in zip(persons, owns, strict=True):
        if len(own) >= common_people:
            # Nobody is in a column twice.
            sums[person] += own
            counts[person] += 1
    for person, own in zip(persons, owns, strict=True):
        counted = len(own) >= common_people
        others = counts[person] - counted
        (places,) = np.nonzero(others >= common_items)
        others, own_ = others[places], own[places]
        whole = sums[person[places]] + (0 if counted else own_)
        yield RestScores(places, (whole - own_) / others, whole / (others + 1))


def _less_mean(scores: Sequence[float]) -> Numbers:
    numbers = np.asarray(scores, np.float64)
    return numbers - numbers.mean() if len(numbers) else numbers


def _bounded(value: float) -> float:
    """Without the hair by which rounding leads beyond -1 and 1."""
    return max(-1.0, min(1.0, value))
