"""How far correlations of few tell of those of many: pure."""

from math import atanh, sqrt, tanh

from content.statistics import Interval, Z


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


def _bounded(value: float) -> float:
    """Without the hair by which rounding leads beyond -1 and 1."""
    return max(-1.0, min(1.0, value))
