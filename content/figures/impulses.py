"""Video head impulses: eye and head velocity over the half second of each quick turn of the head.

Times are in milliseconds from the start of a recording, velocities in degrees a second. The eye's
velocity is inverted, as devices show it, so that a working reflex lies on the head's trace.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from msgspec import Struct

from content.figures.curves import Samples, bump, noise

TIMES: Final = np.linspace(0, 500, 251)
VELOCITIES: Final = (-60.0, 320.0)
HEAD: Final = "#8299B0"
EYE: Final = "#B3261E"
HEAD_LINE: Final = 3.6
EYE_LINE: Final = 3.0


class Saccade(Struct, frozen=True):
    """A catch-up movement of the eye: how fast, when its velocity peaks, and its spread."""

    peak: float
    at: float
    spread: float


class Turn(Struct, frozen=True):
    """One turn of the head: the peak of its velocity, how late it is, and what the gain adds."""

    peak: float
    delay: float = 0
    more: float = 0


def side(
    turns: Sequence[Turn], gain: float, saccades: Sequence[Sequence[Saccade]], seed: int
) -> Iterator[tuple[Samples, Samples]]:
    """Head and inverted eye velocity of each turn to one side at ``TIMES``.

    ``saccades`` are those of each turn, none for a reflex that works. The seed makes the turns to
    one side differ a little from the same turns to the other, as a hand does.
    """
    chance = np.random.default_rng(seed)
    for n, (turn, caught) in enumerate(zip(turns, saccades, strict=True)):
        peak, delay = turn.peak * chance.normal(1, 0.03), turn.delay + chance.normal(0, 2)
        head = peak * _shape(TIMES - delay)
        eye = (gain + turn.more) * peak * _shape(TIMES - delay - 8)
        for saccade in caught:
            eye += saccade.peak * bump(TIMES, saccade.at, saccade.spread)
        yield head, eye + noise(seed + n, len(TIMES), 2.0, spread=1.3)


def _shape(time: Samples) -> Samples:
    """A turn that peaks after 100 ms and swings back a little when the hands stop it."""
    return bump(time, 100, 30) - 0.10 * bump(time, 215, 30)


def impulses(axes: Axes, traces: Iterator[tuple[Samples, Samples]]) -> None:
    """Draw all turns to one side over one another: the heads below, the eyes above."""
    axes.set_xlim(TIMES[0], TIMES[-1])
    axes.set_ylim(*VELOCITIES)
    axes.set_xticks(range(0, 501, 100))
    axes.set_yticks(range(0, 301, 100))
    for n, (head, eye) in enumerate(traces):
        named = not n
        axes.plot(TIMES, head, color=HEAD, linewidth=HEAD_LINE, label="head" if named else None)
        axes.plot(
            TIMES,
            eye,
            color=EYE,
            linewidth=EYE_LINE,
            label="eye (inverted)" if named else None,
            zorder=3,
        )
