"""What a share among few says of the share that would come of many: pure."""

from math import sqrt

from msgspec import Struct

_Z = 1.959963984540054  # the normal distribution's 0.975 quantile: 95 % lie within


class Interval(Struct, frozen=True):
    """From ``low`` to ``high``, shares of one."""

    low: float
    high: float


def wilson(successes: int, trials: int) -> Interval:
    """Wilson's score interval at 95 %, for 0 <= successes <= trials and at least one trial.

    E. B. Wilson, J Am Stat Assoc 1927;22:209-212.
    """
    share = successes / trials
    square = _Z * _Z / trials
    centre = share + square / 2
    reach = _Z * sqrt(share * (1 - share) / trials + square / (4 * trials))
    low, high = ((centre + side * reach) / (1 + square) for side in (-1, 1))
    # Rounding would leave a hair beyond the ends.
    return Interval(max(0.0, low) if successes else 0.0, min(1.0, high) if share < 1 else 1.0)
