"""Answers that give a part of the marks: which of them are right, and where that is in doubt."""

from collections.abc import Iterable

_TOLERANCE = 1.0  # percent: three thirds are often written as 33%


def doubt(percents: Iterable[float]) -> str:
    """Why the answers that give something are not all right together; empty where they are.

    Together they give the full mark. Where they give more, one of them alone may give it, and the
    others only a part.
    """
    total = sum(percent for percent in percents if percent > 0)
    if abs(total - 100) <= _TOLERANCE:
        return ""
    return f"its answers give {total:g}% together and not 100%, so which are right is in doubt"
