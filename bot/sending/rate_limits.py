"""Telegram's limits on sending, kept on our side so that they are never met.

Assumed, since Telegram gives them as rough numbers only: 30 messages a second in all, one a second
in one chat with short bursts, 20 a minute in one group. A little is left to spare, because what
leaves here evenly may arrive there in bunches.
"""

from collections import deque

from msgspec import Struct


class Pace(Struct, frozen=True):
    """How fast to send: in all, in one chat, and in one group within ``group_span_s`` seconds."""

    per_second: float = 29.5
    burst: float = 25.0
    chat_per_second: float = 0.98
    chat_burst: float = 2.8
    group_messages: int = 20
    group_span_s: float = 61.0


TELEGRAM = Pace()
_INSTANT_S = 1e-6  # seconds; less is a rounding error
_FORGET_AFTER_S = 120.0  # seconds after which an idle chat's bucket is full again, and forgotten


class Bucket:
    """A token bucket: ``rate`` tokens a second, at most ``burst`` of them saved up."""

    __slots__ = ("_at", "_burst", "_rate", "_tokens")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._tokens = burst
        self._at = now

    def delay(self, now: float, under_way: int = 0) -> float:
        """Seconds until a token is there beyond those ``under_way``; 0 when one is."""
        wait = (1.0 + under_way - self._level(now)) / self._rate
        # A wait too short to change a large ``now`` would never end.
        return wait if wait > _INSTANT_S else 0.0

    def spend(self, now: float) -> None:
        """Take a token."""
        self._tokens = self._level(now) - 1.0
        self._at = now

    def idle(self, now: float) -> float:
        """Seconds since a token was taken."""
        return now - self._at

    def _level(self, now: float) -> float:
        return min(self._burst, self._tokens + (now - self._at) * self._rate)


class Limiter:
    """All the limits together. Times are seconds of the clock's ``monotonic``.

    Telegram counts a call when it arrives: nobody knows when, between its start and its answer. So
    it is spoken for from its start, and spent at its answer: calls held up on their way, however
    many arrive together, are never more than Telegram takes.
    """

    def __init__(self, now: float, pace: Pace = TELEGRAM) -> None:
        self._pace = pace
        self._all = Bucket(pace.per_second, pace.burst, now)
        self._under_way = 0
        self._chats: dict[int, Bucket] = {}
        self._groups: dict[int, deque[float]] = {}
        self._swept_at = now

    def delay(self, now: float) -> float:
        """Seconds until anything at all may be sent, unless an answer comes before."""
        return self._all.delay(now, self._under_way)

    def chat_delay(self, chat_id: int, now: float) -> float:
        """Seconds until this chat may be sent to; groups have negative ids."""
        bucket = self._chats.get(chat_id)
        wait = bucket.delay(now) if bucket else 0.0
        sent = self._groups.get(chat_id)
        if sent is not None and len(sent) == self._pace.group_messages:
            wait = max(wait, sent[0] + self._pace.group_span_s - now)
        return wait

    def begin(self) -> None:
        """A call is on its way."""
        self._under_way += 1

    def end(self, chat_id: int, now: float) -> None:
        """A call to this chat was answered, or will not be any more."""
        self._under_way -= 1
        self.spend(chat_id, now)

    def call_off(self) -> None:
        """A call was not made after all."""
        self._under_way -= 1

    def spend(self, chat_id: int, now: float) -> None:
        """Count a call to this chat."""
        self._sweep(now)
        self._all.spend(now)
        pace = self._pace
        full = Bucket(pace.chat_per_second, pace.chat_burst, now)
        self._chats.setdefault(chat_id, full).spend(now)
        if chat_id < 0:
            self._groups.setdefault(chat_id, deque(maxlen=pace.group_messages)).append(now)

    def _sweep(self, now: float) -> None:
        """Let go of chats that have been quiet: there may be very many."""
        if now - self._swept_at < _FORGET_AFTER_S:
            return
        self._swept_at = now
        quiet = [chat for chat, bucket in self._chats.items() if bucket.idle(now) > _FORGET_AFTER_S]
        for chat_id in quiet:
            del self._chats[chat_id]
            self._groups.pop(chat_id, None)
