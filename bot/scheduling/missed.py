"""What to do on waking: the case that is due, and of those missed the latest one, not a pile."""

from msgspec import Struct

from bot.scheduling.timetable import Timetable, due_after, due_between


class PostNow(Struct, frozen=True):
    """Post the case that was due at ``due_ms``; then everything up to there is done."""

    due_ms: int


class NothingDue(Struct, frozen=True):
    """Nothing to do before ``next_ms``; None: nothing ever again."""

    next_ms: int | None


def decide(
    timetable: Timetable, last_done_ms: int | None, now_ms: int, grace_ms: int
) -> PostNow | NothingDue:
    """What a chat is owed at ``now_ms``, whenever it was looked at last.

    ``last_done_ms`` is the instant up to which the schedule is settled: the last due instant that
    was posted or skipped, or when the schedule was made, changed or resumed, since what lay before
    that is not owed. None: nothing is settled. What was due longer than ``grace_ms`` ago is let go.

    A clock that was set back brings nothing a second time: due instants up to ``last_done_ms``
    stay done.
    """
    settled_ms = now_ms - grace_ms - 1
    if last_done_ms is not None:
        settled_ms = max(settled_ms, last_done_ms)
    due = due_between(timetable, settled_ms, now_ms)
    return PostNow(due[-1]) if due else NothingDue(due_after(timetable, max(settled_ms, now_ms)))
