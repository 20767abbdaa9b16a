"""One bot, one copy: what a copy that starts may conclude from what Telegram shows it.

That nobody refuses it does not mean that it is alone: Telegram refuses the earlier of two calls,
and only while nothing waits; with updates waiting both get them, and neither hears of the other. So
a starting copy looks, and confirms nothing. That another copy is at work it sees by updates that
go, and that none was since, by its own database. That somebody else asks shows less: it may be
another starting copy.
"""

from collections.abc import Collection, Sequence
from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace

from bot.telegram.raw_updates import RawUpdate

WAIT_S = 30.0
"""How long a starting copy watches; a copy at work that ended is started again meanwhile."""
RECENT_MS = 60_000
"""A copy at work notes it after each long poll of 30 s; as long again is left for starting it."""


class WatchEnd(Enum):
    """The end of a watch."""

    BEGIN = auto()
    GIVE_WAY = auto()


class Watch(Struct, frozen=True):
    """What a starting copy has seen since ``since_s``, the clock's monotonic; nothing against it.

    ``before`` is the highest id that waited at its first look (-1: nothing did; None: it has not
    looked), ``newest`` that of what came since. Older updates may go because Telegram keeps them no
    longer.
    """

    since_s: float
    before: int | None = None
    newest: int | None = None

    def left_s(self, now_s: float) -> float:
        """Seconds until it is over, if nothing happens."""
        return self.since_s + WAIT_S - now_s


def ids_to_look_up(updates: Sequence[RawUpdate]) -> list[int]:
    """Of which updates a single one on record shows that no other copy was at work since.

    They are those that wait, and the one before them, which was the last to be confirmed.
    """
    ids = [update["update_id"] for update in updates]
    return [min(ids) - 1, *ids] if ids else []


def is_latest(on_record: Collection[int], at_work_ago_ms: int | None) -> bool:
    """Whether no other copy was at work since this database was.

    ``on_record``: those of :func:`ids_to_look_up` that it has; ``at_work_ago_ms``: how long ago the
    bot was at work with it. None: never in this place, so that it may be a copy of the latest.
    """
    return bool(on_record) and at_work_ago_ms is not None


def is_restart(updates: Sequence[RawUpdate], at_work_ago_ms: int | None, *, latest: bool) -> bool:
    """Whether this copy is the one at work, started again: while nothing waits, time tells."""
    recent = at_work_ago_ms is not None and 0 <= at_work_ago_ms <= RECENT_MS
    return latest or (recent and not updates)


def seen(
    watch: Watch, updates: Sequence[RawUpdate], now_s: float, *, latest: bool
) -> Watch | WatchEnd:
    """What a look at all that waits comes to; ``latest`` as :func:`is_latest` has it.

    Telegram may show no more than the first to who asks again at once.
    """
    ids = [update["update_id"] for update in updates]
    if latest:
        return WatchEnd.BEGIN
    if watch.newest is not None and (not ids or min(ids) > watch.newest):
        return WatchEnd.GIVE_WAY
    if watch.left_s(now_s) <= 0:
        return WatchEnd.BEGIN
    if watch.before is None:
        return replace(watch, before=max(ids, default=-1))
    came = [number for number in (*ids, watch.newest or -1) if number > watch.before]
    return replace(watch, newest=max(came, default=None))


def refused(now_s: float, *, has_posts: bool) -> Watch | WatchEnd:
    """What it comes to that somebody else asks for updates too.

    A database without posts gives way. One with posts may be that of the copy at work, and the
    other a starting copy, which is refused next: so it watches anew, until nobody else asks.
    """
    return Watch(now_s) if has_posts else WatchEnd.GIVE_WAY
