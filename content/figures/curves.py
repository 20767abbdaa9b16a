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


def step(at: Samples, where: float, spread: float) -> Samples:
    """The logistic curve from 0 to 1 around ``where``, as a tangent, which does not overflow."""
    return (1 + np.tanh((at - where) / spread / 2)) / 2


def tented(at: Samples, peak: float, before: float, after: float) -> Samples:
    """A wave of height 1 with a point and almost straight flanks, wide ``before`` and ``after``."""
    width = np.where(at < peak, before, after)
    shape: Samples = np.exp(-(np.abs((at - peak) / width) ** 1.35))
    return shape


def smoothed(values: Samples, spread: float) -> Samples:
    """The values blurred by a normal curve whose ``spread`` is in samples."""
    reach = int(np.ceil(4 * spread))
    kernel = bump(np.arange(-reach, reach + 1, dtype=np.float64), 0, spread)
    padded = np.pad(values, reach, mode="edge")
    return np.convolve(padded, kernel / kernel.sum(), mode="valid")


def noise(seed: int, count: int, size: float, spread: float = 1) -> Samples:
    """The same random values each time, of standard deviation ``size``, blurred by ``spread``."""
    drawn = np.random.default_rng(seed).normal(0, 1, count)
    blurred = smoothed(drawn, spread)
    scaled: Samples = size * blurred / blurred.std()
    return scaled


def monotone(x: Sequence[float], y: Sequence[float], at: Samples) -> Samples:
    """The cubic curve of Fritsch and Carlson through the points: it overshoots none of them."""
    places, heights = np.array(x, float), np.array(y, float)
    width, slope = np.diff(places), np.diff(heights) / np.diff(places)
    inner = np.where(
        slope[:-1] * slope[1:] > 0,
        _between_slopes(width, slope),
        0.0,
    )
    tangent = np.concatenate(([slope[0]], inner, [slope[-1]]))
    piece = np.clip(np.searchsorted(places, at, side="right") - 1, 0, len(width) - 1)
    h, t = width[piece], (at - places[piece]) / width[piece]
    curve: Samples = (
        heights[piece] * (1 + 2 * t) * (1 - t) ** 2
        + tangent[piece] * h * t * (1 - t) ** 2
        + heights[piece + 1] * t**2 * (3 - 2 * t)
        + tangent[piece + 1] * h * t**2 * (t - 1)
    )
    return curve


def _between_slopes(width: Samples, slope: Samples) -> Samples:
    """The weighted harmonic mean of each two neighbouring slopes; used where their signs agree."""
    before, after = 2 * width[1:] + width[:-1], width[1:] + 2 * width[:-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        return (before + after) / (before / slope[:-1] + after / slope[1:])


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
    for n in range(steps):
        t = n / steps
        a = (-t + 2 * t**2 - t**3) / 2
        b = (2 - 5 * t**2 + 3 * t**3) / 2
        c = (t + 4 * t**2 - 3 * t**3) / 2
        d = (t**3 - t**2) / 2
        yield (
            a * before[0] + b * start[0] + c * end[0] + d * after[0],
            a * before[1] + b * start[1] + c * end[1] + d * after[1],
        )
