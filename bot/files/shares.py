"""Shares of one as pictures show them: finished words and numbers, in any language."""

from msgspec import Struct


class Share(Struct, frozen=True):
    """A share of one with the ends of its interval; ``few``: it says little yet."""

    label: str
    share: float
    low: float
    high: float
    few: bool
    told: str


class Shares(Struct, frozen=True):
    """Shares beneath each other; ``instead`` is said where there are none."""

    title: str
    rows: tuple[Share, ...]
    instead: str


class Point(Struct, frozen=True):
    """A share of one; ``few`` as in Share."""

    share: float
    few: bool
