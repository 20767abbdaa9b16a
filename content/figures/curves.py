"""Curves that several figures draw with."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Samples = NDArray[np.float64]


def bump(at: Samples, centre: float, spread: float | Samples) -> Samples:
    """A wave of height 1 with the shape of a normal curve; all three in the same unit."""
    return np.exp(-(((at - centre) / spread) ** 2) / 2)


def smooth(points: Sequence[Point], steps: int = 8) -> list[Point]:
    """A Catmull-Rom curve through all the points, ``steps`` straight pieces between each two."""
    around = (points[0], *points, points[-1])
    curve = [
        at
        for i, _ in enumerate(pairwise(points))
        for at in _between(around[i], around[i + 1], around[i + 2], around[i + 3], steps)
    ]
    return [*curve, points[-1]]


def _between(before: Point, start: Point, end: Point, after: Point, steps: int) -> Iterator[Point]:
    for step in range(steps):
        t = step / steps
        a = (-t + 2 * t**2 - t**3) / 2
        b = (2 - 5 * t**2 + 3 * t**3) / 2
        c = (t + 4 * t**2 - 3 * t**3) / 2
        d = (t**3 - t**2) / 2
        yield (
            a * before[0] + b * start[0] + c * end[0] + d * after[0],
            a * before[1] + b * start[1] + c * end[1] + d * after[1],
        )
