"""What the picture of a report shows: finished words and numbers, in any language.

Each part has a title, and a sentence that is said ``instead`` where there is nothing in it.
"""

from msgspec import Struct

from bot.files.shares import Point, Shares


class OnTime(Struct, frozen=True):
    """How many of all were done on time, and that in words: "9 of 14"."""

    title: str
    done: int
    people: int
    told: str
    instead: str


class QuestionBar(Struct, frozen=True):
    """A question by a short label, and the share of one who missed it; ``told`` in words."""

    label: str
    share: float
    told: str


class Missed(Struct, frozen=True):
    """The questions most missed, the most missed first."""

    title: str
    questions: tuple[QuestionBar, ...]
    instead: str


class WeekPoint(Struct, frozen=True):
    """A week by its name; without a point nothing is told of it."""

    name: str
    point: Point | None


class Weeks(Struct, frozen=True):
    """The share right by week, the earliest first."""

    title: str
    weeks: tuple[WeekPoint, ...]
    instead: str


class ReportPicture(Struct, frozen=True, tag_field="kind", tag="report"):
    """The whole picture: up to five topics, five questions and six weeks.

    ``percents`` are the words for none, half and all.
    """

    title: str
    subtitle: str
    on_time: OnTime
    topics: Shares
    missed: Missed
    weeks: Weeks
    percents: tuple[str, str, str]
    note: str
    right_to_left: bool = False
