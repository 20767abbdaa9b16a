"""What an educator is about to assign, as chosen so far, and the times that follow: pure."""

from datetime import timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from bot.base.time_units import DAY_MS
from bot.features.sittings.plan import Mode
from bot.scheduling.timetable import next_monday
from bot.scheduling.wall_time import instant, wall
from storage.assignments import Assignment

LATE_MS: Final = 7 * DAY_MS
"""ms for which what comes after it is due is still taken, where it is at all."""
LONGEST_MS: Final = 366 * DAY_MS
"""ms that anything may lie ahead."""
MORNING: Final = 8 * 60
"""Minutes after midnight at which it opens where no time is said."""
LAST_MINUTE: Final = 24 * 60 - 1
"""The same of when it is due."""
WEAKEST: Final = 10
MOST_CASES: Final = 20
SIZES: Final = (5, 10, 20)


class What(StrEnum):
    """Which cases."""

    TOPIC = "topic"
    CODES = "codes"
    SAVED = "saved"
    WEAKEST = "weakest"


class Opens(StrEnum):
    """When members get it, unless at a time that is named."""

    NOW = "now"
    TOMORROW = "tomorrow"
    MONDAY = "monday"


class Due(StrEnum):
    """How long they have."""

    WEEK = "week"
    FORTNIGHT = "fortnight"


class AssignmentDraft(Struct, frozen=True):
    """What is chosen so far; ``opens_at`` and ``due_at`` are named times, UTC milliseconds.

    ``topic`` is empty for any; ``cases`` are the ids that were asked for by code.
    """

    cohort_id: int
    what: What = What.TOPIC
    topic: str = ""
    cases: tuple[str, ...] = ()
    size: int = 10
    mode: Mode = Mode.STUDY
    opens: Opens = Opens.NOW
    opens_at: int | None = None
    due: Due = Due.WEEK
    due_at: int | None = None
    late: bool = True
    after_due: bool = False

    def to_json(self) -> str:
        """One text, as it is kept."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, document: str) -> "AssignmentDraft":
        """Read what ``to_json`` wrote."""
        return msgspec.json.decode(document, type=cls)

    @property
    def explained(self) -> str:
        """When an answer is explained, as an assignment says it."""
        return "after_due" if self.after_due and self.mode is Mode.EXAM else "at_once"


class Times(Struct, frozen=True):
    """When an assignment opens, is due, and closes: UTC milliseconds."""

    opens_at: int
    due_at: int
    closes_at: int


class TimesProblem(StrEnum):
    """Why times cannot be as they were chosen."""

    DUE_PAST = "due past"
    DUE_BEFORE_OPENING = "due before opening"
    TOO_FAR = "too far"


def times(draft: AssignmentDraft, now: int, zone: ZoneInfo) -> Times:
    """What was chosen, by the clocks of the cohort; what was to open before now opens now."""
    opens_at = max(now, _opens_at(draft, now, zone))
    due_at = draft.due_at
    if due_at is None:
        days = 7 if draft.due is Due.WEEK else 14
        last = wall(opens_at, zone).date() + timedelta(days=days)
        due_at = instant(last, LAST_MINUTE, zone, fold=1)
    return Times(opens_at, due_at, closing(due_at, late=draft.late))


def closing(due_at: int, *, late: bool) -> int:
    """When nothing more is taken of what is due then."""
    return due_at + LATE_MS if late else due_at


def wrong(chosen: Times, now: int) -> TimesProblem | None:
    """What keeps times from being used, if anything does."""
    if chosen.due_at <= now:
        return TimesProblem.DUE_PAST
    if chosen.due_at <= chosen.opens_at:
        return TimesProblem.DUE_BEFORE_OPENING
    return TimesProblem.TOO_FAR if chosen.due_at > now + LONGEST_MS else None


def _opens_at(draft: AssignmentDraft, now: int, zone: ZoneInfo) -> int:
    if draft.opens_at is not None:
        return draft.opens_at
    today = wall(now, zone).date()
    match draft.opens:
        case Opens.TOMORROW:
            return instant(today + timedelta(days=1), MORNING, zone)
        case Opens.MONDAY:
            return next_monday(MORNING, zone.key, now)
    return now


def days_later(at: int, days: int, zone: ZoneInfo) -> int:
    """The same time of day so many days later."""
    shown = wall(at, zone)
    moved = instant(shown.date() + timedelta(days=days), shown.hour * 60 + shown.minute, zone)
    return moved + at % 60_000


def last_moment(assignment: Assignment, own_due: int) -> int:
    """Until when something that a member does in an assignment counts, UTC milliseconds."""
    return max(assignment.closes_at, own_due) if assignment.late else own_due
