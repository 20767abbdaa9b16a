"""One bot, one copy: what a copy that starts may conclude from what Telegram shows it.

"No refusal" does not mean "alone": Telegram refuses the earlier of two calls, and only while
nothing is pending; with updates pending both get them, and neither hears of the other. So a
newcomer looks without confirming anything. What shows it that another copy is at work is that
updates go which it has seen; what shows that none was since is its own database. A refusal alone
shows no more than that somebody asks, who may be a newcomer too.
"""

from collections.abc import Collection, Sequence
from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace

from bot.telegram.raw_updates import PRESS, RawUpdate

WAIT_S = 30.0
"""How long a newcomer watches: a copy at work that ended is started again meanwhile."""
RECENT_MS = 60_000
"""At work so lately, a copy is started again: a long poll of 30 s, and the pause before a start."""


class Verdict(Enum):
    """The end of a watch."""

    BEGIN = auto()
    GIVE_WAY = auto()


class Watch(Struct, frozen=True):
    """What a newcomer has seen: nothing against it ``since_s``, by the clock's monotonic.

    ``newest`` is the last update that waited, of those that Telegram keeps for a day.
    """

    since_s: float
    newest: int | None = None

    def left_s(self, now_s: float) -> float:
        """Seconds until it is over, if nothing happens."""
        return self.since_s + WAIT_S - now_s


def telling(updates: Sequence[RawUpdate]) -> list[int]:
    """The ids of which one on record shows that nobody else was at work since.

    The one before the first that waits counts too: it was the last to be confirmed.
    """
    ids = [update["update_id"] for update in updates]
    return [min(ids) - 1, *ids] if ids else []


def is_restart(
    updates: Sequence[RawUpdate], on_record: Collection[int], at_work_ago_ms: int | None
) -> bool:
    """Whether this copy is the one at work, started again.

    ``on_record``: those of :func:`telling` that the database has; ``at_work_ago_ms``: how long ago
    the bot was at work with it, on this machine, which tells while nothing waits.
    """
    if updates:
        return bool(on_record)
    return at_work_ago_ms is not None and 0 <= at_work_ago_ms <= RECENT_MS


def seen(
    watch: Watch, updates: Sequence[RawUpdate], on_record: Collection[int], now_s: float
) -> Watch | Verdict:
    """What a newcomer's look at all that waits comes to; see :func:`is_restart`."""
    if on_record:
        return Verdict.BEGIN
    ids = [update["update_id"] for update in updates]
    # Not the first that waits, which may just have become too old; and Telegram may show no more
    # than the first to who asks again at once.
    if watch.newest is not None and (not ids or min(ids) > watch.newest):
        return Verdict.GIVE_WAY
    if watch.left_s(now_s) <= 0:
        return Verdict.BEGIN
    # A press is kept for minutes: that it goes shows nothing.
    lasting = [update["update_id"] for update in updates if PRESS not in update]
    known = [] if watch.newest is None else [watch.newest]
    return replace(watch, newest=max([*known, *lasting], default=None))


def refused(watch: Watch, now_s: float, *, has_posts: bool) -> Watch | Verdict:
    """What it comes to that somebody else asks for updates too.

    A database without posts gives way. One with posts may be that of the copy at work, and the
    other a newcomer, which is refused next: so it goes on, and begins once nobody asks any more.
    """
    return replace(watch, since_s=now_s) if has_posts else Verdict.GIVE_WAY
