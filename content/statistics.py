"""What a share among few says of the share that would come of many: pure."""

from math import sqrt

from msgspec import Struct

Z = 1.959963984540054
"""The normal distribution's 0.975 quantile: 95 % lie within so many standard errors."""


class Interval(Struct, frozen=True):
    """From ``low`` to ``high``."""

    low: float
    high: float


def wilson(successes: int, trials: int) -> Interval:
    """Wilson's score interval at 95 %, of a share of one; ``trials`` is at least 1.

    E. B. Wilson, J Am Stat Assoc 1927;22:209-212.
    """
    share = successes / trials
    square = Z * Z / trials
    centre = share + square / 2
    reach = Z * sqrt(share * (1 - share) / trials + square / (4 * trials))
    low, high = ((centre + side * reach) / (1 + square) for side in (-1, 1))
    # Rounding would leave a hair beyond the ends.
    return Interval(max(0.0, low) if successes else 0.0, min(1.0, high) if share < 1 else 1.0)
