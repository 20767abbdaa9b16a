"""When an item's numbers are a reason to look at it: pure.

Each alarm is an interval that lies wholly on the wrong side, so that chance alone seldom gives one.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from content.correlation_intervals import correlation_interval, difference_interval
from content.statistics import Interval, wilson


class BelowChance(Struct, frozen=True, tag=True):
    """Fewer are right than would be by chance: the share's interval ends below ``chance``."""

    chance: float
    share_right: Interval


class RightKnowLess(Struct, frozen=True, tag=True):
    """Those who are right did worse elsewhere: the rest correlation's interval ends below 0."""

    rest_correlation: Interval


class DistractorAboveKey(Struct, frozen=True, tag=True):
    """Those who took the distractor at this place did better elsewhere than those who are right.

    ``difference``: the interval of its correlation less the key's begins above 0.
    """

    choice: int
    difference: Interval


Alarm = BelowChance | RightKnowLess | DistractorAboveKey


def alarms_by_share(right: int, answers: int, chance: float) -> Iterator[Alarm]:
    """Whether fewer were right than by chance."""
    interval = wilson(right, answers)
    if interval.high < chance:
        yield BelowChance(chance, interval)


def alarms_by_correlation(
    key: float, distractors: Mapping[int, tuple[float, float]], people: int
) -> Iterator[Alarm]:
    """Whether who is wrong did better elsewhere than who is right.

    ``key`` is the rest correlation of the item's score; ``distractors`` maps a place to that of
    taking this choice, and to the correlation of taking it and the score.
    """
    interval = correlation_interval(key, people)
    if interval.high < 0:
        yield RightKnowLess(interval)
    for place, (taken, between) in distractors.items():
        difference = difference_interval(taken, key, between, people)
        if difference.low > 0:
            yield DistractorAboveKey(place, difference)
