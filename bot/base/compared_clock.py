"""A clock that is compared with Telegram's, by the Date of its answers."""

from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

from msgspec import Struct, field

from bot.base.clock import Clock

TOLERANCE_MS: Final = 5 * 60 * 1000
"""ms by which clocks may differ without harm: beyond that nothing is done by the time."""

_RESOLUTION_MS: Final = 1000  # a Date is given in whole seconds


class _Comparison(Struct):
    """The last one: by how many ms the own clock was ahead, 0 where that is harmless.

    ``theirs`` is what Telegram's showed (UTC ms; None: nothing yet), ``at`` the monotonic then.
    """

    off: int = 0
    theirs: int | None = None
    at: float = 0.0


class ComparedClock(Clock, frozen=True):
    """The clock ``own``, as long as Telegram's agrees with it; else Telegram's.

    What people do is so recorded with the right time, whatever this machine's clock shows.
    """

    own: Clock = Clock()
    _last: _Comparison = field(default_factory=_Comparison)

    @classmethod
    def of(cls, own: Clock) -> "ComparedClock":
        """One that nothing was heard for yet."""
        return cls(own.start, own.speed, own.epoch, own)

    def heard(self, date: str, took_s: float) -> None:
        """An answer came with this Date, so many of the system's seconds after the asking."""
        now = self.own.now()
        off = off_by(date, now, took_s * self.speed)
        if off is None:
            return
        wrong = abs(off) > TOLERANCE_MS
        # The least difference decides; but most answers come right after they were dated.
        likely = (off_by(date, now, 0) or 0) if wrong else 0
        self._last.off, self._last.theirs, self._last.at = likely, now - likely, self.monotonic()

    @property
    def off_ms(self) -> int:
        """By how much the clock was ahead at the last answer; 0: no more than is harmless."""
        return self._last.off

    @property
    def right(self) -> bool:
        """Whether this machine's clock agrees; it may have been set since the last answer."""
        return abs(self.own.now() - self._theirs()) <= TOLERANCE_MS

    def now(self) -> int:
        """UTC milliseconds."""
        return self._theirs() if self._last.off else self.own.now()

    def monotonic(self) -> float:
        """Seconds that never step back; see Clock."""
        return self.own.monotonic()

    def _theirs(self) -> int:
        """What Telegram's clock shows now, going on from the last answer."""
        if self._last.theirs is None:
            return self.own.now()
        return self._last.theirs + round((self.monotonic() - self._last.at) * 1000)


def off_by(date: str, now_ms: int, took_s: float) -> int | None:
    """By how many ms ``now_ms`` is ahead of what a Date header says; None where that says nothing.

    The header was written some time within the last ``took_s`` seconds (of the clock's), and is
    without fractions: of all that this leaves possible the least difference is told.
    """
    try:
        theirs = parsedate_to_datetime(date).replace(tzinfo=UTC)  # a Date is always in GMT
    except ValueError:
        return None
    latest = now_ms - round(theirs.timestamp() * 1000)
    earliest = latest - _RESOLUTION_MS - round(took_s * 1000)
    return max(earliest, 0) if latest > 0 else latest
