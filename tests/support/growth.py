"""How the work for a text grows with its length."""

import gc
import time
from collections.abc import Callable

_TIMES = 4
_LINEAR = 10
"""Four times the text is 4 times the work, and 16 times where it grows as the length squared."""
_TRIES = 3
_NOTICED_S = 0.2
"""Seconds of processor time; less says nothing of growth."""


def grows_as_its_length(work: Callable[[int], object], size: int) -> bool:
    """Whether the work for ``size`` is no more than that of a quarter makes expected.

    Processor time of this process alone, compared within one run: how fast or how busy the machine
    is does not matter. What grows too fast does so every time; other things only disturb.
    """
    return any(_grows_slowly(work, size) for _ in range(_TRIES))


def _grows_slowly(work: Callable[[int], object], size: int) -> bool:
    small, large = _cost(work, size // _TIMES), _cost(work, size)
    return large < _NOTICED_S or large / small < _LINEAR


def _cost(work: Callable[[int], object], size: int) -> float:
    gc.disable()  # it would look through what all earlier tests have left, for large work alone
    try:
        began = time.process_time()
        work(size)
        return max(1e-6, time.process_time() - began)
    finally:
        gc.enable()
