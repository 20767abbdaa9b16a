"""The one source of time for the bot and the sandbox.

Ordinarily it is the system's. ``MORNING_REPORT_CLOCK`` makes it start elsewhere and run faster, in
both programs alike, so that a month can be lived in minutes.
"""

import asyncio
import re
import time
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

_SPEC = re.compile(r"(?P<start>.+)x(?P<speed>\d+(?:\.\d+)?)@(?P<epoch>\d+(?:\.\d+)?)")


class Clock(Struct, frozen=True):
    """Time that runs ``speed`` times as fast as the system's, and was ``start`` at ``epoch``.

    ``start`` and ``epoch`` are seconds since 1970-01-01 UTC: ``start`` in this clock's time,
    ``epoch`` in the system's.
    """

    start: float = 0.0
    speed: float = 1.0
    epoch: float = 0.0

    @classmethod
    def parse(cls, spec: str) -> "Clock":
        """Read ``<UTC start>x<speed>@<real epoch>``, e.g. ``2026-03-01T06:00:00x60@1795332133``.

        Raises ValueError with a sentence for the user.
        """
        match = _SPEC.fullmatch(spec.strip())
        try:
            if match is None:
                raise ValueError
            start = datetime.fromisoformat(match["start"])
        except ValueError:
            raise ValueError(
                f"MORNING_REPORT_CLOCK is {spec!r}, but must look like"
                " 2026-03-01T06:00:00x60@1795332133 (UTC start, speed, real epoch in seconds)"
            ) from None
        if start.tzinfo is None:
            start = start.replace(tzinfo=UTC)
        speed = float(match["speed"])
        if speed <= 0:
            raise ValueError("MORNING_REPORT_CLOCK must run forwards: its speed must be above 0")
        return cls(start.timestamp(), speed, float(match["epoch"]))

    def now(self) -> int:
        """UTC milliseconds."""
        return round((self.start + (time.time() - self.epoch) * self.speed) * 1000)

    @property
    def right(self) -> bool:
        """Whether nobody says that it is wrong: what falls due can be done by it."""
        return True

    @property
    def off_ms(self) -> int:
        """How far the clock was found to be ahead, in milliseconds."""
        return 0

    def heard(self, date: str, took_s: float) -> None:
        """What Telegram said of the time: see ComparedClock."""

    def latest_day(self) -> date:
        """The day that it is where days begin first (UTC+14): a later one has come nowhere."""
        return (datetime.fromtimestamp(self.now() / 1000, UTC) + timedelta(hours=14)).date()

    def monotonic(self) -> float:
        """Seconds that never step back when the system's wall clock is set; for measuring spans."""
        return time.monotonic() * self.speed

    def real(self, seconds: float) -> float:
        """How many of the system's seconds this many of the clock's seconds last."""
        return seconds / self.speed

    async def sleep(self, seconds: float) -> None:
        """Sleep for this many of the clock's seconds."""
        await asyncio.sleep(max(0.0, self.real(seconds)))


SYSTEM_CLOCK = Clock()
