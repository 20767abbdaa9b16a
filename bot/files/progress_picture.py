"""What a picture of somebody's progress shows: finished words and numbers, in any language."""

from msgspec import Struct

from bot.files.shares import Point, Shares


class Month(Struct, frozen=True):
    """A month with its name, and its year where that begins."""

    name: str
    year: str
    first: Point | None
    reviews: Point | None


class Months(Struct, frozen=True):
    """Shares by month, the earliest first; ``first`` and ``reviews`` name the two marks."""

    title: str
    months: tuple[Month, ...]
    first: str
    reviews: str


class Day(Struct, frozen=True):
    """A day of the month, and the month's name where that is to be told."""

    day: str
    month: str
    due: int


class Days(Struct, frozen=True):
    """What falls due on each day; ``instead`` is said where nothing does."""

    title: str
    days: tuple[Day, ...]
    instead: str


class ProgressPicture(Struct, frozen=True, tag_field="kind", tag="progress"):
    """The whole picture. ``percents`` are the words for none, half and all."""

    certainty: Shares
    topics: Shares
    months: Months
    days: Days
    percents: tuple[str, str, str]
    note: str
    right_to_left: bool = False
