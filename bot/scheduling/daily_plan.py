"""A learner's own plan: a case on their days, at their time, and none in their quiet hours."""

import json

from msgspec import Struct

from bot.scheduling.quiet import QuietHours, outside_quiet
from bot.scheduling.timetable import Timetable, due_after


class DailyPlan(Struct, frozen=True):
    """When a learner wants their case. Stored as two JSON texts, one for each part.

    Raises ValueError, with a sentence, for a timetable with an end.
    """

    timetable: Timetable
    quiet: QuietHours | None = None

    def __post_init__(self) -> None:
        if self.timetable.end is not None:
            raise ValueError("a daily case goes on until the learner stops it")

    @property
    def zone(self) -> str:
        """The learner's time zone."""
        return self.timetable.zone

    def due_after(self, after_ms: int) -> int:
        """The next instant later than ``after_ms`` at which a case is to be sent.

        A time within the quiet hours waits for their end.
        """
        due_ms = due_after(self.timetable, after_ms)
        if due_ms is None:
            raise AssertionError("a timetable without an end has ended")
        return self.outside_quiet(due_ms)

    def outside_quiet(self, at_ms: int) -> int:
        """``at_ms``, or the end of the quiet hours that it falls into."""
        return outside_quiet(at_ms, self.quiet, self.zone)

    def quiet_json(self) -> str | None:
        """The quiet hours as stored."""
        return None if self.quiet is None else json.dumps([self.quiet.start, self.quiet.end])

    @classmethod
    def from_json(cls, timetable: str, quiet: str | None) -> "DailyPlan":
        """Read what was stored. Raises ValueError, with a sentence, for anything else."""
        hours = None if quiet is None else QuietHours(*json.loads(quiet))
        return cls(Timetable.from_json(timetable), hours)
