"""Times on record that cannot be right, since a clock was wrong that set them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from bot.base.compared_clock import TOLERANCE_MS
from bot.base.time_units import HOUR_MS
from bot.features.shared.chat_settings import ChatSettings
from bot.features.shared.due_times import case_due, digest_after
from bot.scheduling.daily_plan import DailyPlan
from storage.kept_times import DerivedDue, DueKind, KeptDue, kept_dues, lying_ahead

AHEAD_MS: Final = 2 * TOLERANCE_MS
"""ms that a time may lie ahead: a clock that is nearly right passes for right."""
_SHORTEST_MS: Final = 22 * HOUR_MS  # ms, less than between two due times of one timetable


class WrongTimes(Struct, frozen=True):
    """What is due next, each as it should be; and how many past times lie ahead, by table."""

    derived: Sequence[DerivedDue]
    ahead: Mapping[str, int]

    def told(self) -> str:
        """How many of which kind, for whoever looks after the bot; empty where there are none."""
        dues = Counter(f"due: {one.kind}" for one in self.derived)
        return ", ".join(f"{what} {number}" for what, number in {**dues, **self.ahead}.items())


def wrong_times(path: Path, now: int) -> WrongTimes:
    """Look through a database; ``now`` (UTC ms) is to be right. Raises StorageError."""
    found = (derived(kept, now) for kept in kept_dues(path, now + _SHORTEST_MS))
    dues = [due for due in found if due is not None]
    return WrongTimes(dues, lying_ahead(path, now + AHEAD_MS))


def derived(kept: KeptDue, now: int) -> DerivedDue | None:
    """When something is due next, where what is on record cannot be right; None where it can.

    What lies beyond the next due time after ``now`` was set by a clock that was ahead, and so was
    that nothing is due ever again though the timetable goes on.
    """
    try:
        latest, right = _due(kept, now + AHEAD_MS), _due(kept, now)
    except ValueError:
        return None  # whoever serves it tells of what cannot be read
    if kept.due == right or (kept.due is not None and latest is not None and kept.due <= latest):
        return None
    return DerivedDue(kept.kind, kept.id, kept.due, right)


def _due(kept: KeptDue, after: int) -> int | None:
    match kept.kind:
        case DueKind.CASE:
            return case_due(ChatSettings.from_json(kept.settings), after)
        case DueKind.DIGEST:
            return digest_after(ChatSettings.from_json(kept.settings), after)
        case DueKind.DAILY:
            return DailyPlan.from_json(kept.settings, kept.quiet).due_after(after)
