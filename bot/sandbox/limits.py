"""How fast a bot may send, as Telegram is assumed to allow it (its own numbers are not public)."""

import math
from collections import deque
from typing import Final

from msgspec import Struct

from bot.base.clock import Clock
from bot.sandbox.errors import ApiError, too_many_requests

GROUP_CALLS: Final = 20
GROUP_SPAN_S: Final = 60.0


class _Bucket(Struct):
    """Holds up to ``burst`` calls, refilled at ``rate`` a second."""

    rate: float
    burst: float
    level: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until a call may pass; 0 when it may now."""
        self.level = min(self.burst, self.level + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (1 - self.level) / self.rate)


class Limits:
    """Overall 30 a second, burst 30; in one chat 1 a second, burst 3; in a group 20 in any 60 s."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._overall = _Bucket(rate=30, burst=30, level=30, at=clock.monotonic())
        self._chats: dict[int, _Bucket] = {}
        self._groups: dict[int, deque[float]] = {}

    def spend(self, chat_id: int | None, *, group: bool) -> ApiError | None:
        """Let a sending call pass, or say why not. A refused call costs nothing."""
        now = self._clock.monotonic()
        waits = [self._overall.wait(now)]
        buckets = [self._overall]
        sent: deque[float] | None = None
        if chat_id is not None:
            chat = self._chats.setdefault(chat_id, _Bucket(rate=1, burst=3, level=3, at=now))
            buckets.append(chat)
            waits.append(chat.wait(now))
            if group:
                sent = self._groups.setdefault(chat_id, deque(maxlen=GROUP_CALLS))
                if len(sent) == GROUP_CALLS:
                    waits.append(sent[0] + GROUP_SPAN_S - now)
        # A bucket filled in fractions may stand a hair below one call.
        if (longest := max(waits)) > 1e-6:
            return too_many_requests(max(1, math.ceil(longest)))
        for bucket in buckets:
            bucket.level -= 1
        if sent is not None:
            sent.append(now)
        return None
